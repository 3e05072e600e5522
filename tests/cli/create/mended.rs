//! What kept `create` from finishing is mended: the same command again tries at once what failed before.

use serde_json::Value;
use serde_json::json;

use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::faults::How;
use crate::fake::faults::When;

const REFUSED: Fate = Fate::Ended(
    78,
    "cannot write /data/myid: is the disk full or read-only?",
);

fn decide(world: &World, fate: Fate) {
    world
        .api
        .store(|store| store.controllers.decide("zk-server-2", fate));
}

/// `create` ended with the cause; then nothing is in the way any more.
async fn failed_then_mended(fate: Fate) -> World {
    let world = World::default();
    decide(&world, fate);
    world.zk("create zk").await.failed();
    decide(&world, Fate::Runs);
    world.api.forget();
    world
}

#[tokio::test(start_paused = true)]
async fn a_crashed_pod_is_made_anew() {
    let world = failed_then_mended(REFUSED).await;
    world.zk("create zk").await.succeeded();
    assert!(world.api.changes().contains("delete pods/zk-server-2-0"));
}

#[tokio::test(start_paused = true)]
async fn a_stateful_set_without_a_pod_is_touched() {
    let world = failed_then_mended(Fate::Denied("exceeded quota: small")).await;
    world.zk("create zk").await.succeeded();
    let set = world.api.object("statefulsets", "zk-server-2").unwrap();
    assert!(set["metadata"]["annotations"]["kubectl-zk/retried"].is_string());
}

/// Once: what fails again is told.
#[tokio::test(start_paused = true)]
async fn what_is_not_mended_is_tried_once() {
    let world = failed_then_mended(REFUSED).await;
    decide(&world, REFUSED);
    let outcome = world.zk("create zk").await;
    let why = "server 2: it refuses to start: cannot write /data/myid";
    assert!(outcome.failed().stderr.contains(why), "{outcome}");
    let deleted = world.api.changes().matches("delete pods/").count();
    assert_eq!(deleted, 1, "{}", world.api.changes());
}

/// Who may not delete pods gets the cause all the same, and what to type.
#[tokio::test(start_paused = true)]
async fn without_the_right_to_delete_pods() {
    let world = failed_then_mended(REFUSED).await;
    decide(&world, REFUSED);
    world.api.fault(When::Always("delete pods"), How::Forbidden);
    insta::assert_snapshot!(world.zk("create zk").await.failed().stderr, @r#"
    ensemble/zk unchanged
    server 1: follower
    server 2: crashed: it refuses to start: cannot write /data/myid: is the disk full or read-only?
    server 3: follower
    Warning: server 2 is not tried again at once: Error from server (Forbidden): pods "zk-server-2-0" is forbidden: User "dev" cannot delete resource "pods" in API group "" in the namespace "default"
    error: ensemble zk cannot come up: server 2: it refuses to start: cannot write /data/myid: is the disk full or read-only?
    hint: kubectl logs zk-server-2-0 -n default
    hint: what was made stays; when the cause is mended, run the same command again, or remove it: kubectl zk delete zk -n default
    "#);
}

fn scaling(reason: &str, at: &str) -> Value {
    json!({
        "metadata": {"name": format!("pod.{reason}")}, "type": "Normal", "reason": reason, "lastTimestamp": at,
        "involvedObject": {"kind": "Pod", "name": "zk-server-2-0"},
    })
}

/// While an autoscaler adds a node, to be without one is not final.
#[tokio::test(start_paused = true)]
async fn a_node_that_is_on_its_way_is_waited_for() {
    let world = World::default();
    decide(
        &world,
        Fate::Unschedulable("0/3 nodes are available: 3 Insufficient memory. preemption: none"),
    );
    let event = |reason, at| {
        world
            .api
            .store(|store| store.put("events", "default", scaling(reason, at)));
    };
    event("TriggeredScaleUp", "2026-01-01T00:00:00Z");
    let waited = world.zk("create zk --timeout 20s").await;
    insta::assert_snapshot!(waited, @r"
    exit 124
    --- stdout
    --- stderr
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: pending: no node takes its pod: 0/3 nodes are available: 3 Insufficient memory (a node is being made ready for it)
    server 3: follower
    error: ensemble zk has no verified quorum yet: no server leads: server 2: no node takes its pod: 0/3 nodes are available: 3 Insufficient memory (a node is being made ready for it): it was not done within 20s
    hint: kubectl zk status zk -n default
    hint: run the same command again to go on waiting
    ");
    event("NotTriggerScaleUp", "2026-01-01T00:00:01Z");
    let stopped = world.zk("create zk --timeout 20s").await;
    let why = "error: ensemble zk cannot come up: server 2: no node takes its pod: 0/3 nodes are available: 3 Insufficient memory\n";
    assert!(stopped.failed().stderr.contains(why), "{stopped}");
}
