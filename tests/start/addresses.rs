//! Addresses: those of today's Services, in the list that was, and nobody's for a member whose address is another's.

use crate::pod::Pod;

fn member(list: &str) -> Pod {
    let pod = Pod::new();
    pod.claims();
    pod.activates("100000000", list);
    pod
}

#[test]
fn services_made_again_give_their_new_addresses() {
    let mut pod = member(
        "server.1=10.96.0.1:2888:3888:participant;0.0.0.0:2181\nserver.2=10.96.0.2:2888:3888:observer;2181",
    );
    pod.service(1, "10.96.7.1");
    pod.service(2, "10.96.7.2");
    pod.set("ZK_PEER_2_SERVICE_PORT", "12888");
    pod.set("ZK_ELECTION_2_SERVICE_PORT", "13888");
    pod.starts();
    assert_eq!(
        pod.list(),
        "server.1=10.96.7.1:2888:3888:participant;0.0.0.0:2181\nserver.2=10.96.7.2:12888:13888:observer;2181\n"
    );
    assert!(
        pod.setting("dynamicConfigFile").ends_with(".100000000"),
        "the version stays"
    );
}

#[test]
fn ipv6_addresses_are_in_brackets() {
    let mut pod = Pod::new();
    for number in 1..=3 {
        pod.service(number, &format!("fd00::{number}"));
    }
    pod.starts();
    assert!(
        pod.list()
            .contains("server.2=[fd00::2]:2888:3888:participant;2181\n"),
        "{}",
        pod.list()
    );
}

#[test]
fn ipv6_addresses_are_refreshed() {
    let mut pod = member(
        "server.1=[fd00::1]:2888:3888:participant;[::]:2181\nserver.2=10.96.0.2:2888:3888:participant;2181",
    );
    pod.service(1, "fd00::a:1");
    pod.service(2, "fd00::a:2");
    pod.starts();
    assert_eq!(
        pod.list(),
        "server.1=[fd00::a:1]:2888:3888:participant;[::]:2181\nserver.2=[fd00::a:2]:2888:3888:participant;2181\n"
    );
}

#[test]
fn a_member_without_a_service_keeps_its_address() {
    let mut pod = member(
        "server.1=10.96.0.1:2888:3888:participant;2181\nserver.3=10.96.0.3:2888:3888:participant;2181",
    );
    pod.no_service(3);
    pod.starts();
    assert!(
        pod.list()
            .contains("server.3=10.96.0.3:2888:3888:participant;2181\n"),
        "{}",
        pod.list()
    );
}

#[test]
fn an_address_handed_to_another_service_becomes_nobodys() {
    for host in ["10.96.0.3", "fd00::3"] {
        let written = if host.contains(':') {
            format!("[{host}]")
        } else {
            host.to_owned()
        };
        let mut pod = member(&format!(
            "server.1=10.96.0.1:2888:3888:participant;2181\nserver.3={written}:2888:3888:participant;2181"
        ));
        pod.no_service(3);
        pod.set("OTHER_PEER_2_SERVICE_HOST", host);
        pod.starts();
        assert_eq!(
            pod.list(),
            "server.1=10.96.0.1:2888:3888:participant;2181\nserver.3=192.0.2.3:2888:3888:participant;2181\n"
        );
    }
}

#[test]
fn the_proposed_list_is_refreshed_too() {
    let mut pod = member(
        "server.1=10.96.0.1:2888:3888:participant;2181\nserver.2=10.96.0.2:2888:3888:participant;2181",
    );
    pod.write("conf/zoo.cfg.dynamic.next", "server.1=10.96.0.1:2888:3888:participant;2181\nserver.3=10.96.0.3:2888:3888:participant;2181\nversion=100000004");
    pod.service(3, "10.96.7.3");
    pod.starts();
    assert_eq!(
        pod.read("conf/zoo.cfg.dynamic.next"),
        "server.1=10.96.0.1:2888:3888:participant;2181\nserver.3=10.96.7.3:2888:3888:participant;2181\nversion=100000004\n"
    );
}

#[test]
fn lines_that_are_no_members_and_old_forms_stay() {
    let list = "server.1=10.96.0.1:2888:3888\nserver.2=10.96.0.2:2888:3888;2181\ngroup.1=1:2\nweight.1=1\n";
    let pod = member(list);
    pod.starts();
    assert_eq!(pod.list(), list);
}
