//! `update` killed at random moments and run again, under writers.

use std::time::Duration;
use std::time::Instant;

use crate::bed;
use crate::chance::Chance;
use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::killed_after;
use crate::run::run;

#[test]
fn killed_ten_times_and_run_again() {
    let namespace = Namespace::new("update-cut");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    let mut chance = Chance::new();
    let began = Instant::now();
    zk.roll("update --memory 400Mi").ok();
    let took = began.elapsed();
    for round in 0..5 {
        let wish = format!("update --memory {}Mi", 401 + round);
        killed(&zk, &wish, chance.moment(took));
        killed(&zk, &wish, chance.moment(took / 2));
        zk.roll(&wish).ok();
        writers.lap(&wish);
        zk.is_in_order();
        has_memory(&zk, 401 + round);
    }
    writers.stop("update killed");
}

#[track_caller]
fn killed(zk: &Ensemble<'_>, line: &str, moment: Duration) {
    let namespace = zk.namespace;
    let update = namespace.zk_command(bed::kubeconfig(), &zk.rolling_args(line));
    let seconds = format!("{:.3}", moment.as_secs_f64());
    let killed = run(killed_after(&seconds, &update), None);
    let last = killed.stderr.lines().last().unwrap_or_default();
    println!("{line} killed after {seconds} s, after {last:?}");
}

#[track_caller]
fn has_memory(zk: &Ensemble<'_>, mebibytes: i32) {
    for id in 1..=3 {
        let limit = ".spec.containers[0].resources.limits.memory";
        let have = zk.namespace.field("pod", &zk.pod(id), limit);
        assert_eq!(have, format!("{mebibytes}Mi"));
    }
}
