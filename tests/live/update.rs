//! `update` under writers: releases there and back, memory, a setting, larger disks, what needs no restart; `--undo`, `diff`.

use crate::namespace::Namespace;

#[test]
fn releases_there_and_back() {
    let namespace = Namespace::new("update-release");
    let zk = namespace.create("zk", &["--image", "zookeeper:3.9.4"]);
    let writers = zk.start_writers(1..=3);
    zk.rolls_as_told("update --image zookeeper:3.9.5");
    writers.lap("3.9.4 → 3.9.5");
    zk.runs("3.9.5");
    let back = zk.roll("update --image zookeeper:3.8.6").ends_with(0);
    back.says("Warning: 3.9.5 -> 3.8.6 goes back");
    writers.lap("3.9.5 → 3.8.6");
    zk.runs("3.8.6");
    zk.rolls_as_told("update --image zookeeper:3.9.5");
    writers.lap("3.8.6 → 3.9.5");
    zk.rolls_as_told("update --undo");
    writers.lap("undo: 3.9.5 → 3.8.6");
    zk.runs("3.8.6");
    let old = zk.roll("update --image zookeeper:3.6.3").ends_with(1);
    old.says("ZooKeeper 3.6.3 is too old");
    zk.is_in_order();
    writers.stop("3.9.4 → 3.9.5 ⇄ 3.8.6");
}

#[test]
fn memory_and_a_setting() {
    let namespace = Namespace::new("update-memory");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    zk.rolls_as_told("update --memory 448Mi --config tickTime=1500 --config maxClientCnxns=100");
    writers.lap("memory and two settings");
    let limit = ".spec.containers[0].resources.limits.memory";
    assert_eq!(namespace.field("pod", &zk.pod(1), limit), "448Mi");
    let asked = ["exec", "zk", "conf", "--id", "2"];
    let conf = namespace.zk(&asked).ok();
    assert!(
        conf.contains("tickTime=1500") && conf.contains("maxClientCnxns=100"),
        "{conf}"
    );
    zk.rolls_as_told("update --config tickTime-");
    writers.lap("a setting less");
    let conf = namespace.zk(&asked).ok();
    assert!(
        conf.contains("tickTime=2000") && conf.contains("maxClientCnxns=100"),
        "{conf}"
    );
    let maps = namespace.objects().into_iter();
    let maps = maps.filter(|name| name.starts_with("configmap/zk-config-"));
    assert_eq!(maps.count(), 1, "those that nobody runs are removed");
    zk.roll("update --config tickTime-")
        .ends_with(0)
        .says("ensemble/zk unchanged");
    let heap = zk.roll("update --heap 440Mi").ends_with(2);
    heap.says("a heap of 440Mi leaves too little of 448Mi of memory");
    writers.stop("memory and settings");
}

#[test]
fn what_restarts_nobody() {
    let namespace = Namespace::new("update-still");
    let zk = namespace.create("zk", &["--storage-class", "expandable"]);
    let writers = zk.start_writers(1..=3);
    let before = zk.uids();
    zk.rolls_as_told("update --service-type NodePort --service-annotation a/b=c --network-policy");
    zk.rolls_as_told("update --storage 2Gi");
    for id in 1..=3 {
        let disk = format!("data-zk-server-{id}-0");
        let size = namespace.field("pvc", &disk, ".spec.resources.requests.storage");
        assert_eq!(size, "2Gi");
    }
    let less = zk.roll("update --storage 1Gi").ends_with(2);
    less.says("a disk of 2Gi cannot shrink to 1Gi");
    zk.rolls_as_told(
        "update --network-policy=false --unset service-type --service-annotation a/b-",
    );
    let policies = namespace
        .kubectl(&["get", "networkpolicy", "-o", "name"])
        .ok();
    assert_eq!(policies, "");
    let kind = namespace.field("service", "zk-client", ".spec.type");
    assert_eq!(kind, "ClusterIP");
    assert_eq!(zk.uids(), before, "nobody was restarted");
    writers.stop("what restarts nobody");
}

#[test]
fn a_class_whose_disks_do_not_grow_and_objects_of_others() {
    let namespace = Namespace::new("update-refused");
    let zk = namespace.create("zk", &[]);
    let refused = zk.roll("update --storage 2Gi").ends_with(1);
    refused.says("their StorageClass has no allowVolumeExpansion");
    assert_eq!(namespace.zk(&["diff", "zk"]).ok(), "");
    let label = [
        "label",
        "service",
        "zk-client",
        "app.kubernetes.io/version=x",
        "--overwrite",
    ];
    namespace.kubectl(&label).ok();
    let differs = namespace.zk(&["diff", "zk"]).ends_with(1);
    let line = "metadata.labels[app.kubernetes.io/version]: x -> 3.9.5";
    assert!(differs.stdout.contains(line), "{}", differs.stdout);
    let taken = zk.roll("update").ends_with(1);
    taken
        .says("conflict with \"kubectl-label\"")
        .says("--force-conflicts");
    zk.roll("update --force-conflicts").ok();
    assert_eq!(namespace.zk(&["diff", "zk"]).ok(), "");
    namespace.kubectl(&["delete", "service", "zk-client"]).ok();
    let missing = namespace.zk(&["diff", "zk"]).ends_with(1);
    assert_eq!(missing.stdout, "service/zk-client\n  missing\n");
    zk.roll("update").ok();
    zk.roll("update").ends_with(0).says("ensemble/zk unchanged");
    let nothing = zk.roll("update --undo").ends_with(1);
    nothing.says("ensemble zk has had no update: there is nothing to undo");
    zk.is_in_order();
}
