//! Ensembles that somebody made by hand: the verbs that change something leave them alone, and say what to type instead.

use serde_json::json;

use crate::by_hand::world;

#[tokio::test(start_paused = true)]
async fn create_of_its_name_is_refused() {
    let world = world();
    insta::assert_snapshot!(world.zk("create old").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot create ensemble old: an ensemble of this name was made by hand, not by kubectl zk: Service old-client, Service old-election-1, Service old-election-2, Service old-election-3, Service old-peer-1, Service old-peer-2, Service old-peer-3 are not this one's
    hint: kubectl zk status old -n default
    hint: choose another namespace: in this one its Services may find the pods of any other ensemble, too
    ");
    assert_eq!(world.zk("create old --dry-run=server").await.exit as u8, 1);
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn its_members_are_not_changed() {
    let world = world();
    for line in [
        "scale old --replicas 5 --yes",
        "scale old --observers 1 --dry-run",
        "repair old --addresses",
    ] {
        let verb = line.split_once(' ').unwrap().0;
        let said = world.zk(line).await;
        let why = format!(
            "error: cannot {verb} ensemble old: it was made by hand, not by kubectl zk, which changes only what it made\nhint: kubectl zk status old -n default\n"
        );
        assert_eq!(said.failed().stderr, why);
    }
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn delete_is_refused_with_the_command_that_does_it() {
    let world = world();
    world.api.store(|store| {
        store.change("pods", "old-1", |pod| {
            let owner = json!({"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "zookeeper-1-5d4f", "uid": "u", "controller": true});
            pod["metadata"]["ownerReferences"] = json!([owner]);
            pod["metadata"]["labels"]["pod-template-hash"] = "5d4f".into();
        });
        store.change("pods", "old-2", |pod| {
            let owner = json!({"apiVersion": "v1", "kind": "ReplicationController", "name": "zk-2", "uid": "u", "controller": true});
            pod["metadata"]["ownerReferences"] = json!([owner]);
        });
    });
    for flags in ["--yes", "--yes --delete-data", "--dry-run"] {
        let said = world.zk(&format!("delete old {flags}")).await;
        said.failed();
        assert_eq!(said.stdout, "");
    }
    insta::assert_snapshot!(world.zk("delete old --yes").await.failed().stderr, @r"
    error: cannot delete ensemble old: it was made by hand, not by kubectl zk, which changes only what it made
    hint: kubectl zk status old -n default
    hint: what is known of it is removed by: kubectl delete --ignore-not-found deployment/zookeeper-1 pod/old-3 replicationcontroller/zk-2 service/old-peer-1 service/old-election-1 service/old-peer-2 service/old-election-2 service/old-peer-3 service/old-election-3 service/old-client -n default
    hint: its PersistentVolumeClaims, and the data with them, are not among that
    ");
    assert_eq!(world.api.changes(), "");
}
