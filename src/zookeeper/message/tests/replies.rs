//! Replies that real servers sent.

use super::*;

#[track_caller]
fn read<T>(body: &[u8], read: fn(&mut Decoder<'_>) -> Result<T, Malformed>) -> T {
    let mut decoder = Decoder::new(body);
    assert_eq!(Header::decode(&mut decoder).unwrap().error, 0);
    let value = read(&mut decoder).unwrap();
    assert!(decoder.is_empty());
    value
}

#[track_caller]
fn refused(body: &[u8]) -> Code {
    let mut decoder = Decoder::new(body);
    let header = Header::decode(&mut decoder).unwrap();
    assert!(decoder.is_empty());
    Code::from(header.error)
}

#[test]
fn real_servers_open_sessions() {
    for body in recorded!("connect") {
        let connected = Connected::decode(body).unwrap();
        assert_eq!((connected.timeout_ms, connected.read_only), (10_000, false));
        assert_ne!(connected.credentials.id, 0);
        assert_eq!(connected.credentials.password.bytes().len(), 16);
        // Servers before 3.4 do not send the last byte.
        assert_eq!(Connected::decode(&body[..body.len() - 1]), Ok(connected));
    }
    for body in recorded!("expired") {
        let connected = Connected::decode(body).unwrap();
        assert_eq!((connected.timeout_ms, connected.credentials.id), (0, 0));
    }
}

#[test]
fn real_servers_refuse() {
    for (bodies, code) in [
        (recorded!("no-node"), Code::NoNode),
        (recorded!("node-exists"), Code::NodeExists),
        (recorded!("bad-version"), Code::BadVersion),
        (recorded!("reconfig-no-auth"), Code::NoAuth),
        (recorded!("reconfig-bad-version"), Code::BadVersion),
        (recorded!("reconfig-bad-arguments"), Code::BadArguments),
    ] {
        assert_eq!(bodies.map(refused), [code; 2]);
    }
}

#[test]
fn real_servers_answer() {
    for body in recorded!("create") {
        assert_eq!(read(body, reply::path), "/fixture-0000000002");
    }
    for body in recorded!("set-data") {
        let Stat {
            version,
            data_length,
            ephemeral_owner,
            ..
        } = read(body, reply::stat);
        assert_eq!((version, data_length, ephemeral_owner), (1, 5, 0));
    }
    for body in recorded!("get-data") {
        let (data, stat) = read(body, reply::data);
        assert_eq!((data.as_slice(), stat.version), (&b"world"[..], 1));
        assert!(stat.czxid < stat.mzxid && stat.ctime <= stat.mtime && stat.pzxid == stat.czxid);
    }
    for body in recorded!("children2") {
        let (mut children, stat) = read(body, reply::children);
        children.sort();
        assert_eq!(
            (children, stat.num_children),
            (vec!["config".to_owned(), "quota".to_owned()], 2)
        );
    }
    for body in recorded!("get-acl") {
        assert_eq!(read(body, reply::acl).0, [Acl::world(Acl::READ)]);
    }
    for body in recorded!("set-acl") {
        assert_eq!(read(body, reply::stat).aversion, 1);
    }
    for body in recorded!("sync") {
        assert_eq!(read(body, reply::path), "/");
    }
    for (bodies, xid) in [
        (recorded!("ping"), PING_XID),
        (recorded!("auth"), AUTH_XID),
        (recorded!("close"), 22),
    ] {
        for body in bodies {
            assert_eq!(Header::decode(&mut Decoder::new(body)).unwrap().xid, xid);
            read(body, reply::nothing);
        }
    }
}

#[test]
fn real_servers_tell_their_membership() {
    for (bodies, count) in [
        (recorded!("get-config"), 3),
        (recorded!("reconfig"), 2),
        (recorded!("reconfig-members"), 3),
    ] {
        for body in bodies {
            let (data, _) = read(body, reply::data);
            let text = String::from_utf8(data).unwrap();
            let membership: Membership = text.parse().unwrap();
            assert_eq!(membership.to_string(), text);
            assert_eq!(membership.voters().count(), count);
        }
    }
}
