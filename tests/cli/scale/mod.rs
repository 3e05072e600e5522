//! `scale`: what it shows, in which order it does what, and how it goes on.

mod again;
mod refused;

use crate::fake::Outcome;
use crate::fake::World;
use crate::fake::members::Members;

/// An ensemble of so many, sealed, whose servers change their list as they are told.
pub(crate) async fn ensemble(voters: u8, observers: u8) -> World {
    let world = World::default();
    world.zoo.goes_by(Members::new(voters, observers, 1));
    let create = format!("create zk --replicas {voters} --observers {observers} -q");
    world.zk(&create).await.succeeded();
    world.api.forget();
    world
}

/// Scales with every question answered.
pub(crate) async fn scaled(world: &World, flags: &str) -> Outcome {
    world.zk(&format!("scale zk {flags} --yes")).await
}

#[tokio::test(start_paused = true)]
async fn up() {
    let world = ensemble(3, 0).await;
    insta::assert_snapshot!(scaled(&world, "--replicas 5").await, @"
    exit 0
    --- stdout
    healthy · leader 1 · 5 of 5 voters in sync · survives 2 more failures

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        leader     serving   zk-server-1-0   node-1   0     1         11.0ms    3d1h
    2        follower   serving   zk-server-2-0   node-2   0     1         3.7ms     3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h
    4        follower   serving   zk-server-4-0   node-4   0     1         3.7ms     3d1h
    5        follower   serving   zk-server-5-0   node-5   0     1         3.7ms     3d1h
    --- stderr
    set the goal: 5 voters
    set the disruption budget: 4 of 5 servers must be there
    start servers 4 and 5 without a vote
    reconfigure: servers 4 and 5 vote
    commit a write under the new list of members
    ensemble/zk scaled: 5 voters
    ");
    insta::assert_snapshot!(crate::fake::without_hash(&world.api.changes()), @"
    patch configmaps/zk fieldManager=kubectl-zk
    patch poddisruptionbudgets/zk fieldManager=kubectl-zk fieldValidation=Strict
    patch configmaps/zk-config-HASHManager=kubectl-zk fieldValidation=Strict
    patch services/zk-peer-4 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-election-4 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-peer-5 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-election-5 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-4 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-5 fieldManager=kubectl-zk fieldValidation=Strict
    patch persistentvolumeclaims/data-zk-server-1-0
    patch persistentvolumeclaims/data-zk-server-2-0
    patch persistentvolumeclaims/data-zk-server-3-0
    patch persistentvolumeclaims/data-zk-server-4-0
    patch persistentvolumeclaims/data-zk-server-5-0
    ");
    let asked = world.zoo.asked();
    let change = asked.iter().filter(|line| {
        line.contains("reconfig") || line.contains("auth") || line.contains(" create ")
    });
    insta::assert_snapshot!(change.cloned().collect::<Vec<_>>().join("\n"), @"
    zk-server-1-0 auth
    zk-server-1-0 reconfig server.4=10.96.0.4:2888:3888:participant;2181,server.5=10.96.0.5:2888:3888:participant;2181||4294967296
    zk-server-1-0 auth
    zk-server-1-0 create /zookeeper/kubectl-zk-
    ");
}

#[tokio::test(start_paused = true)]
async fn down() {
    let world = ensemble(5, 0).await;
    insta::assert_snapshot!(scaled(&world, "--replicas 3").await, @"
    exit 0
    --- stdout
    healthy · leader 1 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        leader     serving   zk-server-1-0   node-1   0     1         11.0ms    3d1h
    2        follower   serving   zk-server-2-0   node-2   0     1         3.7ms     3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h
    --- stderr
      set the goal: 3 voters
      reconfigure: servers 4 and 5 leave
      commit a write under the new list of members
      stop servers 4 and 5
      remove the Services of 4 and 5
      set the disruption budget: 2 of 3 servers must be there
    set the goal: 3 voters
    reconfigure: servers 4 and 5 leave
    server 1: leader
    server 2: follower
    server 3: follower
    server 4: follower
    server 5: follower
    waiting: the servers have a few seconds to write the new list of members to their disks
    commit a write under the new list of members
    stop servers 4 and 5
    remove the Services of 4 and 5
    set the disruption budget: 2 of 3 servers must be there
    ensemble/zk scaled: 3 voters
    hint: the disks of the servers that went stay, for when they come back; they are removed by: kubectl delete pvc data-zk-server-4-0 data-zk-server-5-0 -n default
    ");
    insta::assert_snapshot!(crate::fake::without_hash(&world.api.changes()), @"
    patch configmaps/zk fieldManager=kubectl-zk
    patch configmaps/zk fieldManager=kubectl-zk
    delete statefulsets/zk-server-4 uid=uid-25
    delete statefulsets/zk-server-5 uid=uid-28
    patch configmaps/zk fieldManager=kubectl-zk
    delete services/zk-election-4 uid=uid-10
    delete services/zk-election-5 uid=uid-12
    delete services/zk-peer-4 uid=uid-9
    delete services/zk-peer-5 uid=uid-11
    patch configmaps/zk fieldManager=kubectl-zk
    patch poddisruptionbudgets/zk fieldManager=kubectl-zk fieldValidation=Strict
    patch persistentvolumeclaims/data-zk-server-1-0
    patch persistentvolumeclaims/data-zk-server-2-0
    patch persistentvolumeclaims/data-zk-server-3-0
    patch persistentvolumeclaims/data-zk-server-4-0
    patch persistentvolumeclaims/data-zk-server-5-0
    ");
    assert_eq!(world.zoo.members(|members| members.votes.len()), 3);
}

#[tokio::test(start_paused = true)]
async fn down_with_the_disks() {
    let world = ensemble(3, 0).await;
    let outcome = scaled(&world, "--replicas 1 --delete-data").await;
    insta::assert_snapshot!(outcome.succeeded().stderr, @"
      set the goal: 1 voter
      reconfigure: servers 2 and 3 leave
      commit a write under the new list of members
      stop servers 2 and 3
      remove the Services of 2 and 3 and the disks of 2 and 3
      set the disruption budget: 0 of 1 servers must be there
    set the goal: 1 voter
    reconfigure: servers 2 and 3 leave
    server 1: leader
    server 2: follower
    server 3: follower
    waiting: the servers have a few seconds to write the new list of members to their disks
    commit a write under the new list of members
    stop servers 2 and 3
    remove the Services of 2 and 3 and the disks of 2 and 3
    set the disruption budget: 0 of 1 servers must be there
    ensemble/zk scaled: 1 voter
    ");
    let disks: Vec<String> = world
        .api
        .names()
        .into_iter()
        .filter(|name| name.starts_with("persistent"))
        .collect();
    assert_eq!(disks, ["persistentvolumeclaims/data-zk-server-1-0"]);
}

/// Voters that become observers, and observers that come to vote.
#[tokio::test(start_paused = true)]
async fn roles() {
    let world = ensemble(3, 2).await;
    let steps = "-o custom-columns=DOES:.steps[*].what";
    for flags in [
        "--replicas 5 --observers 0",
        "--replicas 1 --observers 2",
        "--replicas 3 --observers 0",
    ] {
        let outcome = scaled(&world, &format!("{flags} {steps}")).await;
        outcome.succeeded();
    }
    insta::assert_snapshot!(world.zoo.asked().iter().filter(|line| line.contains("reconfig")).cloned().collect::<Vec<_>>().join("\n"), @"
    zk-server-1-0 reconfig server.4=10.96.0.4:2888:3888:participant;2181,server.5=10.96.0.5:2888:3888:participant;2181||4294967296
    zk-server-1-0 reconfig server.2=10.96.0.2:2888:3888:observer;2181,server.3=10.96.0.3:2888:3888:observer;2181|4,5|4294967297
    zk-server-1-0 reconfig |2,3|4294967298
    zk-server-1-0 reconfig server.2=10.96.0.2:2888:3888:participant;2181,server.3=10.96.0.3:2888:3888:participant;2181||4294967299
    ");
}

/// What is said to be done is what is done then.
#[tokio::test(start_paused = true)]
async fn dry_run() {
    let world = ensemble(3, 0).await;
    let outcome = world
        .zk("scale zk --replicas 5 --observers 1 --dry-run")
        .await;
    insta::assert_snapshot!(outcome, @"
    exit 0
    --- stdout
    set the goal: 5 voters and 1 observer
    set the disruption budget: 5 of 6 servers must be there
    start servers 4, 5 and 6 without a vote
    reconfigure: servers 4 and 5 vote, server 6 observes
    commit a write under the new list of members
    --- stderr
    ensemble/zk scaled (dry run)
    ");
    for flags in [
        "--replicas 5",
        "--replicas 1 --observers 1",
        "--replicas 4 --observers 3",
        "--replicas 3 --observers 0",
    ] {
        let planned = world
            .zk(&format!("scale zk {flags} -o json --dry-run"))
            .await;
        let planned = planned
            .succeeded()
            .stdout
            .replace("\"dryRun\": true", "\"dryRun\": false");
        let done = scaled(&world, &format!("{flags} -o json")).await;
        assert_eq!(planned, done.succeeded().stdout, "{flags}");
    }
    world.api.forget();
    world
        .zk("scale zk --replicas 5 --dry-run=server")
        .await
        .succeeded();
    assert!(world.api.was_dry() && !world.api.changes().is_empty());
}

#[tokio::test(start_paused = true)]
async fn as_it_is() {
    let world = ensemble(3, 1).await;
    let outcome = scaled(&world, "--replicas 3").await;
    assert!(
        outcome
            .succeeded()
            .stderr
            .ends_with("ensemble/zk unchanged\n"),
        "{outcome}"
    );
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn created_with_observers() {
    let world = World::default();
    world.zoo.goes_by(Members::new(3, 0, 1));
    insta::assert_snapshot!(world.zk("create zk --observers 1").await, @"
    exit 0
    --- stdout
    healthy · leader 1 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        leader     serving   zk-server-1-0   node-1   0     1         11.0ms    3d1h
    2        follower   serving   zk-server-2-0   node-2   0     1         3.7ms     3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h
    4        observer   serving   zk-server-4-0   node-4   0     1         3.7ms     3d1h

    clients connect to zk-client.default.svc:2181
    --- stderr
    ensemble/zk: 17 objects created
    server 1: leader
    server 2: follower
    server 3: follower
    server 4: follower
    reconfigure: server 4 observes
    commit a write under the new list of members
    ");
}
