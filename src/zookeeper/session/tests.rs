//! Sessions with servers that behave, and with servers that do not.

use super::*;
use crate::ensemble::ServerId;
use crate::zookeeper::message::Change;
use crate::zookeeper::message::Reconfig;
use crate::zookeeper::message::record::SessionPassword;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tokio::io::DuplexStream;

macro_rules! recorded {
    ($name:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/wire/3.9.5/session-",
            $name,
            ".bin"
        ))
        .to_vec()
    };
}

mod faults;

/// What the server does when a request has come.
enum Answer {
    /// Sends these bytes as they are.
    Bytes(Vec<u8>),
    /// Sends a recorded reply under the xid that was asked.
    Reply(Vec<u8>),
    /// Says nothing, and keeps the stream open.
    Nothing,
    /// Closes the stream.
    Close,
}

/// A server that opens a session and then answers each request in turn.
fn server(answers: Vec<Answer>) -> DuplexStream {
    let opening = Answer::Bytes(recorded!("connect"));
    raw_server(std::iter::once(opening).chain(answers).collect())
}

fn raw_server(answers: Vec<Answer>) -> DuplexStream {
    let (client, mut stream) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        for answer in answers {
            let request = read_frame(&mut stream, "").await.unwrap();
            match answer {
                Answer::Bytes(bytes) => stream.write_all(&bytes).await.unwrap(),
                Answer::Reply(bytes) => stream
                    .write_all(&under(&request[..4], bytes))
                    .await
                    .unwrap(),
                Answer::Nothing => {}
                Answer::Close => return,
            }
        }
        // What stays open until the client goes away.
        let _ = stream.read_u8().await;
    });
    client
}

fn under(xid: &[u8], mut reply: Vec<u8>) -> Vec<u8> {
    reply[4..8].copy_from_slice(xid);
    reply
}

/// A reply with nothing but an error.
fn error(number: i32) -> Answer {
    Answer::Reply([&16i32.to_be_bytes()[..], &[0; 12], &number.to_be_bytes()].concat())
}

async fn session(answers: Vec<Answer>) -> Session<DuplexStream> {
    Session::connect(server(answers), &ConnectOptions::default())
        .await
        .unwrap()
}

async fn refused(answers: Vec<Answer>) -> SessionError {
    Session::connect(raw_server(answers), &ConnectOptions::default())
        .await
        .unwrap_err()
}

#[track_caller]
fn assert_unusable(answer: Result<impl Sized, SessionError>) {
    assert!(matches!(answer.err(), Some(SessionError::Unusable)));
}

#[tokio::test]
async fn a_whole_session() {
    let mut session = session(vec![
        Answer::Reply(recorded!("get-config")),
        Answer::Reply(recorded!("auth")),
        Answer::Reply(recorded!("no-node")),
        Answer::Reply(recorded!("ping")),
        Answer::Reply(recorded!("no-node")),
        Answer::Reply(recorded!("reconfig")),
        Answer::Reply(recorded!("close")),
    ])
    .await;
    assert_eq!(session.timeout(), Duration::from_secs(10));
    assert!(!session.is_read_only());
    assert_eq!(session.get_config().await.unwrap().servers.len(), 3);
    session.auth_digest("super", "fixture").await.unwrap();
    let missing = session.get_data("/nosuch").await.unwrap_err();
    assert!(matches!(missing, SessionError::Server(Code::NoNode)));
    session.ping().await.unwrap();
    assert_eq!(session.exists("/nosuch").await.unwrap(), None);
    let leaving = vec![ServerId::try_from(3).unwrap()];
    let change = Change::Incremental {
        joining: BTreeMap::new(),
        leaving,
    };
    let membership = session
        .reconfig(&Reconfig {
            change,
            expected_version: None,
        })
        .await
        .unwrap();
    assert_eq!(membership.quorum(), 2);
    assert_eq!(session.last_zxid_seen(), Zxid(0x1_0000_000e));
    session.close().await.unwrap();
}

#[tokio::test]
async fn events_and_late_pings_between_are_passed_over() {
    let watch_then_reply = |request: Vec<u8>| {
        let mut bytes = recorded!("watch-then-set-data");
        let reply = 4 + usize::from(bytes[3]);
        bytes[reply + 4..reply + 8].copy_from_slice(&request);
        [recorded!("ping"), bytes].concat()
    };
    let mut session = session(vec![Answer::Bytes(watch_then_reply(vec![0, 0, 0, 1]))]).await;
    assert_eq!(
        session
            .set_data("/fixture", b"again", -1)
            .await
            .unwrap()
            .data_length,
        5
    );
}

#[tokio::test]
async fn a_resumed_session_sends_its_credentials_and_what_it_saw() {
    let (client, mut stream) = tokio::io::duplex(1 << 16);
    let password = SessionPassword::new(b"0123456789abcdef");
    let options = ConnectOptions {
        resume: Some(Credentials { id: 77, password }),
        last_zxid_seen: Zxid(0x1_0000_0001),
        ..ConnectOptions::default()
    };
    let serving = tokio::spawn(async move {
        let connect = read_frame(&mut stream, "").await.unwrap();
        stream.write_all(&recorded!("connect")).await.unwrap();
        connect
    });
    let session = Session::connect(client, &options).await.unwrap();
    assert_eq!(session.last_zxid_seen(), Zxid(0x1_0000_0001));
    let connect = serving.await.unwrap();
    assert_eq!(connect[4..12], 0x1_0000_0001i64.to_be_bytes());
    assert_eq!(connect[12..16], 10_000i32.to_be_bytes());
    assert_eq!(connect[16..24], 77i64.to_be_bytes());
    assert_eq!(connect[28..44], *b"0123456789abcdef");
}

#[tokio::test]
async fn no_text_shows_a_password() {
    let mut session = session(vec![error(-115)]).await;
    let error = session.auth_digest("super", "hunter2").await.unwrap_err();
    for text in [
        format!("{session:?}"),
        format!("{error:?}"),
        error.to_string(),
    ] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert_eq!(
        format!("{session:?}"),
        "Session { id: 0x300000c59ab0001, usable: false, .. }"
    );
}

proptest! {
    #[test]
    fn no_bytes_panic_or_hang(opening: Vec<u8>, reply: Vec<u8>, framed: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let frame = |bytes: Vec<u8>| {
                let length = u32::try_from(bytes.len()).unwrap().to_be_bytes();
                if framed { [&length[..], &bytes].concat() } else { bytes }
            };
            let _ = Session::connect(raw_server(vec![Answer::Bytes(frame(opening))]), &ConnectOptions::default()).await;
            let _ = session(vec![Answer::Bytes(frame(reply))]).await.get_config().await;
        });
    }
}
