//! `restart`, `update` and `replace` of an ensemble, and what each must leave. Knows no test.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::bed;
use crate::ensemble::Ensemble;
use crate::run::Run;
use crate::run::await_until;
use crate::run::killed_after;
use crate::run::run;

/// How long one may take, so that it says itself what it waits for.
const TIMEOUT: [&str; 2] = ["--timeout", "500s"];

/// When it is killed, in seconds: it restarts one server after the other.
const DEADLINE: &str = "540";

impl Ensemble<'_> {
    /// The command line of a verb: `update --image zookeeper:3.9.5`.
    pub(crate) fn rolling_args<'a>(&'a self, line: &'a str) -> Vec<&'a str> {
        let (verb, flags) = line.split_once(' ').unwrap_or((line, ""));
        let flags = flags.split(' ').filter(|flag| !flag.is_empty());
        let first = [verb, self.name, "--yes"].into_iter();
        first.chain(TIMEOUT).chain(flags).collect()
    }

    /// Runs it.
    pub(crate) fn roll(&self, line: &str) -> Run {
        let args = self.rolling_args(line);
        let command = self.namespace.zk_command(bed::kubeconfig(), &args);
        run(killed_after(DEADLINE, &command), None)
    }

    /// The steps, as JSON, that it did or, in a dry run, would do.
    #[track_caller]
    fn rolling_steps(&self, line: &str) -> Value {
        serde_json::from_str(&self.roll(&format!("{line} -o json")).ok()).unwrap()
    }

    /// Does it; the steps are those that the dry run told, and no pod is another than those that were to go.
    #[track_caller]
    pub(crate) fn rolls_as_told(&self, line: &str) {
        let mut told = self.rolling_steps(&format!("{line} --dry-run"));
        let before = self.uids();
        let done = self.rolling_steps(line);
        assert_eq!(told["dryRun"], true);
        told["dryRun"] = false.into();
        assert_eq!(told, done);
        let after = self.uids();
        let changed = after.iter().filter(|(id, uid)| before[id] != **uid);
        let changed: Vec<u8> = changed.map(|(id, _)| *id).collect();
        assert_eq!(changed, gone(&done), "{done}");
        self.is_in_order();
    }

    /// The uid of each server's pod.
    #[track_caller]
    pub(crate) fn uids(&self) -> BTreeMap<u8, String> {
        let uid = |id| self.namespace.field("pod", &self.pod(id), ".metadata.uid");
        self.ids().into_iter().map(|id| (id, uid(id))).collect()
    }

    /// Each server says that it is this version: on a busy machine one may answer late.
    #[track_caller]
    pub(crate) fn runs(&self, version: &str) {
        await_until(&format!("each server is of {version}"), || {
            let status = self.status();
            let servers = status["servers"].as_array().unwrap();
            servers.iter().all(|server| server["version"] == version)
        });
    }
}

/// The servers whose pods the steps made go, in the order of their ids.
fn gone(done: &Value) -> Vec<u8> {
    let steps = done["steps"].as_array().unwrap().iter();
    let goes = |step: &&Value| ["restart", "empty"].iter().any(|it| step["action"] == *it);
    let ids = steps
        .filter(goes)
        .filter_map(|step| step["server"].as_u64());
    let mut ids: Vec<u8> = ids.map(|id| u8::try_from(id).unwrap()).collect();
    ids.sort_unstable();
    ids
}
