//! What is in the way of `create` is left alone, and nothing is made.

use serde_json::json;

use crate::ensemble::create;
use crate::namespace::Namespace;

#[test]
fn a_foreign_service_in_the_way() {
    let namespace = Namespace::new("stranger");
    namespace.apply(
        &json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "zk-peer-1"},
        "spec": {"ports": [{"port": 80}]}}),
    );
    let refused = namespace.zk(&create("zk", &[])).ends_with(1);
    refused.says("Service zk-peer-1 is not this one's");
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
