//! `connection-string`: what goes to stdout is the string alone; and what it asks for.

mod chroot;
mod external;
mod forms;
mod servers;
mod verify;

use serde_json::Value;
use serde_json::json;

use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;

/// Changes a Service of the default namespace.
fn service(world: &World, name: &str, change: impl FnOnce(&mut Value)) {
    world
        .api
        .store(|store| store.change("services", name, change));
}

/// A server's pod of `zk` is not ready any more.
fn unready(world: &World, id: u8) {
    world.api.store(|store| {
        store.change("pods", &format!("zk-server-{id}-0"), |pod| {
            pod["status"]["conditions"][0]["status"] = "False".into();
        });
    });
}

/// An ensemble made by hand, `old`, whose Services carry ports as people name them.
pub(crate) fn by_hand() -> World {
    let world = World::default();
    world.by_hand("old");
    service(&world, "old-client", |service| {
        service["spec"]["ports"] =
            json!([{"name": "zookeeper", "port": 12181, "targetPort": 2181}]);
    });
    for id in 1..=3 {
        service(&world, &format!("old-peer-{id}"), |service| {
            service["spec"]["ports"] = json!([{"name": "server", "port": 2888}, {"name": "zookeeper-client-port", "port": 2181}]);
        });
    }
    world
}

#[tokio::test(start_paused = true)]
async fn the_service_of_all_servers() {
    let world = World::with_zk().await;
    for (line, string) in [
        ("connection-string zk", "zk-client.default.svc:2181\n"),
        ("connection-string zk -q", "zk-client.default.svc:2181\n"),
        (
            "connection-string zk --chroot /",
            "zk-client.default.svc:2181\n",
        ),
        (
            "connection-string zk --chroot /kafka",
            "zk-client.default.svc:2181/kafka\n",
        ),
        (
            "connection-string zk --cluster-domain cluster.local --chroot /a/b",
            "zk-client.default.svc.cluster.local:2181/a/b\n",
        ),
    ] {
        world.api.forget();
        let outcome = world.zk(line).await;
        assert_eq!(
            (outcome.succeeded().stdout.as_str(), outcome.stderr.as_str()),
            (string, ""),
            "{line}"
        );
        // One request, and no server is asked: it is as quick as `kubectl get service`.
        assert_eq!(world.api.log(), "get services/zk-client\n", "{line}");
    }
    let last = world.zoo.asked().len();
    world.zk("connection-string zk").await.succeeded();
    assert_eq!(world.zoo.asked().len(), last);
}

#[tokio::test(start_paused = true)]
async fn create_prints_the_same() {
    let world = World::default();
    let outcome = world.zk("create zk").await;
    let string = world.zk("connection-string zk").await;
    let last = outcome.succeeded().stdout.lines().last().unwrap();
    assert_eq!(
        last,
        format!(
            "clients connect to {}",
            string.succeeded().stdout.trim_end()
        )
    );
}

#[tokio::test(start_paused = true)]
async fn one_made_by_hand() {
    let world = by_hand();
    let outcome = world.zk("connection-string old").await;
    assert_eq!(outcome.succeeded().stdout, "old-client.default.svc:12181\n");
    assert_eq!(world.api.log(), "get services/old-client\n");
    // A Service that says nothing of itself is asked about.
    service(&world, "old-client", |service| {
        service["spec"]["selector"] = json!({"app": "zk"});
    });
    let outcome = world.zk("connection-string old").await;
    assert_eq!(outcome.succeeded().stdout, "old-client.default.svc:12181\n");
    service(&world, "old-client", |service| {
        service["spec"]["ports"] = json!([{"name": "a", "port": 1}, {"name": "b", "port": 2}]);
    });
    insta::assert_snapshot!(world.zk("connection-string old").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: Service old-client carries no port for clients
    hint: kubectl get service old-client -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn formats() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("connection-string zk --servers --chroot /a -o json").await.succeeded().stdout, @r#"
    {
        "apiVersion": "kubectl-zk/v1",
        "kind": "ConnectionString",
        "name": "zk",
        "namespace": "default",
        "connectionString": "zk-peer-1.default.svc:2181,zk-peer-2.default.svc:2181,zk-peer-3.default.svc:2181/a",
        "hosts": [
            {
                "host": "zk-peer-1.default.svc",
                "port": 2181,
                "service": "zk-peer-1",
                "server": 1
            },
            {
                "host": "zk-peer-2.default.svc",
                "port": 2181,
                "service": "zk-peer-2",
                "server": 2
            },
            {
                "host": "zk-peer-3.default.svc",
                "port": 2181,
                "service": "zk-peer-3",
                "server": 3
            }
        ],
        "chroot": "/a",
        "external": false
    }
    "#);
    insta::assert_snapshot!(world.zk("connection-string zk -o yaml").await.succeeded().stdout, @r"
    apiVersion: kubectl-zk/v1
    kind: ConnectionString
    name: zk
    namespace: default
    connectionString: zk-client.default.svc:2181
    hosts:
    - host: zk-client.default.svc
      port: 2181
      service: zk-client
      server: null
    chroot: null
    external: false
    ");
    insta::assert_snapshot!(world.zk("connection-string zk --servers -o wide").await.succeeded().stdout, @r"
    HOST                    PORT   SERVICE     SERVER
    zk-peer-1.default.svc   2181   zk-peer-1   1
    zk-peer-2.default.svc   2181   zk-peer-2   2
    zk-peer-3.default.svc   2181   zk-peer-3   3
    ");
    for (format, text) in [
        ("name", "service/zk-client\n"),
        ("jsonpath={.hosts[0].port}", "2181"),
        (
            "custom-columns=S:.connectionString",
            "S\nzk-client.default.svc:2181\n",
        ),
    ] {
        let outcome = world.zk(&format!("connection-string zk -o {format}")).await;
        assert_eq!(outcome.succeeded().stdout, text, "{format}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("connection-string zl").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    error: ensemble "zl" not found in namespace "default"
    hint: did you mean zk?
    "#);
    for how in ["--servers", "--external"] {
        let outcome = world.zk(&format!("connection-string zl {how}")).await;
        assert!(
            outcome.failed().stderr.contains("did you mean zk?"),
            "{outcome}"
        );
    }
    world
        .api
        .store(|store| store.remove("services", "zk-client"));
    insta::assert_snapshot!(world.zk("connection-string zk").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: ensemble zk has no Service zk-client
    hint: each server's own Service: kubectl zk connection-string zk --servers -n default
    ");
}

/// The Service of another ensemble may have the name.
#[tokio::test(start_paused = true)]
async fn a_service_of_something_else() {
    let world = World::default();
    world.api.store(|store| {
        store.put(
            "services",
            "default",
            json!({"metadata": {"name": "shop-client"}, "spec": {"ports": [{"port": 80}]}}),
        );
    });
    insta::assert_snapshot!(world.zk("connection-string shop").await.failed().stderr, @r#"
    error: ensemble "shop" not found in namespace "default"
    hint: kubectl zk status -A shows those of every namespace
    "#);
}

#[tokio::test(start_paused = true)]
async fn without_the_right() {
    let world = World::with_zk().await;
    world
        .api
        .fault(When::Always("get services"), How::Forbidden);
    insta::assert_snapshot!(world.zk("connection-string zk").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    Error from server (Forbidden): services "zk-client" is forbidden: User "dev" cannot get resource "services" in API group "" in the namespace "default"
    hint: this needs the verb get on services in the namespace default
    hint: an administrator gives all rights that connection-string needs: kubectl zk rbac connection-string --for user dev -n default | kubectl apply -f -
    "#);
    world.api.forget();
    world
        .api
        .fault(When::Always("list services"), How::Forbidden);
    insta::assert_snapshot!(world.zk("connection-string zk --servers").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    Error from server (Forbidden): services is forbidden: User "dev" cannot list resource "services" in API group "" in the namespace "default"
    hint: this needs the verb list on services in the namespace default
    hint: an administrator gives all rights that connection-string needs: kubectl zk rbac connection-string --for user dev -n default | kubectl apply -f -
    "#);
    assert_eq!(
        world.zk("connection-string zk").await.succeeded().stderr,
        ""
    );
}
