//! `scale` killed at random moments: `status` answers, the same command again finishes it, the old number takes it back.

use std::collections::BTreeMap;
use std::time::Duration;
use std::time::Instant;

use serde_json::Value;

use crate::bed;
use crate::chance::Chance;
use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::killed_after;
use crate::run::run;
use crate::scaling::findings;
use crate::writers::Writers;

/// The goal of the scale that is killed, and of the one that is run then: the same, or the old number.
const KILLS: [[u8; 2]; 7] = [[5, 5], [3, 3], [5, 3], [5, 5], [3, 5], [3, 3], [5, 5]];

#[test]
fn killed_on_the_way_up_and_down() {
    let namespace = Namespace::new("cut");
    let zk = namespace.create("zk", &[]);
    let mut chance = Chance::new();
    let writers = zk.start_writers(1..=3);
    let took = [5, 3].map(|voters| (voters, undisturbed(&zk, voters)));
    let took = BTreeMap::from(took);
    for [there, then] in KILLS {
        killed(&zk, there, chance.moment(took[&there]));
        finished(&zk, &writers, then);
    }
    writers.stop("3 ⇄ 5 killed");
}

fn undisturbed(zk: &Ensemble<'_>, voters: u8) -> Duration {
    let began = Instant::now();
    zk.scale_to(&format!("--replicas {voters}")).ok();
    began.elapsed()
}

/// The same command again, or the old number.
#[track_caller]
fn finished(zk: &Ensemble<'_>, writers: &Writers<'_>, voters: u8) {
    zk.scale_to(&format!("--replicas {voters}")).ok();
    writers.lap(&format!("to {voters}"));
    zk.is_whole(voters, 0);
}

#[track_caller]
fn killed(zk: &Ensemble<'_>, voters: u8, moment: Duration) {
    let goal = format!("--replicas {voters}");
    let scale = zk
        .namespace
        .zk_command(bed::kubeconfig(), &zk.scale_args(&goal));
    let moment = format!("{:.3}", moment.as_secs_f64());
    let killed = run(killed_after(&moment, &scale), None);
    let last = killed.stderr.lines().last().unwrap_or_default();
    let status = zk.status();
    let found = findings(&status);
    let found: Vec<&Value> = found.iter().map(|finding| &finding["message"]).collect();
    println!(
        "{goal} killed after {moment} s ({:?}), after {last:?}: {}, {found:?}",
        killed.code, status["summary"]
    );
    assert!(status["summary"].is_string(), "status tells how it is");
    let said = |words: &str| killed.stderr.lines().any(|line| line.starts_with(words));
    let begun = said("start servers") || said("reconfigure: ");
    let unfinished = findings(&status)
        .iter()
        .any(|finding| finding["id"] == "unfinished-scale");
    // Killed as it ended, there is nothing left to tell of: what grows has ended with its reconfiguration.
    let ended = match voters {
        5 => said("reconfigure: "),
        _ => said("stop servers") && said("set the disruption budget"),
    };
    assert!(unfinished || ended || !begun, "{}", killed.stderr);
}
