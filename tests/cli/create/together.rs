//! Two `create` at once.

use kubectl_zk::error::Exit;

use crate::fake::World;

/// Both find the name free, one of them takes it, and both go on to the same ensemble.
#[tokio::test(start_paused = true)]
async fn the_same_wish_makes_one_ensemble() {
    let (world, alone) = (World::default(), World::with_zk().await);
    let (one, other) = tokio::join!(world.zk("create zk"), world.zk("create zk"));
    one.succeeded();
    other.succeeded();
    assert_eq!(world.api.names(), alone.api.names());
    let intents = world
        .api
        .changes()
        .matches("create configmaps/zk field")
        .count();
    assert_eq!(intents, 2, "they did not meet");
}

/// The one that comes second is refused before it has touched anything.
#[tokio::test(start_paused = true)]
async fn of_two_wishes_the_first_is_fulfilled() {
    let world = World::default();
    let (one, other) = tokio::join!(
        world.zk("create zk --memory 1Gi"),
        world.zk("create zk --memory 2Gi")
    );
    let (one, other) = match one.exit {
        Exit::Success => (one, other),
        _ => (other, one),
    };
    one.succeeded();
    insta::assert_snapshot!(other.failed(), @"
    exit 1
    --- stdout
    --- stderr
    error: cannot create ensemble zk: the ensemble exists and differs from the wish
    hint: memory: 2Gi -> 1Gi (a change for `kubectl zk update`)
    ");
    assert_eq!(world.api.changes().matches("patch statefulsets").count(), 3);
}

/// Who types the name alone means the ensemble as it is.
#[tokio::test(start_paused = true)]
async fn a_name_alone_finishes_what_was_begun() {
    let world = World::default();
    world
        .zk("create zk --replicas 1 --memory 2Gi --no-wait")
        .await
        .succeeded();
    let before = world.api.names();
    let again = world.zk("create zk --no-wait").await;
    let said = &again.succeeded().stderr;
    assert!(said.starts_with("ensemble/zk unchanged\n"), "{said}");
    assert_eq!(world.api.names(), before);
}
