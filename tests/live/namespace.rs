//! A namespace of its own for a test, and the commands in it.

use std::process::Command;

use serde_json::Value;

use crate::bed;
use crate::run::Run;
use crate::run::run;
use crate::turns;
use crate::turns::Turn;

/// Deleted, without waiting, when dropped; a test that failed says first how things were.
pub(crate) struct Namespace {
    pub(crate) name: String,
    _turn: Turn,
}

impl Namespace {
    /// A new namespace for `test`, when its turn has come.
    pub(crate) fn new(test: &str) -> Self {
        Self::with_turn(test, turns::one())
    }

    /// A new namespace, when no other test runs.
    pub(crate) fn alone(test: &str) -> Self {
        Self::with_turn(test, turns::alone())
    }

    fn with_turn(test: &str, turn: Turn) -> Self {
        let name = format!("live-{test}-{}", std::process::id());
        let namespace = serde_json::json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name,
            "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}});
        let new = Self { name, _turn: turn };
        new.apply(&namespace);
        new
    }

    /// `kubectl zk` as administrator.
    pub(crate) fn zk(&self, args: &[&str]) -> Run {
        run(self.zk_command(bed::kubeconfig(), args), None)
    }

    /// `kubectl zk` as the user of a kubeconfig.
    pub(crate) fn zk_command(&self, kubeconfig: &str, args: &[&str]) -> Command {
        let mut zk = bed::user(env!("CARGO_BIN_EXE_kubectl-zk"), kubeconfig);
        zk.args(args).args(["-n", &self.name]);
        zk
    }

    /// kubectl in this namespace.
    pub(crate) fn kubectl(&self, args: &[&str]) -> Run {
        self.kubectl_with(args, None)
    }

    /// kubectl in this namespace, with something to read.
    pub(crate) fn kubectl_with(&self, args: &[&str], input: Option<&str>) -> Run {
        let mut kubectl = bed::admin("kubectl");
        kubectl.args(["-n", &self.name]).args(args);
        run(kubectl, input)
    }

    /// Makes an object.
    #[track_caller]
    pub(crate) fn apply(&self, object: &Value) {
        self.kubectl_with(&["apply", "-f", "-"], Some(&object.to_string()))
            .ok();
    }

    /// An object, or null.
    pub(crate) fn get(&self, kind: &str, name: &str) -> Value {
        let got = self.kubectl(&["get", kind, name, "-o", "json"]);
        serde_json::from_str(&got.stdout).unwrap_or_default()
    }

    /// One field of an object, found by `kubectl -o jsonpath`.
    #[track_caller]
    pub(crate) fn field(&self, kind: &str, name: &str, path: &str) -> String {
        let path = format!("jsonpath={{{path}}}");
        self.kubectl(&["get", kind, name, "-o", &path]).ok()
    }

    /// The names of everything of the plugin's, `pod/zk-server-1-0`.
    #[track_caller]
    pub(crate) fn objects(&self) -> Vec<String> {
        let kinds = "pods,services,statefulsets,configmaps,secrets,persistentvolumeclaims,poddisruptionbudgets,networkpolicies";
        let labels = "app.kubernetes.io/managed-by=kubectl-zk";
        let list = self.kubectl(&["get", kinds, "-l", labels, "-o", "name"]);
        list.ok().lines().map(str::to_owned).collect()
    }

    fn tell(&self) {
        for args in [
            &["get", "pods,pvc", "-o", "wide"][..],
            &["get", "events", "--field-selector=type=Warning"],
        ] {
            eprintln!("{}", self.kubectl(args).stdout);
        }
        for status in [&["status"][..], &["status", "zk"]] {
            let status = self.zk(status);
            eprintln!("{}{}", status.stdout, status.stderr);
        }
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.tell();
        }
        self.kubectl(&["delete", "namespace", &self.name, "--wait=false"]);
    }
}
