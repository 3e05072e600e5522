//! The API server away at any request of each verb: it hangs, or breaks the connection. The verb goes on by itself or says
//! so, in bounded time; the same command again does what is left.

use kubectl_zk::error::Exit;
use tokio::time::Instant;

use crate::fake::Outcome;
use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;

/// A request's own deadline and the longest that a verb here waits, in seconds.
const PATIENCE: u64 = 30 + 40;

/// What is there before a verb.
async fn before(verb: &str) -> World {
    if verb.starts_with("create") {
        World::default()
    } else {
        World::with_zk().await
    }
}

/// It did all, or says in a line that the API server was away.
#[track_caller]
fn went_on_or_told(outcome: &Outcome, what: &str) {
    let told = outcome.stderr.contains("Unable to connect to the server");
    let ended = matches!(outcome.exit, Exit::Failure | Exit::Deadline);
    assert!(
        outcome.exit == Exit::Success || (ended && told),
        "{what}: {outcome}"
    );
}

async fn away(verb: &str, step: usize) {
    let world = before(verb).await;
    world.zk(verb).await.succeeded();
    let (wanted, requests) = (world.api.names(), world.api.count());
    for k in (1..=requests).step_by(step) {
        for how in [How::Hangs, How::Drop] {
            let what = format!("{verb}, {how:?} at {k} of {requests}");
            let world = before(verb).await;
            world.api.fault(When::At(k), how);
            let began = Instant::now();
            went_on_or_told(&world.zk(verb).await, &what);
            assert!(began.elapsed().as_secs() <= PATIENCE, "{what}");
            world.api.forget();
            let again = world.zk(verb).await;
            let done = again.stderr.contains("deleted already");
            assert!(again.exit == Exit::Success || done, "{what}: {again}");
            assert_eq!(world.api.names(), wanted, "{what}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn create() {
    away("create zk --timeout 40s", 5).await;
}

#[tokio::test(start_paused = true)]
async fn status() {
    away("status zk", 1).await;
}

#[tokio::test(start_paused = true)]
async fn exec() {
    away("exec zk srvr", 1).await;
}

#[tokio::test(start_paused = true)]
async fn delete() {
    away("delete zk --yes --timeout 40s", 5).await;
}

/// Away while it waits, and back before the deadline: nobody needs to type anything.
#[tokio::test(start_paused = true)]
async fn what_only_looks_goes_on_by_itself() {
    let world = World::default();
    world.zk("create zk").await.succeeded();
    let making = world.api.before_the_wait();
    for k in making + 1..making + 7 {
        let world = World::default();
        world.api.fault(When::At(k), How::Hangs);
        world.zk("create zk").await.succeeded();
    }
    let world = World::with_zk().await;
    world.api.fault(
        When::Once("list pods labelSelector=name=zookeeper-pod,instance=zk"),
        How::Drop,
    );
    let cut = world.zk("status zk").await;
    insta::assert_snapshot!(cut.failed().stderr, @"Unable to connect to the server: connection reset");
}
