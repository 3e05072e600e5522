//! `update`, and the way back: what does not come up, what was before, and releases that deserve a word.

use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::without_hash;
use crate::rolling::ensemble;
use crate::rolling::pods;
use crate::rolling::restarted;
use crate::rolling::update::kept;
use crate::rolling::update::said;
use crate::rolling::update::updated;

pub(super) fn cannot_be_pulled(world: &World, image: &str) {
    let fate = Fate::Waits("ImagePullBackOff", "it is not found");
    world
        .api
        .store(|store| store.controllers.decide_image(image, fate));
}

/// The first server that cannot come up ends it, and the way back is told, and works.
#[tokio::test(start_paused = true)]
async fn an_image_that_cannot_be_pulled() {
    let world = ensemble(3, 0).await;
    let before = pods(&world);
    cannot_be_pulled(&world, "zookeeper:3.9.55");
    let failed = updated(&world, "--image zookeeper:3.9.55").await;
    insta::assert_snapshot!(without_hash(&failed.failed().to_string()), @"
    exit 1
    --- stdout
    --- stderr
    write the intent: image: zookeeper:3.9.5 -> zookeeper:3.9.55
    apply 1 poddisruptionbudget.policy, 7 service, 3 statefulset.apps
    restart server 2
    server 1: leader
    server 2: preparing: image zookeeper:3.9.55 cannot be pulled: it is not found
    server 3: follower
    waiting: server 2: image zookeeper:3.9.55 cannot be pulled: it is not found
    error: cannot update ensemble zk: server 2: image zookeeper:3.9.55 cannot be pulled: it is not found
    hint: kubectl describe pod zk-server-2-0 -n default
    hint: kubectl zk status zk -n default
    hint: go back: kubectl zk update zk --undo -n default
    ");
    assert_eq!(restarted(&world, &before), [2]);
    let stuck = pods(&world);
    let back = updated(&world, "--undo").await;
    insta::assert_snapshot!(said(&back), @"
    write the intent: image: zookeeper:3.9.55 -> zookeeper:3.9.5
    apply 1 poddisruptionbudget.policy, 7 service, 3 statefulset.apps
    restart server 2, which does not serve
    ensemble/zk rolled back
    ");
    assert_eq!(
        restarted(&world, &stuck),
        [2],
        "the others were never touched"
    );
    let again = updated(&world, "").await;
    assert_eq!(again.succeeded().stderr, "ensemble/zk unchanged\n");
}

/// What was before is kept beside what is; its size is the one of now.
#[tokio::test(start_paused = true)]
async fn undo() {
    let world = ensemble(3, 0).await;
    let nothing = updated(&world, "--undo").await;
    insta::assert_snapshot!(nothing.failed().stderr, @"error: ensemble zk has had no update: there is nothing to undo");
    let first = kept(&world, "ensemble.json");
    updated(&world, "--memory 2Gi --config tickTime=3000 -q")
        .await
        .succeeded();
    assert_eq!(kept(&world, "before.json"), first);
    world.zk("scale zk --replicas 5 -q").await.succeeded();
    updated(&world, "--undo -q").await.succeeded();
    let five = first.replace("\"replicas\": 3", "\"replicas\": 5");
    let five = five.replace("\"replicas\": 5,", "\"replicas\": 5,\n  \"founders\": 3,");
    assert_eq!(kept(&world, "ensemble.json"), five);
    updated(&world, "--undo -q").await.succeeded();
    assert!(kept(&world, "ensemble.json").contains("tickTime"));
}

/// Cut off, the way back is gone on with by the name alone: typed again, `--undo` would undo it.
#[tokio::test(start_paused = true)]
async fn an_undo_that_is_cut_off() {
    let world = ensemble(3, 0).await;
    let first = kept(&world, "ensemble.json");
    updated(&world, "--memory 2Gi -q").await.succeeded();
    let before = pods(&world);
    let cut = updated(&world, "--undo --timeout 300ms").await;
    assert!(
        cut.stderr
            .ends_with("hint: go on with it: kubectl zk update zk -n default\n"),
        "{cut}"
    );
    updated(&world, "-q").await.succeeded();
    assert_eq!(kept(&world, "ensemble.json"), first);
    assert_eq!(restarted(&world, &before), [1, 2, 3]);
}

/// Releases backwards, and those that lose data, have a word; their servers are restarted all the same.
#[tokio::test(start_paused = true)]
async fn releases_that_deserve_a_word() {
    for (image, words) in [
        ("zookeeper:3.9.4", &["goes back"][..]),
        ("zookeeper:3.9.3", &["goes back", "can lose committed"]),
        ("zookeeper:3.8.6", &["goes back"]),
        ("zookeeper:3.9.6", &[]),
        (
            "registry.example/zookeeper:3.8.4-debian",
            &["goes back", "can lose committed"],
        ),
        ("registry.example/zookeeper@sha256:0123", &[]),
    ] {
        let world = ensemble(3, 0).await;
        let outcome = updated(&world, &format!("--image {image}")).await;
        let warnings = outcome.succeeded().stderr.lines();
        let warnings: Vec<&str> = warnings.filter(|it| it.starts_with("Warning")).collect();
        assert_eq!(warnings.len(), words.len(), "{outcome}");
        for (warning, word) in warnings.iter().zip(words) {
            assert!(warning.contains(word), "{outcome}");
        }
    }
    let world = ensemble(3, 0).await;
    let outcome = updated(&world, "--image zookeeper:3.9.3 --dry-run").await;
    insta::assert_snapshot!(without_hash(&outcome.to_string()), @"
    exit 0
    --- stdout
    write the intent: image: zookeeper:3.9.5 -> zookeeper:3.9.3
    apply 1 poddisruptionbudget.policy, 7 service, 3 statefulset.apps
    restart server 2
    restart server 3
    restart server 1, the leader
    --- stderr
    Warning: 3.9.5 -> 3.9.3 goes back: between 3.8 and 3.9 no data is lost by it, settings that 3.9.3 does not know must go first
    Warning: ZooKeeper 3.9.3 can lose committed transactions by known defects (ZOOKEEPER-4785, 4394, 4643, 4646, 4712, 4925): 3.9.4 and 3.8.5 have them mended
    ensemble/zk updated (dry run)
    ");
}

/// Two that fail, one after the other: the way back leads to what last ran on all servers. An only one is old under neither.
#[tokio::test(start_paused = true)]
async fn after_two_failures() {
    for voters in [3, 1] {
        let world = ensemble(voters, 0).await;
        let first = kept(&world, "ensemble.json");
        for image in ["zookeeper:3.9.55", "zookeeper:3.9.56"] {
            cannot_be_pulled(&world, image);
            updated(&world, &format!("--image {image} -q"))
                .await
                .failed();
        }
        updated(&world, "--undo -q").await.succeeded();
        assert_eq!(kept(&world, "ensemble.json"), first, "{voters}");
    }
}

/// What opens it to the world has a word, as `create` has it; once it is so, no more.
#[tokio::test(start_paused = true)]
async fn what_deserves_a_word() {
    let world = ensemble(3, 0).await;
    let flags = "--service-type NodePort --config my.own=1";
    let outcome = updated(&world, flags).await;
    insta::assert_snapshot!(said(&outcome), @"
    Warning: a NodePort Service opens the ensemble to whoever reaches it, and ZooKeeper asks nobody who they are: restrict it with --load-balancer-source-range or a firewall
    Warning: ZooKeeper 3.9 documents no setting my.own: it will be set as the system property zookeeper.my.own
    write the intent: config[my.own]: <none> -> 1, service.type: ClusterIP -> NodePort
    apply 1 service, 1 configmap, 3 statefulset.apps
    restart server 2
    restart server 3
    restart server 1, the leader
    configmap/zk-config-HASH deleted: no server runs it any more
    ensemble/zk updated
    ");
    let again = updated(&world, &format!("{flags} --memory 2Gi")).await;
    assert!(!said(&again).contains("Warning"), "{again}");
}
