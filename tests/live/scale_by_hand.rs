//! Pods that somebody deletes while `scale` works, or after it was killed: it ends well, or the same command again does.

use crate::chance::Chance;
use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::await_until;
use crate::run::stays;
use crate::writers::Writers;

/// How many pods are deleted in one scale.
const DELETIONS: usize = 3;

#[test]
fn pods_deleted_at_random() {
    let namespace = Namespace::new("storm");
    let zk = namespace.create("zk", &[]);
    let (mut chance, writers) = (Chance::new(), zk.start_writers(1..=3));
    for voters in [5, 3] {
        storm(&zk, &writers, &mut chance, voters);
        writers.lap(&format!("to {voters} in a storm"));
    }
    writers.stop("3→5→3 in storms");
}

#[track_caller]
fn storm(zk: &Ensemble<'_>, writers: &Writers<'_>, chance: &mut Chance, voters: u8) {
    let goal = format!("--replicas {voters}");
    let scale = zk.start_scale(&format!("{goal} --timeout 90s"));
    await_until("it has begun", || zk.intent() == (u64::from(voters), 0));
    for _ in 0..DELETIONS {
        let id = u8::try_from(1 + chance.below(5)).unwrap();
        println!("delete the pod of server {id}");
        let pod = zk.pod(id);
        let delete = ["delete", "pod", &pod, "--wait=false", "--ignore-not-found"];
        zk.namespace.kubectl(&delete).ok();
        writers.await_more();
    }
    let ended = scale.end();
    println!("{goal} in a storm: {:?} {}", ended.code, ended.error());
    let told = matches!(ended.code, Some(1 | 124)) && !ended.error().is_empty();
    assert!(ended.code == Some(0) || told, "{ended:?}");
    zk.await_healthy();
    zk.scale_to(&goal).ok();
    zk.await_healthy();
    zk.is_whole(voters, 0);
}

/// It has left the list, and is not stopped yet: when it restarts, it must not form anything with the other that left.
#[test]
fn a_removed_server_is_restarted() {
    let namespace = Namespace::new("removed");
    let zk = namespace.create("zk", &["--replicas", "5"]);
    let writers = zk.start_writers(1..=3);
    let scale = zk.start_scale("--replicas 3");
    await_until("the list has three voters", || zk.status()["voters"] == 3);
    let killed = scale.kill();
    assert_eq!(killed.code, None, "{killed:?}");
    let uid = |id| namespace.get("pod", &zk.pod(id))["metadata"]["uid"].clone();
    let before = [4, 5].map(uid);
    for pod in [4, 5].map(|id| zk.pod(id)) {
        let delete = ["delete", "pod", &pod, "--wait=false"];
        namespace.kubectl(&delete).ok();
    }
    for (id, before) in [4, 5].into_iter().zip(&before) {
        await_until("it serves again", || uid(id) != *before && serves(&zk, id));
        println!("{}", zk.server(id));
    }
    stays("three vote, and one of them leads", 10, || {
        let status = zk.status();
        status["voters"] == 3 && matches!(status["leader"].as_u64(), Some(1..=3))
    });
    zk.scale_to("--replicas 3").ok();
    zk.is_whole(3, 0);
    writers.stop("5→3 killed, and the removed restarted");
}

/// It serves, and must not lead.
#[track_caller]
fn serves(zk: &Ensemble<'_>, id: u8) -> bool {
    let server = zk.server(id);
    assert_ne!(server["role"], "leader", "{server}");
    server["state"] == "serving"
}
