//! `scale` of an ensemble, run to its end or started, and all that it must leave: members, objects, budget and intent.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::json;

use crate::bed;
use crate::ensemble::Ensemble;
use crate::run::Run;
use crate::run::Running;
use crate::run::await_until;

/// How long a scale may take, so that it says itself what it waits for.
const TIMEOUT: [&str; 2] = ["--timeout", "180s"];

impl Ensemble<'_> {
    /// The command line of `scale` with a goal: `--replicas 5 --observers 1`.
    pub(crate) fn scale_args<'a>(&'a self, goal: &'a str) -> Vec<&'a str> {
        let own = goal.contains("--timeout");
        let timeout = if own { &[][..] } else { &TIMEOUT[..] };
        let goal: Vec<&str> = goal.split(' ').collect();
        [&["scale", self.name, "--yes"], timeout, &goal].concat()
    }

    /// Runs `scale`.
    pub(crate) fn scale_to(&self, goal: &str) -> Run {
        self.namespace.zk(&self.scale_args(goal))
    }

    /// Starts `scale`.
    pub(crate) fn start_scale(&self, goal: &str) -> Running {
        let args = self.scale_args(goal);
        Running::start(self.namespace.zk_command(bed::kubeconfig(), &args))
    }

    /// The steps, as JSON, that it did or, in a dry run, would do.
    #[track_caller]
    pub(crate) fn scale_steps(&self, goal: &str) -> Value {
        let run = self.scale_to(&format!("{goal} -o json"));
        serde_json::from_str(&run.ok()).unwrap()
    }

    /// How many voters and observers the intent says.
    #[track_caller]
    pub(crate) fn intent(&self) -> (u64, u64) {
        let map = self.namespace.get("configmap", self.name);
        let text = map["data"]["ensemble.json"].as_str().unwrap();
        let intent: Value = serde_json::from_str(text).unwrap();
        let observers = intent["observers"].as_u64();
        (
            intent["replicas"].as_u64().unwrap(),
            observers.unwrap_or_default(),
        )
    }

    /// The ids of the servers that there are.
    #[track_caller]
    pub(crate) fn ids(&self) -> Vec<u8> {
        let status = self.status();
        let servers = status["servers"].as_array().unwrap();
        let ids = servers.iter().filter_map(|server| server["id"].as_u64());
        ids.map(|id| u8::try_from(id).unwrap()).collect()
    }

    /// The ids of the disks that there are.
    #[track_caller]
    pub(crate) fn disks(&self) -> BTreeSet<u8> {
        let prefix = format!("persistentvolumeclaim/data-{}-server-", self.name);
        let id = |name: &String| {
            let id = name.strip_prefix(&prefix)?.strip_suffix("-0")?;
            id.parse().ok()
        };
        self.namespace.objects().iter().filter_map(id).collect()
    }

    /// A server among the first three that does not lead.
    #[track_caller]
    pub(crate) fn follower(&self) -> u8 {
        if self.leader() == 2 { 3 } else { 2 }
    }

    /// How often a server's container has been started again.
    #[track_caller]
    pub(crate) fn restarts(&self, id: u8) -> String {
        let path = ".status.containerStatuses[0].restartCount";
        self.namespace.field("pod", &self.pod(id), path)
    }

    /// So many voters and observers, all in order, and nothing of any other server but its disk.
    #[track_caller]
    pub(crate) fn is_whole(&self, voters: u8, observers: u8) {
        let status = self.is_in_order();
        assert_eq!(status["voters"], voters, "{status}");
        assert_eq!(roles(&status), wanted(voters, observers), "{status}");
        let goal = (u64::from(voters), u64::from(observers));
        assert_eq!(self.intent(), goal);
        self.has_objects(voters + observers);
    }

    /// What `status` says once it finds nothing: on a busy machine a look may find a server slow.
    #[track_caller]
    pub(crate) fn is_in_order(&self) -> Value {
        let mut status = Value::Null;
        await_until("the ensemble is healthy, and nothing is found", || {
            status = self.status();
            status["verdict"] == "healthy" && findings(&status).is_empty()
        });
        status
    }

    #[track_caller]
    fn has_objects(&self, servers: u8) {
        let pdb = self.namespace.get("pdb", self.name);
        assert_eq!(pdb["spec"]["minAvailable"], servers - 1, "{pdb}");
        assert!(self.disks().is_superset(&(1..=servers).collect()));
        let kinds = ["pod/", "service/", "statefulset.apps/"];
        let of_servers = |name: &String| kinds.iter().any(|kind| name.starts_with(kind));
        let there = self.namespace.objects().into_iter().filter(of_servers);
        let there: BTreeSet<String> = there.collect();
        assert_eq!(there, self.objects_of(servers));
    }

    fn objects_of(&self, servers: u8) -> BTreeSet<String> {
        let name = self.name;
        let clients = format!("service/{name}-client");
        let all = (1..=servers).flat_map(|id| {
            [
                format!("pod/{name}-server-{id}-0"),
                format!("statefulset.apps/{name}-server-{id}"),
                format!("service/{name}-peer-{id}"),
                format!("service/{name}-election-{id}"),
            ]
        });
        all.chain([clients]).collect()
    }
}

/// What each server is in the committed list, by its id.
fn roles(status: &Value) -> Vec<(Value, Value)> {
    let servers = status["servers"].as_array().unwrap().iter();
    servers
        .map(|server| (server["id"].clone(), server["member"].clone()))
        .collect()
}

fn wanted(voters: u8, observers: u8) -> Vec<(Value, Value)> {
    let role = |id| if id <= voters { "voter" } else { "observer" };
    let ids = 1..=voters + observers;
    ids.map(|id| (json!(id), json!(role(id)))).collect()
}

/// What comes with many servers on three nodes, and with a joiner that was sent a snapshot while others wrote: `ZooKeeper`
/// then counts a digest or two that differ, and has the same data all the same (`writers` compares it).
const EXPECTED: [&str; 3] = ["size", "co-located", "digest-mismatch"];

/// What else `status` finds.
pub(crate) fn findings(status: &Value) -> Vec<Value> {
    let all = status["findings"].as_array().unwrap().iter();
    let expected = |finding: &&Value| EXPECTED.iter().any(|id| finding["id"] == *id);
    all.filter(|finding| !expected(finding)).cloned().collect()
}
