//! Updates whose first server does not come back: they stop there, the others serve on, and `--undo` heals.

use std::collections::BTreeMap;

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;

#[test]
fn an_image_that_is_not_there_one_without_a_server_and_a_flag_that_java_refuses() {
    let namespace = Namespace::new("update-bad");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    let whole = zk.uids();
    let missing = "update --image zookeeper:9.9.9";
    let why = "image zookeeper:9.9.9 cannot be pulled";
    stops(&zk, &whole, missing, why);
    let after = zk.uids();
    zk.roll(missing).ends_with(1).says(why);
    assert_eq!(zk.uids(), after, "again, it goes no further");
    writers.lap("an image that is not there");
    heals(&zk, &after);
    writers.lap("undone");
    // A second one on top of one that failed: the way back leads past both.
    let whole = zk.uids();
    stops(&zk, &whole, "update --image localhost/pause:3", "bash");
    let refused = "Unrecognized option: -Xnonsense";
    stops(
        &zk,
        &whole,
        "update --unset image --jvm-flags -Xnonsense",
        refused,
    );
    writers.lap("an image without a server, and a flag that Java refuses");
    heals(&zk, &zk.uids());
    writers.lap("undone");
    writers.stop("updates that stop");
}

/// One server is down, the others have their old pods, and `status` says how to go back.
#[track_caller]
fn stops(zk: &Ensemble<'_>, whole: &BTreeMap<u8, String>, update: &str, why: &str) {
    let stopped = zk.roll(update).ends_with(1);
    stopped.says(why).says("kubectl zk update zk --undo");
    assert_eq!(others(whole, &zk.uids()), 1, "the first alone was touched");
    let told = zk.status();
    let finding = told["findings"].as_array().unwrap().iter();
    let mut unfinished = finding.filter(|it| it["id"] == "unfinished-update");
    let said = unfinished.next().unwrap()["message"].as_str().unwrap();
    let back = "have not had a turn: to go back, kubectl zk update zk --undo";
    assert!(said.contains(back), "{said}");
}

/// Back, only the one that is down is restarted, as the dry run says.
#[track_caller]
fn heals(zk: &Ensemble<'_>, broken: &BTreeMap<u8, String>) {
    zk.rolls_as_told("update --undo");
    assert_eq!(others(broken, &zk.uids()), 1, "back, that one alone");
}

/// How many servers have another pod.
fn others(before: &BTreeMap<u8, String>, after: &BTreeMap<u8, String>) -> usize {
    let other = before.iter().filter(|(id, uid)| after[id] != **uid);
    other.count()
}
