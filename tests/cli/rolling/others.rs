//! What others do meanwhile: they hold servers back, take names, own fields, and change the intent.

use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::objects::Store;
use crate::rolling::done;
use crate::rolling::ensemble;
use crate::rolling::pods;
use crate::rolling::replace::broken;
use crate::rolling::replace::disk;
use crate::rolling::restarted;
use crate::rolling::update::kept;
use crate::rolling::update::updated;

fn tight(store: &mut Store, kept: u8) {
    store.change("poddisruptionbudgets", "zk", |budget| {
        budget["spec"]["minAvailable"] = kept.into();
    });
}

/// A budget that lets nobody go is waited for; what was marked is gone on with.
#[tokio::test(start_paused = true)]
async fn a_budget_that_lets_nobody_go() {
    let world = ensemble(3, 0).await;
    world.api.store(|store| tight(store, 3));
    let before = pods(&world);
    insta::assert_snapshot!(world.zk("restart zk --timeout 10s").await, @"
    exit 124
    --- stdout
    --- stderr
    mark servers 1, 2 and 3 for a restart
    restart server 2
      looking again: Error from server (TooManyRequests): Cannot evict pod as it would violate the pod's disruption budget.
    error: could not restart ensemble zk in time: Error from server (TooManyRequests): Cannot evict pod as it would violate the pod's disruption budget.: it was not done within 10s
    hint: kubectl zk status zk -n default
    hint: run the same command again to go on
    ");
    assert_eq!(pods(&world), before);
    world.api.store(|store| tight(store, 2));
    world.api.forget();
    insta::assert_snapshot!(world.zk("restart zk").await.succeeded().stderr, @"
    restart server 2
    restart server 3
    restart server 1, the leader
    ensemble/zk restarted
    ");
    assert!(!world.api.changes().contains("patch statefulsets"));
    assert_eq!(restarted(&world, &before), [1, 2, 3]);
}

/// Somebody was quicker: the pod that has the name is another, has its newest template already, and stays.
#[tokio::test(start_paused = true)]
async fn another_pod_has_taken_the_name() {
    let world = ensemble(3, 0).await;
    let before = pods(&world);
    let replaced = |store: &mut Store| {
        let pod = ["pods", "default", "zk-server-2-0"].map(str::to_owned);
        store.gone(&pod.into());
    };
    let eviction = "create pods/zk-server-2-0/eviction";
    world
        .api
        .fault(When::Once(eviction), How::Meanwhile(replaced));
    world.zk("restart zk").await.succeeded();
    assert_eq!(restarted(&world, &before), [1, 2, 3]);
    insta::assert_snapshot!(done(&world), @"
    patch statefulsets/zk-server-1 fieldManager=kubectl-zk
    patch statefulsets/zk-server-2 fieldManager=kubectl-zk
    patch statefulsets/zk-server-3 fieldManager=kubectl-zk
    create pods/zk-server-2-0/eviction uid=uid-17
    create pods/zk-server-3-0/eviction uid=uid-20
    create pods/zk-server-1-0/eviction uid=uid-14
    ");
}

/// Between the first look and the deletion others took both names: they stay.
#[tokio::test(start_paused = true)]
async fn others_have_taken_the_names() {
    let world = broken().await;
    let another = |store: &mut Store| {
        for (resource, name) in [
            ("pods", "zk-server-2-0"),
            ("persistentvolumeclaims", "data-zk-server-2-0"),
        ] {
            store.change(resource, name, |object| {
                object["metadata"]["uid"] = "another".into();
            });
        }
    };
    let delete = "delete persistentvolumeclaims/data-zk-server-2-0";
    world.api.fault(When::Once(delete), How::Meanwhile(another));
    let outcome = world.zk("replace zk --id 2 --yes --timeout 20s").await;
    insta::assert_snapshot!(outcome.stderr, @"
    server 2 (node node-2): it does not answer: connection refused; in sync with all that was written: 1 and 3
      delete the disk and the pod of server 2
    delete the disk and the pod of server 2
    server 1: leader
    server 2: unreachable: it does not answer: connection refused
    server 3: follower
    waiting: server 2 does not follow the leader in sync yet: it does not answer: connection refused
    error: could not replace server 2 of ensemble zk in time: server 2 does not follow the leader in sync yet: it does not answer: connection refused: it was not done within 20s
    hint: kubectl zk status zk -n default
    hint: run the same command again to go on
    ");
    assert_eq!(disk(&world, 2), "another");
    assert_eq!(pods(&world)[&2], "another");
}

/// Someone else's field is told of before anything is touched, and taken over where that is said.
#[tokio::test(start_paused = true)]
async fn fields_of_others() {
    let world = ensemble(3, 0).await;
    let owned = How::Owned("kubectl-edit", ".metadata.annotations");
    world
        .api
        .fault(When::Always("patch services/zk-client"), owned);
    let before = pods(&world);
    let refused = updated(&world, "--service-annotation a/b=c --memory 2Gi").await;
    insta::assert_snapshot!(refused.failed().stderr, @r#"
    Error from server (Conflict): service/zk-client: Apply failed with 1 conflict: conflict with "kubectl-edit" using v1: .metadata.annotations
    hint: take the fields over with --force-conflicts, or leave them to their manager
    "#);
    assert_eq!(done(&world), "");
    let taken = updated(
        &world,
        "--service-annotation a/b=c --memory 2Gi --force-conflicts",
    )
    .await;
    insta::assert_snapshot!(taken.succeeded().stderr, @"
    write the intent: memory: 1Gi -> 2Gi, service.annotations.a/b: <none> -> c
    apply 1 service, 3 statefulset.apps
    restart server 2
    restart server 3
    restart server 1, the leader
    ensemble/zk updated
    ");
    assert_eq!(restarted(&world, &before), [1, 2, 3]);
    let forced = done(&world);
    let forced = forced.lines().filter(|line| line.contains("force=true"));
    assert_eq!(forced.count(), 4);
}

/// Somebody changes the intent, as `kubectl zk update --cpu 1` would.
fn more_cpu(store: &mut Store) {
    store.change("configmaps", "zk", |map| {
        let text = map["data"]["ensemble.json"].as_str().unwrap();
        let memory = "\"memory\": ";
        let text = text.replace(memory, &format!("\"cpu\": \"1\",\n  {memory}"));
        map["data"]["ensemble.json"] = text.into();
        map["metadata"]["resourceVersion"] = "another".into();
    });
}

/// The number of the request that writes the intent.
pub(super) async fn when_it_writes(flags: &str) -> usize {
    let world = ensemble(3, 0).await;
    updated(&world, flags).await.succeeded();
    let log = world.api.log();
    let found = log
        .lines()
        .position(|line| line.starts_with("patch configmaps/zk field"));
    found.unwrap() + 1
}

/// What someone else has changed between the first look and the writing of the intent is not changed back.
#[tokio::test(start_paused = true)]
async fn the_intent_was_changed_before_it_is_written() {
    let flags = "--memory 2Gi -q";
    let writes = when_it_writes(flags).await;
    for number in [20, writes - 10, writes - 1, writes] {
        let world = ensemble(3, 0).await;
        let meanwhile = How::Meanwhile(more_cpu);
        world.api.fault(When::At(number), meanwhile);
        let before = pods(&world);
        let outcome = updated(&world, flags).await;
        let why = "someone else changed the ensemble's intent while this was under way";
        assert!(
            outcome.failed().stderr.contains(why),
            "at {number}: {outcome}"
        );
        assert!(
            kept(&world, "ensemble.json").contains("\"cpu\""),
            "at {number}"
        );
        assert_eq!(pods(&world), before);
    }
}

/// Whoever changes it later has his way: no further server is restarted by the older wish.
#[tokio::test(start_paused = true)]
async fn the_intent_was_changed_while_it_rolls() {
    let world = ensemble(3, 0).await;
    let eviction = When::Once("create pods/zk-server-2-0/eviction");
    world.api.fault(eviction, How::Meanwhile(more_cpu));
    let before = pods(&world);
    let outcome = updated(&world, "--memory 2Gi").await;
    insta::assert_snapshot!(outcome.failed().stderr, @"
    write the intent: memory: 1Gi -> 2Gi
    apply statefulset.apps/zk-server-1, statefulset.apps/zk-server-2, statefulset.apps/zk-server-3
    restart server 2
    server 1: leader
    server 2: follower
    server 3: follower
    waiting: someone else changed the ensemble's intent while this was under way
    error: cannot update ensemble zk: someone else changed the ensemble's intent while this was under way
    hint: kubectl zk status zk -n default
    ");
    assert_eq!(restarted(&world, &before), [2]);
    updated(&world, "").await.succeeded();
    let pod = world.api.object("pods", "zk-server-3-0").unwrap();
    let resources = &pod["spec"]["containers"][0]["resources"];
    assert_eq!(
        resources["requests"],
        serde_json::json!({"cpu": "1", "memory": "2Gi"})
    );
}

/// Two at once: the later one has its way, and the other is told.
#[tokio::test(start_paused = true)]
async fn two_updates_at_once() {
    let world = ensemble(3, 0).await;
    let (one, other) = tokio::join!(
        updated(&world, "--memory 2Gi -q"),
        updated(&world, "--cpu 1 -q")
    );
    let told = [&one, &other].map(|it| it.stderr.contains("someone else changed"));
    assert_ne!(told, [false, false], "{one}{other}");
    updated(&world, "").await.succeeded();
    assert_eq!(updated(&world, "").await.stderr, "ensemble/zk unchanged\n");
}
