//! Servers that went and come back find their old disks, whose member lists do not name them any more: they join all the
//! same (elsewhere: "My id 4 not in the peer list", and a crash loop).

use crate::namespace::Namespace;

#[test]
fn back_and_forth_with_kept_disks() {
    let namespace = Namespace::new("back-forth");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    for round in 1..=5 {
        zk.scale_to("--replicas 5").ok();
        writers.lap(&format!("round {round}, 3→5"));
        zk.is_whole(5, 0);
        for id in 4..=5 {
            assert_eq!(zk.restarts(id), "0", "server {id} in round {round}");
        }
        zk.scale_to("--replicas 3").ok();
        writers.lap(&format!("round {round}, 5→3"));
        zk.is_whole(3, 0);
    }
    assert_eq!(zk.disks(), (1..=5).collect());
    writers.stop("five times 3→5→3");
}
