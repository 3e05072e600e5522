//! A namespace that is being deleted, before and in the middle of each verb.

use std::thread;

use serde_json::json;

use crate::causes::typed;
use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::await_until;

impl Namespace {
    /// An object that keeps the namespace from ending, until it is let go.
    #[track_caller]
    fn hold(&self) {
        self.apply(&json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "hold", "finalizers": ["example.com/hold"]}}));
    }

    fn let_go(&self) {
        let patch = r#"{"metadata":{"finalizers":null}}"#;
        self.kubectl(&["patch", "configmap", "hold", "--type=merge", "-p", patch]);
    }

    #[track_caller]
    fn terminate(&self) {
        self.kubectl(&["delete", "namespace", &self.name, "--wait=false"])
            .ok();
    }
}

#[test]
fn nothing_is_made_in_it_and_delete_does_not_say_that_the_disks_stay() {
    let namespace = Namespace::new("ending");
    namespace.hold();
    let zk = namespace.create("zk", &["--replicas", "1"]);
    namespace.terminate();
    await_until("the disk goes", || {
        let claim = namespace.get("pvc", "data-zk-server-1-0");
        !claim["metadata"]["deletionTimestamp"].is_null() || claim.is_null()
    });
    // What is there still is told; what is gone is not found.
    for verb in [&["status", "zk"][..], &["exec", "zk", "ruok"]] {
        let told = namespace.zk(verb);
        let gone = told.stderr.contains("not found")
            || told.stderr.contains("has no pods")
            || told.stderr.contains("does not answer");
        assert!(told.code == Some(0) || gone, "{told:?}");
    }
    let deleted = namespace.zk(&["delete", "zk", "--yes"]);
    assert!(!deleted.stderr.contains("stay:"), "{deleted:?}");
    assert!(
        deleted.code == Some(0) || deleted.stderr.contains("not found"),
        "{deleted:?}"
    );
    let refused = namespace
        .zk(&create("zk", &["--replicas", "1"]))
        .ends_with(1);
    let why = format!(
        "is forbidden: unable to create new content in namespace {} because it is being terminated",
        namespace.name
    );
    assert!(refused.error().ends_with(&why), "{}", refused.stderr);
    await_until("nothing is left of it", || zk.status().is_null());
    let hint = refused.hinted().remove(0);
    thread::scope(|scope| {
        let waits = scope.spawn(|| typed(&hint));
        namespace.let_go();
        waits.join().unwrap();
    });
}

#[test]
fn deleted_in_the_middle_of_create() {
    let namespace = Namespace::new("midway");
    namespace.hold();
    thread::scope(|scope| {
        let creates = scope.spawn(|| namespace.zk(&create("zk", &["--timeout", "60s"])));
        await_until("its servers are made", || {
            !namespace.get("statefulset", "zk-server-3").is_null()
        });
        namespace.terminate();
        let ended = creates.join().unwrap();
        // Before the seal it is refused; where nothing is left of it, that is said.
        println!("midway: {:?} {}", ended.code, ended.stderr);
        let told = ended.error().contains("because it is being terminated")
            || ended.error().contains("is gone");
        assert!(ended.code == Some(1) && told, "{ended:?}");
    });
    namespace.let_go();
}
