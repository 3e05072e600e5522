//! Data outlives pods, Services and the ensemble itself.

use crate::ensemble::create;
use crate::namespace::Namespace;

#[test]
fn all_pods_deleted_at_once() {
    let namespace = Namespace::new("all-pods");
    let zk = namespace.create("zk", &[]);
    let written = zk.write(200);
    zk.delete_pods();
    zk.await_healthy();
    zk.verify(&written);
}

#[test]
fn all_services_deleted_and_made_again() {
    let namespace = Namespace::new("services");
    let zk = namespace.create("zk", &[]);
    let (written, before) = (zk.write(200), zk.addresses());
    let services = ["peer", "election"]
        .iter()
        .flat_map(|kind| (1..=3).map(move |id| format!("service/zk-{kind}-{id}")));
    let services: Vec<String> = services.collect();
    let delete: Vec<&str> = std::iter::once("delete")
        .chain(services.iter().map(String::as_str))
        .collect();
    namespace.kubectl(&delete).ok();
    namespace
        .zk(&create("zk", &["--no-wait"]))
        .ends_with(0)
        .says("6 objects created");
    assert!(before.is_disjoint(&zk.addresses()), "the addresses are new");
    zk.delete_pods();
    zk.await_healthy();
    zk.verify(&written);
    assert_eq!(zk.status()["findings"], serde_json::json!([]));
}

#[test]
fn deleted_and_created_again() {
    let namespace = Namespace::new("deleted");
    let zk = namespace.create("zk", &[]);
    let (written, identity) = (zk.write(200), zk.identity());
    namespace.zk(&["delete", "zk", "--yes"]).ok();
    assert!(
        !namespace
            .objects()
            .iter()
            .any(|name| name.starts_with("pod/"))
    );
    namespace
        .zk(&create("zk", &[]))
        .ends_with(0)
        .says("taking back the disks of servers 1, 2 and 3 with their data");
    assert_eq!(zk.identity(), identity);
    zk.verify(&written);
}
