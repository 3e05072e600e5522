//! `version`.

use crate::fake::Outcome;
use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;

/// What changes from build to build is left out.
fn told(outcome: &Outcome) -> String {
    let text = outcome
        .to_string()
        .replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let varies = |line: &&str| {
        ["major", "minor", "gitCommit", "platform"]
            .iter()
            .any(|key| line.trim_start().trim_start_matches('"').starts_with(key))
    };
    let lines = text.lines().filter(|line| !varies(line));
    lines.map(|line| line.to_owned() + "\n").collect()
}

#[tokio::test(start_paused = true)]
async fn of_the_plugin_and_of_the_server() {
    let world = World::default();
    insta::assert_snapshot!(told(&world.zk("version").await), @r"
    exit 0
    --- stdout
    Client Version: vVERSION
    Default ZooKeeper Version: 3.9.5
    Server Version: v1.36.0
    --- stderr
    ");
    assert_eq!(world.api.count(), 1);
    insta::assert_snapshot!(told(&world.zk("version -o json").await), @r#"
    exit 0
    --- stdout
    {
        "clientVersion": {
            "gitVersion": "vVERSION",
        },
        "zookeeperVersion": "3.9.5",
        "serverVersion": {
            "gitVersion": "v1.36.0"
        }
    }
    --- stderr
    "#);
    insta::assert_snapshot!(told(&world.zk("version -o yaml").await), @r#"
    exit 0
    --- stdout
    clientVersion:
      gitVersion: vVERSION
    zookeeperVersion: "3.9.5"
    serverVersion:
      gitVersion: v1.36.0
    --- stderr
    "#);
}

#[tokio::test(start_paused = true)]
async fn of_the_plugin_alone() {
    let world = World::default();
    insta::assert_snapshot!(told(&world.zk("version --client").await), @r"
    exit 0
    --- stdout
    Client Version: vVERSION
    Default ZooKeeper Version: 3.9.5
    --- stderr
    ");
    world.zk("version --client -o json").await.succeeded();
    assert_eq!(world.api.count(), 0);
}

/// What is known is told, and then what went wrong.
#[tokio::test(start_paused = true)]
async fn without_the_server() {
    let world = World::default();
    world
        .api
        .fault(When::Always("get version"), How::Says(500, "no"));
    insta::assert_snapshot!(told(world.zk("version").await.failed()), @r"
    exit 1
    --- stdout
    Client Version: vVERSION
    Default ZooKeeper Version: 3.9.5
    --- stderr
    Error from server (InternalError): no
    ");
    let json = world.zk("version -o json").await;
    let json: serde_json::Value = serde_json::from_str(&json.failed().stdout).unwrap();
    assert!(json["clientVersion"].is_object() && json["serverVersion"].is_null());
}
