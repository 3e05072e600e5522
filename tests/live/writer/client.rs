//! A session that moves on among servers: on refusal at once, on silence after the session timeout divided by the number
//! of servers (`ClientCnxn.onConnected`). It never repeats a request: whether one may be sent twice is the caller's matter.

use std::net::SocketAddr;
use std::time::Duration;

use kubectl_zk::zookeeper::error::SessionError;
use kubectl_zk::zookeeper::session::ConnectOptions;
use kubectl_zk::zookeeper::session::Session;
use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio::time::timeout;

/// The session timeout that is asked for: what most clients ask for.
const SESSION_TIMEOUT: Duration = Duration::from_secs(10);

/// The pause after every server of the list has failed.
const ROUND: Duration = Duration::from_millis(50);

/// The list, and the session while there is one.
pub(crate) struct Client {
    servers: Vec<SocketAddr>,
    tried: usize,
    options: ConnectOptions,
    session: Option<Session<TcpStream>>,
}

impl Client {
    /// A client of these servers, beginning anywhere.
    pub(crate) fn new(servers: Vec<SocketAddr>) -> Self {
        let options = ConnectOptions {
            session_timeout: SESSION_TIMEOUT,
            deadline: SESSION_TIMEOUT * 2 / 3, // the Java client's read timeout
            ..ConnectOptions::default()
        };
        let tried = std::process::id() as usize;
        Self {
            servers,
            tried,
            options,
            session: None,
        }
    }

    /// The session, resumed or new; goes on trying until there is one.
    pub(crate) async fn session(&mut self) -> &mut Session<TcpStream> {
        let session = match self.session.take() {
            Some(session) => session,
            None => self.open().await,
        };
        self.session.insert(session)
    }

    /// Leaves a session that failed; the next one resumes it elsewhere.
    pub(crate) fn leave(&mut self, why: &SessionError) {
        if let Some(session) = self.session.take() {
            self.options.last_zxid_seen = session.last_zxid_seen();
        }
        if matches!(why, SessionError::SessionExpired) {
            self.options.resume = None;
        }
    }

    /// Ends the session at the servers, too.
    pub(crate) async fn close(mut self) {
        if let Some(session) = self.session.take() {
            let _ = session.close().await;
        }
    }

    async fn open(&mut self) -> Session<TcpStream> {
        for round in 1_usize.. {
            let server = self.servers[self.tried % self.servers.len()];
            match self.connect(server).await {
                Ok(session) => {
                    self.options.resume = Some(session.credentials().clone());
                    return session;
                }
                Err(Some(SessionError::SessionExpired)) => self.options.resume = None,
                Err(_) => self.tried += 1,
            }
            if round.is_multiple_of(self.servers.len()) {
                sleep(ROUND).await;
            }
        }
        unreachable!("the rounds never end")
    }

    async fn connect(
        &self,
        server: SocketAddr,
    ) -> Result<Session<TcpStream>, Option<SessionError>> {
        let patience = SESSION_TIMEOUT / u32::try_from(self.servers.len()).unwrap_or(1);
        let opening = async {
            let stream = TcpStream::connect(server).await.map_err(|_| None)?;
            stream.set_nodelay(true).map_err(|_| None)?;
            Session::connect(stream, &self.options).await.map_err(Some)
        };
        timeout(patience, opening).await.map_err(|_| None)?
    }
}
