//! `restart` under writers: all, one, one that does not serve; and what it refuses.

use crate::namespace::Namespace;
use crate::run::await_until;

#[test]
fn all_and_one_and_one_that_is_down() {
    let namespace = Namespace::new("restart");
    let zk = namespace.create("zk", &["--observers", "1"]);
    let writers = zk.start_writers(1..=3);
    zk.rolls_as_told("restart");
    writers.lap("restart of all");
    zk.rolls_as_told(&format!("restart --id {}", zk.leader()));
    writers.lap("restart of the leader");
    let frozen = zk.follower();
    zk.in_pod(frozen, &["pkill", "-STOP", "java"]).ok();
    zk.await_state(frozen, "unreachable");
    let other = if frozen == 2 { 3 } else { 2 };
    refused_beside(&namespace, other);
    let healed = zk.roll(&format!("restart --id {frozen}")).ends_with(0);
    healed.says(&format!("restart server {frozen}, which does not serve"));
    zk.is_in_order();
    writers.lap("restart of a frozen one");
    writers.stop("restart");
}

/// Another one does not go away beside one that is out of sync.
#[track_caller]
fn refused_beside(namespace: &Namespace, id: u8) {
    let restart = ["restart", "zk", "--id", &id.to_string()];
    let refused = namespace.zk(&restart).ends_with(1);
    refused
        .says("cannot restart ensemble zk: server ")
        .says("must not go away beside it: 2 of 3 voters are in sync");
    let unknown = namespace.zk(&["restart", "zk", "--id", "9"]).ends_with(1);
    unknown.says("cannot restart ensemble zk: it has no server 9");
}

/// A disruption budget that lets nobody go is a wait, with its reason.
#[test]
fn the_budget_is_honoured() {
    let namespace = Namespace::new("restart-budget");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    let tight = |kept| {
        let patch = format!("{{\"spec\":{{\"minAvailable\":{kept}}}}}");
        namespace
            .kubectl(&["patch", "pdb", "zk", "--type=merge", "-p", &patch])
            .ok();
    };
    tight(3);
    await_until("the budget lets nobody go", || {
        namespace.field("pdb", "zk", ".status.disruptionsAllowed") == "0"
    });
    let before = zk.uids();
    let waited = namespace
        .zk(&["restart", "zk", "--timeout", "10s"])
        .ends_with(124);
    waited
        .says("Cannot evict pod as it would violate the pod's disruption budget")
        .says("run the same command again to go on");
    assert_eq!(zk.uids(), before);
    tight(2);
    // Marked already, they are gone on with.
    let steps = zk.roll("restart").ends_with(0);
    assert!(!steps.stderr.contains("mark servers"), "{}", steps.stderr);
    let after = zk.uids();
    assert!(before.iter().all(|(id, uid)| after[id] != *uid));
    zk.is_in_order();
    writers.stop("restart held back");
}
