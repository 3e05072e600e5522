//! `create` that cannot succeed stops with the cause in one sentence; what is in the way is left alone.

use serde_json::json;

use crate::ensemble::create;
use crate::namespace::Namespace;

/// One server with these flags cannot come up, and these words tell why.
#[track_caller]
fn stops(namespace: &Namespace, flags: &[&str], words: &[&str]) {
    let flags = [&["--replicas", "1"], flags].concat();
    let mut run = namespace.zk(&create("zk", &flags)).ends_with(1);
    for word in words {
        run = run.says(word);
    }
    let error = run.stderr.lines().find(|line| line.starts_with("error: "));
    let error = error.unwrap_or_default();
    assert!(words.iter().all(|word| error.contains(word)), "{error}");
    assert!(
        run.stderr.contains("kubectl zk delete zk"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_image_that_does_not_exist() {
    let namespace = Namespace::new("image");
    let flags = ["--image", "zookeeper:3.9.99"];
    stops(
        &namespace,
        &flags,
        &["server 1: image zookeeper:3.9.99 cannot be pulled"],
    );
}

#[test]
fn a_node_selector_that_nothing_matches() {
    let namespace = Namespace::new("selector");
    let flags = ["--node-selector", "disk=none"];
    let words = [
        "server 1: no node takes its pod",
        "didn't match Pod's node affinity/selector",
    ];
    stops(&namespace, &flags, &words);
}

#[test]
fn a_storage_class_that_does_not_exist() {
    let namespace = Namespace::new("class");
    let flags = ["--storage-class", "nosuch"];
    stops(
        &namespace,
        &flags,
        &["server 1: its disk data-zk-server-1-0", "nosuch"],
    );
}

#[test]
fn a_quota() {
    let namespace = Namespace::new("quota");
    namespace.apply(
        &json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "tight"},
        "spec": {"hard": {"requests.memory": "100Mi"}}}),
    );
    stops(
        &namespace,
        &[],
        &[
            "server 1: its pod cannot be created",
            "exceeded quota: tight",
        ],
    );
}

#[test]
fn a_foreign_service_in_the_way() {
    let namespace = Namespace::new("stranger");
    namespace.apply(
        &json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "zk-peer-1"},
        "spec": {"ports": [{"port": 80}]}}),
    );
    let refused = namespace.zk(&create("zk", &[])).ends_with(1);
    refused.says("Service zk-peer-1 is there and not this ensemble's");
    assert_eq!(namespace.objects(), Vec::<String>::new());
}

#[test]
fn a_foreign_service_that_selects_the_servers() {
    let namespace = Namespace::new("rival");
    namespace.apply(
        &json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "other-peer-1"},
        "spec": {"ports": [{"port": 2888}], "selector": {"name": "zookeeper-pod", "server": "1"}}}),
    );
    let refused = namespace.zk(&create("zk", &[])).ends_with(1);
    refused.says("other-peer-1 would select this ensemble's pods");
    assert_eq!(namespace.objects(), Vec::<String>::new());
}
