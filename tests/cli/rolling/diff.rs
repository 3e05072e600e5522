//! `diff`: what others have changed, and what an update would.

use serde_json::json;

use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::without_hash;
use crate::rolling::ensemble;

#[tokio::test(start_paused = true)]
async fn nothing() {
    let world = ensemble(3, 0).await;
    insta::assert_snapshot!(world.zk("diff zk").await.succeeded(), @"
    exit 0
    --- stdout
    --- stderr
    ");
    insta::assert_snapshot!(world.zk("diff zk --memory 1Gi -o json").await.succeeded().stdout, @r#"
    {
        "apiVersion": "kubectl-zk/v1",
        "kind": "Diff",
        "name": "zk",
        "namespace": "default",
        "intent": [],
        "objects": []
    }
    "#);
    assert_eq!(world.zk("diff zk -o name").await.succeeded().stdout, "");
    assert!(world.api.was_dry());
}

/// Someone has edited fields, deleted an object, and made one that shall not be.
async fn changed() -> World {
    let world = ensemble(3, 0).await;
    world.api.store(|store| {
        store.change("services", "zk-client", |service| {
            service["spec"]["type"] = "NodePort".into();
            service["metadata"]["labels"]["app.kubernetes.io/version"] = "3.8.0".into();
        });
        store.change("statefulsets", "zk-server-2", |set| {
            let container = &mut set["spec"]["template"]["spec"]["containers"][0];
            container["image"] = "zookeeper:3.8.0".into();
        });
        store.remove("services", "zk-election-3");
        let labels = json!({"app.kubernetes.io/instance": "zk", "app.kubernetes.io/managed-by": "kubectl-zk"});
        let policy = json!({"metadata": {"name": "zk", "labels": labels}, "spec": {}});
        store.put("networkpolicies", "default", policy);
    });
    world
}

#[tokio::test(start_paused = true)]
async fn what_others_have_changed() {
    let world = changed().await;
    insta::assert_snapshot!(world.zk("diff zk").await.failed(), @"
    exit 1
    --- stdout
    networkpolicy.networking.k8s.io/zk
      unwanted
    service/zk-election-3
      missing
    service/zk-client
      metadata.labels[app.kubernetes.io/version]: 3.8.0 -> 3.9.5
      spec.type: NodePort -> ClusterIP
    statefulset.apps/zk-server-2
      spec.template.spec.containers[0].image: zookeeper:3.8.0 -> zookeeper:3.9.5
    --- stderr
    ");
    insta::assert_snapshot!(world.zk("diff zk -o name").await.failed().stdout, @"
    networkpolicy.networking.k8s.io/zk
    service/zk-election-3
    service/zk-client
    statefulset.apps/zk-server-2
    ");
    insta::assert_snapshot!(world.zk("diff zk -o json").await.failed().stdout, @r#"
    {
        "apiVersion": "kubectl-zk/v1",
        "kind": "Diff",
        "name": "zk",
        "namespace": "default",
        "intent": [],
        "objects": [
            {
                "object": "networkpolicy.networking.k8s.io/zk",
                "state": "unwanted",
                "restarts": false,
                "fields": []
            },
            {
                "object": "service/zk-election-3",
                "state": "missing",
                "restarts": false,
                "fields": []
            },
            {
                "object": "service/zk-client",
                "state": "differs",
                "restarts": false,
                "fields": [
                    {
                        "field": "metadata.labels[app.kubernetes.io/version]",
                        "have": "3.8.0",
                        "want": "3.9.5"
                    },
                    {
                        "field": "spec.type",
                        "have": "NodePort",
                        "want": "ClusterIP"
                    }
                ]
            },
            {
                "object": "statefulset.apps/zk-server-2",
                "state": "differs",
                "restarts": true,
                "fields": [
                    {
                        "field": "spec.template.spec.containers[0].image",
                        "have": "zookeeper:3.8.0",
                        "want": "zookeeper:3.9.5"
                    }
                ]
            }
        ]
    }
    "#);
    insta::assert_snapshot!(world.zk("diff zk -o custom-columns=O:.objects[*].object,R:.objects[*].restarts").await.failed().stdout, @"
    O                                                                                                         R
    networkpolicy.networking.k8s.io/zk,service/zk-election-3,service/zk-client,statefulset.apps/zk-server-2   false,false,false,true
    ");
    assert!(world.api.was_dry());
}

/// The name alone makes all of it as it shall be.
#[tokio::test(start_paused = true)]
async fn and_update_mends_it() {
    let world = changed().await;
    insta::assert_snapshot!(world.zk("update zk").await.succeeded().stderr, @"
    apply 1 networkpolicy.networking.k8s.io, 2 service, 1 statefulset.apps
    ensemble/zk updated
    ");
    assert_eq!(world.zk("diff zk").await.succeeded().stdout, "");
}

/// A policy of somebody else, which has the name, is none of ours.
#[tokio::test(start_paused = true)]
async fn a_policy_of_somebody_else() {
    let world = ensemble(3, 0).await;
    world.api.store(|store| {
        let policy = json!({"metadata": {"name": "zk"}, "spec": {}});
        store.put("networkpolicies", "default", policy);
    });
    assert_eq!(world.zk("diff zk").await.succeeded().stdout, "");
    world.zk("update zk --memory 2Gi -q").await.succeeded();
    assert!(world.api.object("networkpolicies", "zk").is_some());
}

#[tokio::test(start_paused = true)]
async fn what_an_update_would_change() {
    let world = ensemble(3, 0).await;
    let flags = "--memory 2Gi --config tickTime=3000 --storage 9Gi --network-policy";
    let outcome = world.zk(&format!("diff zk {flags}")).await;
    insta::assert_snapshot!(without_hash(&outcome.failed().stdout), @"
    intent
      config.tickTime: <none> -> 3000
      memory: 1Gi -> 2Gi
      networkPolicy: <none> -> true
      storage.claim.size: 8Gi -> 9Gi
    networkpolicy.networking.k8s.io/zk
      missing
    configmap/zk-config-HASH
      missing
    statefulset.apps/zk-server-1
      spec.template.spec.containers[0].env[5].value: 614 -> 1228
      spec.template.spec.containers[0].resources.limits.memory: 1Gi -> 2Gi
      spec.template.spec.containers[0].resources.requests.memory: 1Gi -> 2Gi
      spec.template.spec.volumes[0].configMap.name: zk-config-HASH -> zk-config-HASH
      spec.volumeClaimTemplates[0].spec.resources.requests.storage: 8Gi -> 9Gi
    statefulset.apps/zk-server-2
      spec.template.spec.containers[0].env[5].value: 614 -> 1228
      spec.template.spec.containers[0].resources.limits.memory: 1Gi -> 2Gi
      spec.template.spec.containers[0].resources.requests.memory: 1Gi -> 2Gi
      spec.template.spec.volumes[0].configMap.name: zk-config-HASH -> zk-config-HASH
      spec.volumeClaimTemplates[0].spec.resources.requests.storage: 8Gi -> 9Gi
    statefulset.apps/zk-server-3
      spec.template.spec.containers[0].env[5].value: 614 -> 1228
      spec.template.spec.containers[0].resources.limits.memory: 1Gi -> 2Gi
      spec.template.spec.containers[0].resources.requests.memory: 1Gi -> 2Gi
      spec.template.spec.volumes[0].configMap.name: zk-config-HASH -> zk-config-HASH
      spec.volumeClaimTemplates[0].spec.resources.requests.storage: 8Gi -> 9Gi
    ");
    let unset = world.zk("diff zk --unset cpu --config tickTime-").await;
    assert_eq!(unset.succeeded().stdout, "");
}

/// Whoever owns a field, it is only compared.
#[tokio::test(start_paused = true)]
async fn fields_of_others() {
    let world = ensemble(3, 0).await;
    let owned = How::Owned("kubectl-edit", ".spec.type");
    world
        .api
        .fault(When::Always("patch services/zk-client"), owned);
    let outcome = world.zk("diff zk --service-type NodePort").await;
    insta::assert_snapshot!(outcome.failed().stdout, @"
    intent
      service.type: ClusterIP -> NodePort
    service/zk-client
      spec.type: ClusterIP -> NodePort
    ");
}

#[tokio::test(start_paused = true)]
async fn faults() {
    let world = ensemble(3, 0).await;
    world.api.fault(When::Always("get services"), How::Drop);
    insta::assert_snapshot!(world.zk("diff zk").await.failed(), @"
    exit 1
    --- stdout
    --- stderr
    Unable to connect to the server: connection reset
    ");
}
