//! `replace`: what it shows, what it asks, what it deletes.

use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::ensemble::Mood;
use crate::fake::objects::Store;
use crate::fake::pace::Pace;
use crate::rolling::does_as_told;
use crate::rolling::done;
use crate::rolling::ensemble;
use crate::rolling::pods;
use crate::rolling::restarted;

/// Three servers, of which the second does not answer.
pub(super) async fn broken() -> World {
    let world = ensemble(3, 0).await;
    world.zoo.mood(2, Mood::Refuses);
    world
}

pub(super) fn disk(world: &World, id: u8) -> String {
    let name = format!("data-zk-server-{id}-0");
    let disk = world.api.object("persistentvolumeclaims", &name).unwrap();
    disk["metadata"]["uid"].as_str().unwrap().to_owned()
}

/// The ZooKeeper that refuses its data, as its termination message says it.
fn damaged(store: &mut Store) {
    let said = "java.lang.RuntimeException: Unable to run quorum server \n\tat org.apache.zookeeper.server.quorum.QuorumPeer.loadDataBase(QuorumPeer.java:1204)\nCaused by: java.io.IOException: The current epoch, 1, is older than the last zxid, 17179869184\n";
    store.change("pods", "zk-server-2-0", |pod| {
        let container = pod["spec"]["containers"][0]["name"].clone();
        pod["status"] = crate::fake::controllers::status(&container, &Fate::Ended(1, said));
    });
}

#[tokio::test(start_paused = true)]
async fn asks_and_does_it() {
    let world = broken().await;
    world.api.store(damaged);
    let (before, old) = (pods(&world), disk(&world, 2));
    let outcome = world.zk_answering("y", "replace zk --id 2").await;
    insta::assert_snapshot!(outcome.succeeded(), @"
    exit 0
    --- stdout
    healthy · leader 1 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        leader     serving   zk-server-1-0   node-1   0     1         11.0ms    3d1h
    2        follower   serving   zk-server-2-0   node-2   0     1         3.7ms     3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h
    --- stderr
    server 2 (node node-2): its data is damaged: The current epoch, 1, is older than the last zxid, 17179869184; in sync with all that was written: 1 and 3
      delete the disk and the pod of server 2
    Replace server 2 of ensemble zk in namespace default, context test? ALL THAT IS ON ITS DISK data-zk-server-2-0 IS DELETED. (y/N): delete the disk and the pod of server 2
    ensemble/zk server 2 replaced
    ");
    insta::assert_snapshot!(done(&world), @"
    delete persistentvolumeclaims/data-zk-server-2-0 uid=uid-16
    delete pods/zk-server-2-0 uid=uid-17
    patch persistentvolumeclaims/data-zk-server-2-0
    ");
    assert_eq!(restarted(&world, &before), [2]);
    assert_ne!(disk(&world, 2), old);
}

#[tokio::test(start_paused = true)]
async fn no_is_no() {
    let world = broken().await;
    for answer in ["n", "", "what?"] {
        let outcome = world.zk_answering(answer, "replace zk --id 2").await;
        let end = "(y/N): error: nothing was changed\n";
        assert!(outcome.failed().stderr.ends_with(end), "{outcome}");
    }
    insta::assert_snapshot!(world.zk("replace zk --id 2").await.failed(), @"
    exit 1
    --- stdout
    --- stderr
    server 2 (node node-2): it does not answer: connection refused; in sync with all that was written: 1 and 3
      delete the disk and the pod of server 2
    error: cannot ask for confirmation without a terminal; pass --yes to go ahead
    ");
    assert_eq!(world.api.changes(), "");
}

/// One that serves may be replaced too: that nothing is wrong with it is said.
#[tokio::test(start_paused = true)]
async fn one_that_serves() {
    let world = ensemble(3, 0).await;
    insta::assert_snapshot!(world.zk("replace zk --id 1").await.failed().stderr, @"
    server 1 (node node-1): it serves as leader: nothing is known to be wrong with it; in sync with all that was written: 2 and 3
      delete the disk and the pod of server 1
    error: cannot ask for confirmation without a terminal; pass --yes to go ahead
    ");
    let before = pods(&world);
    insta::assert_snapshot!(world.zk("replace zk --id 1 --yes").await.succeeded().stderr, @"
    server 1 (node node-1): it serves as leader: nothing is known to be wrong with it; in sync with all that was written: 2 and 3
      delete the disk and the pod of server 1
    delete the disk and the pod of server 1
    ensemble/zk server 1 replaced
    ");
    assert_eq!(restarted(&world, &before), [1]);
}

#[tokio::test(start_paused = true)]
async fn dry_run() {
    let world = broken().await;
    insta::assert_snapshot!(world.zk("replace zk --id 2 --dry-run").await, @"
    exit 0
    --- stdout
    delete the disk and the pod of server 2
    --- stderr
    ensemble/zk server 2 replaced (dry run)
    ");
    assert_eq!(world.api.changes(), "");
    does_as_told(&world, "replace zk --id 2 --yes").await;
    let json = world.zk("replace zk --id 3 --yes -q -o json").await;
    insta::assert_snapshot!(json.succeeded().stdout, @r#"
    {
        "apiVersion": "kubectl-zk/v1",
        "kind": "Steps",
        "name": "zk",
        "namespace": "default",
        "dryRun": false,
        "steps": [
            {
                "action": "empty",
                "server": 3,
                "force": false,
                "what": "delete the disk and the pod of server 3"
            }
        ]
    }
    "#);
}

/// Its node does not answer: nobody there would end the pod.
#[tokio::test(start_paused = true)]
async fn a_node_that_is_gone() {
    let world = ensemble(3, 0).await;
    world.zoo.mood(3, Mood::Hangs);
    world.api.store(|store| store.lose("node-3"));
    insta::assert_snapshot!(world.zk("replace zk --id 3 --yes").await.succeeded().stderr, @"
    server 3 (node node-3): it does not answer: no answer in time; node node-3 is not ready: Kubelet stopped posting node status; in sync with all that was written: 1 and 2
      delete the disk and the pod of server 3, without waiting for its node
    delete the disk and the pod of server 3, without waiting for its node
    ensemble/zk server 3 replaced
    ");
    insta::assert_snapshot!(done(&world), @"
    delete persistentvolumeclaims/data-zk-server-3-0 uid=uid-19
    delete pods/zk-server-3-0 uid=uid-20 gracePeriodSeconds=0
    patch persistentvolumeclaims/data-zk-server-3-0
    ");
}

/// A pod that was to be gone long ago is ended without its node's word; one that still may end is waited for.
#[tokio::test(start_paused = true)]
async fn a_pod_that_does_not_end() {
    let world = broken().await;
    world.api.store(|store| {
        store.change("pods", "zk-server-2-0", |pod| {
            pod["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
        });
    });
    world.zk("replace zk --id 2 --yes").await.succeeded();
    let forced = "delete pods/zk-server-2-0 uid=uid-17 gracePeriodSeconds=0";
    assert!(done(&world).contains(forced), "{}", done(&world));
    let world = broken().await;
    world.api.store(|store| {
        store.controllers.pace = Pace {
            ending: 3,
            starting: 2,
            seeing: 0,
        };
    });
    insta::assert_snapshot!(world.zk("replace zk --id 2 --yes").await.succeeded().stderr, @"
    server 2 (node node-2): it does not answer: connection refused; in sync with all that was written: 1 and 3
      delete the disk and the pod of server 2
    delete the disk and the pod of server 2
    server 1: leader
    server 2: stopping
    server 3: follower
    waiting: the pods of server 2 end
    server 2: preparing: node node-2 has not made its container yet
    waiting: server 2 does not follow the leader in sync yet: node node-2 has not made its container yet
    ensemble/zk server 2 replaced
    ");
    assert!(!done(&world).contains("gracePeriodSeconds"));
}

/// The new disk is filled, and is not deleted by whoever comes later; nobody is asked about it.
#[tokio::test(start_paused = true)]
async fn run_again_it_goes_on() {
    let world = broken().await;
    world
        .api
        .store(|store| store.controllers.pace.starting = usize::MAX);
    let late = world.zk("replace zk --id 2 --yes --timeout 20s").await;
    insta::assert_snapshot!(late, @"
    exit 124
    --- stdout
    --- stderr
    server 2 (node node-2): it does not answer: connection refused; in sync with all that was written: 1 and 3
      delete the disk and the pod of server 2
    delete the disk and the pod of server 2
    server 1: leader
    server 2: preparing: node node-2 has not made its container yet
    server 3: follower
    waiting: server 2 does not follow the leader in sync yet: node node-2 has not made its container yet
    error: could not replace server 2 of ensemble zk in time: server 2 does not follow the leader in sync yet: node node-2 has not made its container yet: it was not done within 20s
    hint: kubectl zk status zk -n default
    hint: run the same command again to go on
    ");
    let new = disk(&world, 2);
    world.api.store(|store| {
        store.controllers.starting.clear();
        store.controllers.pace = Pace::default();
        let key = ["pods", "default", "zk-server-2-0"].map(str::to_owned);
        store.starts(&key.into());
    });
    world.api.forget();
    insta::assert_snapshot!(world.zk("replace zk --id 2").await.succeeded().stderr, @"ensemble/zk unchanged");
    insta::assert_snapshot!(done(&world), @"patch persistentvolumeclaims/data-zk-server-2-0");
    assert_eq!(disk(&world, 2), new);
}

/// A server whose new pod cannot come up either.
#[tokio::test(start_paused = true)]
async fn it_does_not_come_back() {
    let world = broken().await;
    let fate = Fate::Unschedulable("0/3 nodes are available: 3 Insufficient memory");
    world
        .api
        .store(|store| store.controllers.decide("zk-server-2", fate));
    insta::assert_snapshot!(world.zk("replace zk --id 2 --yes").await.failed(), @"
    exit 1
    --- stdout
    --- stderr
    server 2 (node node-2): it does not answer: connection refused; in sync with all that was written: 1 and 3
      delete the disk and the pod of server 2
    delete the disk and the pod of server 2
    server 1: leader
    server 2: pending: no node takes its pod: 0/3 nodes are available: 3 Insufficient memory
    server 3: follower
    waiting: server 2: no node takes its pod: 0/3 nodes are available: 3 Insufficient memory
    error: cannot replace server 2 of ensemble zk: server 2: no node takes its pod: 0/3 nodes are available: 3 Insufficient memory
    hint: kubectl describe pod zk-server-2-0 -n default
    hint: kubectl zk status zk -n default
    hint: when the cause is mended, run the same command again
    ");
}

/// An ensemble that keeps its data in the pods has no disk to delete.
#[tokio::test(start_paused = true)]
async fn without_disks() {
    let world = World::default();
    world
        .zoo
        .goes_by(crate::fake::members::Members::new(3, 0, 1));
    world.zk("create zk --ephemeral -q").await.succeeded();
    world.api.forget();
    insta::assert_snapshot!(world.zk("replace zk --id 2 --yes").await.succeeded().stderr, @"
    server 2 (node node-2): it serves as follower: nothing is known to be wrong with it; in sync with all that was written: 1 and 3
      delete the disk and the pod of server 2
    delete the disk and the pod of server 2
    ensemble/zk server 2 replaced
    ");
    insta::assert_snapshot!(done(&world), @"delete pods/zk-server-2-0 uid=uid-15");
}
