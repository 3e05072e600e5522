//! `create`, and servers that cannot come up.

use serde_json::json;

use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::ensemble::Mood;

/// A cluster on which the pod of server 2 comes so far and no further.
fn stuck(fate: Fate) -> World {
    let world = World::default();
    world
        .api
        .store(|store| store.controllers.decide("zk-server-2", fate));
    world
}

#[tokio::test(start_paused = true)]
async fn an_image_that_cannot_be_pulled() {
    let world = stuck(Fate::Waits(
        "ImagePullBackOff",
        "Back-off pulling image \"zookeeper:3.9.5\"",
    ));
    insta::assert_snapshot!(world.zk("create zk").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: preparing: image zookeeper:3.9.5 cannot be pulled: Back-off pulling image "zookeeper:3.9.5"
    server 3: follower
    error: ensemble zk cannot come up: server 2: image zookeeper:3.9.5 cannot be pulled: Back-off pulling image "zookeeper:3.9.5"
    hint: kubectl describe pod zk-server-2-0 -n default
    hint: what was made stays; when the cause is mended, run the same command again, or remove it: kubectl zk delete zk -n default
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_pod_that_no_node_takes() {
    let world = stuck(Fate::Unschedulable(
        "0/3 nodes are available: 3 Insufficient memory",
    ));
    insta::assert_snapshot!(world.zk("create zk").await.failed().stderr, @r"
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: pending: no node takes its pod: 0/3 nodes are available: 3 Insufficient memory
    server 3: follower
    error: ensemble zk cannot come up: server 2: no node takes its pod: 0/3 nodes are available: 3 Insufficient memory
    hint: kubectl describe pod zk-server-2-0 -n default
    hint: what was made stays; when the cause is mended, run the same command again, or remove it: kubectl zk delete zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn a_quota_that_is_used_up() {
    let world = stuck(Fate::Denied(
        "pods \"zk-server-2-0\" is forbidden: exceeded quota: small",
    ));
    insta::assert_snapshot!(world.zk("create zk").await.failed().stderr, @r#"
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: no pod: its pod cannot be created: pods "zk-server-2-0" is forbidden: exceeded quota: small
    server 3: follower
    error: ensemble zk cannot come up: server 2: its pod cannot be created: pods "zk-server-2-0" is forbidden: exceeded quota: small
    hint: kubectl describe resourcequota small -n default
    hint: what was made stays; when the cause is mended, run the same command again, or remove it: kubectl zk delete zk -n default
    "#);
}

/// The start script's own refusal is final at once.
#[tokio::test(start_paused = true)]
async fn a_disk_of_another_ensemble() {
    let world = stuck(Fate::Ended(78, "this disk belongs to another ensemble"));
    insta::assert_snapshot!(world.zk("create zk").await.failed().stderr, @r"
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: crashed: it refuses to start: this disk belongs to another ensemble
    server 3: follower
    error: ensemble zk cannot come up: server 2: it refuses to start: this disk belongs to another ensemble
    hint: kubectl logs zk-server-2-0 -n default
    hint: what was made stays; when the cause is mended, run the same command again, or remove it: kubectl zk delete zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_crashes_shows_the_end_of_its_log() {
    let world = stuck(Fate::Ended(78, "no membership"));
    world
        .api
        .store(|store| store.log = "starting\nthere is no server to join\n");
    let outcome = world.zk("create zk").await;
    insta::assert_snapshot!(outcome.failed().stderr, @r"
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: crashed: it refuses to start: no membership
    server 3: follower
    the end of the log of server 2:
    starting
    there is no server to join
    error: ensemble zk cannot come up: server 2: it refuses to start: no membership
    hint: kubectl logs zk-server-2-0 -n default
    hint: what was made stays; when the cause is mended, run the same command again, or remove it: kubectl zk delete zk -n default
    ");
    assert!(world.api.log().contains("get pods/zk-server-2-0/log"));
}

/// A disk that nobody provides: the pod waits without a node, and the claim's own event says why.
#[tokio::test(start_paused = true)]
async fn a_disk_that_is_not_to_be_had() {
    let world = stuck(Fate::Unschedulable(
        "pod has unbound immediate PersistentVolumeClaims",
    ));
    world.zk("create zk --no-wait -q").await.succeeded();
    world.api.store(|store| {
        let claim = "data-zk-server-2-0";
        store.change("persistentvolumeclaims", claim, |claim| {
            claim["status"]["phase"] = "Pending".into();
        });
        let event = json!({
            "metadata": {"name": "claim.1"}, "type": "Warning", "reason": "ProvisioningFailed",
            "involvedObject": {"kind": "PersistentVolumeClaim", "name": claim},
            "message": "storageclass.storage.k8s.io \"fast\" not found",
        });
        store.put("events", "default", event);
    });
    insta::assert_snapshot!(world.zk("create zk").await.failed().stderr, @r#"
    ensemble/zk unchanged
    server 1: follower
    server 2: pending: its disk data-zk-server-2-0 is not to be had: storageclass.storage.k8s.io "fast" not found
    server 3: follower
    error: ensemble zk cannot come up: server 2: its disk data-zk-server-2-0 is not to be had: storageclass.storage.k8s.io "fast" not found
    hint: kubectl describe pvc data-zk-server-2-0 -n default
    hint: what was made stays; when the cause is mended, run the same command again, or remove it: kubectl zk delete zk -n default
    "#);
}

#[tokio::test(start_paused = true)]
async fn the_deadline() {
    let world = World::default();
    world.zoo.mood(2, Mood::Looks(usize::MAX));
    let began = tokio::time::Instant::now();
    insta::assert_snapshot!(world.zk("create zk --timeout 12s").await, @r"
    exit 124
    --- stdout
    --- stderr
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: looking
    server 3: follower
    error: ensemble zk has no verified quorum yet: no server leads: it was not done within 12s
    hint: kubectl zk status zk -n default
    hint: run the same command again to go on waiting
    ");
    assert_eq!(began.elapsed().as_secs(), 12);
}

/// A server that accepts and says nothing delays no look beyond the deadline of a probe.
#[tokio::test(start_paused = true)]
async fn the_deadline_with_a_server_that_hangs() {
    let world = World::default();
    world.zoo.mood(2, Mood::Hangs);
    let outcome = world.zk("create zk --timeout 9s").await;
    assert_eq!(outcome.exit as u8, 124);
    insta::assert_snapshot!(outcome.stderr, @r"
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: unreachable: it does not answer: no answer in time
    server 3: follower
    error: ensemble zk has no verified quorum yet: no server leads: server 2: it does not answer: no answer in time: it was not done within 9s
    hint: kubectl zk status zk -n default
    hint: run the same command again to go on waiting
    ");
}
