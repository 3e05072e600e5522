//! `status` and a server that is silent: what is known of its node.

use serde_json::json;

use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;

#[tokio::test(start_paused = true)]
async fn a_node_that_is_not_ready_is_told() {
    let world = World::with_zk().await;
    world.zoo.mood(3, Mood::Hangs);
    let ready = json!({"type": "Ready", "status": "Unknown", "message": "Kubelet stopped posting node status."});
    let node = json!({"metadata": {"name": "node-3"}, "status": {"conditions": [ready]}});
    world.api.store(|store| store.put("nodes", "", node));
    let told = world.zk("status zk").await.succeeded().stdout.clone();
    insta::assert_snapshot!(told.split_once("\n\nwarning").unwrap().1, @r"
    : server 3: it does not answer: no answer in time; node node-3 is not ready: Kubelet stopped posting node status
      kubectl describe node node-3 -n default
    ");
    // Most may not see nodes: that is no loss worth a word.
    world.api.fault(When::Always("get nodes"), How::Forbidden);
    let told = world.zk("status zk").await.succeeded().stdout.clone();
    insta::assert_snapshot!(told.split_once("\n\nwarning").unwrap().1, @r"
    : server 3: it does not answer: no answer in time
      kubectl describe pod zk-server-3-0 -n default
    ");
}
