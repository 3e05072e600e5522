//! `update`: what changes, and who is restarted for it.

use crate::fake::Outcome;
use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::without_hash;
use crate::rolling::does_as_told;
use crate::rolling::done;
use crate::rolling::ensemble;
use crate::rolling::pods;
use crate::rolling::restarted;

pub(super) async fn updated(world: &World, flags: &str) -> Outcome {
    world.zk(&format!("update zk {flags}")).await
}

/// The intent, or another key of its ConfigMap, as it is kept.
pub(super) fn kept(world: &World, key: &str) -> String {
    let map = world.api.object("configmaps", "zk").unwrap();
    map["data"][key].as_str().unwrap_or_default().to_owned()
}

pub(super) fn said(outcome: &Outcome) -> String {
    without_hash(&outcome.succeeded().stderr)
}

#[tokio::test(start_paused = true)]
async fn image() {
    let world = ensemble(3, 0).await;
    let before = pods(&world);
    let outcome = updated(&world, "--image zookeeper:3.9.5-jre-17").await;
    insta::assert_snapshot!(without_hash(&outcome.succeeded().to_string()), @"
    exit 0
    --- stdout
    healthy · leader 1 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD             NODE     LAG   CLIENTS   LATENCY   AGE
    1        leader     serving   zk-server-1-0   node-1   0     1         11.0ms    3d1h
    2        follower   serving   zk-server-2-0   node-2   0     1         3.7ms     3d1h
    3        follower   serving   zk-server-3-0   node-3   0     1         3.7ms     3d1h
    --- stderr
    write the intent: image: zookeeper:3.9.5 -> zookeeper:3.9.5-jre-17
    apply 1 poddisruptionbudget.policy, 7 service, 3 statefulset.apps
    restart server 2
    restart server 3
    restart server 1, the leader
    ensemble/zk updated
    ");
    insta::assert_snapshot!(done(&world), @"
    patch configmaps/zk fieldManager=kubectl-zk
    patch poddisruptionbudgets/zk fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-peer-1 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-election-1 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-peer-2 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-election-2 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-peer-3 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-election-3 fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-client fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-1 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-2 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-3 fieldManager=kubectl-zk fieldValidation=Strict
    create pods/zk-server-2-0/eviction uid=uid-17
    create pods/zk-server-3-0/eviction uid=uid-20
    create pods/zk-server-1-0/eviction uid=uid-14
    patch configmaps/zk fieldManager=kubectl-zk
    patch persistentvolumeclaims/data-zk-server-1-0
    patch persistentvolumeclaims/data-zk-server-2-0
    patch persistentvolumeclaims/data-zk-server-3-0
    ");
    assert_eq!(restarted(&world, &before), [1, 2, 3]);
    for id in 1..=3 {
        let pod = world
            .api
            .object("pods", &format!("zk-server-{id}-0"))
            .unwrap();
        let image = &pod["spec"]["containers"][0]["image"];
        assert_eq!(image, "zookeeper:3.9.5-jre-17");
    }
}

#[tokio::test(start_paused = true)]
async fn dry_run() {
    let world = ensemble(3, 0).await;
    let outcome = updated(&world, "--memory 2Gi --config tickTime=3000 --dry-run").await;
    insta::assert_snapshot!(without_hash(&outcome.to_string()), @"
    exit 0
    --- stdout
    write the intent: config.tickTime: <none> -> 3000, memory: 1Gi -> 2Gi
    apply 1 configmap, 3 statefulset.apps
    restart server 2
    restart server 3
    restart server 1, the leader
    --- stderr
    ensemble/zk updated (dry run)
    ");
    assert!(world.api.was_dry());
    for flags in [
        "--memory 2Gi --config tickTime=3000",
        "--service-type NodePort --storage 9Gi",
        "--network-policy --pod-label team=a",
        "--network-policy=false --pod-label team- --config tickTime-",
        "--undo",
    ] {
        does_as_told(&world, &format!("update zk {flags}")).await;
    }
}

#[tokio::test(start_paused = true)]
async fn as_json() {
    let world = ensemble(1, 0).await;
    let outcome = updated(&world, "--storage 9Gi --memory 2Gi -o json").await;
    insta::assert_snapshot!(outcome.succeeded().stdout, @r#"
    {
        "apiVersion": "kubectl-zk/v1",
        "kind": "Steps",
        "name": "zk",
        "namespace": "default",
        "dryRun": false,
        "steps": [
            {
                "action": "wish",
                "changes": [
                    "memory: 1Gi -> 2Gi",
                    "storage.claim.size: 8Gi -> 9Gi"
                ],
                "what": "write the intent: memory: 1Gi -> 2Gi, storage.claim.size: 8Gi -> 9Gi"
            },
            {
                "action": "grow",
                "servers": [
                    1
                ],
                "size": "9Gi",
                "what": "grow the disk of server 1 to 9Gi"
            },
            {
                "action": "apply",
                "objects": [
                    "statefulset.apps/zk-server-1"
                ],
                "servers": [
                    1
                ],
                "what": "apply statefulset.apps/zk-server-1"
            },
            {
                "action": "restart",
                "server": 1,
                "serves": true,
                "leads": true,
                "what": "restart server 1, the leader"
            }
        ]
    }
    "#);
}

/// A setting, a setting less, all settings less: a configuration that nobody runs any more goes last.
#[tokio::test(start_paused = true)]
async fn settings() {
    let world = ensemble(3, 0).await;
    let set = updated(&world, "--config tickTime=3000 --config syncLimit=8").await;
    insta::assert_snapshot!(said(&set), @"
    write the intent: config.syncLimit: <none> -> 8, config.tickTime: <none> -> 3000
    apply 1 configmap, 3 statefulset.apps
    restart server 2
    restart server 3
    restart server 1, the leader
    configmap/zk-config-HASH deleted: no server runs it any more
    ensemble/zk updated
    ");
    let last = done(&world);
    let last = last.lines().last().unwrap();
    assert!(last.starts_with("delete configmaps/zk-config-"), "{last}");
    let removed = updated(&world, "--config syncLimit-").await;
    insta::assert_snapshot!(said(&removed), @"
    write the intent: config.syncLimit: 8 -> <none>
    apply 1 configmap, 3 statefulset.apps
    restart server 2
    restart server 3
    restart server 1, the leader
    configmap/zk-config-HASH deleted: no server runs it any more
    ensemble/zk updated
    ");
    assert!(!kept(&world, "ensemble.json").contains("syncLimit"));
    let unset = updated(&world, "--unset config").await;
    insta::assert_snapshot!(said(&unset), @"
    write the intent: config.tickTime: 3000 -> <none>
    apply 1 configmap, 3 statefulset.apps
    restart server 2
    restart server 3
    restart server 1, the leader
    configmap/zk-config-HASH deleted: no server runs it any more
    ensemble/zk updated
    ");
    let maps = world.api.names().into_iter();
    let maps = maps.filter(|name| name.contains("/zk-config-"));
    assert_eq!(maps.count(), 1);
}

/// What is as it shall be is not touched at all.
#[tokio::test(start_paused = true)]
async fn the_same_again() {
    let world = ensemble(3, 0).await;
    let flags = "--image zookeeper:3.9.4 --memory 2Gi --config tickTime=3000";
    updated(&world, flags).await.succeeded();
    world.api.forget();
    for flags in [flags, "", "--config tickTime=3000 --config syncLimit-"] {
        let outcome = updated(&world, flags).await;
        assert_eq!(outcome.succeeded().stderr, "ensemble/zk unchanged\n");
    }
    assert_eq!(done(&world), "");
}

/// A server that is down comes first.
#[tokio::test(start_paused = true)]
async fn while_a_server_is_down() {
    let world = ensemble(3, 0).await;
    world.zoo.mood(3, Mood::Hangs);
    let before = pods(&world);
    let rolled = updated(&world, "--memory 2Gi").await;
    insta::assert_snapshot!(said(&rolled), @"
    write the intent: memory: 1Gi -> 2Gi
    apply statefulset.apps/zk-server-1, statefulset.apps/zk-server-2, statefulset.apps/zk-server-3
    restart server 3, which does not serve
    restart server 2
    restart server 1, the leader
    ensemble/zk updated
    ");
    assert_eq!(restarted(&world, &before), [1, 2, 3]);
}
