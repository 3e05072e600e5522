//! A server of our own on the loopback interface: what really goes over the wire.

use super::*;

use k8s_openapi::api::core::v1::Pod;
use kube::Api;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

const PODS: &str = r#"{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}"#;

/// Answers one request with an empty list and two warnings, and gives back its head.
async fn serve_once(listener: TcpListener) -> String {
    let (mut socket, _) = listener.accept().await.unwrap();
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    while !head.ends_with(b"\r\n\r\n") {
        let read = socket.read(&mut buffer).await.unwrap();
        assert_ne!(read, 0, "the client hung up");
        head.extend_from_slice(&buffer[..read]);
    }
    let warning = "warning: 299 - \"mind the gap\"\r\n".repeat(2);
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{warning}content-length: {}\r\n\r\n{PODS}",
        PODS.len()
    );
    socket.write_all(answer.as_bytes()).await.unwrap();
    String::from_utf8(head).unwrap().to_lowercase()
}

async fn head_of(mut connection: Connection, env: &Env) -> (String, Connected) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    if connection.server.is_none() {
        connection.server = Some(format!("http://{}", listener.local_addr().unwrap()));
    }
    let served = tokio::spawn(serve_once(listener));
    let connected = connect(&connection, env).await.unwrap();
    let pods: Api<Pod> = Api::default_namespaced(connected.client.clone());
    pods.list(&kube::api::ListParams::default()).await.unwrap();
    (served.await.unwrap(), connected)
}

#[tokio::test]
async fn requests_say_who_we_are() {
    let connection = Connection {
        namespace: Some("n".to_owned()),
        token: Some("t".to_owned()),
        as_user: Some("jane".to_owned()),
        as_groups: vec!["dev".to_owned(), "ops".to_owned()],
        as_uid: Some("7".to_owned()),
        as_user_extra: vec![("example.com/k".to_owned(), "v".to_owned())],
        ..Connection::default()
    };
    let (head, connected) = head_of(connection, &Env::of([])).await;
    for line in [
        "get /api/v1/namespaces/n/pods",
        &format!("user-agent: {}", user_agent()),
        "impersonate-user: jane",
        "impersonate-group: dev",
        "impersonate-group: ops",
        "impersonate-uid: 7",
        "impersonate-extra-example.com%2fk: v",
        "accept-encoding: gzip",
    ] {
        assert!(head.contains(line), "{line} is missing in {head}");
    }
    // For all to read on the way: as kubectl, we send no credentials without TLS.
    assert!(!head.contains("authorization"), "{head}");
    assert_eq!(connected.warnings.drain(), ["mind the gap"]);
    assert_eq!(
        (connected.context.as_str(), connected.namespace.as_str()),
        ("", "n")
    );
}

#[tokio::test]
async fn compression_can_be_refused() {
    let connection = Connection {
        disable_compression: true,
        ..Connection::default()
    };
    let (head, _) = head_of(connection, &Env::of([])).await;
    assert!(!head.contains("gzip"), "{head}");
}

#[tokio::test]
async fn a_plugin_is_not_run_without_tls() {
    let dir = tempfile::tempdir().unwrap();
    let runs = dir.path().join("runs");
    let config = dir.path().join("config");
    let answer = r#"{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"fresh"}}"#;
    let kubeconfig = serde_json::json!({
        "current-context": "x",
        "clusters": [{"name": "c", "cluster": {"server": "http://replaced"}}],
        "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
        "users": [{"name": "u", "user": {"exec": {
            "apiVersion": "client.authentication.k8s.io/v1",
            "command": "sh",
            "interactiveMode": "Never",
            "args": ["-c", format!("echo >>'{}'; echo '{answer}'", runs.display())],
        }}}],
    });
    std::fs::write(&config, kubeconfig.to_string()).unwrap();
    let (head, _) = head_of(
        Connection {
            kubeconfig: Some(config),
            ..Connection::default()
        },
        &Env::of([]),
    )
    .await;
    assert!(!head.contains("authorization"), "{head}");
    assert!(!runs.exists());
}

/// A port where nothing listens.
async fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

async fn fault_of(connection: Connection, env: &Env) -> Fault {
    let connected = connect(&connection, env).await.unwrap();
    let pods: Api<Pod> = Api::default_namespaced(connected.client);
    Fault::from(
        pods.list(&kube::api::ListParams::default())
            .await
            .unwrap_err(),
    )
}

#[tokio::test]
async fn a_closed_port_is_refused() {
    let server = format!("127.0.0.1:{}", closed_port().await);
    let fault = fault_of(
        Connection {
            server: Some(server.clone()),
            ..Connection::default()
        },
        &Env::of([]),
    )
    .await;
    let expected = format!(
        "The connection to the server {server} was refused - did you specify the right host or port?"
    );
    assert_eq!(fault.to_string(), expected);
    assert!(fault.stands_alone());
}

#[tokio::test]
async fn a_dead_proxy_is_blamed() {
    for scheme in ["http", "socks5"] {
        let proxy = format!("{scheme}://127.0.0.1:{}", closed_port().await);
        let env = Env::of([("HTTP_PROXY", &proxy), ("HTTPS_PROXY", &proxy)]);
        for server in ["http://api.invalid", "https://api.invalid"] {
            let connection = Connection {
                server: Some(server.to_owned()),
                ..Connection::default()
            };
            let fault = fault_of(connection, &env).await;
            assert!(
                matches!(fault, Fault::Proxy(_)),
                "{scheme} {server}: {fault:?}"
            );
        }
    }
}

#[tokio::test]
async fn plain_text_is_no_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        socket
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        let _ = socket.read(&mut [0; 64]).await;
    });
    let fault = fault_of(
        Connection {
            server: Some(server),
            insecure_skip_tls_verify: true,
            ..Connection::default()
        },
        &Env::of([]),
    )
    .await;
    assert!(matches!(fault, Fault::Tls(_)), "{fault:?}");
}

#[tokio::test]
async fn a_certificate_authority_must_be_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ca.pem");
    std::fs::write(&path, "nothing").unwrap();
    let server = Some("https://api.invalid".to_owned());
    let connection = Connection {
        server,
        certificate_authority: Some(path.clone()),
        ..Connection::default()
    };
    let error = connect(&connection, &Env::of([])).await.err().unwrap();
    let expected = format!(
        "unable to read certificate-authority {}: it holds no certificate",
        path.display()
    );
    assert_eq!(error.to_string(), expected);
}
