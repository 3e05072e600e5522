//! The `AdminServer`'s commands: one GET over a stream that somebody else dialled.
//!
//! Its errors come as HTTP 200 with an `error` in the JSON, or as HTTP 500 with a page of HTML.

use std::io;
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;

use crate::zookeeper::http::NotHttp;
use crate::zookeeper::http::Response;
use crate::zookeeper::http::response;

/// The longest response that is read: as long as the longest four-letter answer.
const LONGEST_RESPONSE: usize = 8 << 20;
/// How much of an unexpected body an error shows.
const SHOWN: usize = 200;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// Not the name of a command; nothing was sent.
    #[error("{0:?} is not the name of an AdminServer command: small letters, digits and _ only")]
    Name(String),
    /// The server starts, or has no quorum.
    #[error("the server is not serving requests")]
    NotServing,
    /// The command says why it failed.
    #[error("the AdminServer answered: {0}")]
    Command(String),
    /// HTTP's own status, and how the page begins. Without a quorum `monitor` ends in a 500.
    #[error("the AdminServer answered HTTP {status}: {text}")]
    Status {
        /// The status code.
        status: u16,
        /// How the page begins, tags left out.
        text: String,
    },
    /// The result is not JSON.
    #[error("the AdminServer's answer is not JSON")]
    Json(#[from] serde_json::Error),
    /// Not an HTTP response.
    #[error(transparent)]
    Http(#[from] NotHttp),
    /// The server closed without a word: the `AdminServer` may be off, or want TLS.
    #[error("the AdminServer closed the connection without an answer")]
    Empty,
    /// No complete response in time.
    #[error("the AdminServer did not answer within {0:?}")]
    TimedOut(Duration),
    /// The stream failed.
    #[error("the connection to the AdminServer broke")]
    Broken(#[from] io::Error),
}

/// The result of `GET /commands/NAME`: a JSON object with `command`, `error` (null) and what was asked for.
pub async fn command<S>(mut stream: S, name: &str, deadline: Duration) -> Result<Value, AdminError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.is_empty() || !name.bytes().all(known) {
        return Err(AdminError::Name(name.to_owned()));
    }
    let getting = get(&mut stream, name);
    let response = tokio::time::timeout(deadline, getting)
        .await
        .map_err(|_| AdminError::TimedOut(deadline))?;
    result(response?)
}

async fn get<S>(stream: &mut S, name: &str) -> Result<Response, AdminError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let request =
        format!("GET /commands/{name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut bytes = Vec::new();
    loop {
        let ended = stream.read_buf(&mut bytes).await? == 0;
        match response(&bytes, ended) {
            _ if bytes.is_empty() => return Err(AdminError::Empty),
            Ok(Some(response)) => return Ok(response),
            Ok(None) if bytes.len() < LONGEST_RESPONSE => {}
            Ok(None) => return Err(io::Error::other("a response without an end").into()),
            Err(error) => return Err(error.into()),
        }
    }
}

fn result(response: Response) -> Result<Value, AdminError> {
    let Response { status, body } = response;
    if status != 200 {
        return Err(AdminError::Status {
            status,
            text: beginning(&body),
        });
    }
    let json: Value = serde_json::from_slice(&body)?;
    match json["error"].as_str() {
        None => Ok(json),
        Some(error) if error.starts_with("This ZooKeeper instance is not currently serving") => {
            Err(AdminError::NotServing)
        }
        Some(error) => Err(AdminError::Command(error.to_owned())),
    }
}

/// How a page begins, on one line and without tags.
fn beginning(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    let pieces = page
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text = pieces.collect::<Vec<_>>().join(" ");
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(SHOWN)
        .collect()
}

#[cfg(test)]
#[path = "admin_tests.rs"]
mod tests;
