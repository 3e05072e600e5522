//! `create`, where nothing is in its way.

mod cut_off;
mod dry_run;
mod faults;
mod kept;
mod mended;
mod refused;
mod stuck;
mod together;

use crate::fake::World;
use crate::fake::ensemble::Mood;

#[tokio::test(start_paused = true)]
async fn makes_an_ensemble() {
    let world = World::default();
    let outcome = world.zk("create zk").await;
    insta::assert_snapshot!(outcome, @r"
    exit 0
    --- stdout
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   zk-server-1-0   node-1   0     1         3.7ms     3d1h
    2        leader     serving   zk-server-2-0   node-2   0     1         11.0ms    3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h

    clients connect to zk-client.default.svc:2181
    --- stderr
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: leader
    server 3: follower
    ");
    insta::assert_snapshot!(world.api.log(), @r"
    get configmaps/zk
    list persistentvolumeclaims
    get configmaps/zk-founded
    get secrets/zk-identity
    get configmaps/zk-config-HASH
    get poddisruptionbudgets/zk
    list services
    list statefulsets
    create configmaps/zk fieldManager=kubectl-zk
    patch poddisruptionbudgets/zk fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-peer-1 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-election-1 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-peer-2 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-election-2 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-peer-3 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-election-3 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-client fieldManager=kubectl-zk fieldValidation=Strict
    patch configmaps/zk-config-HASH fieldManager=kubectl-zk fieldValidation=Strict
    create secrets/zk-identity fieldManager=kubectl-zk
    patch statefulsets/zk-server-1 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-2 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-3 fieldManager=kubectl-zk fieldValidation=Strict
    list pods labelSelector=name=zookeeper-pod,instance=zk
    list configmaps labelSelector=managed-by=kubectl-zk,instance=zk
    list statefulsets labelSelector=managed-by=kubectl-zk,instance=zk
    list persistentvolumeclaims labelSelector=managed-by=kubectl-zk,instance=zk
    list services labelSelector=managed-by=kubectl-zk,instance=zk
    list poddisruptionbudgets labelSelector=managed-by=kubectl-zk,instance=zk
    create configmaps/zk-founded fieldManager=kubectl-zk
    get secrets/zk-identity
    list persistentvolumeclaims labelSelector=managed-by=kubectl-zk,instance=zk
    patch persistentvolumeclaims/data-zk-server-1-0
    patch persistentvolumeclaims/data-zk-server-2-0
    patch persistentvolumeclaims/data-zk-server-3-0
    list pods labelSelector=name=zookeeper-pod,instance=zk
    list configmaps labelSelector=managed-by=kubectl-zk,instance=zk
    list statefulsets labelSelector=managed-by=kubectl-zk,instance=zk
    list persistentvolumeclaims labelSelector=managed-by=kubectl-zk,instance=zk
    list services labelSelector=managed-by=kubectl-zk,instance=zk
    list poddisruptionbudgets labelSelector=managed-by=kubectl-zk,instance=zk
    get secrets/zk-identity
    list persistentvolumeclaims labelSelector=managed-by=kubectl-zk,instance=zk
    ");
}

#[tokio::test(start_paused = true)]
async fn says_how_far_every_server_is() {
    let world = World::default();
    world.zoo.mood(1, Mood::Refuses);
    world.zoo.mood(2, Mood::Looks(3));
    world.zoo.mood(3, Mood::Looks(1));
    let (outcome, ()) = tokio::join!(world.zk("create zk"), async {
        // Only who leads is asked that: by then the first was looked at, and refused.
        world.zoo.until_asked("zk-server-2-0 mntr", 1).await;
        world.zoo.mood(1, Mood::Serves);
    });
    insta::assert_snapshot!(outcome.succeeded().stderr, @r"
    ensemble/zk: 14 objects created
    server 1: unreachable: it does not answer: connection refused
    server 2: looking
    server 3: looking
    server 3: follower
    server 2: leader
    server 1: follower
    ");
}

#[tokio::test(start_paused = true)]
async fn the_same_wish_changes_nothing() {
    let world = World::with_zk().await;
    let outcome = world.zk("create zk").await;
    insta::assert_snapshot!(outcome, @r"
    exit 0
    --- stdout
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   zk-server-1-0   node-1   0     1         3.7ms     3d1h
    2        leader     serving   zk-server-2-0   node-2   0     1         11.0ms    3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h

    clients connect to zk-client.default.svc:2181
    --- stderr
    ensemble/zk unchanged
    server 1: follower
    server 2: leader
    server 3: follower
    ");
    assert!(!world.api.changes().contains("create"));
    let names = world.api.names();
    world.zk("create zk").await.succeeded();
    assert_eq!(world.api.names(), names);
}

/// The seal is made as soon as a majority serves, not when the last server does.
#[tokio::test(start_paused = true)]
async fn seals_with_the_first_quorum() {
    let world = World::default();
    world.zoo.mood(3, Mood::Looks(usize::MAX));
    let outcome = world.zk("create zk --timeout 10s").await;
    assert_eq!(outcome.exit as u8, 124);
    assert!(world.api.object("configmaps", "zk-founded").is_some());
    let disk = world
        .api
        .object("persistentvolumeclaims", "data-zk-server-3-0");
    let marks = &disk.unwrap()["metadata"]["annotations"];
    assert_eq!(marks["kubectl-zk/voters"], "1,2,3");
}

#[tokio::test(start_paused = true)]
async fn a_missing_object_is_made_again() {
    let world = World::with_zk().await;
    world.api.store(|store| {
        store.remove("services", "zk-peer-2");
        store.remove("configmaps", "zk-founded");
    });
    let outcome = world.zk("create zk").await;
    insta::assert_snapshot!(outcome.succeeded().stderr, @r"
    ensemble/zk: 2 objects created, 11 unchanged
    server 1: follower
    server 2: leader
    server 3: follower
    ");
    assert!(world.api.object("configmaps", "zk-founded").is_some());
}

#[tokio::test(start_paused = true)]
async fn without_waiting_no_server_is_asked() {
    let world = World::default();
    world.zoo.mood(1, Mood::Hangs);
    let outcome = world.zk("create zk --no-wait").await;
    insta::assert_snapshot!(outcome, @r"
    exit 0
    --- stdout
    --- stderr
    ensemble/zk: 14 objects created
    hint: it is sealed when its quorum is verified: kubectl zk create zk -n default
    ");
    assert_eq!(world.zoo.asked(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn advice_is_given_and_the_wish_followed() {
    let world = World::default();
    world.zoo.size(4);
    let outcome = world
        .zk("create zk --replicas 4 --ephemeral --service-type LoadBalancer")
        .await;
    insta::assert_snapshot!(outcome.succeeded().stderr, @r"
    Warning: 4 servers survive the loss of 1, as 3 would: an even number adds a server that can fail, and no safety
    Warning: --ephemeral keeps the data in the pods: if all of them are lost at once, it is gone, and only a new ensemble can take its place
    Warning: a LoadBalancer Service opens the ensemble to whoever reaches it, and ZooKeeper asks nobody who they are: restrict it with --load-balancer-source-range or a firewall
    ensemble/zk: 17 objects created
    server 1: leader
    server 2: follower
    server 3: follower
    server 4: follower
    ");
    assert!(
        !world
            .api
            .names()
            .iter()
            .any(|name| name.starts_with("persistentvolumeclaims"))
    );
}

/// What makes no sense is refused before anything is asked.
#[tokio::test(start_paused = true)]
async fn nonsense_is_refused_first() {
    let world = World::default();
    for arguments in [
        "create Zk",
        "create zk --replicas 10",
        "create zk --config clientPort=1",
        "create zk --memory 1Gi --heap 2Gi",
        "create zk -o wide",
        "create",
    ] {
        let outcome = world.zk(arguments).await;
        assert_eq!(outcome.exit as u8, 2, "{arguments}: {outcome}");
    }
    assert_eq!(world.api.count(), 0);
    insta::assert_snapshot!(world.zk("create zk --config clientPort=1 --config ticktime=5").await, @r"
    exit 2
    --- stdout
    --- stderr
    error: clientPort cannot be set: the client port is always 2181; expose another with --service-type
    ");
}
