//! Proxies on loopback: HTTP, with CONNECT, and SOCKS5. Each writes down where it was asked to go, and goes to that port of
//! this machine, whatever the name.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;
use tokio::io::BufReader;
use tokio::net::TcpStream;

use crate::recorder::Book;
use crate::recorder::Head;
use crate::recorder::respond;

/// Serves one connection of an HTTP proxy.
pub(crate) async fn http<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    name: &str,
    book: &Arc<Book>,
) {
    let mut stream = BufReader::new(stream);
    while let Some(head) = Head::read(&mut stream).await {
        let basic = head
            .all("proxy-authorization")
            .next()
            .and_then(|it| it.strip_prefix("Basic "));
        let user = basic.and_then(|it| BASE64_STANDARD.decode(it).ok());
        let user = user
            .map(|it| format!(" as {}", String::from_utf8_lossy(&it)))
            .unwrap_or_default();
        if head.method == "CONNECT" {
            book.write(format!("via {name}{user} to {}", head.target));
            tunnel(stream, &head.target).await;
            return;
        }
        // A request for a server without TLS is handed to the proxy itself.
        if !head.target.starts_with("http://")
            || respond(
                &mut stream,
                &head,
                &format!("via {name}{user} without a tunnel to "),
                book,
            )
            .await
            .is_none()
        {
            return;
        }
    }
}

async fn tunnel<S: AsyncRead + AsyncWrite + Unpin>(mut stream: BufReader<S>, target: &str) {
    let Some(mut server) = dial(target).await else {
        return;
    };
    if stream
        .write_all(b"HTTP/1.1 200 Connected\r\n\r\n")
        .await
        .is_ok()
    {
        let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
    }
}

async fn dial(target: &str) -> Option<TcpStream> {
    let port = target.rsplit_once(':')?.1.parse::<u16>().ok()?;
    TcpStream::connect(("127.0.0.1", port)).await.ok()
}

/// Serves one connection of a SOCKS5 proxy (RFC 1928, 1929).
pub(crate) async fn socks<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    name: &str,
    book: &Arc<Book>,
) {
    if let Some((user, target)) = socks_head(&mut stream).await {
        book.write(format!("via {name}{user} to {target}"));
        if let Some(mut server) = dial(&target).await
            && stream
                .write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
                .await
                .is_ok()
        {
            let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
        }
    }
}

async fn socks_head<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> Option<(String, String)> {
    let [_, methods] = take(stream).await?;
    let offered = counted(stream, methods).await?;
    let wants_user = offered.contains(&2);
    stream
        .write_all(&[5, if wants_user { 2 } else { 0 }])
        .await
        .ok()?;
    let mut user = String::new();
    if wants_user {
        let [_, length] = take(stream).await?;
        let name = counted(stream, length).await?;
        let [length] = take(stream).await?;
        let password = counted(stream, length).await?;
        user = format!(
            " as {}:{}",
            String::from_utf8_lossy(&name),
            String::from_utf8_lossy(&password)
        );
        stream.write_all(&[1, 0]).await.ok()?;
    }
    let [_, _, _, kind] = take(stream).await?;
    let host = match kind {
        1 => take::<4, _>(stream)
            .await?
            .map(|it| it.to_string())
            .join("."),
        3 => {
            let [length] = take(stream).await?;
            String::from_utf8(counted(stream, length).await?).ok()?
        }
        _ => return None,
    };
    let port = u16::from_be_bytes(take(stream).await?);
    Some((user, format!("{host}:{port}")))
}

async fn take<const N: usize, S: AsyncRead + Unpin>(stream: &mut S) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).await.ok()?;
    Some(bytes)
}

async fn counted<S: AsyncRead + Unpin>(stream: &mut S, length: u8) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length.into()];
    stream.read_exact(&mut bytes).await.ok()?;
    Some(bytes)
}
