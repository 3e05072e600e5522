//! Nodes that freeze, crash or are cut off, and the daemons on them that freeze, one at a time, after all other tests:
//! `status` answers, and says who does not, and that the ensemble serves.

use std::time::Instant;

use crate::bed;
use crate::ensemble::Ensemble;
use crate::ensemble::create;
use crate::ensemble::write_to;
use crate::namespace::Namespace;
use crate::run::await_until;

/// What Kubernetes says of a node that it does not hear of.
const SILENT: &str = "Kubelet stopped posting node status";

#[test]
fn a_node_frozen_cut_off_or_crashed() {
    let namespace = Namespace::alone("nodes");
    let zk = namespace.create("zk", &["--anti-affinity", "required"]);
    let written = zk.write(200);
    let follower = if zk.leader() == 2 { 3 } else { 2 };
    for (fault, mend) in [("freeze", "thaw"), ("partition", "heal"), ("crash", "boot")] {
        let broken = bed::fault(&zk.node(follower), fault, mend);
        told(&namespace, &zk, follower, fault);
        if fault == "crash" {
            not_ready(&zk, follower);
        }
        drop(broken);
        zk.await_healthy();
    }
    zk.verify(&written);
    assert_eq!(zk.status()["voters"], 3);
}

/// The others elect another leader, and what is written meanwhile reaches the one that was cut off.
#[test]
fn the_leaders_node_cut_off() {
    let namespace = Namespace::alone("leader-node");
    let zk = namespace.create("zk", &["--anti-affinity", "required"]);
    let leader = zk.leader();
    let broken = bed::fault(&zk.node(leader), "partition", "heal");
    let began = Instant::now();
    await_until("another leads", || {
        let now = zk.status()["leader"].as_u64();
        now.is_some_and(|now| now != u64::from(leader))
    });
    println!("another led after {:.1} s", began.elapsed().as_secs_f64());
    told(&namespace, &zk, leader, "the leader's partition");
    let others = (1..=3).filter(|id| *id != leader);
    let others = others.map(|id| {
        let service = format!("zk-peer-{id}");
        namespace.field("service", &service, ".spec.clusterIP")
    });
    let meanwhile = write_to(&others.collect(), 200);
    drop(broken);
    zk.await_healthy();
    zk.verify_at(leader, &meanwhile);
}

/// Who cannot be reached is told, with what is known; the others are as quick as ever; and who waits for a new server there
/// says for what.
#[test]
fn a_kubelet_and_a_container_runtime_frozen() {
    let namespace = Namespace::alone("daemons");
    let zk = namespace.create("zk", &["--anti-affinity", "required"]);
    let (leader, written) = (zk.leader(), zk.write(100));
    let follower = leader % 3 + 1;
    for daemon in ["kubelet", "containerd"] {
        let node = zk.node(follower);
        let broken = bed::frozen(&node, daemon);
        told(&namespace, &zk, follower, daemon);
        let began = Instant::now();
        let one = ["exec", "zk", "ruok", "--id", &leader.to_string()];
        assert_eq!(namespace.zk(&one).ok(), "imok");
        println!(
            "{daemon}: a good server answered in {:.2} s",
            began.elapsed().as_secs_f64()
        );
        let all = namespace.zk(&["exec", "zk", "ruok"]).ends_with(1);
        let silent = format!("error: server {follower} does not answer ruok");
        assert!(all.error().starts_with(&silent), "{}", all.stderr);
        waits(&namespace, &node, daemon);
        drop(broken);
        namespace
            .zk(&["delete", "new", "--delete-data", "--yes"])
            .ok();
        zk.await_healthy();
    }
    zk.verify(&written);
}

/// Another ensemble on that node does not come up: `create` says why, `status` too, and `delete` says what is still there.
#[track_caller]
fn waits(namespace: &Namespace, node: &str, daemon: &str) {
    let selector = format!("kubernetes.io/hostname={node}");
    let flags = [
        "--replicas",
        "1",
        "--node-selector",
        &selector,
        "--timeout",
        "20s",
    ];
    let ended = namespace.zk(&create("new", &flags));
    println!("{daemon}: {}", ended.stderr);
    let why = [
        "server 1: no node takes its pod",
        "has not made its container yet",
    ];
    assert!(
        ended.code != Some(0) && why.iter().any(|why| ended.error().contains(why)),
        "{}",
        ended.stderr
    );
    let status = namespace.zk(&["status", "new"]).ok();
    assert!(
        why.iter()
            .any(|why| status.contains(why.trim_start_matches("server 1: "))),
        "{status}"
    );
    let deleted = namespace.zk(&["delete", "new", "--yes", "--timeout", "5s"]);
    println!("{daemon}: {:?} {}", deleted.code, deleted.error());
    let told = deleted.error().contains("still there: pod/new-server-1-0");
    assert!(
        deleted.code == Some(0) || (deleted.code == Some(124) && told),
        "{}",
        deleted.stderr
    );
}

#[track_caller]
fn told(namespace: &Namespace, zk: &Ensemble<'_>, id: u8, fault: &str) {
    let began = Instant::now();
    let text = namespace.zk(&["status", "zk", "--exit-code"]).ends_with(3);
    println!(
        "{fault}: status answered in {:.2} s",
        began.elapsed().as_secs_f64()
    );
    assert!(text.stdout.starts_with("degraded"), "{}", text.stdout);
    assert!(
        text.stdout.contains("2 of 3 voters in sync"),
        "{}",
        text.stdout
    );
    let server = zk.server(id);
    assert_eq!(server["state"], "unreachable", "{server}");
    assert!(
        server["reason"]
            .as_str()
            .is_some_and(|reason| !reason.is_empty()),
        "{server}"
    );
    println!("{fault}: {}", server["reason"]);
}

/// Once Kubernetes misses the node, `status` says so.
#[track_caller]
fn not_ready(zk: &Ensemble<'_>, id: u8) {
    await_until("status knows that the node is not ready", || {
        let reason = zk.server(id)["reason"].clone();
        reason
            .as_str()
            .is_some_and(|reason| reason.ends_with(SILENT))
    });
}

impl Ensemble<'_> {
    /// The node that a server is on.
    #[track_caller]
    pub(crate) fn node(&self, id: u8) -> String {
        self.server(id)["node"].as_str().unwrap().to_owned()
    }
}
