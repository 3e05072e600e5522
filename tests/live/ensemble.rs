//! One ensemble: how it is, what is on its disks, and data written to it and read back.

use std::collections::BTreeSet;
use std::process::Child;
use std::process::Command;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tempfile::NamedTempFile;

use crate::bed;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::await_until;
use crate::run::finish;
use crate::run::run;

/// Small, so that several run at once. Without its second compiler a JVM comes up in two thirds of the time of a core, and
/// tests are full of JVMs that come up.
pub(crate) const SMALL: [&str; 5] = [
    "--memory",
    "384Mi",
    "--storage",
    "1Gi",
    "--jvm-flags=-XX:TieredStopAtLevel=1",
];

/// An ensemble of a namespace.
pub(crate) struct Ensemble<'a> {
    pub(crate) namespace: &'a Namespace,
    pub(crate) name: &'a str,
}

/// What was written, and was acknowledged.
#[derive(Clone)]
pub(crate) struct Written {
    journal: Rc<NamedTempFile>,
    path: &'static str,
}

/// A writer at work.
pub(crate) struct Writing {
    command: Command,
    child: Option<Child>,
    pub(crate) written: Written,
}

impl Namespace {
    /// Creates a small ensemble; it must come up.
    #[track_caller]
    pub(crate) fn create<'a>(&'a self, name: &'a str, flags: &[&str]) -> Ensemble<'a> {
        self.zk(&create(name, flags)).ok();
        self.ensemble(name)
    }

    /// An ensemble that somebody made.
    pub(crate) fn ensemble<'a>(&'a self, name: &'a str) -> Ensemble<'a> {
        Ensemble {
            namespace: self,
            name,
        }
    }
}

/// The command line that creates a small ensemble.
pub(crate) fn create<'a>(name: &'a str, flags: &[&'a str]) -> Vec<&'a str> {
    [&["create", name], &SMALL[..], flags].concat()
}

impl Ensemble<'_> {
    /// `status -o json`; null while there is nothing to say.
    pub(crate) fn status(&self) -> Value {
        let status = self.namespace.zk(&["status", self.name, "-o", "json"]);
        serde_json::from_str(&status.stdout).unwrap_or_default()
    }

    /// Waits until it is.
    #[track_caller]
    pub(crate) fn await_healthy(&self) {
        await_until("the ensemble is healthy", || {
            self.status()["verdict"] == "healthy"
        });
    }

    /// What `status` says of a server.
    pub(crate) fn server(&self, id: u8) -> Value {
        let status = self.status();
        let servers = status["servers"].as_array();
        let found = servers.and_then(|all| all.iter().find(|server| server["id"] == id));
        found.cloned().unwrap_or_default()
    }

    /// The leader's id.
    #[track_caller]
    pub(crate) fn leader(&self) -> u8 {
        u8::try_from(self.status()["leader"].as_u64().unwrap()).unwrap()
    }

    /// Waits until a server is in this state.
    #[track_caller]
    pub(crate) fn await_state(&self, id: u8, state: &str) {
        await_until(&format!("server {id} is {state}"), || {
            self.server(id)["state"] == state
        });
    }

    pub(crate) fn pod(&self, id: u8) -> String {
        format!("{}-server-{id}-0", self.name)
    }

    /// The UUID.
    #[track_caller]
    pub(crate) fn identity(&self) -> String {
        let secret = format!("{}-identity", self.name);
        let base64 = self.namespace.field("secret", &secret, ".data.ensemble");
        String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap()
    }

    /// Runs a command in a server's pod.
    pub(crate) fn in_pod(&self, id: u8, args: &[&str]) -> Run {
        let pod = self.pod(id);
        self.namespace
            .kubectl(&[&["exec", &pod, "--"], args].concat())
    }

    /// The first member list that a server's disk was given.
    #[track_caller]
    pub(crate) fn first_list(&self, id: u8) -> String {
        self.in_pod(id, &["cat", "/data/conf/zoo.cfg.dynamic"]).ok()
    }

    /// Changes how many pods a server's StatefulSet has: 0 takes it down, 1 brings it back.
    #[track_caller]
    pub(crate) fn scale(&self, id: u8, replicas: u8) {
        let set = format!("statefulset/{}-server-{id}", self.name);
        let replicas_flag = format!("--replicas={replicas}");
        self.namespace
            .kubectl(&["scale", &set, &replicas_flag])
            .ok();
        if replicas == 0 {
            let pod = format!("pod/{}", self.pod(id));
            self.namespace
                .kubectl(&["wait", "--for=delete", "--timeout=120s", &pod])
                .ok();
        }
    }

    /// Deletes all pods at once, and waits until they are gone.
    #[track_caller]
    pub(crate) fn delete_pods(&self) {
        let label = format!("app.kubernetes.io/instance={}", self.name);
        self.namespace
            .kubectl(&["delete", "pods", "-l", &label])
            .ok();
    }

    /// The addresses of the servers' own Services.
    #[track_caller]
    pub(crate) fn addresses(&self) -> BTreeSet<String> {
        let list = self.namespace.kubectl(&["get", "services", "-o", "json"]);
        let list = list.ok();
        let list: Value = serde_json::from_str(&list).unwrap();
        let peer = format!("{}-peer-", self.name);
        let services = list["items"].as_array().unwrap().iter();
        let peers = services.filter(|service| {
            service["metadata"]["name"]
                .as_str()
                .is_some_and(|name| name.starts_with(&peer))
        });
        peers
            .map(|service| service["spec"]["clusterIP"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Writes so many nodes; each was acknowledged.
    #[track_caller]
    pub(crate) fn write(&self, count: u32) -> Written {
        write_to(&self.addresses(), count)
    }

    /// Writes until it is stopped.
    #[track_caller]
    pub(crate) fn start_writing(&self, flags: &[&str]) -> Writing {
        start_writing(&self.addresses(), "/writer", flags)
    }

    /// Reads back through any server; gives the writer's line of numbers.
    #[track_caller]
    pub(crate) fn verify(&self, written: &Written) -> String {
        written.verify_at(&self.addresses())
    }

    /// Reads back through this server alone.
    #[track_caller]
    pub(crate) fn verify_at(&self, id: u8, written: &Written) {
        written.verify_at(&[self.address(id)].into());
    }

    /// The address of a server's own Service.
    #[track_caller]
    pub(crate) fn address(&self, id: u8) -> String {
        let service = format!("{}-peer-{id}", self.name);
        self.namespace.field("service", &service, ".spec.clusterIP")
    }
}

/// Writes so many nodes to the servers of these addresses; each was acknowledged.
#[track_caller]
pub(crate) fn write_to(addresses: &BTreeSet<String>, count: u32) -> Written {
    let count = count.to_string();
    let mut writing = start_writing(addresses, "/writer", &["--count", &count, "--pause", "0"]);
    finish(&writing.command, writing.child.take().unwrap()).ok();
    writing.written.clone()
}

/// Writes below `path` to the servers of these addresses until it is stopped.
pub(crate) fn start_writing(
    addresses: &BTreeSet<String>,
    path: &'static str,
    flags: &[&str],
) -> Writing {
    let journal = Rc::new(NamedTempFile::new().unwrap());
    let written = Written { journal, path };
    let mut command = written.writer("run", addresses);
    command.args(flags);
    let child = command.spawn().unwrap();
    Writing {
        command,
        child: Some(child),
        written,
    }
}

impl Written {
    /// Reads it back through these servers; gives the writer's line of numbers.
    #[track_caller]
    pub(crate) fn verify_at(&self, addresses: &BTreeSet<String>) -> String {
        run(self.writer("verify", addresses), None).ok()
    }

    /// Every acknowledgement, one JSON object a line.
    pub(crate) fn journal(&self) -> String {
        std::fs::read_to_string(self.journal.path()).unwrap()
    }

    /// How many acknowledgements there are.
    pub(crate) fn acknowledged(&self) -> usize {
        let journal = self.journal();
        journal.lines().filter(|line| line.contains("node")).count()
    }

    fn writer(&self, mode: &str, addresses: &BTreeSet<String>) -> Command {
        let servers: Vec<String> = addresses
            .iter()
            .map(|address| format!("{address}:2181"))
            .collect();
        let mut writer = bed::writer();
        writer.args([mode, "--servers", &servers.join(","), "--path", self.path]);
        writer.arg("--journal").arg(self.journal.path());
        writer
    }
}

impl Writing {
    /// Waits until so many more nodes are acknowledged.
    #[track_caller]
    pub(crate) fn await_more(&self, more: usize) {
        let goal = self.written.acknowledged() + more;
        await_until("writes are acknowledged", || {
            goal <= self.written.acknowledged()
        });
    }

    /// Stops it.
    #[track_caller]
    pub(crate) fn stop(mut self) -> Written {
        let child = self.child.take().unwrap();
        terminate(&child);
        finish(&self.command, child).ok();
        self.written.clone()
    }
}

/// A writer that outlives its test would write for ever.
impl Drop for Writing {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            terminate(&child);
            let _ = child.wait();
        }
    }
}

fn terminate(child: &Child) {
    let mut kill = Command::new("kill");
    kill.args(["-TERM", &child.id().to_string()]);
    assert!(kill.status().unwrap().success());
}
