//! A pod that is gone shows, and `delete` asks before it leaves nothing.

use crate::namespace::Namespace;

#[test]
fn a_pod_gone_then_all_gone() {
    let namespace = Namespace::new("gone");
    let zk = namespace.create("zk", &[]);
    namespace.zk(&["status", "zk", "--exit-code"]).ok();
    zk.scale(3, 0);
    let status = namespace.zk(&["status", "zk", "--exit-code"]).ends_with(3);
    assert!(status.stdout.contains("degraded"), "{}", status.stdout);
    assert!(
        status
            .stdout
            .contains("StatefulSet zk-server-3 was scaled to 0"),
        "{}",
        status.stdout
    );
    let before = namespace.objects();
    namespace.zk(&["delete", "zk"]).ends_with(1).says("--yes");
    namespace.zk(&["delete", "zk", "--dry-run=server"]).ok();
    assert_eq!(namespace.objects(), before);
    namespace
        .zk(&["delete", "zk", "--delete-data", "--yes"])
        .ok();
    assert_eq!(left(&namespace), Vec::<String>::new());
    namespace
        .zk(&["delete", "zk", "--yes"])
        .ends_with(1)
        .says("not found");
}

/// What is there, but for disks that are on their way out.
#[track_caller]
fn left(namespace: &Namespace) -> Vec<String> {
    namespace
        .kubectl(&["wait", "--for=delete", "--timeout=60s", "pvc", "--all"])
        .ok();
    namespace.objects()
}
