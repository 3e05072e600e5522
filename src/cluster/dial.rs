//! The one seam of the project: a byte stream to a port of a pod.
//!
//! In production it is a port-forward; tests put an in-memory duplex here. What is
//! said over the stream is for `zookeeper` to know. The end of an answer must be
//! read from the answer: the end of the *stream* comes a second late (containerd).

use std::fmt;
use std::io;
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;

use crate::cluster::denied::Denied;
use crate::cluster::fault::Fault;
use crate::cluster::tcp;

/// Bytes in both directions.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Opens streams to the pods of one namespace.
pub trait Dial: Send + Sync {
    /// Opens one stream, or says by the deadline why not.
    ///
    /// That nothing listens at the port shows only at the first read or write, as
    /// an `io::Error` that [`Unreachable::from`] turns into [`Unreachable::Refused`].
    fn dial<'a>(
        &'a self,
        pod: &'a str,
        port: u16,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<Box<dyn Stream>, Unreachable>>;

    /// Opens one stream to an address outside the cluster, from this machine, or says by the deadline why not.
    fn dial_address<'a>(
        &'a self,
        host: &'a str,
        port: u16,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<Box<dyn Stream>, Unreachable>> {
        Box::pin(tcp::connect(host, port, deadline))
    }
}

/// Why a pod's port cannot be spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// There is no such pod, or it does not run.
    NoPod,
    /// A right is missing, or an admission rule forbids it.
    Forbidden(Denied),
    /// The pod runs, and nothing listens at the port.
    Refused,
    /// No answer by the deadline.
    TimedOut,
    /// The pod's node, or the way to it, does not answer: the API server's words.
    Node(String),
    /// The stream ended too early: what is known about it.
    Closed(String),
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPod => f.write_str("no running pod"),
            Self::Forbidden(denied) => match &denied.right {
                Some(right) => write!(f, "forbidden, this right is missing: {}", right.rule()),
                None => write!(f, "forbidden: {denied}"),
            },
            Self::Refused => f.write_str("connection refused"),
            Self::TimedOut => f.write_str("no answer in time"),
            Self::Node(text) => write!(f, "node unreachable: {text}"),
            Self::Closed(text) if text.is_empty() => f.write_str("connection closed"),
            Self::Closed(text) => write!(f, "connection closed: {text}"),
        }
    }
}

impl std::error::Error for Unreachable {}

impl From<Fault> for Unreachable {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotFound { .. } => Self::NoPod,
            Fault::Forbidden(denied) => Self::Forbidden(*denied),
            Fault::TimedOut { .. } | Fault::Deadline { .. } => Self::TimedOut,
            Fault::Server { code, message, .. } => server(code, message),
            other => Self::Closed(other.to_string()),
        }
    }
}

impl From<io::Error> for Unreachable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::TimedOut => Self::TimedOut,
            io::ErrorKind::UnexpectedEof => Self::Closed(String::new()),
            _ => Self::Closed(error.to_string()),
        }
    }
}

/// An answer on the way to the kubelet, or the kubelet's own (seen with Kubernetes 1.36).
fn server(code: u16, message: String) -> Unreachable {
    let says = |words: &str| message.contains(words);
    if says("does not have a host assigned") || says("pod not found") || says("container not found")
    {
        Unreachable::NoPod
    } else if 500 <= code {
        Unreachable::Node(message)
    } else {
        Unreachable::Closed(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(code: u16, message: &str) -> Unreachable {
        let (reason, message) = (String::new(), message.to_owned());
        Unreachable::from(Fault::Server {
            code,
            reason,
            message,
        })
    }

    #[test]
    fn an_answer_tells_what_is_unreachable() {
        let dialing = "error dialing backend: dial tcp 10.99.0.11:10250: i/o timeout";
        assert_eq!(answer(500, dialing), Unreachable::Node(dialing.to_owned()));
        assert_eq!(
            answer(400, "pod a does not have a host assigned"),
            Unreachable::NoPod
        );
        assert_eq!(answer(500, r#"pod not found ("a_n")"#), Unreachable::NoPod);
        assert_eq!(
            answer(400, "what?"),
            Unreachable::Closed("what?".to_owned())
        );
    }

    #[test]
    fn a_missing_right_is_a_rule() {
        let message = r#"pods "a" is forbidden: User "u" cannot create resource "pods/portforward" in API group "" in the namespace "n""#;
        let unreachable = Unreachable::from(Fault::Forbidden(Box::new(Denied::parse(message))));
        let expected = "forbidden, this right is missing: get and create pods/portforward";
        assert_eq!(unreachable.to_string(), expected);
    }
}
