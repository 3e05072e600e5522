//! A client's session over one stream that somebody else dialled, one request at a time.
//!
//! A reply is never read into another request: after anything but a clean answer the session is
//! unusable and says so. It never reconnects, retries or pings by itself: whoever calls knows
//! whether a request may be sent twice, and pings at least every third of [`Session::timeout`].

mod operations;

use std::fmt;
use std::io;
use std::time::Duration;

use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;

use crate::ensemble::zxid::Zxid;
use crate::zookeeper::error::BadReply;
use crate::zookeeper::error::Code;
use crate::zookeeper::error::SessionError;
use crate::zookeeper::message::AUTH_XID;
use crate::zookeeper::message::Connect;
use crate::zookeeper::message::PING_XID;
use crate::zookeeper::message::Request;
use crate::zookeeper::message::WATCH_XID;
use crate::zookeeper::message::record::Credentials;
use crate::zookeeper::message::reply::Connected;
use crate::zookeeper::message::reply::Header;
use crate::zookeeper::wire::Decoder;
use crate::zookeeper::wire::Malformed;

/// The longest reply that is read. Servers and clients stop at 1 MiB by default (`jute.maxbuffer`);
/// ensembles with huge nodes raise it to some MiB. Beyond this it is not a `ZooKeeper` server.
const LONGEST_REPLY: i32 = 64 << 20;

/// How to open a session.
#[derive(Clone, Debug)]
pub struct ConnectOptions {
    /// How long the session may be silent; the server chooses within 2 to 20 of its ticks.
    pub session_timeout: Duration,
    /// How long each request may take, the opening too.
    pub deadline: Duration,
    /// The session to go on with.
    pub resume: Option<Credentials>,
    /// The last zxid seen by this client: a server that is behind it will not serve it.
    pub last_zxid_seen: Zxid,
    /// Whether a server without a quorum will do.
    pub read_only: bool,
}

/// A new session of 10 seconds, and 5 seconds for each request.
impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            session_timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(5),
            resume: None,
            last_zxid_seen: Zxid::default(),
            read_only: false,
        }
    }
}

/// An open session. Dropped without [`Session::close`], it lives on at the servers until its timeout.
pub struct Session<S> {
    stream: S,
    connected: Connected,
    deadline: Duration,
    last_zxid_seen: Zxid,
    next_xid: i32,
    usable: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Opens a session, or goes on with `options.resume`. A new one is a write: it needs a quorum.
    pub async fn connect(mut stream: S, options: &ConnectOptions) -> Result<Self, SessionError> {
        let opening = open(&mut stream, options);
        let connected = within(options.deadline, "connect", opening).await?;
        if connected.timeout_ms <= 0 || connected.credentials.id == 0 {
            return Err(SessionError::SessionExpired);
        }
        Ok(Self {
            stream,
            connected,
            deadline: options.deadline,
            last_zxid_seen: options.last_zxid_seen,
            next_xid: 1,
            usable: true,
        })
    }

    /// Sends a request and reads its answer, or leaves the session unusable.
    ///
    /// Dropping the future half-way leaves it unusable as well: the answer may still come.
    async fn call<T>(
        &mut self,
        request: Request<'_>,
        read: impl FnOnce(&mut Decoder<'_>) -> Result<T, Malformed>,
    ) -> Result<T, SessionError> {
        if !std::mem::replace(&mut self.usable, false) {
            return Err(SessionError::Unusable);
        }
        let name = request.name();
        let body = within(self.deadline, name, self.exchange(&request)).await?;
        let mut decoder = Decoder::new(&body);
        let answer = self.answer(&mut decoder, name, read);
        self.usable = match &answer {
            Ok(_) => true,
            Err(SessionError::Server(code)) => *code != Code::AuthFailed,
            Err(_) => false,
        };
        answer
    }

    /// Sends, and passes over what the server says of its own accord until a reply comes.
    async fn exchange(&mut self, request: &Request<'_>) -> Result<Vec<u8>, SessionError> {
        let (name, expected) = (request.name(), self.xid_for(request));
        send(&mut self.stream, &request.frame(expected), name).await?;
        loop {
            let body = read_frame(&mut self.stream, name).await?;
            let xid = Header::decode(&mut Decoder::new(&body))
                .map_err(bad(name))?
                .xid;
            match xid {
                got if got == expected => return Ok(body),
                WATCH_XID | PING_XID => {}
                got => return Err(bad(name)(BadReply::Xid { expected, got })),
            }
        }
    }

    fn answer<T>(
        &mut self,
        decoder: &mut Decoder<'_>,
        name: &'static str,
        read: impl FnOnce(&mut Decoder<'_>) -> Result<T, Malformed>,
    ) -> Result<T, SessionError> {
        let header = Header::decode(decoder).map_err(bad(name))?;
        // Answers without a transaction carry −1 or 0.
        let zxid = u64::try_from(header.zxid).unwrap_or(0);
        self.last_zxid_seen = self.last_zxid_seen.max(Zxid(zxid));
        match header.error {
            0 => read(decoder).map_err(bad(name)),
            number => Err(Code::from(number).into()),
        }
    }

    fn xid_for(&mut self, request: &Request<'_>) -> i32 {
        match request {
            Request::Ping => PING_XID,
            Request::AuthDigest { .. } => AUTH_XID,
            _ => {
                let xid = self.next_xid;
                // Negative xids have meanings of their own.
                self.next_xid = xid.checked_add(1).unwrap_or(1);
                xid
            }
        }
    }
}

impl<S> Session<S> {
    /// How long the session may be silent before the servers end it.
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.connected.timeout_ms).unwrap_or(0))
    }

    /// What [`ConnectOptions::resume`] wants on another connection.
    pub fn credentials(&self) -> &Credentials {
        &self.connected.credentials
    }

    /// Whether the server has no quorum and only reads.
    pub fn is_read_only(&self) -> bool {
        self.connected.read_only
    }

    /// The newest transaction that any answer named.
    pub fn last_zxid_seen(&self) -> Zxid {
        self.last_zxid_seen
    }
}

impl<S> fmt::Debug for Session<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = format_args!("{:#x}", self.connected.credentials.id);
        f.debug_struct("Session")
            .field("id", &id)
            .field("usable", &self.usable)
            .finish_non_exhaustive()
    }
}

async fn open<S>(stream: &mut S, options: &ConnectOptions) -> Result<Connected, SessionError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let connect = Connect {
        timeout_ms: i32::try_from(options.session_timeout.as_millis()).unwrap_or(i32::MAX),
        resume: options.resume.as_ref(),
        last_zxid_seen: options.last_zxid_seen.0.cast_signed(),
        read_only: options.read_only,
    };
    send(stream, &connect.frame(), "connect").await?;
    let body = read_frame(stream, "connect").await.map_err(not_serving)?;
    Connected::decode(&body).map_err(bad("connect"))
}

/// A server that has no quorum, or sees a client that is ahead of it, closes without a word.
fn not_serving(error: SessionError) -> SessionError {
    match error {
        SessionError::ConnectionLost { source, .. }
            if source.kind() == io::ErrorKind::UnexpectedEof =>
        {
            SessionError::NotServing
        }
        error => error,
    }
}

async fn send(
    stream: &mut (impl AsyncWrite + Unpin),
    frame: &[u8],
    during: &'static str,
) -> Result<(), SessionError> {
    stream.write_all(frame).await.map_err(lost(during))?;
    stream.flush().await.map_err(lost(during))
}

/// Memory is taken as bytes come, not as the length promises.
async fn read_frame(
    stream: &mut (impl AsyncRead + Unpin),
    during: &'static str,
) -> Result<Vec<u8>, SessionError> {
    let promised = stream.read_i32().await.map_err(lost(during))?;
    let length = u64::try_from(promised)
        .ok()
        .filter(|_| promised <= LONGEST_REPLY);
    let length = length
        .ok_or(BadReply::Length(promised))
        .map_err(bad(during))?;
    let mut body = Vec::new();
    let read = stream
        .take(length)
        .read_to_end(&mut body)
        .await
        .map_err(lost(during))?;
    if u64::try_from(read) == Ok(length) {
        return Ok(body);
    }
    Err(lost(during)(io::ErrorKind::UnexpectedEof.into()))
}

async fn within<T>(
    within: Duration,
    during: &'static str,
    work: impl Future<Output = Result<T, SessionError>>,
) -> Result<T, SessionError> {
    let passed = |_| SessionError::DeadlinePassed { during, within };
    tokio::time::timeout(within, work).await.map_err(passed)?
}

fn lost(during: &'static str) -> impl Fn(io::Error) -> SessionError {
    move |source| SessionError::ConnectionLost { during, source }
}

fn bad<E: Into<BadReply>>(during: &'static str) -> impl Fn(E) -> SessionError {
    move |source| SessionError::Malformed {
        during,
        source: source.into(),
    }
}

#[cfg(test)]
mod tests;
