//! `create` of what is there, and without doing it.

use crate::ensemble::create;
use crate::namespace::Namespace;

#[test]
fn applied_by_kubectl_then_finished_then_unchanged_and_never_another() {
    let namespace = Namespace::new("again");
    let printed = namespace.zk(&create("zk", &["--dry-run=client", "-o", "yaml"]));
    assert!(!printed.stdout.contains("kind: Secret"));
    let applied = namespace.kubectl_with(&["apply", "-f", "-"], Some(&printed.ok()));
    assert_eq!((applied.code, applied.stderr.as_str()), (Some(0), ""));
    let zk = namespace.create("zk", &[]);
    assert_eq!(zk.status()["verdict"], "healthy");
    namespace
        .zk(&create("zk", &[]))
        .ends_with(0)
        .says("ensemble/zk unchanged");
    let other = namespace.zk(&create(
        "zk",
        &["--replicas", "5", "--config", "tickTime=3000"],
    ));
    other
        .ends_with(1)
        .says("the ensemble exists and differs from the wish")
        .says("replicas: 3 -> 5")
        .says("kubectl zk scale")
        .says("tickTime");
    assert_eq!(zk.status()["voters"], 3);
}

#[test]
fn a_server_side_dry_run_changes_nothing() {
    let namespace = Namespace::new("dry");
    namespace
        .zk(&create("zk", &["--dry-run=server"]))
        .ends_with(0)
        .says("(server dry run)");
    assert_eq!(namespace.objects(), Vec::<String>::new());
}
