//! What is read out of Kubernetes' objects.

use super::*;
use serde_json::json;

fn seen(status: &serde_json::Value) -> observed::Pod {
    let object = json!({
        "metadata": {"name": "zk-server-1-0", "uid": "u", "labels": {"server": "1", "controller-revision-hash": "r"}},
        "spec": {"nodeName": "n1", "containers": [{"name": "sidecar"}, {"name": "zookeeper-server-1", "image": "zookeeper:3.9.5"}]},
        "status": status,
    });
    pod(&serde_json::from_value(object).unwrap())
}

#[test]
fn a_pod_that_serves() {
    let pod = seen(
        &json!({"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}], "containerStatuses": [
        {"name": "zookeeper-server-1", "image": "", "imageID": "", "ready": true, "started": true, "restartCount": 1, "state": {"running": {}},
         "lastState": {"terminated": {"exitCode": 78, "reason": "Error", "message": "this disk belongs to another"}}}]}),
    );
    assert!(pod.ready && pod.running && pod.was_started && pod.unschedulable.is_none());
    assert_eq!(
        (
            pod.node.as_deref(),
            pod.revision.as_deref(),
            pod.image.as_str()
        ),
        (Some("n1"), Some("r"), "zookeeper:3.9.5")
    );
    assert_eq!(
        pod.last_end.unwrap().message,
        "this disk belongs to another"
    );
}

#[test]
fn a_pod_that_no_node_takes() {
    let pod = seen(
        &json!({"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes"}]}),
    );
    assert_eq!(pod.unschedulable.as_deref(), Some("0/3 nodes"));
    assert!(!pod.ready && !pod.running);
}

#[test]
fn a_container_that_waits() {
    let pod = seen(
        &json!({"containerStatuses": [{"name": "zookeeper-server-1", "image": "", "imageID": "", "ready": false, "restartCount": 0,
        "state": {"waiting": {"reason": "ErrImagePull", "message": "not found"}}}]}),
    );
    assert_eq!(
        pod.waiting,
        Some(("ErrImagePull".to_owned(), "not found".to_owned()))
    );
}

#[test]
fn a_node_that_is_not_heard_of() {
    let node = |status: &str| -> Node {
        let ready = json!({"type": "Ready", "status": status, "message": "Kubelet stopped posting node status."});
        serde_json::from_value(json!({"metadata": {}, "status": {"conditions": [ready]}})).unwrap()
    };
    let why = Some("Kubelet stopped posting node status".to_owned());
    assert_eq!(node_trouble(&node("Unknown")), why);
    assert_eq!(node_trouble(&node("True")), None);
}

#[test]
fn names_of_peer_services() {
    let service = |name: &str| Service {
        metadata: ObjectMeta {
            name: Some(name.to_owned()),
            ..ObjectMeta::default()
        },
        ..Service::default()
    };
    assert_eq!(
        peer_service(&service("my-peer-zk-peer-12")).unwrap(),
        ("my-peer-zk", ServerId::try_from(12).unwrap())
    );
    assert_eq!(peer_service(&service("zk-peer-x")), None);
    assert_eq!(peer_service(&service("zk-client")), None);
}

#[test]
fn a_status_is_no_other_version_and_a_label_is() {
    let set = |generation, version: &str, labels: &[(&str, &str)]| ObjectMeta {
        generation,
        resource_version: Some(version.to_owned()),
        labels: Some(
            labels
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
        ),
        ..ObjectMeta::default()
    };
    let before = version(&set(Some(1), "7", &[]));
    assert_eq!(before, version(&set(Some(1), "8", &[])));
    assert_ne!(before, version(&set(Some(2), "8", &[])));
    assert_ne!(before, version(&set(Some(1), "8", &[("a", "b")])));
    assert_ne!(version(&set(None, "7", &[])), version(&set(None, "8", &[])));
}
