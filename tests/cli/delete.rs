//! `delete`.

use serde_json::json;

use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;

#[tokio::test(start_paused = true)]
async fn asks_and_keeps_the_data() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(
        crate::fake::without_hash(&world.zk_answering("y", "delete zk").await.to_string()),
        @r"
        exit 0
        --- stdout
        statefulset.apps/zk-server-1 deleted
        statefulset.apps/zk-server-2 deleted
        statefulset.apps/zk-server-3 deleted
        service/zk-client deleted
        service/zk-election-1 deleted
        service/zk-election-2 deleted
        service/zk-election-3 deleted
        service/zk-peer-1 deleted
        service/zk-peer-2 deleted
        service/zk-peer-3 deleted
        poddisruptionbudget.policy/zk deleted
        configmap/zk-config-HASH deleted
        configmap/zk-founded deleted
        configmap/zk deleted
        --- stderr
        goes:
          statefulset.apps/zk-server-1
          statefulset.apps/zk-server-2
          statefulset.apps/zk-server-3
          service/zk-client
          service/zk-election-1
          service/zk-election-2
          service/zk-election-3
          service/zk-peer-1
          service/zk-peer-2
          service/zk-peer-3
          poddisruptionbudget.policy/zk
          configmap/zk-config-HASH
          configmap/zk-founded
          configmap/zk
        stays:
          persistentvolumeclaim/data-zk-server-1-0
          persistentvolumeclaim/data-zk-server-2-0
          persistentvolumeclaim/data-zk-server-3-0
          secret/zk-identity
        Delete ensemble zk in namespace default, context test? 3 clients are connected. (y/N): hint: the disks and the identity stay: `kubectl zk create zk -n default` takes them back, `kubectl zk delete zk --delete-data -n default` removes them
        "
    );
    insta::assert_snapshot!(world.api.changes(), @r"
    delete statefulsets/zk-server-1 uid=uid-12
    delete statefulsets/zk-server-2 uid=uid-15
    delete statefulsets/zk-server-3 uid=uid-18
    delete services/zk-client uid=uid-9
    delete services/zk-election-1 uid=uid-4
    delete services/zk-election-2 uid=uid-6
    delete services/zk-election-3 uid=uid-8
    delete services/zk-peer-1 uid=uid-3
    delete services/zk-peer-2 uid=uid-5
    delete services/zk-peer-3 uid=uid-7
    delete poddisruptionbudgets/zk uid=uid-2
    delete configmaps/zk-config-HASH uid=uid-10
    delete configmaps/zk-founded uid=uid-21
    delete configmaps/zk uid=uid-1
    ");
    insta::assert_snapshot!(world.api.names().join("\n"), @r"
    persistentvolumeclaims/data-zk-server-1-0
    persistentvolumeclaims/data-zk-server-2-0
    persistentvolumeclaims/data-zk-server-3-0
    secrets/zk-identity
    ");
}

#[tokio::test(start_paused = true)]
async fn no_is_no() {
    let world = World::with_zk().await;
    for answer in ["n", "", "what?"] {
        let outcome = world.zk_answering(answer, "delete zk").await;
        assert!(
            outcome
                .failed()
                .stderr
                .ends_with("(y/N): error: nothing was deleted\n"),
            "{outcome}"
        );
    }
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn without_a_terminal_it_wants_a_yes() {
    let world = World::with_zk().await;
    let outcome = world.zk("delete zk").await;
    assert!(outcome.failed().stderr.ends_with(
        "error: cannot ask for confirmation without a terminal; pass --yes to go ahead\n"
    ));
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn the_data_goes_where_it_is_said() {
    let world = World::with_zk().await;
    let outcome = world.zk_answering("y", "delete zk --delete-data").await;
    insta::assert_snapshot!(outcome.succeeded().stderr.lines().last().unwrap(), @"Delete ensemble zk AND ITS DATA in namespace default, context test? 3 clients are connected. (y/N):");
    assert_eq!(world.api.names(), [""; 0]);
    for line in world.api.changes().lines() {
        assert!(line.contains(" uid=uid-"), "{line}");
    }
}

/// What took a name meanwhile is another object, and stays.
#[tokio::test(start_paused = true)]
async fn what_is_not_the_same_object_stays() {
    let world = World::with_zk().await;
    world.api.fault(
        When::Once("delete services/zk-client"),
        How::Status(409, "Conflict"),
    );
    insta::assert_snapshot!(world.zk("delete zk --yes -q").await.failed().stderr, @r"
    Error from server (Conflict): not now
    hint: the object changed meanwhile: run the command again
    ");
    assert!(world.api.object("services", "zk-client").is_some());
    world.api.forget();
    world.zk("delete zk --yes").await.succeeded();
}

#[tokio::test(start_paused = true)]
async fn dry_runs_change_nothing() {
    let world = World::with_zk().await;
    let before = world.api.names();
    let outcome = world.zk("delete zk --dry-run").await;
    insta::assert_snapshot!(outcome.succeeded().stdout.lines().next().unwrap(), @"statefulset.apps/zk-server-1 deleted (dry run)");
    assert_eq!(world.api.changes(), "");
    let outcome = world.zk("delete zk --dry-run=server").await;
    insta::assert_snapshot!(outcome.succeeded().stdout.lines().next().unwrap(), @"statefulset.apps/zk-server-1 deleted (server dry run)");
    assert!(world.api.was_dry());
    assert_eq!(world.api.names(), before);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("delete zl --yes").await.failed(), @r#"
    exit 1
    --- stdout
    --- stderr
    error: ensemble "zl" not found in namespace "default"
    hint: did you mean zk?
    "#);
    insta::assert_snapshot!(World::default().zk("delete zk --yes").await.failed().stderr, @r#"
    error: ensemble "zk" not found in namespace "default"
    hint: kubectl zk status -A shows those of every namespace
    "#);
    world.zk("delete zk --yes").await.succeeded();
    insta::assert_snapshot!(world.zk("delete zk --yes").await.failed().stderr, @r"
    error: ensemble zk is deleted already; its disks and identity were kept
    hint: kubectl zk delete zk --delete-data -n default
    hint: kubectl zk create zk -n default
    ");
    world.zk("delete zk --yes --delete-data").await.succeeded();
    assert_eq!(world.api.names(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_others_made_is_not_ours_to_delete() {
    let world = World::default();
    world.by_hand("old");
    insta::assert_snapshot!(world.zk("delete old --yes").await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot delete ensemble old: it was made by hand, not by kubectl zk, which changes only what it made
    hint: kubectl zk status old -n default
    hint: what is known of it is removed by: kubectl delete --ignore-not-found pod/old-1 pod/old-2 pod/old-3 service/old-peer-1 service/old-election-1 service/old-peer-2 service/old-election-2 service/old-peer-3 service/old-election-3 service/old-client -n default
    hint: its PersistentVolumeClaims, and the data with them, are not among that
    ");
    assert_eq!(world.api.changes(), "");
}

#[tokio::test(start_paused = true)]
async fn pods_that_do_not_go() {
    let world = World::with_zk().await;
    world.api.store(|store| store.controllers.pods_stay = true);
    let began = tokio::time::Instant::now();
    let outcome = world.zk("delete zk --yes -q --timeout 6s").await;
    assert_eq!((outcome.exit as u8, began.elapsed().as_secs()), (124, 6));
    insta::assert_snapshot!(outcome.stderr, @r"
    error: still there: pod/zk-server-1-0, pod/zk-server-2-0, pod/zk-server-3-0: it was not done within 6s
    hint: kubectl describe pod/zk-server-1-0 -n default
    hint: run the same command again to go on
    ");
    assert!(world.api.object("services", "zk-client").is_some());
    assert!(world.api.object("configmaps", "zk").is_some());
    world.zk("delete zk --yes --no-wait").await.succeeded();
}

/// An ensemble that was never sealed is sealed before its disks are left alone; one without a quorum cannot be.
#[tokio::test(start_paused = true)]
async fn disks_are_marked_before_they_are_left() {
    let world = World::with_zk().await;
    world.api.store(|store| {
        store.remove("configmaps", "zk-founded");
        store.change("persistentvolumeclaims", "data-zk-server-1-0", |disk| {
            disk["metadata"]["annotations"] = json!({});
        });
    });
    world.zk("delete zk --yes").await.succeeded();
    let disk = world
        .api
        .object("persistentvolumeclaims", "data-zk-server-1-0")
        .unwrap();
    assert_eq!(
        disk["metadata"]["annotations"]["kubectl-zk/voters"],
        "1,2,3"
    );
}

#[tokio::test(start_paused = true)]
async fn an_ensemble_that_never_came_up() {
    let world = World::default();
    world.zoo.mood(1, Mood::Refuses);
    world.zoo.mood(2, Mood::Hangs);
    world.api.store(|store| {
        let fate = Fate::Denied("exceeded quota");
        store.controllers.decide("zk-server-3", fate);
    });
    world.zk("create zk --no-wait").await.succeeded();
    world.zk("delete zk --yes --delete-data").await.succeeded();
    let left: Vec<String> = world.api.names();
    assert_eq!(left, ["events/zk-server-3.1"]);
}

#[tokio::test(start_paused = true)]
async fn faults() {
    let world = World::with_zk().await;
    world
        .api
        .fault(When::Always("delete statefulsets"), How::Forbidden);
    insta::assert_snapshot!(world.zk("delete zk --yes -q").await.failed().stderr, @r#"
    Error from server (Forbidden): statefulsets "zk-server-1" is forbidden: User "dev" cannot delete resource "statefulsets" in API group "apps" in the namespace "default"
    hint: this needs the verb delete on statefulsets.apps in the namespace default
    hint: an administrator gives all rights that delete needs: kubectl zk rbac delete --for user dev -n default | kubectl apply -f -
    hint: then run the same command again: it goes on where this one ended
    "#);
    world.api.forget();
    world.api.fault(When::Always("delete services"), How::Drop);
    insta::assert_snapshot!(world.zk("delete zk --yes -q").await.failed().stderr, @"Unable to connect to the server: connection reset");
    world.api.forget();
    world.api.fault(When::Always("delete services"), How::Gone);
    world.zk("delete zk --yes").await.succeeded();
}

/// Cut off after any request and run again, it is deleted, and the data is there.
#[tokio::test(start_paused = true)]
async fn cut_off_anywhere_and_run_again() {
    let world = World::with_zk().await;
    world.zk("delete zk --yes").await.succeeded();
    let (left, requests) = (world.api.names(), world.api.count());
    for k in (0..requests).step_by(2) {
        let world = World::with_zk().await;
        world.api.fault(When::After(k), How::Drop);
        let cut = world.zk("delete zk --yes --timeout 9s").await;
        // The last look, of seven requests, is only for what is said of the disks.
        assert!(cut.exit as u8 != 0 || requests - 7 <= k, "{k}: {cut}");
        world.api.forget();
        let outcome = world.zk("delete zk --yes").await;
        assert!(
            outcome.exit as u8 == 0 || outcome.stderr.contains("deleted already"),
            "{outcome}"
        );
        assert_eq!(world.api.names(), left, "cut off after {k}");
    }
}
