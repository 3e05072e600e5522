//! Commands to admin servers that answer whole, in pieces, wrongly or not at all.

use super::*;
use tokio::io::DuplexStream;

const DEADLINE: Duration = Duration::from_secs(5);

macro_rules! recorded {
    ($path:literal) => {
        &include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/wire/",
            $path,
            ".bin"
        ))[..]
    };
}

/// A server that reads the request, sends the pieces, and closes after a while.
fn server(pieces: &[&[u8]]) -> DuplexStream {
    let pieces: Vec<Vec<u8>> = pieces.iter().map(|piece| piece.to_vec()).collect();
    let (client, mut stream) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        let mut request = [0; 256];
        let length = stream.read(&mut request).await.unwrap();
        assert!(
            request[..length].starts_with(b"GET /commands/")
                && request[..length].ends_with(b"\r\n\r\n")
        );
        for piece in pieces {
            stream.write_all(&piece).await.unwrap();
            tokio::task::yield_now().await;
        }
    });
    client
}

async fn failed(answer: &[u8]) -> AdminError {
    command(server(&[answer]), "monitor", DEADLINE)
        .await
        .unwrap_err()
}

#[tokio::test]
async fn real_servers_answer_json() {
    for answer in [
        recorded!("3.8.6/admin-leader"),
        recorded!("3.9.5/admin-leader"),
    ] {
        let json = command(server(&[answer]), "leader", DEADLINE)
            .await
            .unwrap();
        assert_eq!(json["is_leader"], true);
    }
    for answer in [
        recorded!("3.8.6/admin-monitor"),
        recorded!("3.9.5/admin-monitor"),
    ] {
        let pieces: Vec<&[u8]> = answer.chunks(1000).collect();
        let json = command(server(&pieces), "monitor", DEADLINE).await.unwrap();
        assert_eq!(
            (&json["server_state"], &json["quorum_size"]),
            (&"leader".into(), &3.into())
        );
    }
}

#[tokio::test]
async fn every_failure_is_a_value() {
    let unknown = failed(recorded!("3.9.5/admin-nosuchcommand")).await;
    assert_eq!(
        unknown.to_string(),
        "the AdminServer answered: Unknown command: nosuchcommand"
    );
    assert!(matches!(
        failed(recorded!("3.8.6/admin-server_stats-looking")).await,
        AdminError::NotServing
    ));
    let page = failed(recorded!("3.8.6/admin-monitor-looking"))
        .await
        .to_string();
    assert!(
        page.starts_with("the AdminServer answered HTTP 500: Error 500 "),
        "{page}"
    );
    assert!(
        page.contains("NullPointerException") && page.len() < 300,
        "{page}"
    );
    assert!(matches!(failed(b"").await, AdminError::Empty));
    assert!(matches!(failed(b"imok").await, AdminError::Http(_)));
    assert!(matches!(
        failed(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{]").await,
        AdminError::Json(_)
    ));
    let cut = recorded!("3.9.5/admin-leader");
    assert!(matches!(
        failed(&cut[..cut.len() - 1]).await,
        AdminError::Http(_)
    ));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_runs_into_the_deadline() {
    let (client, _server) = tokio::io::duplex(1 << 16);
    assert!(matches!(
        command(client, "leader", DEADLINE).await,
        Err(AdminError::TimedOut(DEADLINE))
    ));
}

#[tokio::test]
async fn only_names_are_sent() {
    for name in ["", "a b", "a/../b", "snapshot?streaming=true", "a\r\nX: y"] {
        let (client, _server) = tokio::io::duplex(1);
        assert!(
            matches!(
                command(client, name, DEADLINE).await,
                Err(AdminError::Name(_))
            ),
            "{name:?}"
        );
    }
}
