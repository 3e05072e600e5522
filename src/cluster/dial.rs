//! The one seam of the project: a byte stream to a port of a pod.
//!
//! In production it is a port-forward; tests put an in-memory duplex here. What is
//! said over the stream is for `zookeeper` to know. The end of an answer must be
//! read from the answer: the end of the *stream* comes a second late (containerd).

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::Context;
use std::task::Poll;
use std::time::Duration;

use futures::future::BoxFuture;
use k8s_openapi::api::core::v1::Pod;
use kube::Api;
use kube::Client;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::DuplexStream;
use tokio::io::ReadBuf;

use crate::cluster::fault::Fault;

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
}

/// Why a pod's port cannot be spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// There is no such pod, or it does not run.
    NoPod,
    /// A right is missing: the rule that would give it.
    Forbidden(String),
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
            Self::Forbidden(rule) => write!(f, "forbidden: {rule}"),
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
            Fault::Forbidden(denied) => match denied.right {
                Some(right) => Self::Forbidden(right.to_string()),
                None => Self::Forbidden(denied.message),
            },
            Fault::TimedOut { .. } => Self::TimedOut,
            Fault::Server { message, .. } => server(message),
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

/// Dials through the API server: `pods/portforward`.
#[derive(Clone)]
pub struct PortForward {
    pods: Api<Pod>,
}

impl PortForward {
    /// Dials the pods of this namespace.
    pub fn new(client: Client, namespace: &str) -> Self {
        Self {
            pods: Api::namespaced(client, namespace),
        }
    }

    async fn open(&self, pod: &str, port: u16) -> Result<Box<dyn Stream>, Unreachable> {
        let mut forward = self
            .pods
            .portforward(pod, &[port])
            .await
            .map_err(Fault::from)?;
        let (stream, failure) = (forward.take_stream(port), forward.take_error(port));
        let (Some(stream), Some(failure)) = (stream, failure) else {
            return Err(Unreachable::Closed("the port was not forwarded".to_owned()));
        };
        // The forwarding task lives until its stream is dropped, and closes the socket then.
        Ok(Box::new(Forwarded {
            stream,
            failure: Some(Box::pin(failure)),
        }))
    }
}

impl Dial for PortForward {
    fn dial<'a>(
        &'a self,
        pod: &'a str,
        port: u16,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<Box<dyn Stream>, Unreachable>> {
        Box::pin(async move {
            let opened = tokio::time::timeout(deadline, self.open(pod, port)).await;
            opened.unwrap_or(Err(Unreachable::TimedOut))
        })
    }
}

/// A forwarded port: its bytes, and what the kubelet says when it cannot serve it.
struct Forwarded {
    stream: DuplexStream,
    failure: Option<BoxFuture<'static, Option<String>>>,
}

impl Forwarded {
    /// The kubelet's error, if one has come.
    fn failed(&mut self, cx: &mut Context<'_>) -> Option<io::Error> {
        let Poll::Ready(said) = self.failure.as_mut()?.as_mut().poll(cx) else {
            return None;
        };
        self.failure = None;
        said.map(|said| failure(&said))
    }
}

impl AsyncRead for Forwarded {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match this.failed(cx) {
            Some(error) => Poll::Ready(Err(error)),
            None => Pin::new(&mut this.stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Forwarded {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

fn failure(said: &str) -> io::Error {
    let kind = match said.contains("refused") {
        true => io::ErrorKind::ConnectionRefused,
        false => io::ErrorKind::ConnectionAborted,
    };
    io::Error::new(kind, said.trim().to_owned())
}

/// A 5xx on the way to the kubelet.
fn server(message: String) -> Unreachable {
    Unreachable::Node(message)
}
