//! What the verbs say where a right is missing. That it is said for each right is for `tests/live/rbac.rs`.

use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;

/// Whoever may not ask the servers would wait for a quorum in vain: what is made stays.
#[tokio::test(start_paused = true)]
async fn create_ends_at_once_where_no_server_may_be_asked() {
    let world = World::default();
    for id in 1..=3 {
        world.zoo.mood(id, Mood::Forbidden);
    }
    let outcome = world.zk("create zk -q").await;
    insta::assert_snapshot!(outcome.failed().stderr, @r#"
    error: server 1 does not answer srvr: forbidden, this right is missing: get and create pods/portforward
    hint: an administrator gives all rights that create needs: kubectl zk rbac create --for user dev -n default | kubectl apply -f -
    hint: then run the same command again: it goes on where this one ended
    "#);
    for id in 1..=3 {
        world.zoo.mood(id, Mood::Serves);
    }
    world.zk("create zk").await.succeeded();
}

#[tokio::test(start_paused = true)]
async fn delete_says_that_it_does_not_know_the_clients() {
    let world = World::with_zk().await;
    world.zoo.mood(2, Mood::Forbidden);
    let outcome = world.zk("delete zk --dry-run=client").await;
    insta::assert_snapshot!(outcome.succeeded().stderr, @r#"
    Warning: not all could be seen, these rights are missing: get and create pods/portforward
    "#);
}

/// What is not found may only not be seen.
#[tokio::test(start_paused = true)]
async fn what_may_not_be_seen_is_not_said_to_be_absent() {
    let world = World::default();
    world
        .api
        .fault(When::Always("list services"), How::Forbidden);
    let mut said = String::new();
    for words in ["exec zk ruok", "status zk", "status"] {
        said += &world.zk(words).await.stderr;
    }
    insta::assert_snapshot!(said, @r#"
    error: ensemble "zk" not found in namespace "default"
    hint: not all could be seen, these rights are missing: list services
    hint: kubectl zk status -A shows those of every namespace
    error: ensemble "zk" not found in namespace "default"
    hint: not all could be seen, these rights are missing: list services
    hint: kubectl zk status -A shows those of every namespace
    Warning: not all could be seen, these rights are missing: list services
    No resources found in default namespace.
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_list_says_what_is_missing() {
    let world = World::with_zk().await;
    world
        .api
        .fault(When::Always("list services"), How::Forbidden);
    let outcome = world.zk("status").await;
    insta::assert_snapshot!(outcome.succeeded().stderr, @r#"
    Warning: not all could be seen, these rights are missing: list services
    "#);
    let json = world.zk("status -o json").await;
    assert_eq!(json.succeeded().stderr, "", "the findings have it");
}
