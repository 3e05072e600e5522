//! `exec`.

mod silence;

use crate::fake::World;

#[tokio::test(start_paused = true)]
async fn one_servers_bytes_as_they_come() {
    let world = World::with_zk().await;
    for word in ["ruok", "isro", "envi", "cons", "dump", "wchs"] {
        let outcome = world.zk(&format!("exec zk {word} --id 2")).await;
        let path = format!(
            "{}/tests/wire/3.9.5/{word}-leader.bin",
            env!("CARGO_MANIFEST_DIR")
        );
        assert_eq!(
            outcome.succeeded().bytes,
            std::fs::read(path).unwrap(),
            "{word}"
        );
        assert_eq!(outcome.stderr, "", "{word}");
    }
    assert_eq!(world.api.changes(), "");
    world.api.forget();
    world.zk("exec zk ruok --id 2").await.succeeded();
    insta::assert_snapshot!(world.api.log(), @"list pods labelSelector=name=zookeeper-pod,instance=zk");
}

#[tokio::test(start_paused = true)]
async fn several_answers_have_a_heading_each() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("exec zk ruok isro").await.succeeded().stdout, @r"
    --- ruok of server 1 ---
    imok
    --- ruok of server 2 ---
    imok
    --- ruok of server 3 ---
    imok
    --- isro of server 1 ---
    rw
    --- isro of server 2 ---
    rw
    --- isro of server 3 ---
    rw
    ");
    insta::assert_snapshot!(world.zk("exec zk srvr --id 3 --id 2").await.succeeded().stdout, @r"
    --- srvr of server 3 ---
    Zookeeper version: 3.9.5-293c895a8d966a3ecb92872be4a1daf87d725da2, built on 2026-02-11 20:18 UTC
    Latency min/avg/max: 3/3.6667/4
    Received: 290
    Sent: 289
    Connections: 2
    Outstanding: 0
    Zxid: 0x100000004
    Mode: follower
    Node count: 7
    --- srvr of server 2 ---
    Zookeeper version: 3.9.5-293c895a8d966a3ecb92872be4a1daf87d725da2, built on 2026-02-11 20:18 UTC
    Latency min/avg/max: 2/11.0/21
    Received: 290
    Sent: 289
    Connections: 2
    Outstanding: 0
    Zxid: 0x100000004
    Mode: leader
    Node count: 7
    Proposal sizes last/min/max: 91/48/91
    ");
}

#[tokio::test(start_paused = true)]
async fn parsed_answers() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(world.zk("exec zk srvr wchs dirs --id 2 -o json").await.succeeded().stdout, @r#"
    {
        "apiVersion": "kubectl-zk/v1",
        "kind": "AnswerList",
        "ensemble": "zk",
        "items": [
            {
                "server": 2,
                "word": "srvr",
                "answer": {
                    "versionText": "3.9.5-293c895a8d966a3ecb92872be4a1daf87d725da2, built on 2026-02-11 20:18 UTC",
                    "version": "3.9.5",
                    "latency": {
                        "min": 2.0,
                        "avg": 11.0,
                        "max": 21.0
                    },
                    "received": 290,
                    "sent": 289,
                    "connections": 2,
                    "outstanding": 0,
                    "zxid": "0x100000004",
                    "mode": "leader",
                    "readOnly": false,
                    "nodeCount": 7,
                    "proposalSizes": {
                        "last": 91,
                        "min": 48,
                        "max": 91
                    }
                }
            },
            {
                "server": 2,
                "word": "wchs",
                "answer": {
                    "connections": 1,
                    "paths": 1,
                    "watches": 1
                }
            },
            {
                "server": 2,
                "word": "dirs",
                "answer": {
                    "datadir_size": 654,
                    "logdir_size": 67108880
                }
            }
        ]
    }
    "#);
    let outcome = world.zk("exec zk srvr -o yaml").await;
    assert_eq!(outcome.exit as u8, 2);
    insta::assert_snapshot!(outcome.stderr, @r#"error: unable to match a printer suitable for the output format "yaml", allowed formats are: json"#);
}

#[tokio::test(start_paused = true)]
async fn words_that_reset_want_to_know_of_which_servers_and_a_yes() {
    let world = World::with_zk().await;
    let outcome = world.zk("exec zk srst").await;
    assert_eq!(outcome.exit as u8, 2);
    insta::assert_snapshot!(outcome.stderr, @r"
    error: srst resets statistics: say of which servers
    hint: --id N, or --all
    ");
    insta::assert_snapshot!(world.zk("exec zk srst --all").await.failed().stderr, @"error: cannot ask for confirmation without a terminal; pass --yes to go ahead");
    let outcome = world.zk_answering("n", "exec zk crst srst --all").await;
    insta::assert_snapshot!(outcome.failed().stderr, @"Reset statistics (crst, srst) of servers 1, 2 and 3 of ensemble zk in namespace default, context test? (y/N): error: nothing was reset");
    assert_eq!(
        world
            .zoo
            .asked()
            .iter()
            .filter(|asked| asked.contains("rst"))
            .count(),
        0
    );
    let outcome = world.zk_answering("yes", "exec zk srst --id 2").await;
    assert_eq!(outcome.succeeded().stdout, "Server stats reset.\n");
    world.zk("exec zk crst --all --yes").await.succeeded();
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_meant() {
    let world = World::with_zk().await;
    let outcome = world.zk("exec zk mntt").await;
    assert_eq!(outcome.exit as u8, 2);
    insta::assert_snapshot!(outcome.stderr, @r#"error: unknown four-letter word "mntt" (did you mean mntr?); the words are ruok, srvr, stat, mntr, conf, cons, envi, isro, dirs, dump, hash, wchs, wchc, wchp, srst, crst"#);
    insta::assert_snapshot!(world.zk("exec zk ruok --id 7").await.failed().stderr, @r"
    error: ensemble zk has no server 7 with a pod
    hint: there are servers 1, 2 and 3
    ");
    insta::assert_snapshot!(world.zk("exec zkk ruok").await.failed().stderr, @r#"
    error: ensemble "zkk" not found in namespace "default"
    hint: did you mean zk?
    "#);
    insta::assert_snapshot!(world.zk("exec zoo ruok").await.failed().stderr, @r#"
    error: ensemble "zoo" not found in namespace "default"
    hint: there are: zk
    "#);
    assert_eq!(world.zk("exec zk").await.exit as u8, 2);
    assert_eq!(world.zk("exec zk stmk").await.exit as u8, 2);
}

#[tokio::test(start_paused = true)]
async fn an_ensemble_made_by_hand() {
    let world = World::default();
    world.by_hand("old");
    assert_eq!(
        world.zk("exec old ruok --id 1").await.succeeded().stdout,
        "imok"
    );
    insta::assert_snapshot!(world.api.log(), @r"
    list pods labelSelector=name=zookeeper-pod,instance=old
    list pods labelSelector=name=zookeeper-pod
    list services
    ");
    world
        .api
        .store(|store| store.objects.retain(|key, _| key.0 != "pods"));
    insta::assert_snapshot!(world.zk("exec old ruok").await.failed().stderr, @r"
    error: ensemble old has no pods
    hint: kubectl zk status old -n default
    ");
}
