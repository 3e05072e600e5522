//! Which member list a server starts with: who founds, who joins, who goes on.

use crate::pod::Pod;

const FOUNDERS: &str = "server.2=10.96.0.2:2888:3888:participant;2181
server.3=10.96.0.3:2888:3888:participant;2181
server.1=10.96.0.1:2888:3888:participant;2181
";
const JOINER: &str = "server.2=10.96.0.2:2888:3888:participant;2181
server.3=10.96.0.3:2888:3888:participant;2181
server.1=10.96.0.1:2888:3888:observer;2181
";
const ACTIVE: &str = "server.1=10.96.0.1:2888:3888:participant;0.0.0.0:2181
server.2=10.96.0.2:2888:3888:participant;0.0.0.0:2181
server.3=10.96.0.3:2888:3888:participant;0.0.0.0:2181
";
const WITHOUT_US: &str = "server.2=10.96.0.2:2888:3888:participant;0.0.0.0:2181
server.3=10.96.0.3:2888:3888:participant;0.0.0.0:2181
";

fn with_data() -> Pod {
    let pod = Pod::new();
    pod.claims();
    pod
}

#[test]
fn an_empty_disk_before_the_seal_founds() {
    let pod = Pod::new();
    pod.starts();
    assert_eq!(pod.list(), FOUNDERS);
    assert!(
        pod.setting("dynamicConfigFile")
            .ends_with("/conf/zoo.cfg.dynamic")
    );
    assert!(pod.has("initialize"));
}

#[test]
fn a_single_server_founds_alone() {
    let mut pod = Pod::new();
    pod.set("ZK_SERVERS", "1");
    pod.starts();
    assert_eq!(
        pod.list(),
        "server.1=10.96.0.1:2888:3888:participant;2181\n"
    );
    assert!(pod.has("initialize"));
}

#[test]
fn an_empty_disk_after_the_seal_joins() {
    let pod = Pod::new();
    pod.seal();
    pod.starts();
    assert_eq!(pod.list(), JOINER);
    assert!(!pod.has("initialize"));
}

#[test]
fn a_server_that_the_first_configuration_does_not_list_joins() {
    let mut pod = Pod::new();
    pod.set("ZK_SERVERS", "2 3");
    pod.starts();
    assert_eq!(pod.list(), JOINER);
    assert!(!pod.has("initialize"));
}

/// An ensemble that one server founded may have others today.
#[test]
fn the_only_founder_joins_whoever_has_a_service() {
    let mut pod = Pod::new();
    pod.set("ZK_SERVERS", "1");
    pod.seal();
    pod.starts();
    assert_eq!(pod.list(), JOINER);
    assert!(!pod.has("initialize"));
}

#[test]
fn a_founder_that_never_had_a_quorum_joins_after_the_seal() {
    let pod = Pod::new();
    pod.starts();
    pod.seal();
    pod.starts();
    assert_eq!(pod.list(), JOINER);
    assert!(!pod.has("initialize"));
}

#[test]
fn the_last_member_of_a_list_without_a_final_newline_stays() {
    let pod = with_data();
    pod.activates("100000000", ACTIVE);
    assert!(!pod.read("conf/zoo.cfg.dynamic.100000000").ends_with('\n'));
    pod.starts();
    assert_eq!(pod.list(), ACTIVE);
}

#[test]
fn a_list_goes_on_when_it_lists_more_than_the_environment_knows() {
    let mut pod = with_data();
    let five = format!(
        "{ACTIVE}server.4=10.96.0.4:2888:3888:participant;0.0.0.0:2181\nserver.5=10.96.0.5:2888:3888:participant;0.0.0.0:2181\n"
    );
    pod.set("ZK_SERVERS", "1 2 3");
    pod.activates("200000007", &five);
    pod.starts();
    assert_eq!(pod.list(), five);
    assert!(pod.setting("dynamicConfigFile").ends_with(".200000007"));
}

#[test]
fn a_disk_that_ever_activated_a_list_never_founds() {
    let pod = with_data();
    pod.activates("100000005", WITHOUT_US);
    pod.write("initialize", "");
    pod.starts();
    assert_eq!(pod.list(), JOINER);
    assert!(!pod.has("initialize"), "an empty memory must not vote");
}

#[test]
fn a_member_never_starts_with_a_leave_to_be_empty() {
    let pod = with_data();
    pod.activates("100000005", ACTIVE);
    pod.write("initialize", "");
    pod.starts();
    assert!(!pod.has("initialize"));
}

#[test]
fn the_seal_does_not_disturb_a_member() {
    let pod = with_data();
    pod.activates("100000000", ACTIVE);
    pod.seal();
    pod.starts();
    assert_eq!(pod.list(), ACTIVE);
}

#[test]
fn the_highest_version_wins_not_the_pointer() {
    let pod = with_data();
    pod.activates("1000000000", ACTIVE);
    for older in ["fffffffff", "900000000", "a"] {
        pod.activates(older, WITHOUT_US); // each leaves the pointer to itself
    }
    pod.starts();
    assert!(
        pod.setting("dynamicConfigFile")
            .ends_with("/zoo.cfg.dynamic.1000000000")
    );
    assert_eq!(pod.list(), ACTIVE);
}

#[test]
fn a_power_cut_that_empties_zoo_cfg_loses_no_member() {
    let pod = with_data();
    pod.activates("100000000", ACTIVE);
    pod.write("conf/zoo.cfg", "");
    pod.starts();
    assert_eq!(pod.list(), ACTIVE);
    assert_eq!(pod.setting("tickTime"), "2000");
}

#[test]
fn a_power_cut_that_empties_the_newest_list_leaves_the_one_before() {
    let pod = with_data();
    pod.activates("100000000", ACTIVE);
    pod.activates("100000009", "");
    pod.starts();
    assert_eq!(pod.list(), ACTIVE);
}

#[test]
fn what_the_server_left_half_written_is_no_list() {
    let pod = with_data();
    pod.activates("100000000", ACTIVE);
    for name in [
        "zoo.cfg.dynamic.200000000.tmp",
        "zoo.cfg.dynamic.200000000.new",
        "zoo.cfg.dynamic.next",
        "zoo.cfg.dynamic.bak",
    ] {
        pod.write(&format!("conf/{name}"), WITHOUT_US);
    }
    pod.starts();
    assert_eq!(pod.list(), ACTIVE);
}

#[test]
fn a_pointer_to_a_list_that_is_gone_does_not_make_a_founder_of_a_member() {
    let pod = with_data();
    pod.activates("100000005", ACTIVE);
    pod.write(
        "conf/zoo.cfg",
        "dynamicConfigFile=/data/conf/zoo.cfg.dynamic.300000000\n",
    );
    pod.starts();
    assert_eq!(pod.list(), ACTIVE);
    assert!(!pod.has("initialize"));
}

#[test]
fn killed_after_initialize_was_used_and_before_the_first_snapshot_it_may_found_again() {
    for epoch in [None, Some(""), Some("0")] {
        let pod = Pod::new();
        pod.starts();
        std::fs::remove_file(pod.path("initialize")).unwrap();
        pod.write("version-2/acceptedEpoch", "0");
        if let Some(epoch) = epoch {
            pod.write("version-2/currentEpoch", epoch);
        }
        pod.starts();
        assert!(pod.has("initialize"), "epoch {epoch:?}");
    }
}

#[test]
fn a_founder_that_a_quorum_may_rely_on_is_never_empty_again() {
    for (name, text) in [
        ("version-2/currentEpoch", "1"),
        ("version-2/log.100000001", ""),
    ] {
        let pod = Pod::new();
        pod.starts();
        pod.write(name, text);
        pod.starts();
        assert!(!pod.has("initialize"), "{name}");
    }
}

#[test]
fn a_lost_disk_passes_over_a_server_without_a_service() {
    let mut pod = Pod::new();
    pod.seal();
    pod.no_service(3);
    pod.starts();
    assert_eq!(
        pod.list(),
        "server.2=10.96.0.2:2888:3888:participant;2181\nserver.1=10.96.0.1:2888:3888:observer;2181\n"
    );
}

#[test]
fn a_lost_disk_with_nobody_left_to_join_says_so() {
    let mut pod = Pod::new();
    pod.seal();
    pod.set("ZK_SERVERS", "1");
    pod.no_service(2);
    pod.no_service(3);
    pod.refused("there is no other server to join");
    assert!(!pod.has("initialize"));
}

#[test]
fn a_founder_waits_for_no_service_that_is_missing() {
    let mut pod = Pod::new();
    pod.no_service(3);
    pod.refused("no Service address for server 3");
    assert!(!pod.has("initialize"));
}
