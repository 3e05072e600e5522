//! The rights of `restart`, `update`, `replace` and `diff`, proven as those of the other verbs are.

use kubectl_zk::manifest::rbac::need::Need;

use crate::namespace::Namespace;
use crate::rbac::Lacking;
use crate::rbac::ONE;

const RESTART: [&str; 2] = ["restart", "zk"];
const REPLACE: [&str; 5] = ["replace", "zk", "--id", "3", "--yes"];

/// What only shows while the seal is missing.
fn is_for_the_seal(need: &Need) -> bool {
    let rights = [
        ("create", "configmaps"),
        ("get", "secrets"),
        ("patch", "persistentvolumeclaims"),
    ];
    rights.contains(&(need.right, need.resource))
}

impl Namespace {
    fn unseal(&self) {
        let seal = ["delete", "configmap", "zk-founded", "--ignore-not-found"];
        self.kubectl(&seal).ok();
    }

    fn unmark(&self) {
        let mark = ["annotate", "pvc", "--all", "kubectl-zk/founded-"];
        self.kubectl(&mark).ok();
    }

    /// No further pod is made while this runs.
    fn without_room(&self, pods: u8, then: impl FnOnce()) {
        let hard = format!("--hard=pods={pods}");
        self.kubectl(&["create", "quota", "tight", &hard]).ok();
        then();
        self.kubectl(&["delete", "quota", "tight"]).ok();
    }
}

#[test]
fn of_restart() {
    let namespace = Namespace::new("rbac-restart");
    let lacking = Lacking::of(&namespace, "restart");
    let zk = namespace.create("zk", &ONE);
    for (n, need) in lacking.needs() {
        match (need.right, need.resource) {
            _ if is_for_the_seal(need) => {
                namespace.unseal();
                namespace.unmark();
                lacking.fails(n, &RESTART);
            }
            ("delete", "pods") => {
                namespace.user_for("whole", &["restart"]).zk(&RESTART).ok();
                zk.in_pod(
                    1,
                    &[
                        "bash",
                        "-c",
                        "mv /data/version-2 /data/aside; pkill -KILL java",
                    ],
                );
                lacking.fails(n, &RESTART);
                zk.in_pod(1, &["bash", "-c", "mv /data/aside /data/version-2"]);
            }
            (_, "events") => {
                let short = [&RESTART[..], &["--timeout", "40s"]].concat();
                namespace.without_room(0, || lacking.tells(n, &short, 124));
            }
            _ => lacking.fails(n, &RESTART),
        }
    }
}

#[test]
fn of_update() {
    let namespace = Namespace::new("rbac-update");
    let lacking = Lacking::of(&namespace, "update");
    let zk = namespace.create(
        "zk",
        &[&ONE[..], &["--storage-class", "expandable"]].concat(),
    );
    let whole = namespace.user_for("whole", &["update"]);
    let update = |line: &'static str| -> Vec<&str> {
        ["update", "zk"]
            .into_iter()
            .chain(line.split(' ').filter(|it| !it.is_empty()))
            .collect()
    };
    for (n, need) in lacking.needs() {
        let fails = |line| lacking.fails(n, &update(line));
        match (need.right, need.resource) {
            ("create", "configmaps") | ("get", "secrets") => {
                namespace.unseal();
                fails("");
            }
            (_, "networkpolicies.networking.k8s.io")
                if ["list", "delete"].contains(&need.right) =>
            {
                whole.zk(&update("--network-policy")).ok();
                fails("--network-policy=false");
            }
            ("patch" | "create", "networkpolicies.networking.k8s.io") => fails("--network-policy"),
            ("patch", "configmaps") => fails("--pod-annotation a/b=c"),
            ("patch", "persistentvolumeclaims") => fails("--storage 2Gi"),
            ("delete" | "create", "statefulsets.apps") => fails("--storage 3Gi"),
            ("create", "services") => {
                namespace.kubectl(&["delete", "service", "zk-client"]).ok();
                fails("");
            }
            ("create", "poddisruptionbudgets.policy") => {
                namespace.kubectl(&["delete", "pdb", "zk"]).ok();
                fails("");
            }
            ("delete", "configmaps") => fails("--config maxClientCnxns=61"),
            ("get", "controllerrevisions.apps") | ("create", "pods/eviction") => {
                fails("--memory 400Mi");
            }
            ("delete", "pods") => {
                whole.zk(&update("--jvm-flags -Xnosuch")).ends_with(1);
                fails("--undo");
                whole.zk(&update("")).ok();
            }
            ("get", "pods") => {
                whole.zk(&update("--storage 3Gi")).ok();
                fails("--storage 4Gi");
            }
            (_, "events") => {
                let short = update("--memory 401Mi --timeout 40s");
                namespace.without_room(0, || lacking.tells(n, &short, 124));
            }
            _ => fails(""),
        }
    }
    whole.zk(&update("")).ok();
    zk.await_healthy();
}

#[test]
fn of_replace() {
    let namespace = Namespace::new("rbac-replace");
    let lacking = Lacking::of(&namespace, "replace");
    let zk = namespace.create("zk", &[]);
    let whole = namespace.user_for("whole", &["replace"]);
    for (n, need) in lacking.needs() {
        match (need.right, need.resource) {
            ("create", "configmaps") | ("get", "secrets") => {
                namespace.unseal();
                lacking.fails(n, &REPLACE);
            }
            (_, "events") => {
                // What was replaced has its mark first, or there is nothing to do.
                whole.zk(&REPLACE).ok();
                let short = [&REPLACE[..], &["--timeout", "40s"]].concat();
                namespace.without_room(0, || lacking.tells(n, &short, 124));
            }
            _ => lacking.fails(n, &REPLACE),
        }
    }
    whole.zk(&REPLACE).ok();
    zk.await_healthy();
}

#[test]
fn of_diff() {
    let namespace = Namespace::new("rbac-diff");
    let lacking = Lacking::of(&namespace, "diff");
    namespace.create("zk", &[&ONE[..], &["--network-policy"]].concat());
    for (n, _) in lacking.needs() {
        lacking.fails(n, &["diff", "zk"]);
    }
    namespace
        .user_for("whole", &["diff"])
        .zk(&["diff", "zk"])
        .ok();
}
