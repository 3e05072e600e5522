//! The example of an ensemble made by hand, as it is in `examples/`: it forms a quorum, it is read as one of ours is, no
//! verb changes it, and with the seal that it speaks of a lost disk joins.

use serde_json::Value;

use crate::bed;
use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::await_until;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/by-hand.yaml");

#[track_caller]
fn apply(namespace: &Namespace) {
    let said = namespace.kubectl(&["apply", "-f", EXAMPLE]).ends_with(0);
    assert!(!said.stderr.contains("violate"), "{}", said.stderr);
}

#[track_caller]
fn example(namespace: &Namespace) -> Ensemble<'_> {
    bed::load_image();
    apply(namespace);
    let zk = namespace.ensemble("zk");
    zk.await_healthy();
    zk
}

/// The name of a server's pod.
#[track_caller]
fn pod(zk: &Ensemble<'_>, id: u8) -> String {
    zk.server(id)["pod"].as_str().unwrap().to_owned()
}

#[test]
fn the_example_is_read_and_left_alone() {
    let namespace = Namespace::new("by-hand");
    let zk = example(&namespace);
    let written = zk.write(200);
    told(&namespace, &zk);
    asked(&namespace, &zk);
    refused(&namespace);
    let id = if zk.leader() == 2 { 3 } else { 2 };
    let before = pod(&zk, id);
    namespace.kubectl(&["delete", "pod", &before]).ok();
    await_until("the server is in another pod", || {
        zk.server(id)["pod"]
            .as_str()
            .is_some_and(|now| now != before)
    });
    zk.await_healthy();
    zk.verify_at(id, &written);
    namespace
        .kubectl(&["delete", "pods", "-l", "name=zookeeper-pod"])
        .ok();
    zk.await_healthy();
    zk.verify(&written);
}

#[track_caller]
fn told(namespace: &Namespace, zk: &Ensemble<'_>) {
    let status = zk.status();
    assert_eq!(
        (&status["managed"], &status["ready"], &status["inSync"]),
        (&false.into(), &3.into(), &3.into())
    );
    for server in status["servers"].as_array().unwrap() {
        assert_eq!(
            (&server["state"], &server["member"], &server["lag"]),
            (&"serving".into(), &"voter".into(), &0.into())
        );
    }
    let text = namespace.zk(&["status", "zk"]).ok();
    assert!(
        text.starts_with("healthy · leader ") && text.contains("info: made by hand"),
        "{text}"
    );
    assert!(
        !text.contains("kubectl zk create") && !text.contains("critical"),
        "{text}"
    );
    for list in [&["status"][..], &["status", "-A"]] {
        let list = namespace.zk(list).ok();
        assert!(list.contains("zk ") && list.contains("healthy"), "{list}");
    }
    assert!(
        namespace
            .zk(&["status", "zk", "-o", "wide"])
            .ok()
            .contains("3.9.5")
    );
}

#[track_caller]
fn asked(namespace: &Namespace, zk: &Ensemble<'_>) {
    assert_eq!(
        namespace.zk(&["exec", "zk", "ruok", "--id", "2"]).ok(),
        "imok"
    );
    let all = namespace.zk(&["exec", "zk", "srvr", "ruok"]).ok();
    assert_eq!(all.matches("Mode: ").count(), 3, "{all}");
    assert_eq!(all.matches("imok").count(), 3, "{all}");
    let json = namespace.zk(&["exec", "zk", "mntr", "-o", "json"]).ok();
    let json: Value = serde_json::from_str(&json).unwrap();
    let modes = json["items"].as_array().unwrap().iter();
    let leads = modes.filter(|item| item["answer"]["zk_server_state"] == "leader");
    let leads: Vec<&Value> = leads.map(|item| &item["server"]).collect();
    assert_eq!(leads, [&Value::from(zk.leader())]);
}

#[track_caller]
fn refused(namespace: &Namespace) {
    let made = "made by hand, not by kubectl zk";
    namespace.zk(&["create", "zk"]).ends_with(1).says(made);
    namespace
        .zk(&["create", "zk", "--dry-run=server"])
        .ends_with(1)
        .says(made);
    namespace
        .zk(&["create", "other"])
        .ends_with(1)
        .says("would select this ensemble's pods");
    let scale = ["scale", "zk", "--replicas", "5", "--yes"];
    namespace.zk(&scale).ends_with(1).says(made);
    for flag in ["--yes", "--delete-data", "--dry-run=client"] {
        let said = namespace.zk(&["delete", "zk", flag]).ends_with(1);
        said.says(made).says("deployment/zookeeper-1");
    }
    assert_eq!(namespace.objects(), [""; 0]);
}

/// The command that `delete` tells does remove it, but for the disks; applied again, the data is there.
#[test]
fn removed_by_the_command_that_delete_tells_and_made_again() {
    let namespace = Namespace::new("by-hand-removed");
    let zk = example(&namespace);
    let written = zk.write(100);
    let said = namespace.zk(&["delete", "zk"]).ends_with(1).stderr;
    let hint = said
        .lines()
        .find_map(|line| line.split_once("removed by: kubectl "));
    let words: Vec<&str> = hint.unwrap().1.split_whitespace().collect();
    namespace.kubectl(&words).ok();
    await_until("no pod is left", || {
        namespace
            .kubectl(&["get", "pods", "-o", "name"])
            .ok()
            .is_empty()
    });
    namespace
        .zk(&["status", "zk"])
        .ends_with(1)
        .says("not found");
    apply(&namespace);
    zk.await_healthy();
    zk.verify(&written);
}

#[test]
fn with_the_seal_a_lost_disk_joins() {
    let namespace = Namespace::new("by-hand-disk");
    let zk = example(&namespace);
    let seal = [
        "create",
        "configmap",
        "zk-by-hand-founded",
        "--from-literal=founded=yes",
    ];
    namespace.kubectl(&seal).ok();
    let written = zk.write(200);
    let before = pod(&zk, 2);
    namespace
        .kubectl(&["delete", "pvc", "zookeeper-2", "--wait=false"])
        .ok();
    namespace.kubectl(&["delete", "pod", &before]).ok();
    await_until("the disk is gone", || {
        namespace.get("pvc", "zookeeper-2").is_null()
    });
    apply(&namespace);
    zk.await_healthy();
    let now = pod(&zk, 2);
    let list = namespace
        .kubectl(&["exec", &now, "--", "cat", "/data/conf/zoo.cfg.dynamic"])
        .ok();
    let ours = list.lines().find(|line| line.starts_with("server.2="));
    assert!(
        ours.is_some_and(|line| line.contains(":observer")),
        "{list}"
    );
    zk.verify_at(2, &written);
}
