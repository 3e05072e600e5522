//! `--for`: the text alone on stdout, what it cannot say on stderr. The texts are in the unit tests.

use crate::fake::World;

#[tokio::test(start_paused = true)]
async fn each_form() {
    let world = World::with_zk().await;
    for (form, first, note) in [
        (
            "kafka",
            "zookeeper.connect=zk-client.default.svc:2181/x\n",
            "note: for server.properties of Kafka 3 and older",
        ),
        (
            "solr",
            "ZK_HOST=\"zk-client.default.svc:2181/x\"\n",
            "note: for solr.in.sh; Solr does not make the node /x",
        ),
        (
            "hbase",
            "<property>\n  <name>hbase.zookeeper.quorum</name>\n  <value>zk-client.default.svc</value>\n",
            "note: for hbase-site.xml",
        ),
        (
            "clickhouse",
            "<clickhouse>\n",
            "note: for a file in config.d; ClickHouse takes the chroot as <root>",
        ),
        (
            "spring",
            "spring.cloud.zookeeper.connect-string=zk-client.default.svc:2181/x\n",
            "note: for application.properties",
        ),
        ("curator", "zk-client.default.svc:2181/x\n", ""),
        ("env", "ZOOKEEPER=zk-client.default.svc:2181/x\n", ""),
        ("configmap", "apiVersion: v1\nkind: ConfigMap\n", ""),
        ("secret", "apiVersion: v1\nkind: Secret\n", ""),
    ] {
        let line = format!("connection-string zk --chroot /x --for {form}");
        let outcome = world.zk(&line).await;
        assert!(outcome.succeeded().stdout.starts_with(first), "{outcome}");
        assert!(
            outcome.stderr.starts_with(note) && outcome.stderr.is_empty() == note.is_empty(),
            "{outcome}"
        );
        let quiet = world.zk(&format!("{line} -q")).await;
        assert_eq!(
            (&quiet.stdout, quiet.stderr.as_str()),
            (&outcome.stdout, "")
        );
    }
}

#[tokio::test(start_paused = true)]
async fn objects_as_yaml_or_json() {
    let world = World::with_zk().await;
    let yaml = world
        .zk("connection-string zk --for configmap -o yaml")
        .await;
    assert_eq!(
        yaml.succeeded().stdout,
        world
            .zk("connection-string zk --for configmap")
            .await
            .stdout
    );
    insta::assert_snapshot!(world.zk("connection-string zk --for secret -o json").await.succeeded().stdout, @r#"
    {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {
            "name": "zk-connection",
            "namespace": "default",
            "labels": {
                "app.kubernetes.io/name": "zookeeper",
                "app.kubernetes.io/instance": "zk"
            }
        },
        "type": "Opaque",
        "stringData": {
            "ZOOKEEPER": "zk-client.default.svc:2181",
            "ZOOKEEPER_HOSTS": "zk-client.default.svc:2181",
            "ZOOKEEPER_CHROOT": "/",
            "ZOOKEEPER_CLIENT_PORT": "2181"
        }
    }
    "#);
}

/// What a form cannot say is refused before anything is made.
#[tokio::test(start_paused = true)]
async fn what_does_not_fit() {
    let world = World::with_zk().await;
    crate::connection_string::service(&world, "zk-client", |service| {
        service["spec"]["type"] = "LoadBalancer".into();
        service["status"] =
            serde_json::json!({"loadBalancer": {"ingress": [{"ip": "2001:db8::7"}]}});
    });
    let outcome = world
        .zk("connection-string zk --external --for hbase --chroot /x --create-chroot")
        .await;
    insta::assert_snapshot!(outcome.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: HBase takes hosts without ports, among which an IPv6 address cannot be told: [2001:db8::7]:2181
    ");
    assert!(world.zoo.tree(|tree| tree.nodes.is_empty()));
}
