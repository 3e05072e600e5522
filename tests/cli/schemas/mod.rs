//! `docs/schemas`: written from the views, and true of whatever is printed as JSON in these tests.

mod changed;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kubectl_zk::ui::output;
use kubectl_zk::ui::view::schema::schemas;
use serde_json::Value;
use serde_json::json;

use crate::connection_string::by_hand;
use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::schema::faults;
use crate::pages::hold_all;
use crate::scale;

const FOLDER: &str = "docs/schemas";

/// The text of a file, empty where there is none.
fn text(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    fs::read_to_string(folder.join(file)).unwrap_or_default()
}

#[test]
fn a_page_for_each_view() {
    let readme = text("README.md");
    let mut files = BTreeMap::new();
    for (name, schema) in schemas() {
        let file = format!("{name}.schema.json");
        assert!(
            readme.contains(&format!("]({file})")),
            "README.md lacks {file}"
        );
        files.insert(file, output::json(&schema).unwrap());
    }
    files.insert("README.md".to_owned(), readme);
    hold_all(FOLDER, &files);
}

/// What a command prints, which must be a view of this kind, and hold.
async fn view(world: &World, kind: &str, line: &str) -> Value {
    let outcome = world.zk(&format!("{line} -o json")).await;
    let view: Value = serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{outcome}"));
    let told = view["kind"].as_str().unwrap_or_default();
    assert_eq!(told, kind, "{line}");
    assert_eq!(faults(kind, &view), [""; 0], "{line}");
    view
}

#[tokio::test(start_paused = true)]
async fn status_of_all_sorts() {
    let world = World::with_zk().await;
    let status = async |world: &World, name: &str| {
        let line = format!("status {name}");
        let status = view(world, "EnsembleStatus", &line).await;
        status["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(&world, "zk").await, "healthy");
    world.by_hand_with("old", &json!({"app": "old"}));
    assert_eq!(status(&world, "old").await, "healthy");
    view(&world, "EnsembleStatusList", "status -A").await;
    world.zoo.mood(3, Mood::Refuses);
    assert_eq!(status(&world, "zk").await, "degraded");
    world
        .api
        .store(|store| store.remove("pods", "zk-server-3-0"));
    assert_eq!(status(&world, "zk").await, "degraded");
    world.zoo.mood(1, Mood::Looks(usize::MAX));
    world.zoo.mood(2, Mood::Hangs);
    assert_eq!(status(&world, "zk").await, "no quorum");
    for id in 1..=3 {
        world.zoo.mood(id, Mood::Forbidden);
    }
    world
        .api
        .fault(When::Always("list services"), How::Forbidden);
    assert_eq!(status(&world, "zk").await, "unknown");
    view(&world, "EnsembleStatusList", "status").await;
    view(&World::default(), "EnsembleStatusList", "status").await;
}

/// Before there are any servers.
#[tokio::test(start_paused = true)]
async fn status_of_what_begins() {
    for fate in [
        Fate::Unschedulable("0/3 nodes are available"),
        Fate::Waits("ContainerCreating", ""),
        Fate::Waits("ImagePullBackOff", "no such image"),
        Fate::Denied("exceeded quota"),
        Fate::Ended(78, "this disk belongs to another ensemble"),
    ] {
        let world = World::default();
        world.api.store(|store| {
            for id in 1..=3 {
                let set = format!("zk-server-{id}");
                store.controllers.decide(&set, fate.clone());
            }
        });
        world.zk("create zk -q --no-wait").await.succeeded();
        let status = view(&world, "EnsembleStatus", "status zk").await;
        assert_eq!(status["verdict"], "no quorum", "{fate:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn steps_up_and_down() {
    let world = scale::ensemble(3, 1).await;
    for goal in ["5", "5 --observers 0", "1 --delete-data", "2"] {
        let line = format!("scale zk --replicas {goal}");
        let steps = view(&world, "Steps", &format!("{line} --dry-run")).await;
        assert!(steps["steps"][0]["what"].is_string(), "{steps}");
    }
    view(&world, "Steps", "scale zk --replicas 3 --dry-run").await;
    view(&world, "Steps", "scale zk --replicas 2 --yes").await;
    view(&world, "Steps", "repair zk --addresses --dry-run").await;
}

#[tokio::test(start_paused = true)]
async fn steps_of_what_restarts_servers() {
    let world = scale::ensemble(3, 1).await;
    let changes = "--memory 2Gi --config tickTime=3000 --storage 9Gi --network-policy";
    for line in [
        "restart zk --dry-run",
        "restart zk --id 4",
        &format!("update zk {changes} --dry-run"),
        &format!("update zk {changes}"),
        "update zk --undo --dry-run=server",
        "replace zk --id 2 --dry-run",
        "replace zk --id 2 --yes",
    ] {
        let steps = view(&world, "Steps", line).await;
        assert!(steps["steps"][0]["what"].is_string(), "{steps}");
    }
    view(&world, "Steps", "update zk").await;
}

#[tokio::test(start_paused = true)]
async fn differences() {
    let world = scale::ensemble(3, 0).await;
    let none = view(&world, "Diff", "diff zk").await;
    assert_eq!(none["objects"], json!([]));
    world
        .api
        .store(|store| store.remove("services", "zk-client"));
    let some = "diff zk --network-policy --memory 2Gi --unset cpu";
    let some = view(&world, "Diff", some).await;
    let missing = some["objects"][1]["state"].as_str();
    assert_eq!(missing, Some("missing"), "{some}");
}

#[tokio::test(start_paused = true)]
async fn connection_strings() {
    let world = World::with_zk().await;
    let by_hand = by_hand();
    for (world, name) in [(&world, "zk"), (&by_hand, "old")] {
        for flags in ["", "--servers", "--chroot /a"] {
            let line = format!("connection-string {name} {flags}");
            view(world, "ConnectionString", &line).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn versions() {
    let world = World::default();
    assert!(view(&world, "", "version").await["serverVersion"].is_object());
    view(&world, "", "version --client").await;
    world
        .api
        .fault(When::Always("get version"), How::Says(500, "no"));
    view(&world, "", "version").await;
}

#[tokio::test(start_paused = true)]
async fn answers_to_every_word() {
    let world = World::with_zk().await;
    let every = "ruok srvr stat mntr conf cons envi isro dirs dump wchs wchc wchp";
    let all = view(&world, "AnswerList", &format!("exec zk {every}")).await;
    assert_eq!(all["items"].as_array().unwrap().len(), 13 * 3);
    let resets = "exec zk srst --all --yes";
    view(&world, "AnswerList", resets).await;
    world.zoo.mood(1, Mood::Looks(usize::MAX));
    world.zoo.mood(2, Mood::Refuses);
    world.zoo.change("zk-server-3-0", |server| {
        server.unlisted = &["srvr", "mntr", "ruok"];
    });
    let line = "exec zk srvr mntr ruok isro";
    let some = view(&world, "AnswerList", line).await;
    let items = some["items"].as_array().unwrap();
    assert!(items[1]["error"].is_string(), "{some}");
    assert_eq!(items[2]["answer"]["command"], "server_stats");
}
