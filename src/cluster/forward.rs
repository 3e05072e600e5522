//! Port-forward, the production form of [`Dial`].
//!
//! Knows kube's `Portforwarder` and what a kubelet says when it cannot serve a
//! port; nothing of what is said over it.

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

use crate::cluster::dial::Dial;
use crate::cluster::dial::Stream;
use crate::cluster::dial::Unreachable;
use crate::cluster::fault::Fault;

/// Dials through the API server: `pods/portforward`.
#[derive(Clone)]
pub struct PortForward {
    pods: Api<Pod>,
    namespace: String,
}

impl PortForward {
    /// Dials the pods of this namespace.
    pub fn new(client: Client, namespace: &str) -> Self {
        Self {
            pods: Api::namespaced(client, namespace),
            namespace: namespace.to_owned(),
        }
    }

    async fn open(&self, pod: &str, port: u16) -> Result<Box<dyn Stream>, Unreachable> {
        let forward = self.pods.portforward(pod, &[port]).await;
        let mut forward = forward.map_err(|error| match Fault::from(error) {
            Fault::Forbidden(denied) => {
                Unreachable::Forbidden(denied.of_upgrade("pods/portforward", &self.namespace))
            }
            fault => fault.into(),
        })?;
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
    let kind = match said {
        said if said.contains("refused") => io::ErrorKind::ConnectionRefused,
        said if said.contains("connection reset by peer") => io::ErrorKind::ConnectionReset,
        _ => io::ErrorKind::ConnectionAborted,
    };
    io::Error::new(kind, said.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    use tokio::io::AsyncReadExt as _;

    fn forwarded(said: Option<&str>) -> (Forwarded, DuplexStream) {
        let (stream, pod) = tokio::io::duplex(64);
        let said = said.map(str::to_owned);
        (
            Forwarded {
                stream,
                failure: Some(Box::pin(async move { said })),
            },
            pod,
        )
    }

    #[tokio::test]
    async fn a_refused_port_is_not_an_empty_answer() {
        let said = "error forwarding port 1 to pod x: dial tcp4 127.0.0.1:1: connect: connection refused\n";
        let (mut stream, pod) = forwarded(Some(said));
        drop(pod);
        let error = stream.read(&mut [0; 8]).await.unwrap_err();
        assert_eq!(Unreachable::from(error), Unreachable::Refused);
    }

    #[tokio::test]
    async fn any_other_failure_is_told() {
        let (mut stream, _pod) = forwarded(Some("network namespace is closed"));
        let error = stream.read(&mut [0; 8]).await.unwrap_err();
        assert_eq!(
            Unreachable::from(error).to_string(),
            "connection closed: network namespace is closed"
        );
    }

    #[tokio::test]
    async fn without_a_failure_bytes_pass() {
        use tokio::io::AsyncWriteExt as _;
        let (mut stream, mut pod) = forwarded(None);
        pod.write_all(b"imok").await.unwrap();
        drop(pod);
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert_eq!(answer, "imok");
    }

    #[tokio::test(start_paused = true)]
    async fn dialling_ends_at_its_deadline() {
        let hangs = tower::service_fn(|_: http::Request<kube::client::Body>| {
            std::future::pending::<Result<http::Response<kube::client::Body>, tower::BoxError>>()
        });
        let forward = PortForward::new(Client::new(hangs, "default"), "n");
        let dialled = forward.dial("zk-0", 2181, Duration::from_secs(3)).await;
        assert_eq!(dialled.err(), Some(Unreachable::TimedOut));
    }
}
