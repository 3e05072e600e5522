//! Two that scale at once to different numbers: the later goal wins, and never is it a mixture.

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::Running;
use crate::run::await_until;

#[test]
fn two_goals_at_once() {
    let namespace = Namespace::new("two-goals");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=1);
    for (first, second, then) in [(5, 1, 3), (1, 5, 1)] {
        at_once(&zk, first, second);
        finished(&zk, then);
        writers.lap(&format!("to {first} and {second} at once, then {then}"));
        finished(&zk, 3);
    }
    writers.stop("two goals at once");
}

/// The second begins when the first has set its goal.
#[test]
fn one_goal_after_another() {
    let namespace = Namespace::new("next-goal");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=1);
    for (first, second, then) in [(5, 1, 1), (1, 5, 5)] {
        let one = zk.start_scale(&format!("--replicas {first}"));
        await_until("the goal is set", || zk.intent().0 == u64::from(first));
        let two = zk.start_scale(&format!("--replicas {second}"));
        judge(&[(first, one.end()), (second, two.end())]);
        finished(&zk, then);
        writers.lap(&format!("to {first}, then {second}, then {then}"));
        finished(&zk, 3);
    }
    writers.stop("one goal after another");
}

#[track_caller]
fn at_once(zk: &Ensemble<'_>, first: u8, second: u8) {
    let goals = [first, second];
    let both = goals.map(|voters| zk.start_scale(&format!("--replicas {voters}")));
    let ended = both.map(Running::end);
    let both: Vec<(u8, Run)> = goals.into_iter().zip(ended).collect();
    judge(&both);
}

/// One ends well; the other, too, or it is told that someone else set the goal.
#[track_caller]
fn judge(both: &[(u8, Run)]) {
    for (voters, run) in both {
        println!("--replicas {voters}: {:?} {}", run.code, run.error());
        let told = run.code == Some(1) && run.error().contains("someone else set the goal");
        assert!(run.code == Some(0) || told, "{run:?}");
    }
    assert!(both.iter().any(|(_, run)| run.code == Some(0)));
}

#[track_caller]
fn finished(zk: &Ensemble<'_>, voters: u8) {
    zk.scale_to(&format!("--replicas {voters}")).ok();
    zk.is_whole(voters, 0);
}
