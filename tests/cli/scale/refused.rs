//! What `scale` refuses, and that it then changes nothing.

use serde_json::json;

use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::scale::ensemble;
use crate::scale::scaled;

async fn refused(world: &World, flags: &str) -> String {
    let outcome = scaled(world, flags).await;
    outcome.failed();
    assert_eq!(world.api.changes(), "");
    outcome.stderr
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stays_is_away() {
    let world = ensemble(5, 0).await;
    world
        .zoo
        .change("zk-server-2-0", |server| server.mood = Mood::Refuses);
    insta::assert_snapshot!(refused(&world, "--replicas 3").await, @"
    server 1: leader
    server 2: unreachable: it does not answer: connection refused
    server 3: follower
    server 4: follower
    server 5: follower
    waiting: server 2 must stay and is not in sync: 4 of 5 voters are in sync, a majority is 3, 1 more may be lost
    error: cannot change the members of ensemble zk: server 2 must stay and is not in sync: 4 of 5 voters are in sync, a majority is 3, 1 more may be lost
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn no_quorum() {
    let world = ensemble(3, 0).await;
    for id in [1, 2] {
        world.zoo.mood(id, Mood::Refuses);
    }
    insta::assert_snapshot!(refused(&world, "--replicas 5").await, @"
    server 1: unreachable: it does not answer: connection refused
    server 2: unreachable: it does not answer: connection refused
    server 3: follower
    waiting: the ensemble has no quorum: no server leads
    error: cannot change the members of ensemble zk: the ensemble has no quorum: no server leads
    hint: kubectl zk status zk -n default
    ");
}

/// Where no server tells the list, what comes after the wait for a quorum cannot be told.
#[tokio::test(start_paused = true)]
async fn nobody_serves_and_the_goal_is_set() {
    let world = ensemble(3, 0).await;
    for id in [1, 2, 3] {
        world.zoo.mood(id, Mood::Refuses);
    }
    insta::assert_snapshot!(refused(&world, "--replicas 3 --dry-run").await, @"
    error: what would be done to ensemble zk cannot be told: no server leads
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there_or_not_ours() {
    let world = ensemble(3, 0).await;
    insta::assert_snapshot!(world.zk("scale zoo --replicas 5").await, @r#"
    exit 1
    --- stdout
    --- stderr
    error: ensemble "zoo" not found in namespace "default"
    hint: there are: zk
    "#);
    world.api.store(|store| {
        store.put(
            "services",
            "default",
            json!({"metadata": {"name": "zk-peer-4"}, "spec": {}}),
        );
    });
    insta::assert_snapshot!(refused(&world, "--replicas 5").await, @"
    error: cannot scale ensemble zk: Service zk-peer-4 is there and not this ensemble's
    hint: choose another name, or remove what is in the way
    ");
}

#[tokio::test(start_paused = true)]
async fn another_number_than_was_thought() {
    let world = ensemble(3, 0).await;
    insta::assert_snapshot!(refused(&world, "--replicas 5 --current-replicas 1").await, @"error: ensemble zk has 3 voters, not 1");
}

#[tokio::test(start_paused = true)]
async fn nobody_says_yes() {
    let world = ensemble(3, 0).await;
    insta::assert_snapshot!(world.zk("scale zk --replicas 1").await, @"
    exit 1
    --- stdout
    --- stderr
      set the goal: 1 voter
      reconfigure: servers 2 and 3 leave
      commit a write under the new list of members
      stop servers 2 and 3
      remove the Services of 2 and 3
      set the disruption budget: 0 of 1 servers must be there
    error: cannot ask for confirmation without a terminal; pass --yes to go ahead
    ");
    insta::assert_snapshot!(world.zk_answering("n", "scale zk --replicas 1 --delete-data").await, @"
    exit 1
    --- stdout
    --- stderr
      set the goal: 1 voter
      reconfigure: servers 2 and 3 leave
      commit a write under the new list of members
      stop servers 2 and 3
      remove the Services of 2 and 3 and the disks of 2 and 3
      set the disruption budget: 0 of 1 servers must be there
    Scale ensemble zk down so in namespace default, context test? THE DISKS of servers that go ARE DELETED. (y/N): error: nothing was changed
    ");
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn a_missing_right() {
    let world = ensemble(3, 0).await;
    world
        .api
        .fault(When::Always("list poddisruptionbudgets"), How::Forbidden);
    insta::assert_snapshot!(refused(&world, "--replicas 5").await, @r#"
    Error from server (Forbidden): poddisruptionbudgets is forbidden: User "dev" cannot list resource "poddisruptionbudgets" in API group "policy" in the namespace "default"
    hint: this needs the verb list on poddisruptionbudgets.policy in the namespace default
    hint: an administrator gives all rights that scale needs: kubectl zk rbac scale --for user dev -n default | kubectl apply -f -
    hint: then run the same command again: it goes on where this one ended
    "#);
}

/// A budget that somebody edited is not taken over unless that is said.
#[tokio::test(start_paused = true)]
async fn what_others_manage() {
    let world = ensemble(3, 0).await;
    let owned = || How::Owned("kubectl-edit", ".spec.minAvailable");
    world
        .api
        .fault(When::Always("patch poddisruptionbudgets/zk"), owned());
    insta::assert_snapshot!(scaled(&world, "--replicas 5").await.failed().stderr, @r#"
    set the goal: 5 voters
    set the disruption budget: 4 of 5 servers must be there
    Error from server (Conflict): poddisruptionbudget.policy/zk: Apply failed with 1 conflict: conflict with "kubectl-edit" using v1: .spec.minAvailable
    hint: take the fields over with --force-conflicts, or leave them to their manager
    "#);
    scaled(&world, "--replicas 5 --force-conflicts")
        .await
        .succeeded();
}
