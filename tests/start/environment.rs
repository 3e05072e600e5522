//! The convention's environment: each variable that the script needs, and what it says without it.

use crate::pod::Pod;

#[test]
fn the_prefix_is_the_ensembles_name_in_upper_case_with_underscores() {
    for prefix in ["MY_ZK_2", "MY-ZK-2", "my-zk-2"] {
        let mut pod = Pod::new();
        for number in 1..=3 {
            pod.no_service(number);
            pod.set(
                &format!("MY_ZK_2_PEER_{number}_SERVICE_HOST"),
                &format!("10.96.5.{number}"),
            );
            pod.set(&format!("MY_ZK_2_PEER_{number}_SERVICE_PORT"), "2888");
            pod.set(&format!("MY_ZK_2_ELECTION_{number}_SERVICE_PORT"), "3888");
        }
        pod.set("ZK_ENV_PREFIX", prefix);
        pod.starts();
        assert!(
            pod.list()
                .contains("server.3=10.96.5.3:2888:3888:participant;2181\n"),
            "{}",
            pod.list()
        );
    }
}

#[test]
fn another_ensembles_services_are_not_ours() {
    let mut pod = Pod::new();
    pod.set("ZK_ENV_PREFIX", "OTHER");
    pod.refused("no Service address for server 1 in the environment");
}

#[test]
fn ports_are_those_of_the_services() {
    let mut pod = Pod::new();
    pod.set("ZK_PEER_2_SERVICE_PORT", "12888");
    pod.set("ZK_ELECTION_2_SERVICE_PORT", "13888");
    pod.starts();
    assert!(
        pod.list()
            .contains("server.2=10.96.0.2:12888:13888:participant;2181\n"),
        "{}",
        pod.list()
    );
}

#[test]
fn every_variable_of_our_own_services_is_needed() {
    for name in [
        "ZK_PEER_1_SERVICE_HOST",
        "ZK_PEER_1_SERVICE_PORT",
        "ZK_ELECTION_1_SERVICE_PORT",
    ] {
        let mut pod = Pod::new();
        pod.unset(name);
        pod.refused("no Service address for server 1");
        assert!(pod.disk().is_empty(), "{name}: nothing is touched");
    }
}

#[test]
fn every_variable_of_a_founders_services_is_needed() {
    for name in [
        "ZK_PEER_3_SERVICE_HOST",
        "ZK_PEER_3_SERVICE_PORT",
        "ZK_ELECTION_3_SERVICE_PORT",
    ] {
        let mut pod = Pod::new();
        pod.unset(name);
        pod.refused("no Service address for server 3");
    }
}

#[test]
fn an_id_that_is_none_is_refused() {
    for id in ["", "0", "01", "one", "1 2", "256", "1000", "-1"] {
        let mut pod = Pod::new();
        pod.set("ZK_SERVER_ID", id);
        pod.refused("not a server's id");
        pod.unset("ZK_SERVER_ID");
        pod.refused("not a server's id");
    }
}

#[test]
fn the_first_configuration_must_list_somebody() {
    let mut pod = Pod::new();
    pod.set("ZK_SERVERS", "");
    pod.refused("ZK_SERVERS is empty");
}

#[test]
fn a_missing_base_is_refused() {
    let pod = Pod::new();
    pod.mount("zk/zoo.cfg", "");
    pod.refused("is the ConfigMap complete?");
    std::fs::remove_file(pod.root().join("zk/zoo.cfg")).unwrap();
    pod.refused("is the ConfigMap complete?");
    assert!(pod.disk().is_empty());
}

#[test]
fn a_termination_log_that_cannot_be_written_changes_no_exit_code() {
    let mut pod = Pod::new();
    pod.set("ZK_TERMINATION_LOG", "/nowhere/reason");
    pod.set("ZK_SERVERS", "");
    let end = pod.run();
    assert_eq!(end.code, 78);
    assert!(end.said.contains("ZK_SERVERS is empty"), "{end:?}");
}
