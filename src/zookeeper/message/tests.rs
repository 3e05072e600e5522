//! Requests byte by byte, and replies that real servers sent.

use super::*;
use crate::zookeeper::error::Code;
use crate::zookeeper::message::record::SessionPassword;
use crate::zookeeper::message::record::Stat;
use crate::zookeeper::message::reply::Connected;
use crate::zookeeper::message::reply::Header;
use crate::zookeeper::wire::Decoder;
use crate::zookeeper::wire::Malformed;
use proptest::prelude::*;

/// What a real server sent, without the length before it.
macro_rules! recorded {
    ($name:literal) => {
        [
            &include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/wire/3.8.6/session-",
                $name,
                ".bin"
            ))[4..],
            &include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/wire/3.9.5/session-",
                $name,
                ".bin"
            ))[4..],
        ]
    };
}

mod replies;

fn id(number: u8) -> ServerId {
    ServerId::try_from(number).unwrap()
}

/// A frame's fields after length, xid and opcode.
#[track_caller]
fn fields(request: Request<'_>, opcode: i32) -> Vec<u8> {
    let frame = request.frame(7);
    let mut decoder = Decoder::new(&frame);
    assert_eq!(
        decoder.int().unwrap(),
        i32::try_from(frame.len()).unwrap() - 4
    );
    assert_eq!(
        (decoder.int(), decoder.int()),
        (Ok(7), Ok(opcode)),
        "{}",
        request.name()
    );
    frame[12..].to_vec()
}

#[test]
fn requests_have_the_fields_that_servers_read() {
    let (path, data, acl) = ("/a", &b"xy"[..], &[Acl::world(Acl::ALL)][..]);
    let acl_bytes = b"\0\0\0\x01\0\0\0\x1f\0\0\0\x05world\0\0\0\x06anyone";
    assert_eq!(fields(Request::Ping, 11), b"");
    assert_eq!(fields(Request::CloseSession, -11), b"");
    let auth = Request::AuthDigest {
        user: "super",
        password: "pw",
    };
    assert_eq!(
        fields(auth, 100),
        b"\0\0\0\0\0\0\0\x06digest\0\0\0\x08super:pw"
    );
    assert_eq!(
        fields(Request::Delete { path, version: -1 }, 2),
        b"\0\0\0\x02/a\xff\xff\xff\xff"
    );
    for (request, opcode) in [
        (Request::Exists { path }, 3),
        (Request::GetData { path }, 4),
        (Request::GetChildren2 { path }, 12),
    ] {
        assert_eq!(fields(request, opcode), b"\0\0\0\x02/a\0");
    }
    assert_eq!(fields(Request::GetAcl { path }, 6), b"\0\0\0\x02/a");
    assert_eq!(fields(Request::Sync { path }, 9), b"\0\0\0\x02/a");
    assert_eq!(
        fields(
            Request::SetData {
                path,
                data,
                version: 3
            },
            5
        ),
        b"\0\0\0\x02/a\0\0\0\x02xy\0\0\0\x03"
    );
    let set_acl = fields(
        Request::SetAcl {
            path,
            acl,
            version: 3,
        },
        7,
    );
    assert_eq!(
        set_acl,
        [b"\0\0\0\x02/a", &acl_bytes[..], b"\0\0\0\x03"].concat()
    );
    for (mode, flags) in [
        (CreateMode::Persistent, 0),
        (CreateMode::Ephemeral, 1),
        (CreateMode::PersistentSequential, 2),
        (CreateMode::EphemeralSequential, 3),
    ] {
        let create = fields(
            Request::Create {
                path,
                data,
                acl,
                mode,
            },
            1,
        );
        assert_eq!(
            create,
            [
                b"\0\0\0\x02/a\0\0\0\x02xy",
                &acl_bytes[..],
                &[0, 0, 0, flags]
            ]
            .concat()
        );
    }
}

#[track_caller]
fn reconfig(change: Change, expected_version: Option<u64>) -> ([Option<String>; 3], i64) {
    let reconfig = Reconfig {
        change,
        expected_version,
    };
    let bytes = fields(Request::Reconfig(&reconfig), 16);
    let mut decoder = Decoder::new(&bytes);
    let texts = [(); 3].map(|()| decoder.ustring().unwrap().map(str::to_owned));
    let version = decoder.long().unwrap();
    assert!(decoder.is_empty());
    (texts, version)
}

#[test]
fn reconfig_says_null_where_nothing_is_meant() {
    let text = |text: &str| Some(text.to_owned());
    let line: ServerLine = "h:2888:3888;2181".parse().unwrap();
    let joining = BTreeMap::from([(id(4), line.clone()), (id(5), line.clone())]);
    let joined = "server.4=h:2888:3888:participant;2181,server.5=h:2888:3888:participant;2181";
    let change = Change::Incremental {
        joining,
        leaving: vec![],
    };
    assert_eq!(
        reconfig(change, Some(0x1_0000_0010)),
        ([text(joined), None, None], 0x1_0000_0010)
    );
    let change = Change::Incremental {
        joining: BTreeMap::new(),
        leaving: vec![id(2), id(3)],
    };
    assert_eq!(reconfig(change, None), ([None, text("2,3"), None], -1));
    let membership = Membership {
        version: Some(9),
        servers: BTreeMap::from([(id(4), line)]),
    };
    let members = text("server.4=h:2888:3888:participant;2181");
    assert_eq!(
        reconfig(Change::Members(membership), None),
        ([None, None, members], -1)
    );
}

#[test]
fn connect_names_the_session_to_go_on_with() {
    let credentials = Credentials {
        id: 5,
        password: SessionPassword::new(b"0123456789abcdef"),
    };
    let connect = |resume| {
        Connect {
            timeout_ms: 9,
            resume,
            last_zxid_seen: 7,
            read_only: true,
        }
        .frame()
    };
    let bytes = connect(Some(&credentials));
    assert_eq!(bytes.len(), 49);
    assert_eq!(
        bytes[4..32],
        *b"\0\0\0\0\0\0\0\0\0\0\0\x07\0\0\0\x09\0\0\0\0\0\0\0\x05\0\0\0\x10"
    );
    assert_eq!(bytes[32..], *b"0123456789abcdef\x01");
    assert_eq!(
        connect(None)[20..],
        [&[0; 8][..], b"\0\0\0\x10", &[0; 16], &[1]].concat()
    );
}

#[test]
fn no_text_shows_a_session_s_password() {
    let credentials = Credentials {
        id: 5,
        password: SessionPassword::new(b"secret"),
    };
    assert_eq!(
        format!("{credentials:?}"),
        "Credentials { id: 5, password: … }"
    );
}

proptest! {
    #[test]
    fn no_reply_panics(bytes: Vec<u8>) {
        let _ = Connected::decode(&bytes);
        let _ = Header::decode(&mut Decoder::new(&bytes));
        let _ = reply::path(&mut Decoder::new(&bytes));
        let _ = reply::stat(&mut Decoder::new(&bytes));
        let _ = reply::data(&mut Decoder::new(&bytes));
        let _ = reply::children(&mut Decoder::new(&bytes));
        let _ = reply::acl(&mut Decoder::new(&bytes));
    }

    #[test]
    fn an_access_list_is_read_back(items in proptest::collection::vec((0..32, ".*", ".*"), 0..4)) {
        let acl: Vec<Acl> = items.into_iter().map(|(perms, scheme, id)| Acl { perms, scheme, id }).collect();
        let mut encoder = Encoder::default();
        encoder.vector(&acl, Acl::encode);
        let frame = encoder.frame();
        prop_assert_eq!(Decoder::new(&frame[4..]).vector(Acl::decode), Ok(acl));
    }
}
