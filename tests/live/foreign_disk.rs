//! A disk with the data of another ensemble is refused, with a sentence that `status` shows.

use serde_json::json;

use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::await_until;

#[test]
fn the_disk_of_another_ensemble_is_refused() {
    let namespace = Namespace::new("foreign");
    let (a, b) = (
        namespace.create("a", &["--replicas", "1"]),
        namespace.create("b", &["--replicas", "1"]),
    );
    let whose = format!("belongs to '{} 1'", b.identity());
    assert_ne!(a.identity(), b.identity());
    for name in ["a", "b"] {
        namespace.zk(&["delete", name, "--yes"]).ok();
    }
    give_disk(&namespace, "data-b-server-1-0", "data-a-server-1-0");
    let refused = namespace
        .zk(&create("a", &["--replicas", "1"]))
        .ends_with(1);
    refused.says("it refuses to start").says(&whose);
    let status = a.status();
    assert_ne!(status["verdict"], "healthy");
    let reason = status["servers"][0]["reason"].as_str().unwrap_or_default();
    assert!(reason.contains(&whose), "{status}");
}

/// The claim `to` gets the volume of the claim `from`; both claims are made anew.
#[track_caller]
fn give_disk(namespace: &Namespace, from: &str, to: &str) {
    let volume = namespace.field("pvc", from, ".spec.volumeName");
    let mut claim = namespace.get("pvc", to);
    let patch = |patch: serde_json::Value| {
        let patch = patch.to_string();
        namespace
            .kubectl(&["patch", "pv", &volume, "--type=merge", "-p", &patch])
            .ok();
    };
    patch(json!({"spec": {"persistentVolumeReclaimPolicy": "Retain"}}));
    namespace.kubectl(&["delete", "pvc", from, to]).ok();
    patch(json!({"spec": {"claimRef": null}}));
    claim["metadata"] = json!({"name": to, "labels": claim["metadata"]["labels"],
        "annotations": {"kubectl-zk/founded": claim["metadata"]["annotations"]["kubectl-zk/founded"],
            "kubectl-zk/voters": "1"}});
    claim["spec"]["volumeName"] = json!(volume);
    claim["status"] = json!({});
    namespace.apply(&claim);
    await_until("the volume is bound", || {
        namespace.get("pvc", to)["status"]["phase"] == "Bound"
    });
    // When the namespace goes, the volume goes with the claim.
    patch(json!({"spec": {"persistentVolumeReclaimPolicy": "Delete"}}));
}
