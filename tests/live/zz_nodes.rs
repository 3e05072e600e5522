//! Nodes that freeze or are cut off, one at a time, after all other tests: `status` answers, and says who does not.

use std::time::Instant;

use crate::bed;
use crate::ensemble::Ensemble;
use crate::namespace::Namespace;

#[test]
fn a_frozen_node_and_one_cut_off_are_told_within_the_probes_deadline() {
    let namespace = Namespace::alone("nodes");
    let zk = namespace.create("zk", &["--anti-affinity", "required"]);
    let written = zk.write(200);
    let follower = if zk.leader() == 2 { 3 } else { 2 };
    for (fault, mend) in [("freeze", "thaw"), ("partition", "heal")] {
        let node = zk.server(follower)["node"].as_str().unwrap().to_owned();
        let broken = bed::fault(&node, fault, mend);
        told(&namespace, &zk, follower, fault);
        drop(broken);
        zk.await_healthy();
    }
    zk.verify(&written);
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
