//! `create` over what a deleted ensemble left.

use crate::fake::World;

/// What `delete zk` leaves, without the disks of some.
async fn remains(lost: &[u8]) -> World {
    let world = World::with_zk().await;
    world.zk("delete zk --yes").await.succeeded();
    world.api.store(|store| {
        for id in lost {
            store.remove("persistentvolumeclaims", &format!("data-zk-server-{id}-0"));
        }
    });
    world.api.forget();
    world
}

/// The number of the first request that begins so.
fn number(world: &World, words: &str) -> usize {
    let log = world.api.log();
    log.lines()
        .position(|line| line.starts_with(words))
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn disks_are_taken_back_and_sealed_before_any_server_starts() {
    let world = remains(&[]).await;
    let before = world.api.object("secrets", "zk-identity");
    insta::assert_snapshot!(world.zk("create zk").await, @r"
    exit 0
    --- stdout
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   zk-server-1-0   node-1   0     1         3.7ms     3d1h
    2        leader     serving   zk-server-2-0   node-2   0     1         11.0ms    3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h

    clients connect to zk-client.default.svc:2181
    --- stderr
    taking back the disks of servers 1, 2 and 3 with their data
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: leader
    server 3: follower
    ");
    assert!(number(&world, "create configmaps/zk-founded") < number(&world, "patch statefulsets"));
    assert_eq!(world.api.object("secrets", "zk-identity"), before);
}

#[tokio::test(start_paused = true)]
async fn a_majority_of_the_disks_carries_the_rest() {
    let world = remains(&[3]).await;
    insta::assert_snapshot!(world.zk("create zk").await.succeeded().stderr, @r"
    taking back the disks of servers 1 and 2 with their data
    Warning: the disks of server 3 are gone: what replaces them is filled by the others
    ensemble/zk: 14 objects created
    server 1: follower
    server 2: leader
    server 3: follower
    ");
    assert!(number(&world, "create configmaps/zk-founded") < number(&world, "patch statefulsets"));
}

#[tokio::test(start_paused = true)]
async fn less_than_a_majority_is_refused() {
    let world = remains(&[1, 3]).await;
    insta::assert_snapshot!(world.zk("create zk").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot create ensemble zk: of the disks of servers 1, 2 and 3 only that of server 2 is left: fewer than a majority, so nobody knows what was written last
    hint: --discard-data throws the kept data away and begins anew
    ");
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn another_size_is_refused() {
    let world = remains(&[]).await;
    insta::assert_snapshot!(world.zk("create zk --replicas 5").await.failed().stderr, @"
    error: cannot create ensemble zk: kept disks are of an ensemble of servers 1, 2 and 3, not of 5
    hint: take them back as they are: kubectl zk create zk -n default
    hint: --discard-data throws the kept data away and begins anew
    ");
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn a_lost_identity_comes_back_from_the_disks() {
    let world = remains(&[]).await;
    let uuid = |world: &World| {
        world.api.object("secrets", "zk-identity").unwrap()["data"]["ensemble"].clone()
    };
    let before = uuid(&world);
    world
        .api
        .store(|store| store.remove("secrets", "zk-identity"));
    world.zk("create zk").await.succeeded();
    assert_eq!(uuid(&world), before);
}

#[tokio::test(start_paused = true)]
async fn data_is_discarded_when_someone_says_yes() {
    let world = remains(&[1, 3]).await;
    insta::assert_snapshot!(world.zk("create zk --discard-data").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot ask for confirmation without a terminal; pass --yes to go ahead
    ");
    insta::assert_snapshot!(world.zk_answering("n", "create zk --discard-data").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    Throw away the data of ensemble zk for ever (persistentvolumeclaim/data-zk-server-2-0, secret/zk-identity) in namespace default, context test? (y/N): error: nothing was changed
    ");
    assert_eq!(world.api.changes(), "");
    let old = world.api.object("secrets", "zk-identity");
    world.zk("create zk --discard-data --yes").await.succeeded();
    assert_ne!(world.api.object("secrets", "zk-identity"), old);
    let changes = world.api.changes();
    assert!(
        changes
            .lines()
            .filter(|line| line.starts_with("delete"))
            .all(|line| line.contains(" uid=uid-")),
        "{changes}"
    );
    assert!(number(&world, "patch statefulsets") < number(&world, "create configmaps/zk-founded"));
}
