//! What `create` refuses, and that it then touches nothing.

use serde_json::json;

use crate::fake::Outcome;
use crate::fake::World;

async fn refused(world: &World, arguments: &str) -> Outcome {
    let outcome = world.zk(arguments).await;
    outcome.failed();
    assert_eq!(world.api.changes(), "");
    outcome
}

#[tokio::test(start_paused = true)]
async fn another_wish() {
    let world = World::with_zk().await;
    let wish =
        "create zk --replicas 5 --storage 9Gi --config tickTime=3000 --image zookeeper:3.8.4";
    insta::assert_snapshot!(refused(&world, wish).await, @"
    exit 1
    --- stdout
    --- stderr
    error: cannot create ensemble zk: the ensemble exists and differs from the wish
    hint: config.tickTime: <none> -> 3000 (a change for `kubectl zk update`)
    hint: image: zookeeper:3.9.5 -> zookeeper:3.8.4 (a change for `kubectl zk update`)
    hint: replicas: 3 -> 5 (a change for `kubectl zk scale`)
    hint: storage.claim.size: 8Gi -> 9Gi (a change for `kubectl zk update`)
    ");
}

#[tokio::test(start_paused = true)]
async fn things_of_others() {
    let world = World::default();
    let labels = json!({"app.kubernetes.io/instance": "zk"});
    world.api.store(|store| {
        store.put("services", "default", json!({"metadata": {"name": "zk-client"}, "spec": {}}));
        store.put("configmaps", "default", json!({"metadata": {"name": "zk", "labels": labels}}));
        store.put("statefulsets", "elsewhere", json!({"metadata": {"name": "zk-server-1"}, "spec": {"template": {"metadata": {"labels": {"server": "1"}}, "spec": {"containers": [{"name": "a"}]}}}}));
    });
    insta::assert_snapshot!(refused(&world, "create zk").await, @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot create ensemble zk: ConfigMap zk, Service zk-client are there and not this ensemble's
    hint: choose another name, or remove what is in the way
    ");
}

/// A Service of peers made by hand, without `instance`, would select our server of that number as well.
#[tokio::test(start_paused = true)]
async fn rivals() {
    let world = World::default();
    world.api.store(|store| {
        let selector = json!({"name": "zookeeper-pod", "server": "1"});
        let ports = json!([{"name": "peer", "port": 2888}]);
        store.put("services", "default", json!({"metadata": {"name": "old-peer-1"}, "spec": {"selector": selector, "ports": ports}}));
    });
    insta::assert_snapshot!(refused(&world, "create zk").await, @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot create ensemble zk: Service old-peer-1 would select this ensemble's pods, too: two ensembles would share an election
    hint: choose another namespace, or remove the Service
    ");
}

#[tokio::test(start_paused = true)]
async fn an_intent_that_cannot_be_read() {
    let world = World::with_zk().await;
    world.api.store(|store| {
        store.change("configmaps", "zk", |map| {
            map["data"]["ensemble.json"] = "{".into();
        });
    });
    insta::assert_snapshot!(refused(&world, "create zk").await, @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot create ensemble zk: the ensemble's ConfigMap cannot be read: EOF while parsing an object at line 1 column 1
    hint: kubectl get configmap zk -o yaml -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn data_to_discard_of_an_ensemble_that_lives() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(refused(&world, "create zk --discard-data --yes").await, @r"
    exit 1
    --- stdout
    --- stderr
    error: ensemble zk exists: --discard-data only throws away what a deleted one left
    hint: kubectl zk delete zk --delete-data -n default
    ");
}
