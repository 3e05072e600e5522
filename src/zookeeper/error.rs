//! What a server answers when it will not, and what may happen to a session.

use std::fmt;
use std::time::Duration;

use crate::zookeeper::wire::Malformed;

macro_rules! codes {
    ($($name:ident = $number:literal, $meaning:literal;)*) => {
        /// A server's answer other than "ok": `org.apache.zookeeper.KeeperException.Code`, its names and numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
            /// A number that `ZooKeeper` 3.9 does not know.
            Unknown(i32),
        }

        impl Code {
            /// Every code that has a name.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The number on the wire.
            pub fn number(self) -> i32 {
                match self {
                    $(Self::$name => $number,)*
                    Self::Unknown(number) => number,
                }
            }

            /// What it says, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $meaning,)*
                    Self::Unknown(_) => "an error that this version of kubectl-zk does not know",
                }
            }
        }

        impl From<i32> for Code {
            fn from(number: i32) -> Self {
                match number {
                    $($number => Self::$name,)*
                    _ => Self::Unknown(number),
                }
            }
        }
    };
}

codes! {
    SystemError = -1, "the server failed inside";
    RuntimeInconsistency = -2, "the server found its state inconsistent";
    DataInconsistency = -3, "the server found its data inconsistent";
    ConnectionLoss = -4, "the connection was lost, and whether the request was done is unknown";
    MarshallingError = -5, "the server could not read the request";
    Unimplemented = -6, "the server does not have this operation (a standalone server has no reconfig)";
    OperationTimeout = -7, "the operation took too long, and whether it was done is unknown";
    BadArguments = -8, "the request's arguments are refused";
    UnknownSession = -12, "the server does not know the session";
    NewConfigNoQuorum = -13, "no majority of the new voters is connected and in sync with the leader";
    ReconfigInProgress = -14, "another reconfiguration is under way";
    ApiError = -100, "the server failed";
    NoNode = -101, "there is no such node";
    NoAuth = -102, "the node's access list does not allow it";
    BadVersion = -103, "the version is not the expected one: it was changed in the meantime";
    NoChildrenForEphemerals = -108, "an ephemeral node has no children";
    NodeExists = -110, "the node exists";
    NotEmpty = -111, "the node has children";
    SessionExpired = -112, "the session has expired";
    InvalidCallback = -113, "the callback is invalid";
    InvalidAcl = -114, "the access list is invalid";
    AuthFailed = -115, "the user or password is wrong";
    SessionMoved = -118, "the session has moved to another server";
    NotReadOnly = -119, "a server without a quorum only reads";
    EphemeralOnLocalSession = -120, "a local session has no ephemeral nodes";
    NoWatcher = -121, "there is no such watcher";
    RequestTimeout = -122, "the request took too long, and whether it was done is unknown";
    ReconfigDisabled = -123, "the servers' configuration does not have reconfigEnabled=true";
    SessionClosedRequireSaslAuth = -124, "the server wants SASL authentication";
    QuotaExceeded = -125, "the quota is used up";
    ThrottledOp = -127, "the server is overloaded and dropped the request";
}

/// `NoNode (-101)`: what one searches for.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(number) => write!(f, "error {number}"),
            named => write!(f, "{named:?} ({})", named.number()),
        }
    }
}

/// Why a request was not answered with what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The server answered, and said no. The session lives on.
    #[error("the server answered {0}: {meaning}", meaning = .0.meaning())]
    Server(Code),
    /// The session is over, and its ephemeral nodes with it. The request was not done.
    #[error("the session has expired; open a new one")]
    SessionExpired,
    /// The session was resumed at another server. The request was not done.
    #[error("the session has moved to another server")]
    SessionMoved,
    /// The server closed the connection instead of opening a session: it starts, has no quorum,
    /// or is behind what this client has seen ([`ConnectOptions::last_zxid_seen`]).
    ///
    /// [`ConnectOptions::last_zxid_seen`]: crate::zookeeper::session::ConnectOptions::last_zxid_seen
    #[error(
        "the server closed the connection instead of opening a session: it is not serving (starting, without a quorum, or behind)"
    )]
    NotServing,
    /// The stream ended or failed. Whether the request was done is unknown.
    #[error("the connection to the server was lost during {during}")]
    ConnectionLost {
        /// The request.
        during: &'static str,
        /// What the stream said.
        source: std::io::Error,
    },
    /// No answer in time. Whether the request was done is unknown.
    #[error("the server did not answer {during} within {within:?}")]
    DeadlinePassed {
        /// The request.
        during: &'static str,
        /// How long it had.
        within: Duration,
    },
    /// An answer that is none. Whether the request was done is unknown.
    #[error("the server's answer to {during} is malformed")]
    Malformed {
        /// The request.
        during: &'static str,
        /// What is wrong with it.
        source: BadReply,
    },
    /// An earlier request failed or was given up half-way: what comes next on the stream may be its answer.
    /// This request was not sent.
    #[error("an earlier request on this connection was not answered; open a new session")]
    Unusable,
}

/// What is wrong with a reply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadReply {
    /// A field cannot be read.
    #[error(transparent)]
    Field(#[from] Malformed),
    /// Longer than anything a server sends, or of negative length: most likely not a `ZooKeeper` server.
    #[error("a reply of {0} bytes")]
    Length(i32),
    /// The reply to another request.
    #[error("a reply to request {got} where {expected} was asked")]
    Xid {
        /// The request that was sent.
        expected: i32,
        /// The request that the reply names.
        got: i32,
    },
    /// `/zookeeper/config` does not hold a membership.
    #[error("the configuration cannot be read: {0}")]
    Config(String),
}

impl SessionError {
    /// Whether the request may have been done or not: only reading back can tell.
    pub fn leaves_outcome_unknown(&self) -> bool {
        match self {
            Self::ConnectionLost { .. } | Self::DeadlinePassed { .. } | Self::Malformed { .. } => {
                true
            }
            Self::Server(code) => {
                matches!(
                    code,
                    Code::ConnectionLoss | Code::OperationTimeout | Code::RequestTimeout
                )
            }
            Self::SessionExpired | Self::SessionMoved | Self::NotServing | Self::Unusable => false,
        }
    }
}

impl From<Code> for SessionError {
    fn from(code: Code) -> Self {
        match code {
            Code::SessionExpired => Self::SessionExpired,
            Code::SessionMoved => Self::SessionMoved,
            code => Self::Server(code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_keeps_its_number() {
        for &code in Code::ALL {
            assert_eq!(Code::from(code.number()), code);
        }
        assert_eq!(Code::ALL.len(), 31);
        assert_eq!(Code::from(-101), Code::NoNode);
        assert_eq!(Code::from(-999), Code::Unknown(-999));
    }

    #[test]
    fn errors_say_name_number_and_meaning() {
        let error = SessionError::from(Code::BadVersion);
        assert_eq!(
            error.to_string(),
            "the server answered BadVersion (-103): the version is not the expected one: it was changed in the meantime"
        );
        assert_eq!(
            SessionError::from(Code::Unknown(-9))
                .to_string()
                .split(':')
                .next(),
            Some("the server answered error -9")
        );
    }

    #[test]
    fn only_what_was_answered_or_never_sent_is_known() {
        assert!(!SessionError::from(Code::NoAuth).leaves_outcome_unknown());
        assert!(!SessionError::from(Code::SessionMoved).leaves_outcome_unknown());
        assert!(SessionError::from(Code::RequestTimeout).leaves_outcome_unknown());
        let within = Duration::from_secs(1);
        assert!(
            SessionError::DeadlinePassed {
                during: "reconfig",
                within
            }
            .leaves_outcome_unknown()
        );
    }
}
