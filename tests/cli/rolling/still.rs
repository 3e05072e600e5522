//! `update`, where nobody is restarted: Services, the network policy, larger disks.

use crate::rolling::done;
use crate::rolling::ensemble;
use crate::rolling::pods;
use crate::rolling::restarted;
use crate::rolling::update::said;
use crate::rolling::update::updated;

/// Services and the network policy restart nobody; taken away again, they are gone.
#[tokio::test(start_paused = true)]
async fn what_restarts_nobody() {
    let world = ensemble(3, 0).await;
    let before = pods(&world);
    let there = "--service-annotation a/b=c --network-policy --service-type LoadBalancer --load-balancer-source-range 10.0.0.0/8";
    let there = updated(&world, there).await;
    insta::assert_snapshot!(said(&there), @r#"
    write the intent: networkPolicy: <none> -> true, service.annotations.a/b: <none> -> c, service.sourceRanges: <none> -> ["10.0.0.0/8"], service.type: ClusterIP -> LoadBalancer
    apply networkpolicy.networking.k8s.io/zk, service/zk-client
    ensemble/zk updated
    "#);
    let back = "--unset service-type --unset load-balancer-source-range --service-annotation a/b- --network-policy=false";
    let back = updated(&world, back).await;
    insta::assert_snapshot!(said(&back), @r#"
    write the intent: networkPolicy: true -> <none>, service.annotations.a/b: c -> <none>, service.sourceRanges: ["10.0.0.0/8"] -> <none>, service.type: LoadBalancer -> ClusterIP
    apply networkpolicy.networking.k8s.io/zk, service/zk-client
    ensemble/zk updated
    "#);
    assert_eq!(pods(&world), before);
    insta::assert_snapshot!(done(&world), @"
    patch configmaps/zk fieldManager=kubectl-zk
    patch networkpolicies/zk fieldManager=kubectl-zk fieldValidation=Strict
    patch services/zk-client fieldManager=kubectl-zk fieldValidation=Strict
    patch configmaps/zk fieldManager=kubectl-zk
    patch persistentvolumeclaims/data-zk-server-1-0
    patch persistentvolumeclaims/data-zk-server-2-0
    patch persistentvolumeclaims/data-zk-server-3-0
    patch configmaps/zk fieldManager=kubectl-zk
    delete networkpolicies/zk uid=uid-26
    patch services/zk-client fieldManager=kubectl-zk fieldValidation=Strict
    patch configmaps/zk fieldManager=kubectl-zk
    patch persistentvolumeclaims/data-zk-server-1-0
    patch persistentvolumeclaims/data-zk-server-2-0
    patch persistentvolumeclaims/data-zk-server-3-0
    ");
    let service = world.api.object("services", "zk-client").unwrap();
    assert!(service["metadata"]["annotations"].is_null());
    assert_eq!(service["spec"]["type"], "ClusterIP");
}

/// Disks grow; their StatefulSets are made again around the pods, which stay.
#[tokio::test(start_paused = true)]
async fn larger_disks() {
    let world = ensemble(3, 0).await;
    let before = pods(&world);
    world.zk("restart zk --id 2 -q").await.succeeded();
    world.api.forget();
    let outcome = updated(&world, "--storage 16Gi").await;
    insta::assert_snapshot!(said(&outcome), @"
    write the intent: storage.claim.size: 8Gi -> 16Gi
    grow the disks of servers 1, 2 and 3 to 16Gi
    apply statefulset.apps/zk-server-1, statefulset.apps/zk-server-2, statefulset.apps/zk-server-3
      looking again: statefulset.apps/zk-server-1, statefulset.apps/zk-server-2, statefulset.apps/zk-server-3 goes first, and is made again
    ensemble/zk updated
    ");
    insta::assert_snapshot!(done(&world), @"
    patch configmaps/zk fieldManager=kubectl-zk
    patch persistentvolumeclaims/data-zk-server-1-0
    patch persistentvolumeclaims/data-zk-server-2-0
    patch persistentvolumeclaims/data-zk-server-3-0
    delete statefulsets/zk-server-1 uid=uid-12 propagationPolicy=Orphan
    delete statefulsets/zk-server-2 uid=uid-15 propagationPolicy=Orphan
    delete statefulsets/zk-server-3 uid=uid-18 propagationPolicy=Orphan
    patch statefulsets/zk-server-1 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-2 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-3 fieldManager=kubectl-zk fieldValidation=Strict
    patch statefulsets/zk-server-2 fieldManager=kubectl-zk
    patch configmaps/zk fieldManager=kubectl-zk
    patch persistentvolumeclaims/data-zk-server-1-0
    patch persistentvolumeclaims/data-zk-server-2-0
    patch persistentvolumeclaims/data-zk-server-3-0
    ");
    assert_eq!(restarted(&world, &before), [2]);
    let disk = world
        .api
        .object("persistentvolumeclaims", "data-zk-server-3-0")
        .unwrap();
    assert_eq!(disk["spec"]["resources"]["requests"]["storage"], "16Gi");
    let again = updated(&world, "--storage 16Gi").await;
    assert_eq!(again.succeeded().stderr, "ensemble/zk unchanged\n");
}
