//! What can go wrong between us and the API server, in kubectl's words.
//!
//! Knows every kind of failure and what to type next. It holds no secret: texts
//! come from the server's `Status`, from the operating system, or from here.
//! Where a kind is told apart: `status` (answers), `reach` (connections),
//! `config` (what was configured).

use std::time::Duration;

use crate::cluster::config::BadConfig;
use crate::cluster::credentials::BadCredentials;
use crate::cluster::denied::Denied;
use crate::cluster::reach;
use crate::cluster::status;
use crate::cluster::status::Owner;

/// A request that did not succeed.
///
/// `Display` is the whole of kubectl's line, less its `error: ` where it has one
/// ([`Fault::stands_alone`]; kubectl's `StandardErrorMessage`).
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The flags or the kubeconfig cannot be used.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// The user's credentials could not be had.
    #[error("Unable to connect to the server: getting credentials: {0}")]
    Credentials(#[from] BadCredentials),
    /// Nothing listens at the server's address.
    #[error(
        "The connection to the server {server} was refused - did you specify the right host or port?"
    )]
    Refused {
        /// The API server's host and port.
        server: String,
    },
    /// The server's name has no address.
    #[error("Unable to connect to the server: dial tcp: lookup {host}: {detail}")]
    Dns {
        /// The name.
        host: String,
        /// The resolver's words.
        detail: String,
    },
    /// The TLS handshake failed.
    #[error("Unable to connect to the server: tls: {0}")]
    Tls(String),
    /// The proxy did not let us through.
    #[error("Unable to connect to the server: proxyconnect: {0}")]
    Proxy(String),
    /// The connection failed in another way.
    #[error("Unable to connect to the server: {0}")]
    Unconnected(String),
    /// No answer in time.
    #[error("Unable to connect to the server: no answer from {server} within {after:?}")]
    TimedOut {
        /// The API server's host and port.
        server: String,
        /// How long we waited.
        after: Duration,
    },
    /// What was to end by a deadline did not.
    #[error("{what} did not end within {after:?}")]
    Deadline {
        /// What was waited for.
        what: String,
        /// How long we waited.
        after: Duration,
    },
    /// The server does not know who we are (401).
    #[error("You must be logged in to the server (Unauthorized)")]
    Unauthorized,
    /// We may not do this (403).
    #[error("Error from server (Forbidden): {0}")]
    Forbidden(Box<Denied>),
    /// There is no such object, or no such kind (404).
    #[error("Error from server (NotFound): {message}")]
    NotFound {
        /// The server's words.
        message: String,
        /// The missing object's name; empty where it is the kind that is missing.
        name: String,
    },
    /// An object of that name exists (409).
    #[error("Error from server (AlreadyExists): {0}")]
    AlreadyExists(String),
    /// Someone else owns the field, or changed the object first (409).
    #[error("Error from server (Conflict): {message}")]
    Conflict {
        /// The server's words.
        message: String,
        /// Who manages which field, for a conflict of server-side apply.
        owners: Vec<Owner>,
    },
    /// What was asked for is too old to be had (410).
    #[error("Error from server (Expired): {0}")]
    Gone(String),
    /// The server will not do it now (429): overload, or a disruption budget.
    #[error("Error from server (TooManyRequests): {message}")]
    TooManyRequests {
        /// The server's words.
        message: String,
        /// Whether it is a `PodDisruptionBudget` that forbids an eviction.
        budget: bool,
    },
    /// The object is not valid (422) or the request is not (400).
    #[error("{0}")]
    Invalid(String),
    /// Any other answer that is an error.
    #[error("Error from server{}: {message}", in_parentheses(.reason))]
    Server {
        /// The HTTP status.
        code: u16,
        /// The machine's word for it, such as `InternalError`; may be empty.
        reason: String,
        /// The server's words.
        message: String,
    },
    /// The server would not switch to WebSocket.
    #[error("unable to upgrade the connection: {0}")]
    Upgrade(String),
    /// A stream ended before its end.
    #[error("the connection was closed before {0}")]
    Closed(String),
    /// The answer makes no sense to us.
    #[error("unexpected answer from the server: {0}")]
    Answer(String),
}

impl Fault {
    /// Whether kubectl prints this line as it is; before all others it puts `error: `.
    pub fn stands_alone(&self) -> bool {
        match self {
            Self::Config(bad) => bad.stands_alone(),
            Self::Unauthorized
            | Self::Deadline { .. }
            | Self::Upgrade(_)
            | Self::Closed(_)
            | Self::Answer(_) => false,
            _ => true,
        }
    }

    /// Whether the object (or its kind) does not exist.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }

    /// Whether a right is missing, or an admission rule forbids it.
    pub fn is_forbidden(&self) -> bool {
        matches!(self, Self::Forbidden(_))
    }

    /// Whether another writer is in the way.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }

    /// Names the object of an apply conflict: the server's words name the field alone.
    #[must_use]
    pub fn about(self, object: &str) -> Self {
        match self {
            Self::Conflict { message, owners } if !owners.is_empty() => Self::Conflict {
                message: format!("{object}: {message}"),
                owners,
            },
            other => other,
        }
    }

    /// Whether an object of that name exists.
    pub fn is_already_exists(&self) -> bool {
        matches!(self, Self::AlreadyExists(_))
    }

    /// Whether it says nothing about the outcome: the request may have been carried out.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::TimedOut { .. }
            | Self::Deadline { .. }
            | Self::Unconnected(_)
            | Self::Closed(_)
            | Self::Answer(_) => true,
            Self::Server { code, .. } => 500 <= *code,
            _ => false,
        }
    }

    /// Whether the API server may only be away, or busy, for a moment.
    pub fn may_pass(&self) -> bool {
        self.is_uncertain() || matches!(self, Self::Refused { .. } | Self::TooManyRequests { .. })
    }

    /// What to type or look at next; may be empty.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Config(bad) => bad.hints(),
            Self::Credentials(bad) => bad.hints(),
            Self::Forbidden(denied) => denied.hints(),
            Self::Conflict { owners, .. } if !owners.is_empty() => {
                vec![
                    "take the fields over with --force-conflicts, or leave them to their manager"
                        .to_owned(),
                ]
            }
            Self::NotFound { message, .. } if message.starts_with("namespaces \"") => {
                let name = message.split('"').nth(1).unwrap_or_default();
                vec![format!("make it first: kubectl create namespace {name}")]
            }
            other => other.hint().map(str::to_owned).into_iter().collect(),
        }
    }

    fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Refused { .. } | Self::TimedOut { .. } => {
                "see which server this is: kubectl config view --minify"
            }
            Self::Dns { .. } => "check the server's name: kubectl config view --minify",
            Self::Tls(detail) => return reach::tls_hint(detail),
            Self::Unconnected(detail) => return reach::hint(detail),
            Self::Proxy(_) => "check HTTPS_PROXY and NO_PROXY, or proxy-url in the kubeconfig",
            Self::Unauthorized => "the credentials are wrong or expired: kubectl auth whoami",
            Self::Conflict { .. } => "the object changed meanwhile: run the command again",
            Self::TooManyRequests { budget: true, .. } => {
                "a PodDisruptionBudget forbids it now: kubectl get poddisruptionbudget"
            }
            Self::TooManyRequests { .. } => {
                "the API server is overloaded: run the command again later"
            }
            Self::Upgrade(_) => {
                "exec and port-forward need WebSocket: a proxy or load balancer before the API server may not pass it"
            }
            _ => return None,
        })
    }
}

impl From<kube::Error> for Fault {
    fn from(error: kube::Error) -> Self {
        use kube::Error;
        match error {
            Error::Api(status) => status::fault(*status),
            // `send` puts its own faults here, as it alone knows the server's address.
            Error::Service(error) => match error.downcast::<Self>() {
                Ok(fault) => *fault,
                Err(error) => reach::fault("", error.as_ref()),
            },
            Error::HyperError(error) => reach::fault("", &error),
            Error::Auth(error) => Self::Credentials(BadCredentials::Unusable(reach::chain(&error))),
            // Of what is read before anything is dialled; a handshake's errors come from `send`.
            Error::RustlsTls(error) => Self::Config(BadConfig::Unusable(reach::tls(&error))),
            Error::InferKubeconfig(error) => {
                Self::Config(BadConfig::Unusable(reach::chain(&error)))
            }
            Error::UpgradeConnection(error) => Self::Upgrade(error.to_string()),
            other => Self::Answer(reach::chain(&other)),
        }
    }
}

fn in_parentheses(reason: &str) -> String {
    match reason {
        "" => String::new(),
        reason => format!(" ({reason})"),
    }
}
