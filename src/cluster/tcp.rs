//! A stream to an address from this machine, for what answers outside the cluster. Knows TCP alone.

use std::time::Duration;

use tokio::net::TcpStream;

use crate::cluster::dial::Stream;
use crate::cluster::dial::Unreachable;

/// Connects, or says by the deadline why not.
pub(crate) async fn connect(
    host: &str,
    port: u16,
    deadline: Duration,
) -> Result<Box<dyn Stream>, Unreachable> {
    let connecting = TcpStream::connect((host, port));
    match tokio::time::timeout(deadline, connecting).await {
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(Unreachable::TimedOut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use tokio::io::AsyncReadExt as _;
    use tokio::io::AsyncWriteExt as _;
    use tokio::net::TcpListener;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn bytes_pass() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"imok").await.unwrap();
        };
        let ask = async {
            let mut stream = connect("127.0.0.1", port, LONG).await.unwrap();
            let mut answer = [0; 4];
            stream.read_exact(&mut answer).await.unwrap();
            answer
        };
        let ((), answer) = futures::join!(serve, ask);
        assert_eq!(&answer, b"imok");
    }

    #[tokio::test]
    async fn a_port_where_nothing_listens() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let refused = connect("127.0.0.1", port, LONG).await;
        assert_eq!(refused.err(), Some(Unreachable::Refused));
    }
}
