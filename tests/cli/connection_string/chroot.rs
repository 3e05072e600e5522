//! `--create-chroot`: made through a server that serves, and read back.

use crate::fake::World;
use crate::fake::ensemble::Mood;

const LINE: &str = "connection-string zk --chroot /a/b --create-chroot";

#[tokio::test(start_paused = true)]
async fn every_node_is_made_once() {
    let world = World::with_zk().await;
    let before = world.zoo.asked().len();
    let outcome = world.zk(LINE).await;
    insta::assert_snapshot!(outcome.succeeded(), @r"
    exit 0
    --- stdout
    zk-client.default.svc:2181/a/b
    --- stderr
    created the node /a/b, which everybody may change
    ");
    let asked = world.zoo.asked()[before..].join("\n");
    let session = asked.split_once("zk-server-2-0 session\n").unwrap().1;
    insta::assert_snapshot!(session, @r"
    zk-server-2-0 sync /
    zk-server-2-0 exists /a
    zk-server-2-0 create /a
    zk-server-2-0 exists /a/b
    zk-server-2-0 create /a/b
    zk-server-2-0 sync /
    zk-server-2-0 exists /a/b
    zk-server-2-0 close
    ");
    insta::assert_snapshot!(world.zk(&format!("{LINE} --servers")).await.succeeded(), @r"
    exit 0
    --- stdout
    zk-peer-1.default.svc:2181,zk-peer-2.default.svc:2181,zk-peer-3.default.svc:2181/a/b
    --- stderr
    the node /a/b exists already
    ");
    assert_eq!(world.api.changes(), "");
    assert_eq!(world.zoo.tree(|tree| tree.nodes.len()), 2);
}

/// What exists needs no right to be made.
#[tokio::test(start_paused = true)]
async fn a_node_that_exists_where_none_may_be_made() {
    let world = World::with_zk().await;
    world.zoo.tree(|tree| {
        tree.nodes.extend(["/a".to_owned(), "/a/b".to_owned()]);
        tree.closed = true;
    });
    world.zk(LINE).await.succeeded();
    world.zoo.tree(|tree| tree.nodes.remove("/a/b"));
    insta::assert_snapshot!(world.zk(LINE).await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot create the node /a/b: /a/b: the server answered NoAuth (-102): the node's access list does not allow it
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn a_node_that_is_gone_again() {
    let world = World::with_zk().await;
    world.zoo.tree(|tree| tree.leaks = true);
    let outcome = world
        .zk("connection-string zk --chroot /a --create-chroot")
        .await;
    insta::assert_snapshot!(outcome.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot create the node /a: it was created and is gone again
    hint: kubectl zk status zk -n default
    ");
}

#[tokio::test(start_paused = true)]
async fn by_whoever_serves() {
    let world = World::with_zk().await;
    world.zoo.mood(1, Mood::Refuses);
    world.zk(LINE).await.succeeded();
    for id in 1..=3 {
        world.zoo.mood(id, Mood::Looks(99));
    }
    insta::assert_snapshot!(world.zk(LINE).await.failed(), @r"
    exit 1
    --- stdout
    --- stderr
    error: cannot create the node /a/b: no server serves
    hint: kubectl zk status zk -n default
    ");
}
