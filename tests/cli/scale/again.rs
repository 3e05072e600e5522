//! Cut off anywhere, or lied to by the network: the same command goes on, and never changes the list twice.

use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::members::Members;
use crate::fake::objects::Store;
use crate::scale::ensemble;
use crate::scale::scaled;

fn reconfigurations(world: &World) -> usize {
    let asked = world.zoo.asked();
    asked
        .iter()
        .filter(|line| line.contains("reconfig"))
        .count()
}

/// How many requests came before each that changes something.
fn turning_points(world: &World) -> Vec<usize> {
    let log = world.api.log();
    let looks = |line: &str| line.starts_with("get ") || line.starts_with("list ");
    let changes = log.lines().enumerate().filter(|(_, line)| !looks(line));
    changes.map(|(before, _)| before).collect()
}

/// The API server is gone for good before each change; the next run ends at the same objects.
#[tokio::test(start_paused = true)]
async fn cut_off_at_each_change() {
    for (from, goal) in [(3, 5), (5, 3)] {
        let flags = format!("--replicas {goal} -q");
        let whole = ensemble(from, 0).await;
        scaled(&whole, &flags).await.succeeded();
        let names = whole.api.names();
        let points = turning_points(&whole);
        assert!(8 < points.len());
        for number in points {
            let world = ensemble(from, 0).await;
            world.api.fault(When::After(number), How::Drop);
            scaled(&world, &format!("{flags} --timeout 12s")).await;
            world.api.forget();
            scaled(&world, &flags).await.succeeded();
            assert_eq!(
                world.api.names(),
                names,
                "{from} to {goal}, cut off after {number}"
            );
            assert_eq!(reconfigurations(&world), 1, "cut off after {number}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_answer_to_a_reconfiguration_is_lost() {
    let world = ensemble(3, 0).await;
    world.zoo.members(|members| members.drops_answer = true);
    let outcome = scaled(&world, "--replicas 5").await;
    insta::assert_snapshot!(outcome.succeeded().stderr, @"
    set the goal: 5 voters
    set the disruption budget: 4 of 5 servers must be there
    start servers 4 and 5 without a vote
    reconfigure: servers 4 and 5 vote
      looking again: server 1: the connection to the server was lost during reconfig
    commit a write under the new list of members
    ensemble/zk scaled: 5 voters
    ");
    assert_eq!(reconfigurations(&world), 1);
}

/// In progress, no quorum of the new list, another version: each passes. No right does not.
#[tokio::test(start_paused = true)]
async fn what_the_servers_refuse() {
    let world = ensemble(3, 0).await;
    world
        .zoo
        .members(|members| members.refusals = vec![-14, -13, -103]);
    let outcome = scaled(&world, "--replicas 5").await;
    insta::assert_snapshot!(outcome.succeeded().stderr, @"
    set the goal: 5 voters
    set the disruption budget: 4 of 5 servers must be there
    start servers 4 and 5 without a vote
    reconfigure: servers 4 and 5 vote
      looking again: server 1: the server answered ReconfigInProgress (-14): another reconfiguration is under way
      looking again: server 1: the server answered NewConfigNoQuorum (-13): no majority of the new voters is connected and in sync with the leader
      looking again: server 1: the server answered BadVersion (-103): the version is not the expected one: it was changed in the meantime
    commit a write under the new list of members
    ensemble/zk scaled: 5 voters
    ");
    world.zoo.members(|members| members.refusals = vec![-102]);
    insta::assert_snapshot!(scaled(&world, "--replicas 3").await.failed().stderr, @"
      set the goal: 3 voters
      reconfigure: servers 4 and 5 leave
      commit a write under the new list of members
      stop servers 4 and 5
      remove the Services of 4 and 5
      set the disruption budget: 2 of 3 servers must be there
    set the goal: 3 voters
    reconfigure: servers 4 and 5 leave
    error: the members of ensemble zk cannot be changed: server 1: the server answered NoAuth (-102): the node's access list does not allow it
    hint: the servers do not take the password of Secret zk-identity: was it made again? They learn a new one when they are restarted
    hint: kubectl zk exec zk conf -n default
    ");
}

/// The number of the last request that begins so before the first server is deleted.
fn before_the_stop(world: &World, words: &str) -> usize {
    let log = world.api.log();
    let (before, _) = log.split_once("delete statefulsets/").unwrap();
    let found = (1..)
        .zip(before.lines())
        .filter(|(_, line)| line.starts_with(words));
    found.map(|(number, _)| number).last().unwrap()
}

/// Somebody wants five, as `kubectl zk scale` would write it down.
fn five_again(store: &mut Store) {
    store.change("configmaps", "zk", |map| {
        let text = map["data"]["ensemble.json"].as_str().unwrap();
        let text = text.replace("\"replicas\": 3", "\"replicas\": 5");
        map["data"]["ensemble.json"] = text.into();
        map["metadata"]["resourceVersion"] = "another".into();
    });
}

/// Whoever is about to stop servers does not, once someone else has set another goal: neither before the intent is read
/// again, nor before it is written.
#[tokio::test(start_paused = true)]
async fn another_goal_at_the_last_moment() {
    let flags = "--replicas 3 -q";
    let whole = ensemble(5, 0).await;
    scaled(&whole, flags).await.succeeded();
    for words in ["get configmaps/zk", "patch configmaps/zk"] {
        let world = ensemble(5, 0).await;
        let moment = When::At(before_the_stop(&whole, words));
        world.api.fault(moment, How::Meanwhile(five_again));
        let told = scaled(&world, flags).await;
        let why = "someone else set the goal to 5 voters while this was under way";
        assert!(told.failed().stderr.contains(why), "{words}: {told}");
        assert!(!world.api.log().contains("delete "), "{words}");
    }
}

/// Whoever scales later has his way; the other was done before, or is told.
#[tokio::test(start_paused = true)]
async fn two_at_once() {
    let world = ensemble(3, 0).await;
    let (up, down) = tokio::join!(
        scaled(&world, "--replicas 5 -q"),
        scaled(&world, "--replicas 1 -q")
    );
    let told = [&up, &down].map(|it| it.stderr.contains("someone else set the goal to"));
    let voters = world.zoo.members(|members| members.votes.len());
    match told {
        [true, true] => panic!("{up}{down}"),
        [true, false] => assert_eq!(voters, 1),
        [false, true] => assert_eq!(voters, 5),
        [false, false] => assert!([1, 5].contains(&voters)),
    }
    let sets = world
        .api
        .names()
        .iter()
        .filter(|name| name.starts_with("statefulsets/"))
        .count();
    assert_eq!(sets, voters);
}

/// A scale that was cut off is told of with the command that ends it; the old number goes back.
#[tokio::test(start_paused = true)]
async fn half_done() {
    let world = World::default();
    world.zoo.goes_by(Members::new(3, 0, 1));
    world.zk("create zk -q").await.succeeded();
    world
        .zoo
        .members(|members| members.refusals = vec![-14; 9999]);
    let late = scaled(&world, "--replicas 5 --timeout 20s").await;
    insta::assert_snapshot!(late.stderr.lines().rev().take(5).collect::<Vec<_>>().join("\n"), @"
    hint: run the same command again to go on
    hint: kubectl zk status zk -n default
    error: could not change the members of ensemble zk in time: server 1: the server answered ReconfigInProgress (-14): another reconfiguration is under way: it was not done within 20s
      looking again: server 1: the server answered ReconfigInProgress (-14): another reconfiguration is under way
    reconfigure: servers 4 and 5 vote
    ");
    insta::assert_snapshot!(world.zk("status zk").await.stdout, @"
    healthy · leader 1 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        leader     serving   zk-server-1-0   node-1   0     1         11.0ms    3d1h
    2        follower   serving   zk-server-2-0   node-2   0     1         3.7ms     3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h
    4        follower   serving   zk-server-4-0   node-4   0     1         3.7ms     3d1h
    5        follower   serving   zk-server-5-0   node-5   0     1         3.7ms     3d1h

    warning: scaling to 5 voters is not finished: servers 4 and 5 are not members yet
      kubectl zk scale zk --replicas 5 -n default
    ");
    world.zoo.members(|members| members.refusals.clear());
    scaled(&world, "--replicas 3 -q").await.succeeded();
    let status = world.zk("status zk").await;
    assert!(
        status.stdout.starts_with("healthy") && !status.stdout.contains("unfinished"),
        "{status}"
    );
}
