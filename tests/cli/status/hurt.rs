//! `status` of ensembles that are not well, and for users who may not see all.

use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::controllers::status;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;

async fn shown(world: &World) -> String {
    world.zk("status zk").await.succeeded().stdout.clone()
}

/// Puts another state into a server's pod.
fn pod(world: &World, id: u8, fate: &Fate) {
    world.api.store(|store| {
        store.change("pods", &format!("zk-server-{id}-0"), |pod| {
            let container = pod["spec"]["containers"][0]["name"].clone();
            pod["status"] = status(&container, fate);
        });
    });
}

#[tokio::test(start_paused = true)]
async fn a_server_is_down() {
    let world = World::with_zk().await;
    world.zoo.mood(3, Mood::Refuses);
    insta::assert_snapshot!(shown(&world).await, @r"
    degraded · leader 2 · 2 of 3 voters in sync · survives no further failure

    SERVER   ROLE        STATE         POD             NODE     LAG         CLIENTS     LATENCY     AGE
    1        follower    serving       zk-server-1-0   node-1   0           1           3.7ms       3d1h
    2        leader      serving       zk-server-2-0   node-2   0           1           11.0ms      3d1h
    3        <unknown>   unreachable   zk-server-3-0   node-3   <unknown>   <unknown>   <unknown>   3d1h

    warning: server 3: it does not answer: connection refused
      kubectl describe pod zk-server-3-0 -n default
    ");
    pod(
        &world,
        3,
        &Fate::Ended(78, "this disk belongs to another ensemble"),
    );
    insta::assert_snapshot!(shown(&world).await, @r"
    degraded · leader 2 · 2 of 3 voters in sync · survives no further failure

    SERVER   ROLE        STATE     POD             NODE     LAG         CLIENTS     LATENCY     AGE
    1        follower    serving   zk-server-1-0   node-1   0           1           3.7ms       3d1h
    2        leader      serving   zk-server-2-0   node-2   0           1           11.0ms      3d1h
    3        <unknown>   crashed   zk-server-3-0   node-3   <unknown>   <unknown>   <unknown>   3d1h

    critical: server 3: it refuses to start: this disk belongs to another ensemble
      kubectl logs zk-server-3-0 -n default
    ");
    world
        .api
        .store(|store| store.remove("pods", "zk-server-3-0"));
    insta::assert_snapshot!(shown(&world).await, @r"
    degraded · leader 2 · 2 of 3 voters in sync · survives no further failure

    SERVER   ROLE        STATE     POD             NODE        LAG         CLIENTS     LATENCY     AGE
    1        follower    serving   zk-server-1-0   node-1      0           1           3.7ms       3d1h
    2        leader      serving   zk-server-2-0   node-2      0           1           11.0ms      3d1h
    3        <unknown>   no pod    <unknown>       <unknown>   <unknown>   <unknown>   <unknown>   <unknown>

    warning: server 3: its pod does not exist yet
    ");
}

#[tokio::test(start_paused = true)]
async fn no_quorum() {
    let world = World::with_zk().await;
    world.zoo.mood(1, Mood::Looks(usize::MAX));
    world.zoo.mood(2, Mood::Refuses);
    world.zoo.mood(3, Mood::Closes);
    insta::assert_snapshot!(shown(&world).await, @r"
    no quorum · no leader · 0 of 3 voters in sync · needs 2 to serve

    SERVER   ROLE        STATE         POD             NODE     LAG         CLIENTS     LATENCY     AGE
    1        <unknown>   looking       zk-server-1-0   node-1   <unknown>   <unknown>   <unknown>   3d1h
    2        <unknown>   unreachable   zk-server-2-0   node-2   <unknown>   <unknown>   <unknown>   3d1h
    3        <unknown>   unreachable   zk-server-3-0   node-3   <unknown>   <unknown>   <unknown>   3d1h

    warning: server 1: it runs, and looks for a quorum
      kubectl logs zk-server-1-0 -n default
    warning: server 2: it does not answer: connection refused
      kubectl describe pod zk-server-2-0 -n default
    warning: server 3: it does not answer: the server closed the connection without an answer
      kubectl describe pod zk-server-3-0 -n default
    ");
}

/// A server that accepts and says nothing costs its deadline, and not more.
#[tokio::test(start_paused = true)]
async fn a_server_hangs() {
    let world = World::with_zk().await;
    world.zoo.mood(1, Mood::Hangs);
    let began = tokio::time::Instant::now();
    insta::assert_snapshot!(shown(&world).await, @r"
    degraded · leader 2 · 2 of 3 voters in sync · survives no further failure

    SERVER   ROLE        STATE         POD             NODE     LAG         CLIENTS     LATENCY     AGE
    1        <unknown>   unreachable   zk-server-1-0   node-1   <unknown>   <unknown>   <unknown>   3d1h
    2        leader      serving       zk-server-2-0   node-2   0           1           11.0ms      3d1h
    3        follower    serving       zk-server-3-0   node-3   0           1           3.7ms       3d1h

    warning: server 1: it does not answer: no answer in time
      kubectl describe pod zk-server-1-0 -n default
    ");
    assert_eq!(began.elapsed().as_secs(), 3);
    let began = tokio::time::Instant::now();
    world.zk("status zk --probe-timeout 1s").await.succeeded();
    assert_eq!(began.elapsed().as_secs(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_user_who_may_only_view() {
    let world = World::with_zk().await;
    for id in 1..=3 {
        world.zoo.mood(id, Mood::Forbidden);
    }
    insta::assert_snapshot!(shown(&world).await, @r"
    unknown · the servers could not be asked

    SERVER   ROLE        STATE     POD             NODE     LAG         CLIENTS     LATENCY     AGE
    1        <unknown>   unknown   zk-server-1-0   node-1   <unknown>   <unknown>   <unknown>   3d1h
    2        <unknown>   unknown   zk-server-2-0   node-2   <unknown>   <unknown>   <unknown>   3d1h
    3        <unknown>   unknown   zk-server-3-0   node-3   <unknown>   <unknown>   <unknown>   3d1h

    info: not all could be seen, these rights are missing: get and create pods/portforward
      kubectl zk rbac status -n default
    ");
    for list in [
        "list configmaps",
        "list statefulsets",
        "list persistentvolumeclaims",
        "list services",
        "list poddisruptionbudgets",
    ] {
        world.api.fault(When::Always(list), How::Forbidden);
    }
    insta::assert_snapshot!(shown(&world).await, @r"
    unknown · the servers could not be asked

    SERVER   ROLE        STATE     POD             NODE     LAG         CLIENTS     LATENCY     AGE
    1        <unknown>   unknown   zk-server-1-0   node-1   <unknown>   <unknown>   <unknown>   3d1h
    2        <unknown>   unknown   zk-server-2-0   node-2   <unknown>   <unknown>   <unknown>   3d1h
    3        <unknown>   unknown   zk-server-3-0   node-3   <unknown>   <unknown>   <unknown>   3d1h

    info: not all could be seen, these rights are missing: get and create pods/portforward, list configmaps, list persistentvolumeclaims, list poddisruptionbudgets.policy, list services, list statefulsets.apps
      kubectl zk rbac status -n default
    ");
    world.api.fault(When::Always("list pods"), How::Forbidden);
    insta::assert_snapshot!(world.zk("status zk").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    Error from server (Forbidden): pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "default"
    hint: this needs the verb list on pods in the namespace default
    hint: an administrator gives all rights that status needs: kubectl zk rbac status --for user dev -n default | kubectl apply -f -
    "#);
}

/// A hand-off shows two leaders for a moment: they are asked again before anybody is alarmed.
#[tokio::test(start_paused = true)]
async fn two_leaders() {
    let world = World::with_zk().await;
    world
        .zoo
        .change("zk-server-1-0", |server| server.leads = true);
    let (follows, leads) = ("zk-server-3-0 srvr", "zk-server-1-0 mntr");
    let before = world.zoo.times_asked(follows);
    insta::assert_snapshot!(shown(&world).await, @r"
    no quorum · 2 leaders · 3 of 3 voters in sync · needs 2 to serve

    SERVER   ROLE       STATE     POD             NODE     LAG         CLIENTS   LATENCY   AGE
    1        leader     serving   zk-server-1-0   node-1   <unknown>   1         11.0ms    3d1h
    2        leader     serving   zk-server-2-0   node-2   <unknown>   1         11.0ms    3d1h
    3        follower   serving   zk-server-3-0   node-3   <unknown>   1         3.7ms     3d1h

    critical: servers 1 and 2 both say that they lead: clients may be writing into two different worlds
      kubectl zk exec zk conf srvr -n default
    ");
    assert_eq!(world.zoo.times_asked(follows), before + 2);
    let before = world.zoo.times_asked(leads);
    let (text, ()) = tokio::join!(shown(&world), async {
        // At the first look it says that it leads.
        world.zoo.until_asked(leads, before + 1).await;
        world
            .zoo
            .change("zk-server-1-0", |server| server.leads = false);
    });
    assert!(text.starts_with("healthy · leader 2"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_follower_far_behind() {
    let world = World::with_zk().await;
    world
        .zoo
        .change("zk-server-3-0", |server| server.zxid = "0x100000001");
    world
        .zoo
        .change("zk-server-2-0", |server| server.zxid = "0x100001000");
    insta::assert_snapshot!(shown(&world).await, @r"
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG    CLIENTS   LATENCY   AGE
    1        follower   serving   zk-server-1-0   node-1   4092   1         3.7ms     3d1h
    2        leader     serving   zk-server-2-0   node-2   0      1         11.0ms    3d1h
    3        follower   serving   zk-server-3-0   node-3   4095   1         3.7ms     3d1h

    warning: server 1 is 4092 transactions behind the leader
    warning: server 3 is 4095 transactions behind the leader
    ");
}

#[tokio::test(start_paused = true)]
async fn what_is_missing_or_other_than_it_should_be() {
    let world = World::with_zk().await;
    world.api.store(|store| {
        store.remove("configmaps", "zk-founded");
        store.remove("poddisruptionbudgets", "zk");
        store.change("statefulsets", "zk-server-3", |set| {
            set["spec"]["replicas"] = 2.into();
        });
        store.change("statefulsets", "zk-server-1", |set| {
            set["status"]["updateRevision"] = "r2".into();
        });
        store.change("pods", "zk-server-2-0", |pod| {
            pod["spec"]["nodeName"] = "node-1".into();
        });
    });
    world
        .zoo
        .change("zk-server-3-0", |server| server.voters = 2);
    insta::assert_snapshot!(shown(&world).await, @"
    degraded · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   zk-server-1-0   node-1   0     1         3.7ms     3d1h
    2        leader     serving   zk-server-2-0   node-1   0     1         11.0ms    3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h

    critical: ConfigMap zk-founded (the seal) is missing: a server that loses its disk could vote with an empty memory
      kubectl zk create zk -n default
    critical: StatefulSet zk-server-3 has 2 replicas: each server's own must have 1
      kubectl scale statefulset zk-server-3 --replicas 1 -n default
    warning: server 3 has the ensemble's list at the same version with other members or addresses
      kubectl zk repair zk --addresses -n default
    warning: servers 1 and 2 are on the same node node-1: they would fail together
    warning: PodDisruptionBudget zk is missing: a drain may take more servers than the ensemble survives
      kubectl zk create zk -n default
    info: the pods of server 1 run an older template: a restart, or an update, is not finished
      kubectl zk restart zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn faults_of_the_api_server() {
    let world = World::with_zk().await;
    let busy = || How::Status(503, "ServiceUnavailable");
    world.api.fault(When::Once("list services"), busy());
    world.zk("status zk").await.succeeded();
    world.api.fault(When::Always("list services"), busy());
    insta::assert_snapshot!(world.zk("status zk").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    Error from server (ServiceUnavailable): not now
    ");
    world.api.forget();
    world.api.fault(When::Always("list pods"), How::Drop);
    insta::assert_snapshot!(world.zk("status").await.failed().stderr, @"Unable to connect to the server: connection reset");
}
