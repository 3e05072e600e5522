//! One question to one server: four bytes out, the answer in, over a stream that somebody else dialled.

use std::io;
use std::time::Duration;

use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;

use crate::zookeeper::four_letter::complete::is_complete;
use crate::zookeeper::four_letter::complete::is_not_serving;
use crate::zookeeper::four_letter::complete::is_not_whitelisted;
use crate::zookeeper::four_letter::complete::may_grow;
use crate::zookeeper::four_letter::word::Word;

/// The longest answer that is read. `mntr` grows with the number of top-level nodes (2,043 lines are 69 KB),
/// `dump` and `wchc` with that of sessions and watches; beyond this they are of no use to anybody.
pub const LONGEST_ANSWER: usize = 8 << 20;

/// How long an answer that may grow is given to do so. Its bytes are written at once and travel together;
/// a second's wait for the stream's end is what this saves.
const SETTLE: Duration = Duration::from_millis(30);

/// Why there is no answer. Each is a fact about the server, not a failure of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Silence {
    /// Nothing listens there.
    #[error("the connection was refused: {0}")]
    Refused(String),
    /// The server closed without a word: too many connections from one address (maxClientCnxns),
    /// a TLS port, or a word that it does not know. A whole answer to `hash` before the 128th transaction.
    #[error("the server closed the connection without an answer")]
    Empty,
    /// It starts, or has no quorum.
    #[error("the server is not serving requests")]
    NotServing,
    /// `4lw.commands.whitelist` does not have the word.
    #[error("the word is not in the server's 4lw.commands.whitelist")]
    NotWhitelisted,
    /// No complete answer in time.
    #[error("no answer in time")]
    TimedOut,
    /// The stream failed, or the answer has no end.
    #[error("the connection broke: {0}")]
    Broken(String),
}

/// The server's answer to `word`, complete by its own form or by the stream's end.
pub async fn ask<S>(stream: S, word: Word, deadline: Duration) -> Result<Vec<u8>, Silence>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    ask_until(stream, word, deadline, |_| false).await
}

/// As [`ask`], and also ends when `done` says of what has come so far that it is enough.
pub async fn ask_until<S>(
    mut stream: S,
    word: Word,
    deadline: Duration,
    done: impl Fn(&[u8]) -> bool,
) -> Result<Vec<u8>, Silence>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let asking = exchange(&mut stream, word, done);
    let answer = timeout(deadline, asking)
        .await
        .map_err(|_| Silence::TimedOut)?;
    judge(answer.map_err(|error| broken(&error))?)
}

/// Exactly four bytes go out: one more that the server does not read may turn its close into a reset.
async fn exchange<S>(
    stream: &mut S,
    word: Word,
    done: impl Fn(&[u8]) -> bool,
) -> io::Result<Vec<u8>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write_all(word.as_str().as_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    loop {
        let complete = is_complete(word, &answer);
        if done(&answer) || complete && !may_grow(word, &answer) {
            return Ok(answer);
        }
        let patience = if complete { SETTLE } else { Duration::MAX };
        let more = timeout(patience, read_some(stream, &mut answer)).await;
        // Silence after a complete answer ends it as the stream's end does.
        if more.unwrap_or(Ok(0))? == 0 {
            return Ok(answer);
        }
    }
}

async fn read_some(
    stream: &mut (impl AsyncRead + Unpin),
    answer: &mut Vec<u8>,
) -> io::Result<usize> {
    if LONGEST_ANSWER <= answer.len() {
        let why = format!("an answer of more than {LONGEST_ANSWER} bytes");
        return Err(io::Error::other(why));
    }
    stream.read_buf(answer).await
}

fn judge(answer: Vec<u8>) -> Result<Vec<u8>, Silence> {
    match answer.as_slice() {
        [] => Err(Silence::Empty),
        bytes if is_not_serving(bytes) => Err(Silence::NotServing),
        bytes if is_not_whitelisted(bytes) => Err(Silence::NotWhitelisted),
        _ => Ok(answer),
    }
}

fn broken(error: &io::Error) -> Silence {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Silence::Refused(error.to_string()),
        // What else is said is of ports, and differs each time.
        io::ErrorKind::ConnectionReset => Silence::Broken("the server reset it".to_owned()),
        _ => Silence::Broken(error.to_string()),
    }
}

#[cfg(test)]
#[path = "ask_tests.rs"]
mod tests;
