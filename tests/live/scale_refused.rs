//! What `scale` refuses, warns of and asks about, and the disks that it is told to delete.

use crate::namespace::Namespace;

#[test]
fn refused_or_warned_and_nothing_changed() {
    let namespace = Namespace::new("scale-refused");
    let zk = namespace.create("zk", &[]);
    let scale = |flags: &[&str]| namespace.zk(&[&["scale", "zk"], flags].concat());
    let other = scale(&["--replicas", "5", "--current-replicas", "1"]);
    other.ends_with(1).says("ensemble zk has 3 voters, not 1");
    let unasked = scale(&["--replicas", "1"]).ends_with(1);
    unasked
        .says("stop servers 2 and 3")
        .says("cannot ask for confirmation without a terminal; pass --yes to go ahead");
    let many = scale(&["--observers", "17"]).ends_with(2);
    many.says("invalid argument \"17\" for \"--observers\" flag: 17 is not in 0..=16");
    let none = scale(&[]).ends_with(2);
    none.says("--replicas");
    let even = scale(&["--replicas", "4", "--dry-run=server"]).ends_with(0);
    even.says("Warning: 4 servers survive the loss of 1, as 3 would")
        .says("ensemble/zk scaled (server dry run)");
    zk.is_whole(3, 0);
    assert_eq!(zk.disks(), [1, 2, 3].into());
}

#[test]
fn disks_deleted_with_their_servers() {
    let namespace = Namespace::new("scale-disks");
    let zk = namespace.create("zk", &[]);
    let written = zk.write(200);
    zk.scale_to("--replicas 5 --current-replicas 3").ok();
    let uids = || [1, 2, 3].map(|id| namespace.field("pvc", &disk(id), ".metadata.uid"));
    let before = uids();
    zk.scale_to("--replicas 3 --delete-data").ok();
    assert_eq!(zk.disks(), [1, 2, 3].into());
    assert_eq!(uids(), before);
    zk.is_whole(3, 0);
    zk.verify(&written);
}

fn disk(id: u8) -> String {
    format!("data-zk-server-{id}-0")
}
