//! `replace` under writers: a disk whose data is damaged, one that serves; and what it refuses.

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::await_until;

/// `ZooKeeper` refuses an epoch that is older than its last transaction.
const DAMAGE: &str = "echo 0 >/data/version-2/currentEpoch; pkill -KILL java";

#[test]
fn damaged_data_and_a_server_that_serves() {
    let namespace = Namespace::new("replace");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    zk.roll("restart").ok();
    let id = zk.follower();
    zk.in_pod(id, &["bash", "-c", DAMAGE]);
    let hint = damage_told(&zk, id);
    let other = if id == 2 { 3 } else { 2 };
    let refused = zk.roll(&format!("replace --id {other}")).ends_with(1);
    refused.says("there is no majority in sync: 1 of 3 voters are in sync");
    let unasked = namespace
        .zk(&["replace", "zk", "--id", &id.to_string()])
        .ends_with(1);
    unasked
        .says("its data is damaged: The current epoch")
        .says("cannot ask for confirmation without a terminal; pass --yes to go ahead");
    let before = disk(&zk, id);
    assert_eq!(
        hint,
        format!("kubectl zk replace zk --id {id} -n {}", namespace.name)
    );
    zk.rolls_as_told(&format!("replace --id {id}"));
    assert_ne!(disk(&zk, id), before);
    writers.lap("damaged data");
    zk.rolls_as_told(&format!("replace --id {}", zk.leader()));
    writers.lap("the leader, which served");
    writers.stop("replace");
}

/// The command that `status` gives once the server has refused its data.
#[track_caller]
fn damage_told(zk: &Ensemble<'_>, id: u8) -> String {
    let finding = || {
        let status = zk.status();
        let all = status["findings"].as_array().cloned().unwrap_or_default();
        let told = format!("server {id}: its data is damaged: ");
        let is_told = |finding: &serde_json::Value| {
            finding["message"]
                .as_str()
                .is_some_and(|text| text.starts_with(&told))
        };
        all.into_iter().find(is_told)
    };
    await_until("the damage is told", || finding().is_some());
    let finding = finding().unwrap_or_default();
    finding["fix"].as_str().unwrap_or_default().to_owned()
}

#[track_caller]
fn disk(zk: &Ensemble<'_>, id: u8) -> String {
    let name = format!("data-zk-server-{id}-0");
    zk.namespace.field("pvc", &name, ".metadata.uid")
}
