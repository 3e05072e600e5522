//! The leader is among those that leave: it leaves last, and another leads on.

use std::ops::RangeInclusive;

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::await_until;

#[test]
fn the_leader_leaves() {
    let namespace = Namespace::new("leader-leaves");
    let zk = namespace.create("zk", &["--replicas", "5"]);
    zk.has_leader_in(4..=5);
    let writers = zk.start_writers(1..=1);
    for (before, after) in [(5, 3), (3, 1)] {
        zk.has_leader_in(after + 1..=before);
        writers.lap("the leader was moved by deleting pods");
        let leader = zk.leader();
        zk.scale_to(&format!("--replicas {after}")).ok();
        writers.lap(&format!("{before}→{after} with leader {leader}"));
        zk.is_whole(after, 0);
    }
    writers.stop("the leader leaves");
}

impl Ensemble<'_> {
    /// Deletes leaders' pods until one of these leads.
    #[track_caller]
    fn has_leader_in(&self, wanted: RangeInclusive<u8>) {
        await_until("one of those that leave leads", || {
            self.await_healthy();
            let leader = self.leader();
            let leads = wanted.contains(&leader);
            if !leads {
                let pod = self.pod(leader);
                self.namespace.kubectl(&["delete", "pod", &pod]).ok();
            }
            leads
        });
    }
}
