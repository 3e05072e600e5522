//! Real clients, fed with a connection string: `ZooKeeper`'s own Java client, Curator and kazoo. Knows where they run.
//!
//! The Java ones run in a pod of the cluster, and kazoo, which is a package of this machine, in the cluster's network by
//! `testbed in`. Outside, all run by `testbed outside`: a machine beside the nodes, which reaches those and load
//! balancers by their addresses, and neither pods, nor Services, nor the cluster's DNS.

use serde_json::json;

use crate::bed;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::run;

/// Where clients are.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    Inside,
    Outside,
}

/// A client that was not there before wrote a value, and read what others had written.
pub(crate) struct Proof {
    /// The nodes that it made, all of the same value.
    pub(crate) wrote: Vec<String>,
    /// `PATH VALUE` for each that it was to read.
    pub(crate) read: Vec<String>,
    /// The connection string that Curator's tracker took instead of the given one.
    pub(crate) uses: Option<String>,
}

/// The clients of a namespace.
pub(crate) struct Clients<'a> {
    namespace: &'a Namespace,
}

impl<'a> Clients<'a> {
    /// Starts the pod of the Java clients, which has a `ConfigMap`'s keys for its environment.
    #[track_caller]
    pub(crate) fn new(namespace: &'a Namespace, config_map: &str) -> Self {
        let container = json!({"name": "clients", "image": bed::clients().1, "command": ["sleep", "infinity"],
            "envFrom": [{"configMapRef": {"name": config_map}}],
            "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}});
        let security = json!({"runAsNonRoot": true, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}});
        namespace.apply(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "clients"},
            "spec": {"containers": [container], "securityContext": security, "terminationGracePeriodSeconds": 0}}));
        let ready = [
            "wait",
            "--for=condition=Ready",
            "--timeout=120s",
            "pod/clients",
        ];
        namespace.kubectl(&ready).ok();
        Self { namespace }
    }

    /// A Java client: `zookeeper`, `curator` or `curator-untracked`.
    pub(crate) fn java(
        &self,
        place: Place,
        kind: &str,
        string: &str,
        value: &str,
        read: &[String],
    ) -> Run {
        let args = [&[kind, string, value], &words(read)[..]].concat();
        match place {
            Place::Inside => self.in_pod(&[&["/clients/client"], &args[..]].concat()),
            Place::Outside => on_host("outside", "client", &args),
        }
    }

    /// A command in the pod.
    pub(crate) fn in_pod(&self, args: &[&str]) -> Run {
        self.namespace
            .kubectl(&[&["exec", "clients", "--"], args].concat())
    }
}

/// kazoo.
pub(crate) fn kazoo(place: Place, string: &str, value: &str, read: &[String]) -> Run {
    let network = match place {
        Place::Inside => "in",
        Place::Outside => "outside",
    };
    let args = [&[string, value], &words(read)[..]].concat();
    on_host(network, "kazoo-client", &args)
}

fn words(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

fn on_host(network: &str, client: &str, args: &[&str]) -> Run {
    let mut command = bed::on_host(network, &bed::clients().0.join(client));
    command.args(args);
    run(command, None)
}

impl Proof {
    /// It must have ended well.
    #[track_caller]
    pub(crate) fn of(run: Run) -> Self {
        let stdout = run.ok();
        let all = |verb: &str| -> Vec<String> {
            let rest = stdout.lines().filter_map(|line| line.strip_prefix(verb));
            rest.map(str::to_owned).collect()
        };
        let proof = Self {
            wrote: all("wrote "),
            read: all("read "),
            uses: all("uses ").pop(),
        };
        assert!(!proof.wrote.is_empty(), "{stdout}");
        proof
    }

    /// It must have read this value at each of these nodes, and nothing else.
    #[track_caller]
    pub(crate) fn has_read(&self, nodes: &[String], value: &str) {
        let wanted: Vec<String> = nodes.iter().map(|node| format!("{node} {value}")).collect();
        assert_eq!(self.read, wanted);
    }
}
