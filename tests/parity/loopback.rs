//! The servers and proxies that a case finds on loopback, each at a port of its own.

use std::sync::Arc;

use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::certificates::certificates;
use crate::proxy;
use crate::recorder::Book;
use crate::recorder::serve;

/// Servers: without TLS, with the certificate of their name, and one that says nothing.
const SERVERS: [&str; 6] = ["http", "https", "named", "stranger", "expired", "silent"];

/// Proxies: without TLS, with it, and SOCKS5.
const PROXIES: [&str; 3] = ["proxy", "tls-proxy", "socks"];

/// All of them, until this is dropped.
pub(crate) struct Loopback {
    /// Name and port of each.
    pub(crate) ports: Vec<(&'static str, u16)>,
    _tasks: JoinSet<()>,
}

impl Loopback {
    /// Starts them.
    pub(crate) async fn start(book: &Arc<Book>) -> Self {
        let (mut ports, mut tasks) = (Vec::new(), JoinSet::new());
        for name in SERVERS.into_iter().chain(PROXIES) {
            let listener = TcpListener::bind(("0.0.0.0", 0)).await.unwrap();
            ports.push((name, listener.local_addr().unwrap().port()));
            tasks.spawn(listen(listener, name, book.clone()));
        }
        Self {
            ports,
            _tasks: tasks,
        }
    }
}

async fn listen(listener: TcpListener, name: &'static str, book: Arc<Book>) {
    let mut guests = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let book = book.clone();
        guests.spawn(async move {
            match name {
                "silent" => std::future::pending().await,
                "http" | "proxy" | "socks" => talk(stream, name, name, &book).await,
                "tls-proxy" => greet(stream, name, "https", &book).await,
                _ => greet(stream, name, name, &book).await,
            }
        });
    }
}

/// Shakes hands first: the name that was asked for, and whose certificate was shown, are part of what is written down.
async fn greet(stream: TcpStream, name: &'static str, certificate: &str, book: &Arc<Book>) {
    let acceptor = TlsAcceptor::from(certificates().server(certificate));
    let Ok(stream) = acceptor.accept(stream).await else {
        return;
    };
    let (_, tls) = stream.get_ref();
    let asked_for = tls
        .server_name()
        .map(|it| format!("[{it}]"))
        .unwrap_or_default();
    let shown = tls.peer_certificates().and_then(|it| it.first());
    let shown = shown
        .map(|it| format!(" certificate={}", certificates().whose(it)))
        .unwrap_or_default();
    let title = format!("{name}{asked_for}{shown}");
    talk(stream, name, &title, book).await;
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    name: &str,
    title: &str,
    book: &Arc<Book>,
) {
    match name {
        "socks" => proxy::socks(stream, name, book).await,
        "proxy" | "tls-proxy" => proxy::http(stream, name, book).await,
        _ => serve(stream, title, book).await,
    }
}
