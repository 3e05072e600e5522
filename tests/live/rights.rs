//! What a user may do with a Role of one namespace, and what is seen by one who may only view.

use serde_json::Value;
use serde_json::json;

use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::user::User;

/// To view alone, no server can be asked.
fn viewer(namespace: &str) -> Value {
    let rule = |group: &str, resources: &[&str]| json!({"apiGroups": [group], "resources": resources, "verbs": ["get", "list", "watch"]});
    let core = [
        "pods",
        "services",
        "configmaps",
        "persistentvolumeclaims",
        "events",
    ];
    let rules = json!([
        rule("", &core),
        rule("apps", &["statefulsets"]),
        rule("policy", &["poddisruptionbudgets"])
    ]);
    let rbac = "rbac.authorization.k8s.io/v1";
    let metadata = json!({"name": "viewer"});
    let reference =
        json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "viewer"});
    let subjects = json!([{"kind": "ServiceAccount", "name": "viewer", "namespace": namespace}]);
    json!({"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": rbac, "kind": "Role", "metadata": metadata, "rules": rules},
        {"apiVersion": rbac, "kind": "RoleBinding", "metadata": metadata, "roleRef": reference, "subjects": subjects},
    ]})
}

#[test]
fn a_role_of_the_namespace_is_enough_and_one_to_view_shows_what_kubernetes_says() {
    let namespace = Namespace::new("rights");
    let operator = namespace.user_for("operator", &[]);
    operator.zk(&create("zk", &[])).ok();
    let status = operator.zk(&["status", "zk"]).ok();
    assert!(status.starts_with("healthy"), "{status}");
    assert_eq!(
        operator.zk(&["exec", "zk", "ruok", "--id", "2"]).ok(),
        "imok"
    );
    // Kubernetes calls a pod ready a moment after its server serves.
    let ready = [
        "wait",
        "--for=condition=Ready",
        "--timeout=1m",
        "pods",
        "--all",
    ];
    namespace.kubectl(&ready).ok();
    views(&namespace.user("viewer", &viewer(&namespace.name).to_string()));
    operator
        .zk(&["delete", "zk", "--delete-data", "--yes"])
        .ok();
    operator
        .zk(&["status", "zk"])
        .ends_with(1)
        .says("not found");
}

#[track_caller]
fn views(viewer: &User<'_>) {
    let status = viewer.zk(&["status", "zk"]).ends_with(0);
    for text in [
        "unknown · the servers could not be asked",
        "zk-server-1-0",
        "pods/portforward",
    ] {
        assert!(status.stdout.contains(text), "{}", status.stdout);
    }
    let json = viewer.zk(&["status", "zk", "-o", "json"]).ok();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["ready"], &json["servers"][0]["state"]),
        (&json!(3), &json!("unknown"))
    );
    viewer
        .zk(&["exec", "zk", "ruok"])
        .ends_with(1)
        .says("pods/portforward")
        .says("kubectl zk rbac exec --for serviceaccount ");
    viewer
        .zk(&create("other", &[]))
        .ends_with(1)
        .says("forbidden");
}
