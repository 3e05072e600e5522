//! One server, and servers without disks.

use crate::namespace::Namespace;

#[test]
fn one_server_keeps_its_data() {
    let namespace = Namespace::new("one");
    let zk = namespace.create("zk", &["--replicas", "1"]);
    let written = zk.write(100);
    assert_eq!(zk.status()["verdict"], "healthy");
    zk.delete_pods();
    zk.await_healthy();
    zk.verify(&written);
}

#[test]
fn servers_without_disks_outlive_one_pod() {
    let namespace = Namespace::new("ephemeral");
    namespace
        .zk(&["create", "zk", "--memory", "384Mi", "--ephemeral"])
        .ends_with(0)
        .says("Warning: --ephemeral");
    let zk = namespace.ensemble("zk");
    assert!(
        !namespace
            .objects()
            .iter()
            .any(|name| name.starts_with("persistentvolumeclaim"))
    );
    let written = zk.write(100);
    namespace.kubectl(&["delete", "pod", "zk-server-2-0"]).ok();
    zk.await_healthy();
    zk.verify_at(2, &written);
}
