//! `restart`: whom, in which order, by which requests.

use serde_json::json;

use crate::fake::controllers::Fate;
use crate::fake::ensemble::Mood;
use crate::fake::pace::Pace;
use crate::rolling::does_as_told;
use crate::rolling::done;
use crate::rolling::ensemble;
use crate::rolling::pods;
use crate::rolling::restarted;

#[tokio::test(start_paused = true)]
async fn all_of_them() {
    let world = ensemble(3, 1).await;
    let before = pods(&world);
    insta::assert_snapshot!(world.zk("restart zk").await, @"
    exit 0
    --- stdout
    healthy · leader 1 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        leader     serving   zk-server-1-0   node-1   0     1         11.0ms    3d1h
    2        follower   serving   zk-server-2-0   node-2   0     1         3.7ms     3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h
    4        observer   serving   zk-server-4-0   node-4   0     1         3.7ms     3d1h
    --- stderr
    mark servers 1, 2, 3 and 4 for a restart
    restart server 2
    restart server 3
    restart server 4
    restart server 1, the leader
    ensemble/zk restarted
    ");
    insta::assert_snapshot!(done(&world), @"
    patch statefulsets/zk-server-1 fieldManager=kubectl-zk
    patch statefulsets/zk-server-2 fieldManager=kubectl-zk
    patch statefulsets/zk-server-3 fieldManager=kubectl-zk
    patch statefulsets/zk-server-4 fieldManager=kubectl-zk
    create pods/zk-server-2-0/eviction uid=uid-19
    create pods/zk-server-3-0/eviction uid=uid-22
    create pods/zk-server-4-0/eviction uid=uid-25
    create pods/zk-server-1-0/eviction uid=uid-16
    ");
    assert_eq!(restarted(&world, &before), [1, 2, 3, 4]);
}

#[tokio::test(start_paused = true)]
async fn some_of_them() {
    for (flags, wanted) in [
        ("--id 3", &[3][..]),
        ("--id 1", &[1]),
        ("--id 3 --id 2 --id 3", &[2, 3]),
    ] {
        let world = ensemble(3, 0).await;
        let before = pods(&world);
        world.zk(&format!("restart zk {flags}")).await.succeeded();
        assert_eq!(restarted(&world, &before), wanted, "{flags}");
    }
}

#[tokio::test(start_paused = true)]
async fn dry_run() {
    let world = ensemble(3, 0).await;
    let outcome = world.zk("restart zk --id 1 --id 2 --dry-run").await;
    insta::assert_snapshot!(outcome, @"
    exit 0
    --- stdout
    mark servers 1 and 2 for a restart
    restart server 2
    restart server 1, the leader
    --- stderr
    ensemble/zk restarted (dry run)
    ");
    assert_eq!(world.api.changes(), "");
    for flags in ["", "--id 2", "--id 1 --id 3"] {
        does_as_told(&world, &format!("restart zk {flags}")).await;
    }
}

#[tokio::test(start_paused = true)]
async fn as_json() {
    let world = ensemble(1, 0).await;
    let outcome = world.zk("restart zk -o json").await;
    insta::assert_snapshot!(outcome, @r#"
    exit 0
    --- stdout
    {
        "apiVersion": "kubectl-zk/v1",
        "kind": "Steps",
        "name": "zk",
        "namespace": "default",
        "dryRun": false,
        "steps": [
            {
                "action": "mark",
                "servers": [
                    1
                ],
                "what": "mark server 1 for a restart"
            },
            {
                "action": "restart",
                "server": 1,
                "serves": true,
                "leads": true,
                "what": "restart server 1, the leader"
            }
        ]
    }
    --- stderr
    Warning: with 1 voter nothing can be written while one is restarted: three survive that
    mark server 1 for a restart
    restart server 1, the leader
    ensemble/zk restarted
    "#);
    let named = world.zk("restart zk -o name -q").await;
    assert_eq!(named.succeeded().stdout, "ensemble/zk\n");
}

/// Frozen, it is first, and nobody asks the budget about it: with it down an eviction would be refused for ever.
#[tokio::test(start_paused = true)]
async fn one_that_does_not_serve() {
    let world = ensemble(3, 0).await;
    world.zoo.mood(3, Mood::Hangs);
    world.api.store(|store| {
        let ready = json!([{"type": "Ready", "status": "False"}]);
        store.change("pods", "zk-server-3-0", |pod| {
            pod["status"]["conditions"] = ready;
        });
    });
    insta::assert_snapshot!(world.zk("restart zk").await.succeeded().stderr, @"
    mark servers 1, 2 and 3 for a restart
    restart server 3, which does not serve
    restart server 2
    restart server 1, the leader
    ensemble/zk restarted
    ");
    insta::assert_snapshot!(done(&world), @"
    patch statefulsets/zk-server-1 fieldManager=kubectl-zk
    patch statefulsets/zk-server-2 fieldManager=kubectl-zk
    patch statefulsets/zk-server-3 fieldManager=kubectl-zk
    delete pods/zk-server-3-0 uid=uid-20 gracePeriodSeconds=10
    create pods/zk-server-2-0/eviction uid=uid-17
    create pods/zk-server-1-0/eviction uid=uid-14
    ");
}

/// Each wait has its reason.
#[tokio::test(start_paused = true)]
async fn everything_takes_its_time() {
    let world = ensemble(3, 0).await;
    world.api.store(|store| {
        store.controllers.pace = Pace {
            ending: 2,
            starting: 3,
            seeing: 2,
        };
    });
    insta::assert_snapshot!(world.zk("restart zk --id 2 --id 1").await.succeeded().stderr, @"
    mark servers 1 and 2 for a restart
    server 1: leader
    server 2: follower
    server 3: follower
    waiting: the controller of server 1 has not seen its newest template yet
    restart server 2
    waiting: the pods of server 2 end
    server 2: preparing: node node-2 has not made its container yet
    waiting: server 2 does not serve in sync by the ensemble's list: node node-2 has not made its container yet
    restart server 1, the leader
    server 2: follower
    waiting: the pods of server 1 end
    server 1: preparing: node node-1 has not made its container yet
    waiting: server 1 does not serve in sync by the ensemble's list: node node-1 has not made its container yet
    ensemble/zk restarted
    ");
}

/// The first that does not come back ends it.
#[tokio::test(start_paused = true)]
async fn the_first_does_not_come_back() {
    let world = ensemble(3, 0).await;
    let before = pods(&world);
    let fate = Fate::Ended(78, "this disk belongs to another ensemble");
    world
        .api
        .store(|store| store.controllers.decide("zk-server-2", fate));
    insta::assert_snapshot!(world.zk("restart zk").await.failed(), @"
    exit 1
    --- stdout
    --- stderr
    mark servers 1, 2 and 3 for a restart
    restart server 2
    server 1: leader
    server 2: crashed: it refuses to start: this disk belongs to another ensemble
    server 3: follower
    waiting: server 2: it refuses to start: this disk belongs to another ensemble
    error: cannot restart ensemble zk: server 2: it refuses to start: this disk belongs to another ensemble
    hint: kubectl logs zk-server-2-0 -n default
    hint: kubectl zk status zk -n default
    hint: when the cause is mended, run the same command again
    ");
    assert_eq!(restarted(&world, &before), [2]);
}

#[tokio::test(start_paused = true)]
async fn with_one_or_two_nothing_can_be_written_meanwhile() {
    for voters in [1, 2] {
        let world = ensemble(voters, 0).await;
        let outcome = world.zk("restart zk").await;
        let warning = outcome.succeeded().stderr.lines().next().unwrap();
        let told = format!("Warning: with {voters} voter");
        assert!(warning.starts_with(&told), "{outcome}");
    }
    let world = ensemble(1, 0).await;
    insta::assert_snapshot!(world.zk("restart zk").await.succeeded().stderr, @"
    Warning: with 1 voter nothing can be written while one is restarted: three survive that
    mark server 1 for a restart
    restart server 1, the leader
    ensemble/zk restarted
    ");
}

/// An ensemble that was never sealed is sealed first.
#[tokio::test(start_paused = true)]
async fn the_seal_comes_first() {
    let world = ensemble(3, 0).await;
    world
        .api
        .store(|store| store.remove("configmaps", "zk-founded"));
    let steps = world.zk("restart zk --id 2 -o custom-columns=DOES:.steps[*].what --dry-run");
    insta::assert_snapshot!(steps.await.succeeded().stdout, @"
    DOES
    make the seal,mark server 2 for a restart,restart server 2
    ");
    world.zk("restart zk --id 2").await.succeeded();
    assert!(done(&world).starts_with("create configmaps/zk-founded"));
}
