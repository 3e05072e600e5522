//! Observers come, get a vote, lose it, and go.

use crate::namespace::Namespace;

#[test]
fn observers_come_vote_and_go() {
    let namespace = Namespace::new("observers");
    let zk = namespace.create("zk", &["--observers", "1"]);
    zk.is_whole(3, 1);
    let writers = zk.start_writers(1..=3);
    let changes = [
        ("--observers 2", 3, 2),
        ("--replicas 5 --observers 0", 5, 0),
        ("--replicas 3 --observers 2", 3, 2),
        ("--observers 0", 3, 0),
    ];
    for (goal, voters, observers) in changes {
        zk.scale_to(goal).ok();
        writers.lap(goal);
        zk.is_whole(voters, observers);
        has_roles(&zk.status(), observers);
    }
    writers.stop("observers");
}

/// Two observers are needed for the majority of three: they leave the list before they vote.
#[test]
fn observers_become_most_of_the_voters() {
    let namespace = Namespace::new("most");
    let zk = namespace.create("zk", &["--replicas", "1", "--observers", "2"]);
    zk.is_whole(1, 2);
    let writers = zk.start_writers(1..=1);
    zk.scale_to("--replicas 3 --observers 0").ok();
    writers.lap("1+2→3+0");
    zk.is_whole(3, 0);
    zk.scale_to("--replicas 1 --observers 2").ok();
    writers.lap("3+0→1+2");
    zk.is_whole(1, 2);
    writers.stop("observers of one voter");
}

/// One leads, so many observe, and all others follow.
#[track_caller]
fn has_roles(status: &serde_json::Value, observers: u8) {
    let servers = status["servers"].as_array().unwrap();
    let count = |role: &str| servers.iter().filter(|it| it["role"] == role).count();
    assert_eq!(count("leader"), 1, "{status}");
    assert_eq!(count("observer"), usize::from(observers), "{status}");
    assert_eq!(count("follower") + 1 + count("observer"), servers.len());
}
