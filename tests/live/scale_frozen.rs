//! A server that stays is frozen: nothing is begun, and what was begun waits, until it serves again.

use std::time::Instant;

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::await_until;

/// A server whose java is stopped, until this is dropped. Its port accepts on, so that nobody restarts it.
struct Frozen<'a> {
    zk: &'a Ensemble<'a>,
    id: u8,
}

impl<'a> Frozen<'a> {
    #[track_caller]
    fn new(zk: &'a Ensemble<'a>, id: u8) -> Self {
        zk.in_pod(id, &["pkill", "-STOP", "java"]).ok();
        Self { zk, id }
    }
}

impl Drop for Frozen<'_> {
    fn drop(&mut self) {
        self.zk.in_pod(self.id, &["pkill", "-CONT", "java"]);
    }
}

#[test]
fn nothing_is_begun_while_a_server_that_stays_is_frozen() {
    let namespace = Namespace::new("frozen");
    let zk = namespace.create("zk", &["--replicas", "5"]);
    let writers = zk.start_writers(1..=3);
    let before = (zk.intent(), zk.status()["configVersion"].clone());
    let id = zk.follower();
    let frozen = Frozen::new(&zk, id);
    let began = Instant::now();
    let refused = zk.scale_to("--replicas 3").ends_with(1);
    println!("refused after {:.1} s", began.elapsed().as_secs_f64());
    assert!(began.elapsed().as_secs() < 60, "on a busy machine");
    let why = format!(
        "server {id} must stay and is not in sync: 4 of 5 voters are in sync, a majority is 3, 1 more may be lost"
    );
    refused.says(&why);
    let after = (zk.intent(), zk.status()["configVersion"].clone());
    assert_eq!(before, after);
    assert_eq!(zk.disks().len(), zk.ids().len());
    drop(frozen);
    zk.await_healthy();
    zk.is_whole(5, 0);
    writers.lap("frozen, refused");
    zk.scale_to("--replicas 3").ok();
    zk.is_whole(3, 0);
    writers.lap("thawed, 5→3");
    writers.stop("5→3 with a frozen server");
}

#[test]
fn what_was_begun_waits_for_a_frozen_server() {
    let namespace = Namespace::new("frozen-midway");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    waits(&zk, 5, || zk.intent() == (5, 0));
    writers.lap("3→5 with a frozen server, thawed");
    waits(&zk, 3, || zk.status()["voters"] == 3);
    writers.lap("5→3 with a frozen server, thawed");
    writers.stop("frozen on the way");
}

/// Frozen when `begun`, the command ends by its deadline, with the reason; thawed, the same command finishes.
#[track_caller]
fn waits(zk: &Ensemble<'_>, voters: u8, begun: impl FnMut() -> bool) {
    let goal = format!("--replicas {voters}");
    let short = format!("{goal} --timeout 25s");
    let (id, scale) = (zk.follower(), zk.start_scale(&short));
    await_until("it has begun", begun);
    let frozen = Frozen::new(zk, id);
    let ended = scale.end().ends_with(124);
    println!("{}", ended.error());
    ended.says(&format!("server {id} does not serve in sync"));
    assert_eq!(zk.ids(), (1..=5).collect::<Vec<u8>>(), "nobody is stopped");
    drop(frozen);
    zk.scale_to(&goal).ok();
    zk.is_whole(voters, 0);
}
