//! What the verbs that restart servers refuse, and that they then change nothing.

use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::members::Members;
use crate::rolling::done;
use crate::rolling::ensemble;

async fn refused(world: &World, line: &str) -> String {
    let outcome = world.zk(line).await;
    outcome.failed();
    assert_eq!(done(world), "", "{line}");
    outcome.stderr
}

#[tokio::test(start_paused = true)]
async fn a_server_that_there_is_not() {
    let world = ensemble(3, 0).await;
    insta::assert_snapshot!(refused(&world, "restart zk --id 2 --id 9 --id 7").await, @"
    error: cannot restart ensemble zk: it has no servers 7 and 9
    hint: kubectl zk status zk -n default
    ");
    insta::assert_snapshot!(refused(&world, "replace zk --id 9 --yes").await, @"
    error: cannot replace server 9 of ensemble zk: it has no server 9
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn an_ensemble_that_there_is_not_or_not_ours() {
    let world = ensemble(3, 0).await;
    world.by_hand("old");
    let mut said = String::new();
    for line in ["restart", "update", "replace --id 1", "diff"] {
        let (verb, flags) = line.split_once(' ').unwrap_or((line, ""));
        for name in ["zx", "old"] {
            said += &refused(&world, &format!("{verb} {name} {flags}")).await;
        }
    }
    insta::assert_snapshot!(said, @r#"
    error: ensemble "zx" not found in namespace "default"
    hint: did you mean zk?
    error: cannot restart ensemble old: it was made by hand, not by kubectl zk, which changes only what it made
    hint: kubectl zk status old -n default
    error: ensemble "zx" not found in namespace "default"
    hint: did you mean zk?
    error: cannot update ensemble old: it was made by hand, not by kubectl zk, which changes only what it made
    hint: kubectl zk status old -n default
    error: ensemble "zx" not found in namespace "default"
    hint: did you mean zk?
    error: cannot replace a server of ensemble old: it was made by hand, not by kubectl zk, which changes only what it made
    hint: kubectl zk status old -n default
    error: ensemble "zx" not found in namespace "default"
    hint: did you mean zk?
    error: cannot diff ensemble old: it was made by hand, not by kubectl zk, which changes only what it made
    hint: kubectl zk status old -n default
    "#);
}

/// Who serves does not go away beside another that is down.
#[tokio::test(start_paused = true)]
async fn another_server_is_down() {
    let world = ensemble(3, 0).await;
    world.zoo.mood(3, Mood::Refuses);
    insta::assert_snapshot!(refused(&world, "restart zk --id 2").await, @"
    server 1: leader
    server 2: follower
    server 3: unreachable: it does not answer: connection refused
    waiting: server 3 is not in sync, and another one must not go away beside it: 2 of 3 voters are in sync, a majority is 2, no further one may be lost
    error: cannot restart ensemble zk: server 3 is not in sync, and another one must not go away beside it: 2 of 3 voters are in sync, a majority is 2, no further one may be lost
    hint: kubectl zk status zk -n default
    ");
    insta::assert_snapshot!(refused(&world, "replace zk --id 2 --yes").await, @"
    server 1: leader
    server 2: follower
    server 3: unreachable: it does not answer: connection refused
    waiting: without server 2 there is no majority in sync: 1 of 3 voters are in sync, a majority is 2, there is no quorum
    error: cannot replace server 2 of ensemble zk: without server 2 there is no majority in sync: 1 of 3 voters are in sync, a majority is 2, there is no quorum
    hint: kubectl zk status zk -n default
    hint: bring another server back first: emptied now, this one could take the last copy of what was written with it
    ");
    world.zk("restart zk --id 3").await.succeeded();
}

#[tokio::test(start_paused = true)]
async fn a_scale_is_not_finished() {
    let world = ensemble(3, 0).await;
    world
        .zoo
        .members(|members| members.refusals = vec![-14; 9999]);
    world.zk("scale zk --replicas 5 --timeout 20s -q").await;
    world.api.forget();
    for line in [
        "restart zk",
        "update zk --memory 2Gi",
        "replace zk --id 2 --yes",
    ] {
        let said = refused(&world, line).await;
        assert!(
            said.contains("a change of its members is not finished"),
            "{said}"
        );
    }
    insta::assert_snapshot!(refused(&world, "update zk --memory 2Gi").await, @"
    error: cannot update ensemble zk: a change of its members is not finished
    hint: kubectl zk status zk -n default
    hint: finish that first, as status says
    ");
}

#[tokio::test(start_paused = true)]
async fn no_quorum() {
    let world = ensemble(3, 0).await;
    world.zoo.mood(1, Mood::Refuses);
    world.zoo.mood(3, Mood::Refuses);
    world.zoo.mood(2, Mood::Looks(usize::MAX));
    insta::assert_snapshot!(refused(&world, "replace zk --id 1 --yes").await, @"
    server 1: unreachable: it does not answer: connection refused
    server 2: looking
    server 3: unreachable: it does not answer: connection refused
    waiting: the ensemble has no quorum: no server leads
    error: cannot replace server 1 of ensemble zk: the ensemble has no quorum: no server leads
    hint: kubectl zk status zk -n default
    ");
    insta::assert_snapshot!(refused(&world, "restart zk --dry-run").await, @"
    error: what would be done to ensemble zk cannot be told: server 1 does not serve in sync by the ensemble's list: it does not answer: connection refused
    hint: kubectl zk status zk -n default
    ");
}

/// The leader counts it: it is not the server that is away, but who would tell of it.
#[tokio::test(start_paused = true)]
async fn a_silent_server_that_follows() {
    let world = ensemble(3, 0).await;
    world.zoo.mood(3, Mood::Away);
    insta::assert_snapshot!(refused(&world, "replace zk --id 3 --yes").await, @"
    server 1: leader
    server 2: follower
    server 3: unreachable: it does not answer: no answer in time
    waiting: server 3 cannot be asked, but the leader counts it in sync: it is its node's kubelet that is away, not the server
    error: cannot replace server 3 of ensemble zk: server 3 cannot be asked, but the leader counts it in sync: it is its node's kubelet that is away, not the server
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn data_that_is_only_in_the_pods() {
    let world = World::default();
    world.zoo.goes_by(Members::new(1, 0, 1));
    world
        .zk("create zk --replicas 1 --ephemeral -q")
        .await
        .succeeded();
    world.api.forget();
    insta::assert_snapshot!(refused(&world, "restart zk").await, @"
    server 1: leader
    waiting: without server 1 there is no majority in sync: 0 of 1 voters are in sync, a majority is 1, there is no quorum
    error: cannot restart ensemble zk: without server 1 there is no majority in sync: 0 of 1 voters are in sync, a majority is 1, there is no quorum
    hint: kubectl zk scale zk --replicas 3 -n default
    ");
    insta::assert_snapshot!(refused(&world, "update zk --memory 2Gi").await, @"
    server 1: leader
    waiting: without server 1 there is no majority in sync: 0 of 1 voters are in sync, a majority is 1, there is no quorum
    error: cannot update ensemble zk: without server 1 there is no majority in sync: 0 of 1 voters are in sync, a majority is 1, there is no quorum
    hint: kubectl zk scale zk --replicas 3 -n default
    ");
    insta::assert_snapshot!(world.zk("update zk --storage 9Gi").await.stderr, @"error: --storage is the size of a disk, and this ensemble's data is in its pods");
    world
        .zk("update zk --service-type NodePort")
        .await
        .succeeded();
}

#[tokio::test(start_paused = true)]
async fn disks_that_do_not_grow_or_shrink() {
    let world = ensemble(3, 0).await;
    world.api.store(|store| store.fixed_disks = true);
    insta::assert_snapshot!(refused(&world, "update zk --storage 9Gi").await, @r#"
    Error from server (Forbidden): persistentvolumeclaims "data-zk-server-1-0" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize
    hint: the disks cannot grow to 9Gi: their StorageClass has no allowVolumeExpansion (kubectl get storageclass)
    "#);
    insta::assert_snapshot!(world.zk("update zk --storage 7Gi").await, @"
    exit 2
    --- stdout
    --- stderr
    error: a disk of 8Gi cannot shrink to 7Gi
    ");
    assert_eq!(done(&world), "");
    assert!(world.zk("diff zk").await.succeeded().stdout.is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_makes_no_sense_for_this_ensemble() {
    let world = ensemble(3, 0).await;
    insta::assert_snapshot!(refused(&world, "update zk --image zookeeper:3.7.2").await, @"
    error: ZooKeeper 3.7.2 is too old: its line gets no fixes any more, and loses data by known defects that are mended since
    hint: for example --image zookeeper:3.9.5
    ");
    let mut said = String::new();
    for flags in [
        "--undo --memory 2Gi",
        "--undo --unset cpu",
        "--heap 2Gi",
        "--memory 64Mi",
        "--load-balancer-source-range 10.0.0.0/8",
        "--config ticktime=5",
        "--config server.4=a",
        "--image Zookeeper",
        "--cpu 2 --cpu-limit 1",
        "--pod-label server=7",
        "--jvm-flags=-Dzookeeper.forceSync=no",
    ] {
        let outcome = world.zk(&format!("update zk {flags}")).await;
        assert_eq!(outcome.exit as u8, 2, "{outcome}");
        said += &outcome.stderr;
    }
    insta::assert_snapshot!(said, @r#"
    error: --undo goes back to what was, and takes no other change
    error: --undo goes back to what was, and takes no other change
    error: a heap of 2Gi leaves too little of 1Gi of memory for the JVM itself: at most 921Mi
    error: 64Mi of memory is too little for a server: at least 128Mi
    error: --load-balancer-source-range needs --service-type LoadBalancer
    error: ZooKeeper has no setting ticktime, did you mean tickTime?
    error: server.4 cannot be set: the members change by reconfiguration, see --replicas
    error: "Zookeeper" is not the name of an image
    hint: for example --image zookeeper:3.9.5
    error: a CPU limit of 1 is below the request of 2
    error: the label server is the plugin's own
    error: zookeeper.forceSync cannot be set: it must stay on: without it a write is acknowledged before it is on a disk, and lost with the power
    "#);
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn missing_rights() {
    for (verb, words) in [
        ("restart zk", "list poddisruptionbudgets"),
        ("restart zk", "create pods/zk-server-2-0/eviction"),
        ("update zk --memory 2Gi", "patch services/zk-peer-1"),
        ("diff zk", "get networkpolicies"),
        ("replace zk --id 2 --yes", "delete persistentvolumeclaims"),
    ] {
        let world = ensemble(3, 0).await;
        world.api.fault(When::Always(words), How::Forbidden);
        let outcome = world.zk(verb).await;
        let name = verb.split(' ').next().unwrap();
        let role = format!("kubectl zk rbac {name} --for user dev -n default");
        assert!(outcome.failed().stderr.contains(&role), "{outcome}");
    }
    let world = ensemble(3, 0).await;
    world.api.fault(When::Always("create pods"), How::Forbidden);
    insta::assert_snapshot!(world.zk("restart zk").await.failed().stderr, @r#"
    mark servers 1, 2 and 3 for a restart
    restart server 2
    Error from server (Forbidden): pods "zk-server-2-0" is forbidden: User "dev" cannot create resource "pods/eviction" in API group "" in the namespace "default"
    hint: this needs the verb create on pods/eviction in the namespace default
    hint: an administrator gives all rights that restart needs: kubectl zk rbac restart --for user dev -n default | kubectl apply -f -
    hint: then run the same command again: it goes on where this one ended
    "#);
}

/// An intent that cannot be read is nothing to change.
#[tokio::test(start_paused = true)]
async fn an_intent_that_cannot_be_read() {
    let world = ensemble(3, 0).await;
    world.api.store(|store| {
        store.change("configmaps", "zk", |map| {
            map["data"]["ensemble.json"] = "{".into();
        });
    });
    for line in [
        "restart zk",
        "update zk",
        "replace zk --id 2 --yes",
        "diff zk",
    ] {
        let said = refused(&world, line).await;
        assert!(said.contains("cannot be read"), "{line}: {said}");
    }
}
