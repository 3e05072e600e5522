//! `--verify`: a session through every address, or nothing on stdout.

use serde_json::json;

use crate::connection_string::service;
use crate::connection_string::unready;
use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;

#[tokio::test(start_paused = true)]
async fn through_every_pod_behind_the_service() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("connection-string zk --verify").await.succeeded(), @r"
    exit 0
    --- stdout
    zk-client.default.svc:2181
    --- stderr
    zk-client.default.svc:2181 by port-forward to pod zk-server-1-0: a session was opened
    zk-client.default.svc:2181 by port-forward to pod zk-server-2-0: a session was opened
    zk-client.default.svc:2181 by port-forward to pod zk-server-3-0: a session was opened
    ");
    // Clients are sent to ready pods alone.
    world.zoo.mood(1, Mood::Refuses);
    unready(&world, 1);
    let outcome = world.zk("connection-string zk --verify").await;
    assert!(
        !outcome.succeeded().stderr.contains("zk-server-1-0"),
        "{outcome}"
    );
    // A server's own Service sends them to its pod, ready or not.
    insta::assert_snapshot!(world.zk("connection-string zk --verify --servers").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    zk-peer-2.default.svc:2181 by port-forward to pod zk-server-2-0: a session was opened
    zk-peer-3.default.svc:2181 by port-forward to pod zk-server-3-0: a session was opened
    error: not verified, so not printed: 1 of 3 failed: zk-peer-1.default.svc:2181 by port-forward to pod zk-server-1-0: connection refused
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn servers_that_open_no_session() {
    for (mood, why) in [
        (
            Mood::Looks(99),
            "the server closed the connection instead of opening a session: it is not serving (starting, without a quorum, or behind)",
        ),
        (Mood::Hangs, "the server did not answer connect within 3s"),
        (
            Mood::Forbidden,
            "forbidden, this right is missing: get and create pods/portforward",
        ),
    ] {
        let world = World::with_zk().await;
        world.zoo.mood(3, mood);
        let outcome = world.zk("connection-string zk --verify").await;
        let said = format!(
            "error: not verified, so not printed: 1 of 3 failed: zk-client.default.svc:2181 by port-forward to pod zk-server-3-0: {why}\n"
        );
        assert!(
            outcome.failed().stderr.contains(&said) && outcome.stdout.is_empty(),
            "{outcome}\n{said}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_behind_it() {
    let world = World::with_zk().await;
    for id in 1..=3 {
        world
            .api
            .store(|store| store.remove("pods", &format!("zk-server-{id}-0")));
    }
    insta::assert_snapshot!(world.zk("connection-string zk --verify").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: not verified, so not printed: zk-client.default.svc:2181 by port-forward: no pod is ready behind it
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn the_chroot_must_be_there() {
    let world = World::with_zk().await;
    let outcome = world
        .zk("connection-string zk --servers --chroot /a --verify")
        .await;
    assert!(
        outcome
            .failed()
            .stderr
            .contains("pod zk-server-1-0: there is no node /a; --create-chroot makes it"),
        "{outcome}"
    );
    assert_eq!(outcome.stdout, "");
    let outcome = world
        .zk("connection-string zk --servers --chroot /a --create-chroot --verify")
        .await;
    outcome.succeeded();
    assert!(
        world
            .zoo
            .asked()
            .contains(&"zk-server-3-0 sync /".to_owned())
    );
}

#[tokio::test(start_paused = true)]
async fn from_this_machine_what_is_outside() {
    let world = World::with_zk().await;
    service(&world, "zk-client", |service| {
        service["spec"]["type"] = "LoadBalancer".into();
        service["status"] =
            json!({"loadBalancer": {"ingress": [{"ip": "192.0.2.7"}, {"ip": "192.0.2.8"}]}});
    });
    world.zoo.answers_at("192.0.2.7:2181");
    insta::assert_snapshot!(world.zk("connection-string zk --external --verify").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    192.0.2.7:2181 from this machine: a session was opened
    error: not verified, so not printed: 1 of 2 failed: 192.0.2.8:2181 from this machine: no answer in time
    hint: kubectl zk status zk -n default
    ");
    world.zoo.answers_at("192.0.2.8:2181");
    let outcome = world.zk("connection-string zk --external --verify").await;
    assert_eq!(
        outcome.succeeded().stdout,
        "192.0.2.7:2181,192.0.2.8:2181\n"
    );
}

#[tokio::test(start_paused = true)]
async fn at_the_port_that_the_service_leads_to() {
    let world = World::default();
    world.by_hand("old");
    service(&world, "old-client", |service| {
        service["spec"]["ports"] =
            json!([{"name": "zookeeper", "port": 12181, "targetPort": 2181}]);
    });
    let outcome = world.zk("connection-string old --verify").await;
    assert_eq!(outcome.succeeded().stdout, "old-client.default.svc:12181\n");
    assert!(
        outcome.stderr.contains("by port-forward to pod old-3"),
        "{outcome}"
    );
}

/// A new ensemble has a quorum before its pods are ready, and a load balancer an address before it answers there.
#[tokio::test(start_paused = true)]
async fn waiting_until_it_answers() {
    let world = World::with_zk().await;
    for id in 1..=3 {
        unready(&world, id);
    }
    let outcome = world
        .zk("connection-string zk --verify --wait --timeout 20s")
        .await;
    insta::assert_snapshot!(outcome, @r"
    exit 124
    --- stdout
    --- stderr
    zk-client.default.svc:2181 by port-forward: no pod is ready behind it
    error: not verified, so not printed: zk-client.default.svc:2181 by port-forward: no pod is ready behind it
    hint: kubectl zk status zk -n default
    ");
    world.api.forget();
    // The API server may be away for a moment.
    world.api.fault(When::At(3), How::Drop);
    let mend = async {
        world.api.until_asked(5).await;
        world.api.store(|store| {
            store.change("pods", "zk-server-2-0", |pod| {
                pod["status"]["conditions"][0]["status"] = "True".into();
            });
        });
    };
    let (outcome, ()) = futures::join!(world.zk("connection-string zk --verify --wait"), mend);
    assert_eq!(outcome.succeeded().stdout, "zk-client.default.svc:2181\n");
    let last =
        "zk-client.default.svc:2181 by port-forward to pod zk-server-2-0: a session was opened\n";
    assert!(outcome.stderr.ends_with(last), "{outcome}");
}
