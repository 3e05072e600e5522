//! Updates that did not come to their end: `status` says so, and the way back leads past them.

use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::objects::Store;
use crate::rolling::does_as_told;
use crate::rolling::ensemble;
use crate::rolling::others::when_it_writes;
use crate::rolling::pods;
use crate::rolling::restarted;
use crate::rolling::undo::cannot_be_pulled;
use crate::rolling::update::kept;
use crate::rolling::update::updated;

/// What `status` finds.
async fn found(world: &World) -> String {
    let status = world.zk("status zk -o jsonpath={.findings[*].id}").await;
    status.succeeded().stdout.clone()
}

/// An ensemble whose update was cut off between the intent and the first object.
async fn cut_off(flags: &str) -> World {
    let writes = when_it_writes(flags).await;
    let world = ensemble(3, 0).await;
    world.api.fault(When::At(writes + 1), How::Forbidden);
    updated(&world, flags).await.failed();
    assert_eq!(found(&world).await, "unfinished-update");
    world
}

#[tokio::test(start_paused = true)]
async fn cut_off_before_its_objects() {
    let world = cut_off("--memory 2Gi -q").await;
    let first = kept(&world, "before.json");
    assert!(first.contains("\"memory\": \"1Gi\""), "{first}");
    updated(&world, "--cpu 1 -q").await.succeeded();
    assert_eq!(kept(&world, "before.json"), first, "nobody ran what failed");
    assert_eq!(found(&world).await, "");
    updated(&world, "--undo -q").await.succeeded();
    assert_eq!(kept(&world, "ensemble.json"), first);
    updated(&world, "--undo -q").await.succeeded();
    assert!(kept(&world, "ensemble.json").contains("\"cpu\": \"1\""));
}

/// A size that no disk has come to have is taken back; one that some have stays.
#[tokio::test(start_paused = true)]
async fn larger_disks_cut_off() {
    let world = cut_off("--storage 16Gi -q").await;
    let first = kept(&world, "before.json");
    updated(&world, "--undo -q").await.succeeded();
    assert_eq!(kept(&world, "ensemble.json"), first);
    assert_eq!(size(&world), "8Gi");
    updated(&world, "--storage 16Gi -q").await.succeeded();
    updated(&world, "--undo -q").await.succeeded();
    assert!(kept(&world, "ensemble.json").contains("16Gi"));
    assert_eq!(size(&world), "16Gi");
}

/// What a disk asks for.
fn size(world: &World) -> String {
    let claim = world
        .api
        .object("persistentvolumeclaims", "data-zk-server-1-0");
    let size = &claim.unwrap()["spec"]["resources"]["requests"]["storage"];
    size.as_str().unwrap().to_owned()
}

/// It came to its end between the look and the writing: then what it wished is the way back, and not what was before it.
#[tokio::test(start_paused = true)]
async fn one_that_ends_meanwhile() {
    let ended = |store: &mut Store| {
        store.change("configmaps", "zk", |map| {
            let annotations = map["metadata"]["annotations"].as_object_mut().unwrap();
            annotations.remove("kubectl-zk/updating").unwrap();
            map["metadata"]["resourceVersion"] = "another".into();
        });
    };
    let world = cut_off("--memory 2Gi -q").await;
    world.api.forget();
    let reads = when_it_writes("--cpu 1 -q").await - 1;
    world.api.fault(When::At(reads), How::Meanwhile(ended));
    updated(&world, "--cpu 1 -q").await.succeeded();
    assert!(kept(&world, "before.json").contains("\"memory\": \"2Gi\""));
}

/// Of the way back, too, the dry run tells the very steps: the others' pods are of that template already.
#[tokio::test(start_paused = true)]
async fn the_way_back_is_told() {
    let world = ensemble(3, 0).await;
    cannot_be_pulled(&world, "zookeeper:3.9.55");
    updated(&world, "--image zookeeper:3.9.55 -q")
        .await
        .failed();
    let before = pods(&world);
    does_as_told(&world, "update zk --undo").await;
    assert_eq!(restarted(&world, &before), [2]);
}

/// An undo that is stuck itself does not say to undo.
#[tokio::test(start_paused = true)]
async fn a_way_back_that_is_stuck() {
    let world = ensemble(3, 0).await;
    updated(&world, "--image zookeeper:3.9.4 -q")
        .await
        .succeeded();
    cannot_be_pulled(&world, "zookeeper:3.9.5");
    let stuck = updated(&world, "--undo").await;
    let go_on = "hint: when the cause is mended: kubectl zk update zk -n default\n";
    assert!(stuck.failed().stderr.ends_with(go_on), "{stuck}");
}

/// Who changes a StatefulSet while others roll is found out before it is said that all is done.
#[tokio::test(start_paused = true)]
async fn someone_changed_what_was_rolled() {
    let other = |store: &mut Store| {
        store.change("statefulsets", "zk-server-2", |set| {
            let container = &mut set["spec"]["template"]["spec"]["containers"][0];
            container["image"] = "zookeeper:other".into();
        });
    };
    let world = ensemble(3, 0).await;
    let eviction = When::Once("create pods/zk-server-1-0/eviction");
    world.api.fault(eviction, How::Meanwhile(other));
    let outcome = updated(&world, "--memory 2Gi").await;
    let why =
        "cannot update ensemble zk: someone else changed its StatefulSets while this was under way";
    assert!(outcome.failed().stderr.contains(why), "{outcome}");
    assert!(found(&world).await.contains("unfinished-update"));
    updated(&world, "-q").await.succeeded();
    assert_eq!(found(&world).await, "");
}
