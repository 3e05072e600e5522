//! `create`, and an API server that says no.

use crate::fake::Outcome;
use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;
use kubectl_zk::error::Exit;

async fn created(when: When, how: How) -> (World, Outcome) {
    let world = World::default();
    world.api.fault(when, how);
    let outcome = world.zk("create zk").await;
    (world, outcome)
}

#[tokio::test(start_paused = true)]
async fn a_missing_right_is_named() {
    let (world, outcome) = created(When::Always("patch statefulsets"), How::Forbidden).await;
    insta::assert_snapshot!(outcome.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    Error from server (Forbidden): statefulsets "zk-server-1" is forbidden: User "dev" cannot patch resource "statefulsets" in API group "apps" in the namespace "default"
    hint: this needs the verb patch on statefulsets.apps in the namespace default
    hint: an administrator gives all rights that create needs: kubectl zk rbac create --for user dev -n default | kubectl apply -f -
    hint: then run the same command again: it goes on where this one ended
    "#);
    world.api.forget();
    world.zk("create zk").await.succeeded();
}

/// Who may not look may not make either.
#[tokio::test(start_paused = true)]
async fn without_having_looked_nothing_is_made() {
    let (world, outcome) = created(When::Always("get secrets"), How::Forbidden).await;
    insta::assert_snapshot!(outcome.failed().stderr, @r#"
    Error from server (Forbidden): secrets "zk-identity" is forbidden: User "dev" cannot get resource "secrets" in API group "" in the namespace "default"
    hint: this needs the verb get on secrets in the namespace default
    hint: an administrator gives all rights that create needs: kubectl zk rbac create --for user dev -n default | kubectl apply -f -
    hint: then run the same command again: it goes on where this one ended
    "#);
    assert_eq!(world.api.changes(), "");
}

/// Who may make the seal and not list ConfigMaps cannot see it: it is made all the same.
#[tokio::test(start_paused = true)]
async fn what_cannot_be_seen_is_sealed_too() {
    let (world, outcome) = created(When::Always("list configmaps"), How::Forbidden).await;
    outcome.succeeded();
    assert!(world.api.object("configmaps", "zk-founded").is_some());
    let disk = world
        .api
        .object("persistentvolumeclaims", "data-zk-server-3-0");
    let marks = &disk.unwrap()["metadata"]["annotations"];
    assert_eq!(marks["kubectl-zk/voters"], "1,2,3");
}

#[tokio::test(start_paused = true)]
async fn a_field_of_another_manager_is_taken_over_by_force_alone() {
    let world = World::with_zk().await;
    world.api.fault(
        When::Always("patch services/zk-client"),
        How::Owned("helm", ".spec.type"),
    );
    insta::assert_snapshot!(world.zk("create zk").await.failed().stderr, @r#"
    Error from server (Conflict): service/zk-client: Apply failed with 1 conflict: conflict with "helm" using v1: .spec.type
    hint: take the fields over with --force-conflicts, or leave them to their manager
    "#);
    world.zk("create zk --force-conflicts").await.succeeded();
    assert!(
        world
            .api
            .changes()
            .contains("zk-client fieldManager=kubectl-zk fieldValidation=Strict force=true")
    );
}

/// A server that is busy is asked again where asking does no harm.
#[tokio::test(start_paused = true)]
async fn a_busy_server_is_asked_again() {
    for (code, reason) in [(429, "TooManyRequests"), (503, "ServiceUnavailable")] {
        let (world, outcome) =
            created(When::Once("list services"), How::Status(code, reason)).await;
        outcome.succeeded();
        assert_eq!(world.api.log().matches("list services\n").count(), 2);
    }
    let busy = How::Status(429, "TooManyRequests");
    let (world, outcome) = created(When::Always("patch services/zk-peer-2"), busy).await;
    insta::assert_snapshot!(outcome.failed().stderr, @r"
    Error from server (TooManyRequests): not now
    hint: the API server is overloaded: run the command again later
    ");
    assert_eq!(
        world.api.log().matches("patch services/zk-peer-2").count(),
        1
    );
    let (_, outcome) = created(
        When::Always("list pods"),
        How::Status(503, "ServiceUnavailable"),
    )
    .await;
    // While it only looks it waits, to the deadline.
    assert_eq!(outcome.exit, Exit::Deadline);
    insta::assert_snapshot!(outcome.stderr, @r"
    ensemble/zk: 14 objects created
    error: ensemble zk has no verified quorum yet: Error from server (ServiceUnavailable): not now: it was not done within 300s
    hint: kubectl zk status zk -n default
    hint: run the same command again to go on waiting
    ");
}

/// A list that grew too old while it was read is read again from its beginning.
#[tokio::test(start_paused = true)]
async fn an_expired_list_is_begun_again() {
    let world = World::with_zk().await;
    world.api.store(|store| store.page = Some(2));
    world.api.fault(
        When::Once("list services continue=4"),
        How::Status(410, "Expired"),
    );
    let outcome = world.zk("create zk").await;
    assert!(
        outcome.succeeded().stderr.contains("unchanged"),
        "{outcome}"
    );
    let pages = world
        .api
        .log()
        .matches("list services continue=2\n")
        .count();
    assert_eq!(pages, 2, "{}", world.api.log());
    let (_, outcome) = created(When::Always("list services"), How::Status(410, "Expired")).await;
    insta::assert_snapshot!(outcome.failed().stderr, @"Error from server (Expired): not now");
}

#[tokio::test(start_paused = true)]
async fn a_broken_connection() {
    let (_, outcome) = created(When::Always("patch services"), How::Drop).await;
    insta::assert_snapshot!(outcome.failed().stderr, @r"
    Unable to connect to the server: connection reset
    hint: what was made stays: run the same command again to go on
    ");
}

#[tokio::test(start_paused = true)]
async fn a_namespace_that_is_not_there() {
    let (_, outcome) = created(
        When::Always("create configmaps"),
        How::Status(404, "NotFound"),
    )
    .await;
    insta::assert_snapshot!(outcome.failed().stderr, @"Error from server (NotFound): not now");
}

/// A fault at any request: the command fails or has done all, and the next one has done all.
#[tokio::test(start_paused = true)]
async fn no_fault_anywhere_is_a_false_success() {
    let whole = World::default();
    whole.zk("create zk").await.succeeded();
    let making = whole.api.before_the_wait();
    assert!(20 < making, "{making}");
    let faults = [
        How::Forbidden,
        How::Status(409, "Conflict"),
        How::Status(410, "Expired"),
        How::Status(500, "InternalError"),
    ];
    for k in 1..=45 {
        let how = &faults[k % faults.len()];
        let (world, outcome) = created(When::At(k), how.clone()).await;
        let made = world.api.names() == whole.api.names();
        assert!(made || outcome.exit as u8 == 1, "{how:?} at {k}: {outcome}");
        assert!(making < k || !made, "{how:?} at {k}: {outcome}");
        world.api.forget();
        world.zk("create zk").await.succeeded();
        assert_eq!(world.api.names(), whole.api.names(), "{how:?} at {k}");
    }
}
