//! Nodes that crash while servers are restarted, and one that is lost for good with the disk that is bound to it: one at a
//! time, after all other tests.

use crate::bed;
use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::Running;
use crate::run::await_until;

#[test]
fn a_node_crashes_in_the_middle_of_a_restart() {
    let namespace = Namespace::alone("restart-node");
    let zk = namespace.create("zk", &["--anti-affinity", "required"]);
    let writers = zk.start_writers(1..=3);
    let before = zk.uids();
    let restart = namespace.zk_command(bed::kubeconfig(), &zk.rolling_args("restart"));
    let restart = Running::start(restart);
    await_until("one is restarted", || {
        zk.uids().values().ne(before.values())
    });
    let node = zk.node(zk.leader());
    let broken = bed::fault(&node, "crash", "boot");
    writers.await_more();
    drop(broken);
    let ended = restart.end();
    println!("{}", ended.stderr);
    zk.roll("restart").ok();
    zk.is_in_order();
    writers.lap("a node crashed in a restart");
    writers.stop("a node crashed in a restart");
}

#[test]
fn a_node_lost_with_the_disk_that_is_bound_to_it() {
    let namespace = Namespace::alone("replace-node");
    let zk = namespace.create("zk", &["--storage-class", "local"]);
    let id = zk.follower();
    let stay: Vec<u8> = (1..=3).filter(|other| *other != id).collect();
    let writers = zk.start_writers(stay);
    let node = zk.node(id);
    let broken = bed::fault(&node, "crash", "boot");
    await_until("the node is not ready", || {
        let path = ".status.conditions[?(@.type==\"Ready\")].status";
        namespace.field("node", &node, path) != "True"
    });
    zk.roll(&format!("replace --id {id}")).ok();
    zk.await_healthy();
    assert_ne!(zk.node(id), node);
    writers.lap("a node lost");
    lives_beside(&zk, id);
    drop(broken);
    writers.await_more();
    zk.await_healthy();
    writers.stop("a node lost");
}

/// The one that came anew votes, with all data.
#[track_caller]
fn lives_beside(zk: &Ensemble<'_>, id: u8) {
    let server = zk.server(id);
    assert_eq!(server["member"], "voter", "{server}");
    assert_eq!(server["state"], "serving", "{server}");
}
