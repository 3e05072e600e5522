//! `create` that only prints: what would be made, and what was.

use crate::fake::World;
use crate::fake::without_hash;

#[tokio::test(start_paused = true)]
async fn a_dry_run_of_the_client_needs_no_server() {
    let world = World::default();
    let outcome = world
        .zk("create zk --dry-run=client -o name --with-identity")
        .await;
    let stdout = outcome.succeeded().stdout.clone();
    insta::assert_snapshot!(without_hash(&stdout), @r"
    configmap/zk
    poddisruptionbudget.policy/zk
    service/zk-peer-1
    service/zk-election-1
    service/zk-peer-2
    service/zk-election-2
    service/zk-peer-3
    service/zk-election-3
    service/zk-client
    configmap/zk-config-HASH
    secret/zk-identity
    statefulset.apps/zk-server-1
    statefulset.apps/zk-server-2
    statefulset.apps/zk-server-3
    ");
    let yaml = world.zk("create zk --dry-run -o yaml").await;
    insta::assert_snapshot!(yaml.succeeded().stderr, @"hint: the Secret zk-identity is not printed: --with-identity prints a fresh one, and `kubectl zk create zk` makes one");
    assert_eq!(yaml.stdout.matches("\n---\n").count(), 12);
    assert!(!yaml.stdout.contains("kind: Secret"));
    assert_eq!(world.api.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_of_the_server_keeps_nothing() {
    let world = World::default();
    let outcome = world.zk("create zk --dry-run=server").await;
    insta::assert_snapshot!(outcome, @r"
    exit 0
    --- stdout
    --- stderr
    ensemble/zk: 14 objects created (server dry run)
    ");
    assert!(world.api.was_dry());
    assert!(
        world.api.changes().lines().count() == 14,
        "{}",
        world.api.changes()
    );
    assert_eq!(world.api.names(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_was_made_in_other_formats() {
    let outcome = World::default().zk("create zk -o name -q").await;
    insta::assert_snapshot!(without_hash(&outcome.to_string()), @r"
    exit 0
    --- stdout
    configmap/zk
    poddisruptionbudget.policy/zk
    service/zk-peer-1
    service/zk-election-1
    service/zk-peer-2
    service/zk-election-2
    service/zk-peer-3
    service/zk-election-3
    service/zk-client
    configmap/zk-config-HASH
    statefulset.apps/zk-server-1
    statefulset.apps/zk-server-2
    statefulset.apps/zk-server-3
    --- stderr
    ");
    let json: serde_json::Value = {
        let outcome = World::default().zk("create zk -o json").await;
        serde_json::from_str(&outcome.succeeded().stdout).unwrap()
    };
    assert_eq!(json["items"].as_array().unwrap().len(), 13);
}

/// Templates and columns take their paths from the list that `-o json` prints.
#[tokio::test(start_paused = true)]
async fn what_would_be_made_in_templates_and_columns() {
    let world = World::default();
    let services = r#"-o jsonpath={.items[?(@.kind=="Service")].metadata.name}"#;
    let outcome = world
        .zk(&format!(
            "create zk --replicas 1 --dry-run=client {services}"
        ))
        .await;
    assert_eq!(
        outcome.succeeded().stdout,
        "zk-peer-1 zk-election-1 zk-client"
    );
    let columns = "-o custom-columns=KIND:.kind,NAME:.metadata.name";
    let outcome = world
        .zk(&format!(
            "create zk --replicas 1 --dry-run=client {columns}"
        ))
        .await;
    insta::assert_snapshot!(without_hash(&outcome.succeeded().stdout), @r"
    KIND                  NAME
    ConfigMap             zk
    PodDisruptionBudget   zk
    Service               zk-peer-1
    Service               zk-election-1
    Service               zk-client
    ConfigMap             zk-config-HASH
    StatefulSet           zk-server-1
    ");
}

/// As in kubectl, what follows a flag is its value, even if it begins with a hyphen.
#[tokio::test(start_paused = true)]
async fn a_value_that_begins_with_a_hyphen() {
    let world = World::default();
    let printed = world
        .zk("create zk --dry-run=client -o yaml --jvm-flags -Xss512k")
        .await;
    assert!(printed.succeeded().stdout.contains("-Xss512k"), "{printed}");
}
