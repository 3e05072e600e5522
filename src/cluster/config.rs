//! Where the API server is and who we are to it: kubeconfig, flags and environment together.
//!
//! Knows client-go's precedence (`DirectClientConfig`); it opens no connection
//! and runs no plugin.

use std::path::PathBuf;
use std::time::Duration;

use http::HeaderValue;
use http::Uri;
use kube::config::AuthInfo;
use kube::config::Cluster;
use kube::config::Kubeconfig;
use secrecy::ExposeSecret;
use secrecy::SecretString;

use crate::cluster::env::Env;
use crate::cluster::flags::Connection;
use crate::cluster::kubeconfig;
use crate::cluster::kubeconfig::Chosen;
use crate::cluster::overrides;
use crate::cluster::pod;
use crate::cluster::proxy;
use crate::cluster::usable;
use crate::manifest::labels::is_namespace;

/// Why a text names no namespace.
pub const NOT_A_NAMESPACE: &str =
    "at most 63 lower-case letters, digits and '-', no '-' first or last";

/// Why there is no usable configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadConfig {
    /// `--kubeconfig` names no file.
    #[error("stat {}: no such file or directory", .0.display())]
    NoFile(PathBuf),
    /// A file that cannot be read, or is no kubeconfig.
    #[error("error loading config file \"{}\": {why}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reason.
        why: String,
    },
    /// A name that the kubeconfig does not have.
    #[error("{}", unknown(kind, name))]
    Unknown {
        /// `context`, `cluster` or `user`.
        kind: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Nothing says where the API server is.
    #[error("no API server is configured: {0}")]
    NoServer(&'static str),
    /// The context's namespace cannot be one's name.
    #[error("invalid namespace {0:?}: {NOT_A_NAMESPACE}")]
    InvalidNamespace(String),
    /// The server's address is no URL.
    #[error("host must be a URL or a host:port pair: {0:?}")]
    InvalidServer(String),
    /// The kubeconfig's proxy is no URL, or of an unknown kind.
    #[error("invalid 'proxy-url' {url:?} for cluster {cluster:?}: {why}")]
    ProxyUrl {
        /// The address, less its password.
        url: String,
        /// The cluster's name.
        cluster: String,
        /// The reason.
        why: String,
    },
    /// The environment's proxy is no URL, or of an unknown kind.
    #[error("invalid proxy address {0:?}: want http://, https:// or socks5://")]
    InvalidProxy(String),
    /// Both a certificate authority and no verification.
    #[error("specifying a root certificates file with the insecure flag is not allowed")]
    InsecureWithAuthority,
    /// What client-go would refuse as well, in its words.
    #[error("{0}")]
    Refused(String),
    /// A certificate, key or token that cannot be used.
    #[error("unable to read {what} {}: {why}", .path.display())]
    Material {
        /// Such as `certificate-authority`.
        what: &'static str,
        /// The file; `data` for what is written in the kubeconfig itself.
        path: PathBuf,
        /// The reason.
        why: String,
    },
    /// Anything else that the kube crate objects to.
    #[error("invalid configuration: {0}")]
    Unusable(String),
}

/// What is said of auth providers alone.
const PROVIDERS: [&str; 3] = ["auth plugin has", "Auth Provider", "auth-provider"];

fn unknown(kind: &str, name: &str) -> String {
    match kind {
        "context" => {
            format!("Error in configuration: context was not found for specified context: {name}")
        }
        "cluster" => format!("no server found for cluster {name:?}"),
        _ => format!("auth info {name:?} does not exist"),
    }
}

impl BadConfig {
    /// Whether kubectl puts no `error: ` before it.
    pub fn stands_alone(&self) -> bool {
        matches!(self, Self::Unknown { kind, .. } if *kind == "context")
    }

    /// What to type next.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Unknown { kind, known, .. } if !known.is_empty() => {
                vec![format!(
                    "the kubeconfig has these {kind}s: {}",
                    known.join(", ")
                )]
            }
            Self::Unknown { .. } | Self::NoServer(_) => {
                vec!["see what is configured: kubectl config view; choose with --kubeconfig or --context".to_owned()]
            }
            Self::Refused(why) if PROVIDERS.iter().any(|word| why.contains(word)) => {
                let hint = "log in with a token, a certificate or an exec plugin, and see what the user has: kubectl config view --minify";
                vec![hint.to_owned()]
            }
            Self::Refused(why) if why.contains("without impersonating") => {
                vec!["say whom as well: --as".to_owned()]
            }
            _ => Vec::new(),
        }
    }
}

/// All that is needed to connect.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The context's name; empty where none was used.
    pub context: String,
    /// The namespace to work in.
    pub namespace: String,
    /// The names of the kubeconfig's cluster and user; empty where there is none.
    pub cluster_name: String,
    /// As above.
    pub user_name: String,
    /// The API server.
    pub server: Uri,
    /// The same, as the kubeconfig and the flags have it.
    pub cluster: Cluster,
    /// Who we are; a plugin, if there is one, has not been run yet.
    pub user: AuthInfo,
    /// Through which proxy.
    pub proxy: Option<Uri>,
    /// `--request-timeout`.
    pub request_timeout: Option<Duration>,
}

/// Puts together kubeconfig, flags and environment.
///
/// 1. The kubeconfig's context, or in a pod without a kubeconfig its service account.
/// 2. Flags over it.
/// 3. Namespace: `-n`, the context's, the pod's own, `default`.
pub fn settings(connection: &Connection, env: &Env) -> Result<Settings, BadConfig> {
    let mut chosen = chosen(connection, env)?;
    overrides::cluster(&mut chosen.cluster, connection);
    overrides::user(&mut chosen.user, connection);
    usable::check(&chosen)?;
    let server = server(&chosen)?;
    if server.scheme_str() != Some("https") {
        chosen.user = usable::without_credentials(chosen.user);
    }
    usable::provider(&chosen.user)?;
    usable::complete(&mut chosen.user);
    read_token(&mut chosen.user)?;
    check_token(&chosen.user)?;
    let proxy = proxy::choose(&server, &chosen, env)?;
    let namespace = connection
        .namespace
        .clone()
        .filter(|namespace| !namespace.is_empty())
        .or(chosen.namespace)
        .or_else(|| pod::namespace(env))
        .unwrap_or_else(|| "default".to_owned());
    if !is_namespace(&namespace) {
        return Err(BadConfig::InvalidNamespace(namespace));
    }
    Ok(Settings {
        context: chosen.context,
        namespace,
        cluster_name: chosen.cluster_name,
        user_name: chosen.user_name,
        server,
        cluster: chosen.cluster,
        user: chosen.user,
        proxy,
        request_timeout: connection.request_timeout,
    })
}

/// The namespace to work in, as [`settings`] finds it, for what needs no cluster. Where `-n` says it no file is read.
///
/// # Errors
/// The kubeconfig, or what the flags name of it.
pub fn namespace(connection: &Connection, env: &Env) -> Result<String, BadConfig> {
    let said = connection.namespace.clone();
    match said.filter(|namespace| !namespace.is_empty()) {
        Some(namespace) => Ok(namespace),
        None => Ok(chosen(connection, env)?
            .namespace
            .unwrap_or_else(|| "default".to_owned())),
    }
}

fn chosen(connection: &Connection, env: &Env) -> Result<Chosen, BadConfig> {
    let loaded = kubeconfig::load(connection, env)?;
    let loaded = loaded.filter(|it| !it.clusters.is_empty() || !it.contexts.is_empty());
    match loaded {
        Some(kubeconfig) => kubeconfig::choose(&kubeconfig, connection),
        None => match pod::chosen(connection, env) {
            Some(chosen) => Ok(chosen),
            None => kubeconfig::choose(&Kubeconfig::default(), connection),
        },
    }
}

/// A token's file beats the token itself, which is there for when it cannot be read.
///
/// One that ends in a newline is read here: kube would put that into its header. Any other (a pod's own) stays a file, and
/// is read again when it changes.
fn read_token(user: &mut AuthInfo) -> Result<(), BadConfig> {
    let Some(path) = user.token_file.clone().map(PathBuf::from) else {
        return Ok(());
    };
    match std::fs::read_to_string(&path) {
        Ok(read) if read.trim().is_empty() => {
            let path = path.display();
            return Err(BadConfig::Refused(format!("tokenFile {path} is empty")));
        }
        Ok(read) if read.trim() == read => user.token = None,
        Ok(read) => {
            (user.token, user.token_file) = (Some(SecretString::from(read.trim())), None);
        }
        Err(_) if user.token.is_some() => user.token_file = None,
        Err(error) => return Err(BadConfig::Refused(usable::words(&path, &error))),
    }
    Ok(())
}

/// Whether the token can stand in a header: kube panics where it cannot.
fn check_token(user: &AuthInfo) -> Result<(), BadConfig> {
    let token = user.token.as_ref().map(ExposeSecret::expose_secret);
    match token.map(HeaderValue::from_str) {
        Some(Err(_)) => Err(BadConfig::Unusable(
            "the token has characters that no token has".to_owned(),
        )),
        _ => Ok(()),
    }
}

/// The server as a URL; without a scheme it is http, whatever is said about TLS (client-go looks at the scheme first).
fn server(chosen: &Chosen) -> Result<Uri, BadConfig> {
    let Some(server) = chosen
        .cluster
        .server
        .as_deref()
        .filter(|server| !server.is_empty())
    else {
        return Err(BadConfig::NoServer(match chosen.context.as_str() {
            "" => "there is no kubeconfig, or its current-context is not set",
            _ => "the context's cluster has no server",
        }));
    };
    let url = if server.contains("://") {
        server.to_owned()
    } else {
        format!("http://{server}")
    };
    let uri = url
        .parse::<Uri>()
        .ok()
        .filter(|uri| uri.host().is_some_and(|host| !host.is_empty()))
        .filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")));
    uri.ok_or_else(|| BadConfig::InvalidServer(server.to_owned()))
}

#[cfg(test)]
pub(crate) mod tests;
