//! Servers that do not behave.

use super::*;

#[tokio::test]
async fn the_reply_to_another_request_is_never_taken() {
    let mut session = session(vec![Answer::Bytes(recorded!("get-data"))]).await;
    let error = session.get_data("/fixture").await.unwrap_err();
    let expected = BadReply::Xid {
        expected: 1,
        got: 9,
    };
    assert!(
        matches!(&error, SessionError::Malformed { during: "getData", source } if *source == expected),
        "{error:?}"
    );
    assert!(error.leaves_outcome_unknown());
    assert_unusable(session.get_data("/fixture").await);
}

#[tokio::test(start_paused = true)]
async fn after_a_deadline_nothing_more_is_read() {
    let mut session = session(vec![
        Answer::Nothing,
        Answer::Reply(recorded!("get-config")),
    ])
    .await;
    let error = session.sync("/").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server did not answer sync within 5s"
    );
    assert!(error.leaves_outcome_unknown());
    assert_unusable(session.get_config().await);
    assert_unusable(session.close().await);
}

#[tokio::test(start_paused = true)]
async fn a_request_given_up_half_way_leaves_the_session_unusable() {
    let mut session = session(vec![Answer::Nothing]).await;
    let given_up = tokio::time::timeout(Duration::from_secs(1), session.sync("/")).await;
    assert!(given_up.is_err());
    assert_unusable(session.get_config().await);
}

#[tokio::test]
async fn a_server_that_closes_at_once_is_not_serving() {
    assert!(matches!(
        refused(vec![Answer::Close]).await,
        SessionError::NotServing
    ));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_runs_into_the_deadline() {
    let error = refused(vec![Answer::Nothing]).await;
    assert!(matches!(
        error,
        SessionError::DeadlinePassed {
            during: "connect",
            ..
        }
    ));
}

#[tokio::test]
async fn expiry_and_moving_are_values() {
    assert!(matches!(
        refused(vec![Answer::Bytes(recorded!("expired"))]).await,
        SessionError::SessionExpired
    ));
    for (number, expired) in [(-112, true), (-118, false)] {
        let mut session = session(vec![error(number)]).await;
        let error = session.sync("/").await.unwrap_err();
        assert_eq!(matches!(error, SessionError::SessionExpired), expired);
        assert_eq!(matches!(error, SessionError::SessionMoved), !expired);
        assert!(!error.leaves_outcome_unknown());
        assert_unusable(session.sync("/").await);
    }
}

#[tokio::test]
async fn a_refusal_leaves_the_session_usable_unless_the_server_hangs_up() {
    let mut session = session(vec![error(-101), error(-115)]).await;
    assert!(matches!(
        session.sync("/").await,
        Err(SessionError::Server(Code::NoNode))
    ));
    assert!(matches!(
        session.auth_digest("a", "b").await,
        Err(SessionError::Server(Code::AuthFailed))
    ));
    assert_unusable(session.sync("/").await);
}

#[tokio::test]
async fn a_stream_that_ends_within_a_reply_is_lost() {
    for end in [0, 3, 4, 9, 20] {
        let (client, mut stream) = tokio::io::duplex(1 << 16);
        tokio::spawn(async move {
            read_frame(&mut stream, "").await.unwrap();
            stream.write_all(&recorded!("connect")).await.unwrap();
            read_frame(&mut stream, "").await.unwrap();
            stream
                .write_all(&recorded!("get-config")[..end])
                .await
                .unwrap();
        });
        let mut session = Session::connect(client, &ConnectOptions::default())
            .await
            .unwrap();
        let error = session.get_config().await.unwrap_err();
        assert!(
            matches!(
                error,
                SessionError::ConnectionLost {
                    during: "getData",
                    ..
                }
            ),
            "{end}"
        );
        assert!(error.leaves_outcome_unknown());
        assert_unusable(session.get_config().await);
    }
}

#[tokio::test]
async fn what_is_no_server_is_said_to_be_none() {
    let error = refused(vec![Answer::Bytes(
        b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
    )])
    .await;
    let length = i32::from_be_bytes(*b"HTTP");
    assert!(
        matches!(error, SessionError::Malformed { source: BadReply::Length(got), .. } if got == length)
    );
    for length in [-1i32, i32::MAX, LONGEST_REPLY + 1] {
        let error = refused(vec![Answer::Bytes(length.to_be_bytes().to_vec())]).await;
        assert!(matches!(
            error,
            SessionError::Malformed {
                source: BadReply::Length(_),
                ..
            }
        ));
    }
    let error = refused(vec![Answer::Bytes(vec![0, 0, 0, 1, 9])]).await;
    assert!(matches!(
        error,
        SessionError::Malformed {
            source: BadReply::Field(_),
            ..
        }
    ));
}

#[tokio::test]
async fn a_configuration_that_cannot_be_read_says_why() {
    let mut reply = recorded!("get-config");
    let at = reply
        .windows(8)
        .position(|bytes| bytes == b"server.2")
        .unwrap();
    reply[at + 7] = b'1';
    let mut session = session(vec![Answer::Reply(reply)]).await;
    let error = session.get_config().await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(
        source.to_string(),
        "the configuration cannot be read: server 1 is listed twice"
    );
}
