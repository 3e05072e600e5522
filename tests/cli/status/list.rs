//! `status` of all ensembles.

use crate::fake::World;
use crate::fake::ensemble::Mood;

/// Two in one namespace, one in another, one by hand.
async fn several() -> World {
    let world = World::default();
    world.zk("create zk -q").await.succeeded();
    world.zk("create alpha -q -n other").await.succeeded();
    world.zk("create beta -q --replicas 3").await.succeeded();
    world.by_hand_with("old", &serde_json::json!({"app": "old"}));
    world
        .zoo
        .change("beta-server-3-0", |server| server.mood = Mood::Refuses);
    world.api.forget();
    world
}

#[tokio::test(start_paused = true)]
async fn a_row_each() {
    let world = several().await;
    insta::assert_snapshot!(world.zk("status").await.succeeded(), @r"
    exit 0
    --- stdout
    NAME   VERDICT    READY   LEADER   VERSION   AGE
    beta   degraded   3/3     2        3.9.5     3d1h
    old    healthy    3/3     2        3.9.5     3d1h
    zk     healthy    3/3     2        3.9.5     3d1h
    --- stderr
    ");
    insta::assert_snapshot!(world.zk("status -A").await.succeeded().stdout, @r"
    NAMESPACE   NAME    VERDICT    READY   LEADER   VERSION   AGE
    default     beta    degraded   3/3     2        3.9.5     3d1h
    default     old     healthy    3/3     2        3.9.5     3d1h
    default     zk      healthy    3/3     2        3.9.5     3d1h
    other       alpha   healthy    3/3     2        3.9.5     3d1h
    ");
    insta::assert_snapshot!(world.zk("status -A -o wide").await.succeeded().stdout, @r"
    NAMESPACE   NAME    VERDICT    READY   LEADER   VERSION   AGE    FINDINGS
    default     beta    degraded   3/3     2        3.9.5     3d1h   1
    default     old     healthy    3/3     2        3.9.5     3d1h   0
    default     zk      healthy    3/3     2        3.9.5     3d1h   0
    other       alpha   healthy    3/3     2        3.9.5     3d1h   0
    ");
    insta::assert_snapshot!(world.zk("status -A -o name").await.succeeded().stdout, @r"
    ensemble/beta
    ensemble/old
    ensemble/zk
    ensemble/alpha
    ");
    insta::assert_snapshot!(world.zk("status -n other --no-headers").await.succeeded().stdout, @"alpha   healthy   3/3   2     3.9.5   3d1h");
    insta::assert_snapshot!(world.zk("status -o jsonpath={.items[*].verdict}").await.succeeded().stdout, @"degraded healthy healthy");
}

/// An ensemble is chosen by the labels of any of its objects, and shown with all of them.
#[tokio::test(start_paused = true)]
async fn chosen_by_labels() {
    let world = several().await;
    insta::assert_snapshot!(world.zk("status -l app.kubernetes.io/instance=beta").await.succeeded().stdout, @r"
    NAME   VERDICT    READY   LEADER   VERSION   AGE
    beta   degraded   3/3     2        3.9.5     3d1h
    ");
    world.api.store(|store| {
        store.change("pods", "zk-server-1-0", |pod| {
            pod["metadata"]["labels"]["team"] = "a".into();
        });
        store.change("services", "old-peer-2", |service| {
            service["metadata"]["labels"] = serde_json::json!({"team": "a"});
        });
    });
    insta::assert_snapshot!(world.zk("status -l team=a").await.succeeded().stdout, @r"
    NAME   VERDICT   READY   LEADER   VERSION   AGE
    old    healthy   3/3     2        3.9.5     3d1h
    zk     healthy   3/3     2        3.9.5     3d1h
    ");
}

#[tokio::test(start_paused = true)]
async fn none() {
    let world = World::default();
    insta::assert_snapshot!(world.zk("status").await.succeeded(), @r"
    exit 0
    --- stdout
    --- stderr
    No resources found in default namespace.
    ");
    insta::assert_snapshot!(world.zk("status -A").await.succeeded().stderr, @"No resources found");
    insta::assert_snapshot!(world.zk("status -l a=b").await.succeeded().stderr, @"No resources found in default namespace.");
    let json: serde_json::Value =
        serde_json::from_str(&world.zk("status -o json").await.succeeded().stdout).unwrap();
    assert_eq!(json["items"], serde_json::json!([]));
}

#[tokio::test(start_paused = true)]
async fn sorted() {
    let world = several().await;
    let names = "-o custom-columns=N:.name --no-headers";
    let sorted = async |by: &str| {
        let outcome = world.zk(&format!("status -A {names} {by}")).await;
        let said = outcome.succeeded().stdout.clone();
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(sorted("").await, "beta old zk alpha");
    assert_eq!(sorted("--sort-by .name").await, "alpha beta old zk");
    assert_eq!(sorted("--sort-by {.inSync}").await, "beta old zk alpha");
    assert_eq!(sorted("--sort-by verdict").await, "beta old zk alpha");
    let outcome = world.zk("status --sort-by .nothing").await;
    assert_eq!(outcome.exit as u8, 2);
    insta::assert_snapshot!(outcome.stderr, @r#"error: couldn't find any field with path ".nothing" in the list of objects"#);
}

#[tokio::test(start_paused = true)]
async fn formats_from_files() {
    let world = several().await;
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let template = file("template", "{.items[*].name}\n");
    let columns = file("columns", "NAME  LEADER\n.name .leader\n");
    let line = format!("status -o jsonpath-file={template}");
    assert_eq!(world.zk(&line).await.succeeded().stdout, "beta old zk");
    let line = format!("status -o custom-columns-file={columns}");
    insta::assert_snapshot!(world.zk(&line).await.succeeded().stdout, @r"
    NAME   LEADER
    beta   2
    old    2
    zk     2
    ");
}

/// However few objects come with one answer, all of them are seen.
#[tokio::test(start_paused = true)]
async fn in_pages() {
    let world = several().await;
    let whole = world.zk("status -A").await.stdout;
    for page in 1..5 {
        world.api.store(|store| store.page = Some(page));
        assert_eq!(world.zk("status -A").await.stdout, whole, "{page} a page");
    }
}

#[tokio::test(start_paused = true)]
async fn in_pages_of_another_size() {
    let world = several().await;
    let whole = world.zk("status").await.stdout;
    world.api.forget();
    assert_eq!(world.zk("status --chunk-size 7").await.stdout, whole);
    let every = world.api.log();
    let mut lists = every.lines().filter(|line| line.starts_with("list "));
    assert!(lists.all(|line| line.contains(" limit=7")), "{every}");
    world.api.forget();
    world.zk("status --chunk-size 0").await.succeeded();
    let every = world.api.log();
    let mut lists = every.lines().filter(|line| line.starts_with("list "));
    assert!(lists.all(|line| line.contains(" limit=0")), "{every}");
}

#[tokio::test(start_paused = true)]
async fn a_name_and_a_selector_exclude_each_other() {
    let outcome = World::default().zk("status zk -l a=b").await;
    assert_eq!(outcome.exit as u8, 2);
    insta::assert_snapshot!(outcome.stderr, @r"
    error: NAME cannot be used with --selector
    hint: see kubectl zk status --help
    ");
}
