//! `--external`: from outside the cluster, honestly.

use serde_json::Value;
use serde_json::json;

use crate::connection_string::service;
use crate::connection_string::unready;
use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;

const TRACKER: &str = "Warning: Curator follows the servers' own list, whose addresses answer inside the cluster only: outside, build its client with .ensembleTracker(false)\n";

/// The client Service with this type.
async fn exposed(kind: &str) -> World {
    let world = World::with_zk().await;
    service(&world, "zk-client", |service| {
        service["spec"]["type"] = kind.into();
        service["spec"]["ports"][0]["nodePort"] = 31000.into();
    });
    world
}

/// The address of the node of a server's pod.
fn host(world: &World, id: u8, address: &str) {
    world.api.store(|store| {
        store.change("pods", &format!("zk-server-{id}-0"), |pod| {
            pod["status"]["hostIP"] = address.into();
        });
    });
}

fn ingress(world: &World, points: &Value) {
    service(world, "zk-client", |service| {
        service["status"] = json!({"loadBalancer": {"ingress": points}});
    });
}

#[tokio::test(start_paused = true)]
async fn the_load_balancers_address() {
    let world = exposed("LoadBalancer").await;
    for (points, string) in [
        (json!([{"ip": "192.0.2.7"}]), "192.0.2.7:2181/kafka\n"),
        (
            json!([{"hostname": "lb.example.com"}]),
            "lb.example.com:2181/kafka\n",
        ),
        (
            json!([{"ip": "2001:db8::7"}, {"ip": "192.0.2.7"}]),
            "192.0.2.7:2181,[2001:db8::7]:2181/kafka\n",
        ),
    ] {
        ingress(&world, &points);
        world.api.forget();
        let outcome = world
            .zk("connection-string zk --external --chroot /kafka")
            .await;
        assert_eq!(
            (outcome.succeeded().stdout.as_str(), outcome.stderr.as_str()),
            (string, TRACKER)
        );
        assert_eq!(world.api.log(), "get services/zk-client\n");
    }
    // What has no follower of lists needs no warning.
    let outcome = world
        .zk("connection-string zk --external --for kafka")
        .await;
    assert!(!outcome.succeeded().stderr.contains("Curator"), "{outcome}");
    let outcome = world.zk("connection-string zk --external -o json").await;
    assert!(
        outcome.succeeded().stdout.contains("\"external\": true"),
        "{outcome}"
    );
}

/// A name from the cluster goes to a terminal, and into other programs' files.
#[tokio::test(start_paused = true)]
async fn an_address_that_is_none() {
    let world = exposed("LoadBalancer").await;
    ingress(&world, &json!([{"hostname": "a\u{1b}[31m,b"}]));
    insta::assert_snapshot!(world.zk("connection-string zk --external").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    error: "a\u{1b}[31m,b" is neither a DNS name nor an IP address
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_load_balancer_that_is_not_there_yet() {
    let world = exposed("LoadBalancer").await;
    insta::assert_snapshot!(world.zk("connection-string zk --external").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: ensemble zk has no address outside the cluster yet: Service zk-client: no load balancer has given it an address
    hint: to wait for it: kubectl zk connection-string zk --external --wait -n default
    ");
    let outcome = world
        .zk("connection-string zk --external --wait --timeout 30s")
        .await;
    assert_eq!(outcome.exit as u8, 124);
    insta::assert_snapshot!(outcome, @r"
    exit 124
    --- stdout
    --- stderr
    service zk-client: no load balancer has given it an address
    error: ensemble zk has no address outside the cluster after 30s: Service zk-client: no load balancer has given it an address
    hint: kubectl describe service zk-client -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn waiting_until_it_is_there() {
    let world = exposed("LoadBalancer").await;
    // The API server may be away for a moment.
    world.api.fault(When::At(3), How::Drop);
    let give = async {
        world.api.until_asked(5).await;
        ingress(&world, &json!([{"ip": "192.0.2.7"}]));
    };
    let wait = world.zk("connection-string zk --external --wait");
    let (outcome, ()) = futures::join!(wait, give);
    assert_eq!(outcome.succeeded().stdout, "192.0.2.7:2181\n");
    assert!(
        outcome
            .stderr
            .starts_with("service zk-client: no load balancer"),
        "{outcome}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_nodes_of_ready_pods() {
    let world = exposed("NodePort").await;
    for (id, address) in [(1, "10.0.0.9"), (2, "10.0.0.12"), (3, "10.0.0.3")] {
        host(&world, id, address);
    }
    unready(&world, 3);
    let outcome = world.zk("connection-string zk --external").await;
    assert_eq!(
        outcome.succeeded().stdout,
        "10.0.0.12:31000,10.0.0.9:31000\n"
    );
    assert_eq!(world.api.log(), "get services/zk-client\nlist pods labelSelector=app.kubernetes.io/instance=zk,name=zookeeper-pod\n".replace("app.kubernetes.io/", ""));
    // Two servers on one node are one address.
    host(&world, 2, "10.0.0.9");
    let outcome = world.zk("connection-string zk --external").await;
    assert_eq!(outcome.succeeded().stdout, "10.0.0.9:31000\n");
    for id in 1..=2 {
        unready(&world, id);
    }
    insta::assert_snapshot!(world.zk("connection-string zk --external").await.failed().stderr, @r"
    error: ensemble zk has no address outside the cluster yet: Service zk-client: no pod behind it is ready, so no node is known to answer
    hint: to wait for it: kubectl zk connection-string zk --external --wait -n default
    ");
    world.api.fault(When::Always("list pods"), How::Forbidden);
    let outcome = world.zk("connection-string zk --external").await;
    assert!(
        outcome.failed().stderr.contains("cannot list resource"),
        "{outcome}"
    );
}

#[tokio::test(start_paused = true)]
async fn one_that_is_not_exposed() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("connection-string zk --external").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    error: ensemble zk has no address outside the cluster: Service zk-client is of type ClusterIP
    hint: for this machine: kubectl port-forward service/zk-client 2181 -n default
    hint: for all, and NodePort would do as well: kubectl patch service zk-client -p '{"spec":{"type":"LoadBalancer"}}' -n default
    "#);
    // Nothing to wait for.
    world
        .zk("connection-string zk --external --wait")
        .await
        .failed();
    let outcome = exposed("LoadBalancer")
        .await
        .zk("connection-string zk --for curator")
        .await;
    insta::assert_snapshot!(outcome.succeeded(), @r"
    exit 0
    --- stdout
    zk-client.default.svc:2181
    --- stderr
    note: this ensemble is exposed: a client outside the cluster wants --external, and .ensembleTracker(false)
    ");
}
