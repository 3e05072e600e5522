//! The script without the plugin: what it makes of an environment in which variables are not set at all. A variable that
//! is set and empty was meant, and is refused as ever.

use std::fs;

use crate::pod::Pod;

/// A container of server 1 with nothing but the convention's environment, which defines servers 1, 2 and 3.
pub(crate) fn plain() -> Pod {
    let mut pod = Pod::new();
    pod.unset("ZK_SERVERS");
    pod.unset("ZK_ENSEMBLE");
    pod
}

fn ids(pod: &Pod) -> Vec<String> {
    let list = pod.list();
    let id = |line: &str| {
        line.strip_prefix("server.")?
            .split_once('=')
            .map(|(id, _)| id.to_owned())
    };
    list.lines().filter_map(id).collect()
}

#[test]
fn all_that_the_environment_defines_found() {
    let pod = plain();
    pod.starts();
    assert_eq!(ids(&pod), ["2", "3", "1"]);
    assert!(pod.has("initialize"));
    assert_eq!(pod.read("ensemble"), "1\n", "the claim names the id alone");
    assert_eq!(pod.read("myid"), "1\n");
}

#[test]
fn any_ids_that_a_server_may_have() {
    let mut pod = plain();
    for number in [7, 15, 255, 0, 256, 999] {
        pod.service(number, &format!("10.96.1.{}", number % 256));
    }
    pod.set("ZK_PEER_01_SERVICE_HOST", "10.96.1.1");
    pod.set("ZK_PEER_X_SERVICE_HOST", "10.96.1.1");
    pod.set("OTHER_PEER_4_SERVICE_HOST", "10.96.1.1");
    pod.starts();
    assert_eq!(ids(&pod), ["2", "3", "7", "15", "255", "1"]);
}

#[test]
fn by_the_prefix_of_another_name() {
    let mut pod = plain();
    pod.set("ZK_ENV_PREFIX", "kafka-zk");
    for number in 1..=2 {
        let name = |end: &str| format!("KAFKA_ZK_{end}");
        pod.set(&name(&format!("PEER_{number}_SERVICE_HOST")), "10.96.9.1");
        pod.set(&name(&format!("PEER_{number}_SERVICE_PORT")), "2888");
        pod.set(&name(&format!("ELECTION_{number}_SERVICE_PORT")), "3888");
    }
    pod.starts();
    assert_eq!(ids(&pod), ["2", "1"], "zk's own servers are others");
}

/// A part of a definition is a Service that was not there yet: with fewer founders there could be two quorums.
#[test]
fn a_server_that_is_defined_in_part_is_waited_for() {
    for name in [
        "ZK_PEER_3_SERVICE_HOST",
        "ZK_PEER_3_SERVICE_PORT",
        "ZK_ELECTION_3_SERVICE_PORT",
    ] {
        let mut pod = plain();
        pod.unset(name);
        pod.refused("no Service address for server 3");
        assert!(!pod.has("initialize"), "{name}");
    }
}

#[test]
fn nobody_founds_alone_because_the_others_are_not_defined_yet() {
    let mut pod = plain();
    pod.no_service(2);
    pod.no_service(3);
    pod.refused("the environment defines no server but 1");
    assert!(!pod.has("initialize"));
    pod.set("ZK_SERVERS", "1");
    pod.starts();
    assert_eq!(ids(&pod), ["1"]);
}

#[test]
fn a_member_goes_on_whatever_the_environment_defines() {
    let list = "server.1=10.96.0.1:2888:3888:participant;2181\nserver.2=10.96.0.2:2888:3888:participant;2181\n";
    let mut pod = plain();
    pod.write("ensemble", "1\n");
    pod.write("myid", "1\n");
    pod.activates("100000000", list);
    pod.no_service(2);
    pod.no_service(3);
    pod.starts();
    assert_eq!(pod.list(), list);
}

#[test]
fn a_list_that_is_given_counts_and_not_what_is_defined() {
    let mut pod = plain();
    pod.set("ZK_SERVERS", "1 2");
    pod.starts();
    assert_eq!(ids(&pod), ["2", "1"]);
    assert_eq!(pod.read("ensemble"), "1\n");
}

#[test]
fn what_is_set_and_empty_is_refused() {
    let mut pod = plain();
    pod.set("ZK_SERVERS", "");
    pod.refused("ZK_SERVERS is empty");
    pod.unset("ZK_SERVERS");
    pod.set("ZK_ENSEMBLE", "");
    pod.refused("ZK_ENSEMBLE is empty: is the Secret complete?");
    assert!(pod.disk().is_empty());
}

#[test]
fn the_seal_and_the_word_that_stands_for_it() {
    let sealed = plain();
    sealed.seal();
    let mut said = plain();
    said.set("ZK_FOUNDED", "yes");
    for pod in [sealed, said] {
        pod.starts();
        assert!(
            pod.list()
                .contains("server.1=10.96.0.1:2888:3888:observer;2181\n"),
            "{}",
            pod.list()
        );
        assert!(!pod.has("initialize"));
    }
}

#[test]
fn a_disk_of_the_plugin_is_not_taken_by_the_id_alone() {
    let pod = plain();
    pod.claims();
    pod.refused("not to '1'");
}

/// By the names that a Deployment, a `ReplicationController` and a StatefulSet give to pods.
#[test]
fn pods_of_any_controller() {
    let mut pod = plain();
    for host in [
        "zk-server-1-7f9c8d9b5-24567",
        "zk-server-1-24567",
        "zk-server-1-0",
    ] {
        pod.set("HOSTNAME", host);
        pod.starts();
    }
    pod.set("HOSTNAME", "zk-server-1-1");
    pod.refused("two servers of id 1");
}

#[test]
fn a_peer_service_without_the_elections_port_is_told_of() {
    let lacks = "the Service of peer 2 lacks the election's port 3888";
    let mut pod = plain();
    pod.set("ZK_ELECTION_2_SERVICE_HOST", "10.96.0.102");
    pod.set("ZK_PEER_2_PORT", "tcp://10.96.0.2:2888");
    let end = pod.run();
    assert!(end.code == 0 && end.said.contains(lacks), "{end:?}");
    pod.set("ZK_PEER_2_PORT_3888_TCP", "tcp://10.96.0.2:3888");
    let end = pod.run();
    assert!(end.code == 0 && end.said.is_empty(), "{end:?}");
}

#[test]
fn one_host_for_both_ports_has_nothing_to_be_told() {
    let mut pod = plain();
    pod.set("ZK_ELECTION_2_SERVICE_HOST", "10.96.0.2");
    pod.set("ZK_PEER_2_PORT", "tcp://10.96.0.2:2888");
    assert_eq!(pod.run().said, "");
}

/// An image brings a base of its own.
fn with_defaults() -> Pod {
    let mut pod = plain();
    let defaults = pod.root().join("defaults");
    fs::create_dir(&defaults).unwrap();
    pod.set("ZK_DEFAULTS", defaults.to_str().unwrap());
    pod.mount("defaults/zoo.cfg", "tickTime=700\n");
    pod.mount("defaults/logback.xml", "<image/>\n");
    pod
}

#[test]
fn the_images_base_where_none_is_mounted() {
    let pod = with_defaults();
    pod.starts();
    assert_eq!(pod.setting("tickTime"), "2000", "the mounted one counts");
    fs::remove_dir_all(pod.root().join("zk")).unwrap();
    pod.starts();
    assert_eq!(pod.setting("tickTime"), "700");
}

#[test]
fn a_mounted_base_without_zoo_cfg_is_a_mistake() {
    let pod = with_defaults();
    fs::remove_file(pod.root().join("zk/zoo.cfg")).unwrap();
    pod.refused("zk/zoo.cfg: is the ConfigMap complete?");
}

#[test]
fn without_a_mounted_base_or_an_images_it_is_refused() {
    let pod = plain();
    fs::remove_dir_all(pod.root().join("zk")).unwrap();
    pod.refused("no ");
    assert!(pod.disk().is_empty());
}

#[test]
fn the_images_logback_where_the_base_has_none() {
    let mut pod = with_defaults();
    pod.server("exit 0");
    fs::remove_file(pod.root().join("zk/logback.xml")).unwrap();
    let end = pod.start(&[]).end();
    assert_eq!(end.code, 0, "{end:?}");
    assert_eq!(pod.read("conf/logback.xml"), "<image/>\n");
}
