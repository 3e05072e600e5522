//! Updates whose first server does not come back: they stop there, the others serve on, and `--undo` heals.

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::writers::Writers;

#[test]
fn an_image_that_is_not_there_one_without_a_server_and_a_flag_that_java_refuses() {
    let namespace = Namespace::new("update-bad");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    let missing = "--image zookeeper:9.9.9";
    stops(
        &zk,
        &writers,
        missing,
        "image zookeeper:9.9.9 cannot be pulled",
    );
    let strange = "--image localhost/pause:3";
    stops(&zk, &writers, strange, "bash");
    let refused = "--jvm-flags -Xnonsense";
    stops(&zk, &writers, refused, "Unrecognized option: -Xnonsense");
    writers.stop("updates that stop");
}

/// One server is down, the others have their old pods, and are written to; back, only that one is restarted.
#[track_caller]
fn stops(zk: &Ensemble<'_>, writers: &Writers<'_>, flags: &str, why: &str) {
    let before = zk.uids();
    let stopped = zk.roll(&format!("update {flags}")).ends_with(1);
    stopped.says(why).says("kubectl zk update zk --undo");
    let after = zk.uids();
    let gone = before.iter().filter(|(id, uid)| after[id] != **uid).count();
    assert_eq!(gone, 1, "the first alone was touched");
    writers.lap(&format!("{flags}: stopped"));
    let again = zk.roll(&format!("update {flags}")).ends_with(1);
    again.says(why);
    assert_eq!(zk.uids(), after, "again, it goes no further");
    let told = zk.status();
    let back = "have not had a turn: to go back, kubectl zk update zk --undo";
    let finding = told["findings"].as_array().unwrap().iter();
    let mut unfinished = finding.filter(|it| it["id"] == "unfinished-update");
    let said = unfinished.next().unwrap()["message"].as_str().unwrap();
    assert!(said.contains(back), "{said}");
    zk.rolls_as_told("update --undo");
    let healed = zk.uids();
    let gone = after.iter().filter(|(id, uid)| healed[id] != **uid).count();
    assert_eq!(gone, 1, "back, that one alone");
    writers.lap(&format!("{flags}: undone"));
}
