//! What a user may do with a Role of one namespace, and what is seen by one who may only view.

use std::io::Write as _;

use serde_json::Value;
use serde_json::json;
use tempfile::NamedTempFile;

use crate::bed;
use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::run;

/// A user of a namespace, by a ServiceAccount's token.
struct User<'a> {
    namespace: &'a Namespace,
    kubeconfig: NamedTempFile,
}

impl User<'_> {
    fn zk(&self, args: &[&str]) -> Run {
        let kubeconfig = self.kubeconfig.path().to_str().unwrap();
        run(self.namespace.zk_command(kubeconfig, args), None)
    }
}

/// A rule of a Role.
fn rule(group: &str, resources: &[&str], verbs: &[&str]) -> Value {
    json!({"apiGroups": [group], "resources": resources, "verbs": verbs})
}

/// What the verbs need: the README's Role.
fn operator() -> Vec<Value> {
    let all = ["get", "list", "create", "patch", "delete"];
    vec![
        rule("", &["services", "configmaps", "secrets"], &all),
        rule(
            "",
            &["persistentvolumeclaims"],
            &["get", "list", "patch", "delete"],
        ),
        rule("", &["pods"], &["get", "list"]),
        rule("", &["pods/log"], &["get"]),
        rule("", &["pods/portforward"], &["get", "create"]),
        rule("", &["events"], &["list"]),
        rule("apps", &["statefulsets"], &all),
        rule("policy", &["poddisruptionbudgets"], &all),
        rule("networking.k8s.io", &["networkpolicies"], &all),
    ]
}

fn viewer() -> Vec<Value> {
    let view = ["get", "list", "watch"];
    vec![
        rule(
            "",
            &[
                "pods",
                "services",
                "configmaps",
                "persistentvolumeclaims",
                "events",
            ],
            &view,
        ),
        rule("apps", &["statefulsets"], &view),
        rule("policy", &["poddisruptionbudgets"], &view),
    ]
}

fn user<'a>(namespace: &'a Namespace, name: &str, rules: &[Value]) -> User<'a> {
    let metadata = json!({"name": name});
    let subject = json!({"kind": "ServiceAccount", "name": name, "namespace": namespace.name});
    let role = json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name});
    let rbac = "rbac.authorization.k8s.io/v1";
    for object in [
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata}),
        json!({"apiVersion": rbac, "kind": "Role", "metadata": metadata, "rules": rules}),
        json!({"apiVersion": rbac, "kind": "RoleBinding", "metadata": metadata, "roleRef": role, "subjects": [subject]}),
    ] {
        namespace.apply(&object);
    }
    let token = namespace.kubectl(&["create", "token", name]).ok();
    User {
        namespace,
        kubeconfig: kubeconfig(&namespace.name, token.trim()),
    }
}

/// The administrator's kubeconfig with a token in the place of its certificate.
fn kubeconfig(namespace: &str, token: &str) -> NamedTempFile {
    let mut kubectl = bed::admin("kubectl");
    kubectl.args(["config", "view", "--raw", "--minify", "-o", "json"]);
    let mut config: Value = serde_json::from_str(&run(kubectl, None).ok()).unwrap();
    config["users"][0]["user"] = json!({"token": token});
    config["contexts"][0]["context"]["namespace"] = json!(namespace);
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(config.to_string().as_bytes()).unwrap();
    file
}

#[test]
fn a_role_of_the_namespace_is_enough_and_one_to_view_shows_what_kubernetes_says() {
    let namespace = Namespace::new("rights");
    let operator = user(&namespace, "operator", &operator());
    operator.zk(&create("zk", &[])).ok();
    let status = operator.zk(&["status", "zk"]).ok();
    assert!(status.starts_with("healthy"), "{status}");
    assert_eq!(
        operator.zk(&["exec", "zk", "ruok", "--id", "2"]).ok(),
        "imok"
    );
    views(&user(&namespace, "viewer", &viewer()));
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
        .says("pods/portforward");
    viewer
        .zk(&create("other", &[]))
        .ends_with(1)
        .says("forbidden");
}
