//! `exec`, and servers that do not answer.

use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;

#[tokio::test(start_paused = true)]
async fn a_word_off_the_whitelist_is_asked_of_the_admin_server() {
    let world = World::with_zk().await;
    world.zoo.change("zk-server-1-0", |server| {
        server.unlisted = &["srvr", "wchp"];
    });
    let outcome = world.zk("exec zk srvr --id 1").await;
    insta::assert_snapshot!(outcome.succeeded().stderr, @"server 1: srvr is not in 4lw.commands.whitelist, this is the AdminServer's server_stats");
    let json: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(json["command"], "server_stats");
    let json = world.zk("exec zk srvr --id 1 -o json").await;
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["items"][0]["answer"]["command"], "server_stats");
    insta::assert_snapshot!(world.zk("exec zk wchp --id 1").await.failed().stderr, @r"
    error: server 1 does not answer wchp: it is not in its 4lw.commands.whitelist, and its AdminServer does not tell it either: the AdminServer answered: Unknown command: nosuchcommand
    hint: add the word to 4lw.commands.whitelist in zoo.cfg
    ");
    world
        .zoo
        .change("zk-server-1-0", |server| server.admin = false);
    insta::assert_snapshot!(world.zk("exec zk srvr --id 1").await.failed().stderr, @r"
    error: server 1 does not answer srvr: it is not in its 4lw.commands.whitelist, and its AdminServer does not tell it either: the connection to the AdminServer broke: connection refused
    hint: add the word to 4lw.commands.whitelist in zoo.cfg
    ");
}

/// Each kind of silence has its own words, and none hides what the others say.
#[tokio::test(start_paused = true)]
async fn the_kinds_of_silence() {
    let world = World::with_zk().await;
    let began = tokio::time::Instant::now();
    let mut said = String::new();
    for mood in [
        Mood::Refuses,
        Mood::Closes,
        Mood::Looks(9),
        Mood::Hangs,
        Mood::Forbidden,
    ] {
        world.zoo.mood(3, mood);
        said += &world.zk("exec zk srvr --id 3").await.failed().stderr;
    }
    insta::assert_snapshot!(said, @r"
    error: server 3 does not answer srvr: the connection was refused: connection refused
    error: server 3 does not answer srvr: the server closed the connection without an answer
    error: server 3 does not answer srvr: the server is not serving requests
    error: server 3 does not answer srvr: no answer in time
    error: server 3 does not answer srvr: forbidden, this right is missing: get and create pods/portforward
    hint: an administrator gives all rights that exec needs: kubectl zk rbac exec --for user dev -n default | kubectl apply -f -
    ");
    assert_eq!(began.elapsed().as_secs(), 5);
    world.zoo.mood(2, Mood::Refuses);
    insta::assert_snapshot!(world.zk("exec zk ruok").await.failed(), @r"
    exit 1
    --- stdout
    --- ruok of server 1 ---
    imok
    --- stderr
    error: server 2 does not answer ruok: the connection was refused: connection refused
    error: server 3 does not answer ruok: forbidden, this right is missing: get and create pods/portforward
    hint: an administrator gives all rights that exec needs: kubectl zk rbac exec --for user dev -n default | kubectl apply -f -
    ");
    insta::assert_snapshot!(world.zk("exec zk ruok -o json").await.failed().stdout, @r#"
    {
        "apiVersion": "kubectl-zk/v1",
        "kind": "AnswerList",
        "ensemble": "zk",
        "items": [
            {
                "server": 1,
                "word": "ruok",
                "answer": {
                    "imok": true
                }
            },
            {
                "server": 2,
                "word": "ruok",
                "error": "server 2 does not answer ruok: the connection was refused: connection refused"
            },
            {
                "server": 3,
                "word": "ruok",
                "error": "server 3 does not answer ruok: forbidden, this right is missing: get and create pods/portforward"
            }
        ]
    }
    "#);
}

#[tokio::test(start_paused = true)]
async fn faults_of_the_api_server() {
    let world = World::with_zk().await;
    world
        .api
        .fault(When::Once("list pods"), How::Status(429, "TooManyRequests"));
    world.zk("exec zk ruok").await.succeeded();
    world.api.fault(When::Always("list pods"), How::Forbidden);
    insta::assert_snapshot!(world.zk("exec zk ruok").await.failed().stderr, @r#"
    Error from server (Forbidden): pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "default"
    hint: this needs the verb list on pods in the namespace default
    hint: an administrator gives all rights that exec needs: kubectl zk rbac exec --for user dev -n default | kubectl apply -f -
    "#);
}
