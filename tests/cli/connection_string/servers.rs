//! `--servers`: the members of the committed configuration, and nobody else.

use crate::connection_string::by_hand;
use crate::connection_string::service;
use crate::fake::World;
use crate::fake::ensemble::Mood;
use serde_json::json;

#[tokio::test(start_paused = true)]
async fn every_member_by_its_own_service() {
    let world = World::with_zk().await;
    let outcome = world.zk("connection-string zk --servers").await;
    assert_eq!(
        outcome.succeeded().stdout,
        "zk-peer-1.default.svc:2181,zk-peer-2.default.svc:2181,zk-peer-3.default.svc:2181\n"
    );
    assert_eq!(
        (outcome.stderr.as_str(), world.api.changes().as_str()),
        ("", "")
    );
    let outcome = world
        .zk("connection-string zk --servers --cluster-domain k8s.example --chroot /a")
        .await;
    assert_eq!(
        outcome.succeeded().stdout,
        "zk-peer-1.default.svc.k8s.example:2181,zk-peer-2.default.svc.k8s.example:2181,zk-peer-3.default.svc.k8s.example:2181/a\n"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_no_member_is_not_listed() {
    let world = World::with_zk().await;
    for id in 1..=3 {
        world
            .zoo
            .change(&format!("zk-server-{id}-0"), |server| server.voters = 2);
    }
    let outcome = world.zk("connection-string zk --servers").await;
    assert_eq!(
        outcome.succeeded().stdout,
        "zk-peer-1.default.svc:2181,zk-peer-2.default.svc:2181\n"
    );
}

#[tokio::test(start_paused = true)]
async fn a_member_that_is_down_is_listed() {
    let world = World::with_zk().await;
    world.zoo.mood(3, Mood::Refuses);
    let outcome = world.zk("connection-string zk --servers").await;
    assert!(
        outcome
            .succeeded()
            .stdout
            .contains("zk-peer-3.default.svc:2181"),
        "{outcome}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_member_without_a_service_is_left_out() {
    let world = World::with_zk().await;
    world
        .api
        .store(|store| store.remove("services", "zk-peer-2"));
    insta::assert_snapshot!(world.zk("connection-string zk --servers").await.succeeded(), @r"
    exit 0
    --- stdout
    zk-peer-1.default.svc:2181,zk-peer-3.default.svc:2181
    --- stderr
    Warning: server 2 is left out: it has no Service zk-peer-2
    ");
    for id in [1, 3] {
        world
            .api
            .store(|store| store.remove("services", &format!("zk-peer-{id}")));
    }
    insta::assert_snapshot!(world.zk("connection-string zk --servers").await.failed().stderr, @r"
    Warning: server 1 is left out: it has no Service zk-peer-1
    Warning: server 2 is left out: it has no Service zk-peer-2
    Warning: server 3 is left out: it has no Service zk-peer-3
    error: cannot list the servers of ensemble zk: no server has a Service of its own
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn where_no_server_tells_it_nothing_is_printed() {
    let world = World::with_zk().await;
    for (mood, stage) in [
        (Mood::Refuses, "unreachable"),
        (Mood::Hangs, "unreachable"),
        (Mood::Looks(99), "looking"),
    ] {
        for id in 1..=3 {
            world.zoo.mood(id, mood);
        }
        let outcome = world.zk("connection-string zk --servers").await;
        let expected = format!(
            "exit 1\n--- stdout\n--- stderr\nerror: cannot list the servers of ensemble zk: no server tells the committed configuration (servers 1, 2 and 3: {stage})\nhint: kubectl zk status zk -n default\n\n"
        );
        assert_eq!(outcome.to_string(), expected, "{mood:?}");
        // The Service of all needs no server.
        world.zk("connection-string zk").await.succeeded();
    }
}

#[tokio::test(start_paused = true)]
async fn who_may_not_ask_the_servers_is_told_so() {
    let world = World::with_zk().await;
    for id in 1..=3 {
        world.zoo.mood(id, Mood::Forbidden);
    }
    insta::assert_snapshot!(world.zk("connection-string zk --servers").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: server 1 does not answer srvr: forbidden, this right is missing: get and create pods/portforward
    hint: an administrator gives all rights that connection-string needs: kubectl zk rbac connection-string --for user dev -n default | kubectl apply -f -
    ");
}

#[tokio::test(start_paused = true)]
async fn one_made_by_hand_with_client_ports() {
    let world = by_hand();
    let outcome = world.zk("connection-string old --servers").await;
    assert_eq!(
        outcome.succeeded().stdout,
        "old-peer-1.default.svc:2181,old-peer-2.default.svc:2181,old-peer-3.default.svc:2181\n"
    );
}

#[tokio::test(start_paused = true)]
async fn one_made_by_hand_whose_peer_services_carry_no_client_port() {
    let world = by_hand();
    service(&world, "old-peer-2", |service| {
        service["spec"]["ports"] =
            json!([{"name": "peer", "port": 2888}, {"name": "election", "port": 3888}]);
    });
    insta::assert_snapshot!(world.zk("connection-string old --servers").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: Service old-peer-2 carries no port for clients
    hint: kubectl get service old-peer-2 -n default
    hint: the Service of all servers: kubectl zk connection-string old -n default
    ");
}
