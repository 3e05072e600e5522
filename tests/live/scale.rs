//! `scale` through all sizes under writers, and as its dry run said; and with disks kept from before.

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;

#[test]
fn up_and_down_through_all_sizes() {
    let namespace = Namespace::new("scale");
    let zk = namespace.create("zk", &["--replicas", "1"]);
    let writers = zk.start_writers(1..=1);
    let mut before = 1;
    for voters in [3, 5, 7, 5, 3, 1] {
        as_told(&zk, &format!("--replicas {voters}"));
        writers.lap(&format!("{before}→{voters}"));
        zk.is_whole(voters, 0);
        let kept = if voters < before { 7 } else { voters };
        assert_eq!(zk.disks(), (1..=kept).collect(), "disks are kept");
        before = voters;
    }
    writers.stop("1→3→5→7→5→3→1");
}

/// The steps are those that the dry run told; and there is nothing left to do.
#[track_caller]
fn as_told(zk: &Ensemble<'_>, goal: &str) {
    let mut told = zk.scale_steps(&format!("{goal} --dry-run"));
    let done = zk.scale_steps(goal);
    assert_eq!(told["dryRun"], true);
    told["dryRun"] = false.into();
    assert_eq!(told, done);
    let again = zk.scale_to(goal).ends_with(0);
    again.says("ensemble/zk unchanged");
}
