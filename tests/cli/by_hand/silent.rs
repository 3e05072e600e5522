//! Servers made by hand that answer few words, as by `ZooKeeper`'s own whitelist.

use serde_json::Value;
use serde_json::json;

use crate::by_hand::status;
use crate::by_hand::world;
use crate::fake::World;

fn unlisted(world: &World, words: &'static [&'static str], admin: bool) {
    for id in 1..=3 {
        world.zoo.change(&format!("old-{id}"), |server| {
            server.unlisted = words;
            server.admin = admin;
        });
    }
}

/// ZooKeeper's own default answers nothing but `srvr`, and these servers' sessions tell nothing either.
#[tokio::test(start_paused = true)]
async fn servers_that_answer_srvr_alone() {
    let world = world();
    unlisted(&world, &["conf", "mntr", "dirs", "ruok", "stat"], false);
    insta::assert_snapshot!(world.zk("status old").await.succeeded(), @r"
    exit 0
    --- stdout
    unknown · leader 2 · 3 of 3 servers serve · who votes is not known

    SERVER   ROLE       STATE     POD     NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   old-1   node-1   0     1         3.7ms     3d1h
    2        leader     serving   old-2   node-2   0     1         11.0ms    3d1h
    3        follower   serving   old-3   node-3   0     1         3.7ms     3d1h

    warning: no server tells the list of its members, so who votes is not known: add conf to 4lw.commands.whitelist in zoo.cfg
    info: server 2 leads and does not answer mntr, so whether all follow it in sync is not known: add mntr to 4lw.commands.whitelist in zoo.cfg
    info: made by hand, not by kubectl zk, so its wanted size, its disks, and whether a server that lost its disk would vote with an empty memory are not known
    --- stderr
    ");
    let status = status(&world, "old").await;
    assert_eq!(
        (&status["verdict"], &status["inSync"]),
        (&json!("unknown"), &Value::Null)
    );
    assert_eq!(world.zk("status old --exit-code").await.exit as u8, 3);
    insta::assert_snapshot!(world.zk("exec old ruok --id 1").await.failed().stderr, @r"
    error: server 1 does not answer ruok: it is not in its 4lw.commands.whitelist, and its AdminServer does not tell it either: the connection to the AdminServer broke: connection refused
    hint: add the word to 4lw.commands.whitelist in zoo.cfg
    ");
}

#[tokio::test(start_paused = true)]
async fn what_the_admin_server_knows() {
    let world = world();
    unlisted(&world, &["ruok"], true);
    let said = world.zk("exec old ruok --id 1").await;
    assert!(said.succeeded().stderr.contains("AdminServer"), "{said}");
}
