//! Server lines as servers and people write them.

use super::*;
use proptest::prelude::*;

const RECORDED: &str = "server.1=zk-0.zk-hs:2888:3888:participant;0.0.0.0:2181\n\
    server.2=zk-1.zk-hs:2888:3888:participant;0.0.0.0:2181\n\
    server.3=zk-2.zk-hs:2888:3888:observer;0.0.0.0:2181\n\
    version=100000010";

fn id(number: u8) -> ServerId {
    ServerId::try_from(number).unwrap()
}

#[track_caller]
fn check(text: &str, printed: &str) -> ServerLine {
    let line: ServerLine = text.parse().unwrap();
    assert_eq!(line.to_string(), printed);
    line
}

#[test]
fn what_the_servers_write_is_read_and_printed_byte_for_byte() {
    let membership = parse_config(RECORDED).unwrap();
    assert_eq!(membership.to_string(), RECORDED);
    assert_eq!(membership.version, Some(0x1_0000_0010));
    assert_eq!(
        membership.voters().map(|(id, _)| id).collect::<Vec<_>>(),
        [id(1), id(2)]
    );
    assert_eq!(
        membership.observers().map(|(id, _)| id).collect::<Vec<_>>(),
        [id(3)]
    );
}

#[test]
fn order_carriage_returns_blanks_and_other_keys_do_not_matter() {
    let text = "version=a\r\nclientPort=2181\r\n\r\nserver.2 = b:2888:3888;2181\r\nserver.1=a:2888:3888;2181";
    let membership = parse_config(text).unwrap();
    assert_eq!(membership.version, Some(10));
    assert_eq!(membership.servers.len(), 2);
    assert_eq!(membership.servers[&id(2)].host, "b");
}

#[test]
fn a_standalone_server_has_no_members() {
    assert_eq!(parse_config(""), Ok(Membership::default()));
}

#[test]
fn a_majority_of_voters_is_a_quorum() {
    for (voters, quorum) in [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)] {
        let lines = (1..=voters).map(|n| format!("server.{n}=h:1:2\n"));
        let observer = "server.255=h:1:2:observer\n".to_owned();
        let text: String = lines.chain([observer]).collect();
        assert_eq!(parse_config(&text).unwrap().quorum(), quorum, "{voters}");
    }
}

#[test]
fn every_form_of_a_line() {
    let line = check("h:2888:3888", "h:2888:3888:participant");
    assert_eq!((line.client.as_deref(), line.client_port()), (None, None));
    let line = check(
        "10.96.0.7:2888:3888:observer;2181",
        "10.96.0.7:2888:3888:observer;2181",
    );
    assert_eq!(
        (line.role, line.client_port()),
        (Role::Observer, Some(2181))
    );
    check("h:2888:3888:OBSERVER;h:2181", "h:2888:3888:observer;h:2181");
    check(" h:2888:3888 ; 2181 ", "h:2888:3888:participant;2181");
    let line = check(
        "[fd00::7]:2888:3888;[::]:2181",
        "[fd00::7]:2888:3888:participant;[::]:2181",
    );
    assert_eq!(
        (line.host.as_str(), line.client_port()),
        ("fd00::7", Some(2181))
    );
    let line = check(
        "a:2888:3888|[fd00::1]:2889:3889;2181",
        "a:2888:3888|[fd00::1]:2889:3889:participant;2181",
    );
    assert_eq!(
        (line.host.as_str(), line.peer_port, line.election_port),
        ("a:2888:3888|[fd00::1]", 2889, 3889)
    );
}

#[test]
fn what_is_no_line_is_refused() {
    for text in [
        "",
        ":",
        "h",
        "h:2888",
        ":2888:3888",
        "h:2888:",
        "h:x:3888",
        "h:+1:3888",
        "h:70000:3888",
        "h:2888:3888:",
        "h:2888:3888:voter",
        "fd00::7:2888:3888",
        "[h]:2888:3888",
        "a b:2888:3888",
        "h:2888:3888;",
        "h:2888:3888;x",
        "h:2888:3888;a;2181",
        "h:2888:3888;::1:2181",
        "a|b:2888:3888",
        "a:1:2:observer|b:1:2",
        "a:1:2|:1:2",
        "a:1:2,server.2=b:1:2",
    ] {
        assert_eq!(
            text.parse::<ServerLine>(),
            Err(InvalidMembership::Line(text.to_owned())),
            "{text:?}"
        );
    }
}

#[test]
fn what_is_no_membership_is_refused_and_said() {
    #[track_caller]
    fn refused(text: &str, message: &str) {
        assert_eq!(parse_config(text).unwrap_err().to_string(), message);
    }
    refused(
        "server.0=h:1:2",
        "server line \"server.0=h:1:2\": the id is not a number from 1 to 255",
    );
    refused(
        "server.x=h:1:2",
        "server line \"server.x=h:1:2\": the id is not a number from 1 to 255",
    );
    refused("server.1=h:1:2\nserver.1=i:1:2", "server 1 is listed twice");
    refused(
        "version=xyz",
        "configuration version \"xyz\" is not a hexadecimal number",
    );
    refused(
        "version=",
        "configuration version \"\" is not a hexadecimal number",
    );
    refused(
        "weight.1=2",
        "\"weight.1=2\": hierarchical quorums (groups and weights) are not supported",
    );
}

fn client() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(
        "([a-z0-9.]{1,9}:|\\[[0-9a-f]{1,4}::\\]:|)"
            .prop_flat_map(|host| any::<u16>().prop_map(move |port| format!("{host}{port}"))),
    )
}

prop_compose! {
    fn line()(
        host in "[a-z0-9.-]{1,20}|[0-9a-f]{1,4}::[0-9a-f]{0,4}|[a-z]{1,5}:[0-9]{1,4}:[0-9]{1,4}\\|[a-z]{1,5}",
        peer_port: u16,
        election_port: u16,
        votes: bool,
        client in client(),
    ) -> ServerLine {
        let role = if votes { Role::Participant } else { Role::Observer };
        ServerLine { host, peer_port, election_port, role, client }
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(
        servers in proptest::collection::btree_map((1..=255u8).prop_map(id), line(), 0..6),
        version: Option<u64>,
    ) {
        let membership = Membership { version, servers };
        prop_assert_eq!(parse_config(&membership.to_string()), Ok(membership.clone()));
        let crlf = membership.to_string().replace('\n', "\r\n");
        prop_assert_eq!(parse_config(&crlf), Ok(membership));
    }

    #[test]
    fn no_text_panics(text in "\\PC*", line in "[a-z0-9.:;|=\\[\\] \r\n]{0,60}") {
        let _ = parse_config(&text);
        let _ = parse_config(&format!("server.1={line}"));
        let _ = line.parse::<ServerLine>();
    }

    #[test]
    fn a_line_that_is_read_stays_the_same_when_printed(text in "[a-f0-9.:;|\\[\\]]{0,40}") {
        if let Ok(line) = text.parse::<ServerLine>() {
            prop_assert_eq!(line.to_string().parse(), Ok(line));
        }
    }
}

#[test]
fn one_address_has_many_spellings() {
    assert!(is_same_host("fd00:0:0:0:0:0:0:1", "fd00::1"));
    assert!(is_same_host("FD00::1", "fd00::1"));
    assert!(is_same_host("10.0.0.1", "10.0.0.1") && is_same_host("zk-1", "zk-1"));
    assert!(!is_same_host("fd00::2", "fd00::1"));
    assert!(!is_same_host("10.0.0.1", "10.0.0.2") && !is_same_host("zk-1", "zk-2"));
}
