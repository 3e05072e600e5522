//! What kept an ensemble from coming up is mended, and what `create` said to type, the same command again, finishes it.

use serde_json::json;

use crate::causes::Cause;
use crate::causes::typed;
use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::await_until;

/// The same command again must finish it, soon: what failed before is tried again at once.
#[track_caller]
fn finished(namespace: &Namespace, flags: &[&str]) {
    let flags = [&["--replicas", "1"], flags].concat();
    namespace.zk(&create("zk", &flags)).ok();
    assert_eq!(namespace.ensemble("zk").status()["verdict"], "healthy");
}

#[test]
fn a_quota_on_pods_and_one_on_disks() {
    let namespace = Namespace::new("quota");
    for (resource, object) in [
        ("pods", "zk-server-1-0"),
        ("persistentvolumeclaims", "data-zk-server-1-0"),
    ] {
        namespace.quota(resource, "0");
        let why = format!(
            "its pod cannot be created: {resource} \"{object}\" is forbidden: exceeded quota: tight, requested: {resource}=1, used: {resource}=0, limited: {resource}=0"
        );
        let cause = Cause {
            name: "zk",
            flags: &[],
            why: &why,
            hint: "kubectl describe resourcequota tight",
        };
        cause.shows(&namespace);
        namespace
            .kubectl(&["delete", "resourcequota", "tight"])
            .ok();
        finished(&namespace, &[]);
        let data = ["delete", "zk", "--delete-data", "--yes"];
        namespace.zk(&data).ok();
    }
}

#[test]
fn a_limit_on_memory() {
    let namespace = Namespace::new("limit");
    let limit = json!({"type": "Container", "max": {"memory": "100Mi"}});
    namespace.apply(
        &json!({"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "small"}, "spec": {"limits": [limit]}}),
    );
    let cause = Cause {
        name: "zk",
        flags: &[],
        why: "its pod cannot be created: pods \"zk-server-1-0\" is forbidden: maximum memory usage per Container is 100Mi, but limit is 384Mi",
        hint: "kubectl describe statefulset zk-server-1",
    };
    cause.shows(&namespace);
    namespace.kubectl(&["delete", "limitrange", "small"]).ok();
    finished(&namespace, &[]);
}

/// A policy of the cluster's for one namespace; removed when dropped.
struct Policy<'a>(&'a Namespace);

impl<'a> Policy<'a> {
    /// New objects of this resource must name their team; returns when the API server goes by it.
    #[track_caller]
    fn new(namespace: &'a Namespace, group: &str, resource: &str) -> Self {
        let name = &namespace.name;
        let rule = |group: &str, resource: &str| json!({"apiGroups": [group], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": [resource]});
        let rules = [rule("", "configmaps"), rule(group, resource)];
        let expression = "request.resource.resource == 'configmaps' ? object.metadata.name != 'probe' : has(object.metadata.labels.team)";
        let says = json!({"expression": expression, "message": "it must name its team"});
        let here = json!({"matchLabels": {"kubernetes.io/metadata.name": name}});
        let api = "admissionregistration.k8s.io/v1";
        namespace.apply(&json!({"apiVersion": api, "kind": "ValidatingAdmissionPolicy", "metadata": {"name": name},
            "spec": {"matchConstraints": {"resourceRules": rules}, "validations": [says]}}));
        namespace.apply(&json!({"apiVersion": api, "kind": "ValidatingAdmissionPolicyBinding", "metadata": {"name": name},
            "spec": {"policyName": name, "validationActions": ["Deny"], "matchResources": {"namespaceSelector": here}}}));
        let policy = Self(namespace);
        await_until("the policy holds", || policy.holds());
        policy
    }

    fn holds(&self) -> bool {
        let probe = ["create", "configmap", "probe", "--dry-run=server"];
        self.0.kubectl(&probe).code != Some(0)
    }
}

impl Drop for Policy<'_> {
    fn drop(&mut self) {
        let kinds = "validatingadmissionpolicybindings,validatingadmissionpolicies";
        self.0.kubectl(&["delete", kinds, &self.0.name]);
        await_until("the policy is gone", || !self.holds());
    }
}

#[test]
fn a_policy_on_pods() {
    let namespace = Namespace::new("policy");
    let policy = Policy::new(&namespace, "", "pods");
    let why = format!(
        "its pod cannot be created: pods \"zk-server-1-0\" is forbidden: ValidatingAdmissionPolicy '{name}' with binding '{name}' denied request: it must name its team",
        name = namespace.name
    );
    let cause = Cause {
        name: "zk",
        flags: &[],
        why: &why,
        hint: "kubectl describe statefulset zk-server-1",
    };
    cause.shows(&namespace);
    drop(policy);
    finished(&namespace, &[]);
}

#[test]
fn a_policy_on_stateful_sets() {
    let namespace = Namespace::new("sets");
    let policy = Policy::new(&namespace, "apps", "statefulsets");
    let flags = ["--replicas", "1"];
    let refused = namespace.zk(&create("zk", &flags)).ends_with(1);
    let why = format!(
        "error: The statefulsets \"zk-server-1\" is invalid: ValidatingAdmissionPolicy '{name}' with binding '{name}' denied request: it must name its team",
        name = namespace.name
    );
    assert_eq!(refused.error(), why);
    let status = namespace.zk(&["status", "zk"]).ok();
    assert!(status.contains("server 1 was not made yet"), "{status}");
    drop(policy);
    finished(&namespace, &[]);
}

#[test]
fn an_identity_that_was_removed() {
    let namespace = Namespace::new("identity");
    let zk = namespace.create("zk", &[]);
    let (identity, written) = (zk.identity(), zk.write(100));
    namespace.kubectl(&["delete", "secret", "zk-identity"]).ok();
    namespace.kubectl(&["delete", "pod", "zk-server-2-0"]).ok();
    let why = "its container cannot be made: CreateContainerConfigError: secret \"zk-identity\" not found";
    await_until("the cause shows", || zk.server(2)["reason"] == why);
    let fix = zk.status()["findings"][0]["fix"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(fix, format!("kubectl zk create zk -n {}", namespace.name));
    typed(&fix);
    assert_eq!(zk.identity(), identity, "the disks remember it");
    zk.verify_at(2, &written);
    namespace.kubectl(&["delete", "secret", "zk-identity"]).ok();
    namespace.zk(&["delete", "zk", "--yes"]).ok();
    finished_with(&namespace, &identity);
    zk.verify(&written);
}

/// `create` over the disks alone takes the data back, under the same identity.
#[track_caller]
fn finished_with(namespace: &Namespace, identity: &str) {
    namespace.zk(&create("zk", &[])).ok();
    assert_eq!(namespace.ensemble("zk").identity(), identity);
}
