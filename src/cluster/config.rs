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
use crate::cluster::proxy;
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
    #[error("{kind} {name:?} does not exist")]
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
    #[error("invalid server address {0:?}")]
    InvalidServer(String),
    /// The proxy's address is no URL, or of an unknown kind.
    #[error("invalid proxy address {0:?}: want http://, https:// or socks5://")]
    InvalidProxy(String),
    /// Both a certificate authority and no verification.
    #[error("specifying a root certificates file with the insecure flag is not allowed")]
    InsecureWithAuthority,
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

impl BadConfig {
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
    trim_token(&mut chosen.user)?;
    check_token(&chosen.user)?;
    validate(&chosen.cluster)?;
    let server = server(&chosen)?;
    let proxy = proxy::choose(&server, chosen.cluster.proxy_url.as_deref(), env)?;
    let namespace = connection
        .namespace
        .clone()
        .filter(|namespace| !namespace.is_empty())
        .or(chosen.namespace)
        .unwrap_or_else(|| "default".to_owned());
    if !is_namespace(&namespace) {
        return Err(BadConfig::InvalidNamespace(namespace));
    }
    Ok(Settings {
        context: chosen.context,
        namespace,
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
    match kubeconfig::load(connection, env)? {
        Some(kubeconfig) => kubeconfig::choose(&kubeconfig, connection),
        None => match in_cluster(connection, env) {
            Some(chosen) => Ok(chosen),
            None => kubeconfig::choose(&Kubeconfig::default(), connection),
        },
    }
}

/// The service account of the pod that this process runs in, unless a server was named.
fn in_cluster(connection: &Connection, env: &Env) -> Option<Chosen> {
    let host = env.any(&["KUBERNETES_SERVICE_HOST"])?;
    let port = env.any(&["KUBERNETES_SERVICE_PORT"]).unwrap_or("443");
    let named =
        connection.server.is_some() || connection.context.is_some() || connection.cluster.is_some();
    let file = |name: &str| env.service_account.join(name);
    if named || !file("token").exists() {
        return None;
    }
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    let path = |name: &str| Some(file(name).display().to_string());
    let cluster = Cluster {
        server: Some(format!("https://{host}:{port}")),
        certificate_authority: path("ca.crt"),
        ..Cluster::default()
    };
    let user = AuthInfo {
        token_file: path("token"),
        ..AuthInfo::default()
    };
    let namespace = std::fs::read_to_string(file("namespace")).ok();
    let namespace = namespace
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty());
    Some(Chosen {
        context: String::new(),
        namespace,
        cluster,
        user,
    })
}

/// A token file may end in a newline, which kube would put into its header; one
/// that does not (a pod's own) stays a file, and is read again when it changes.
fn trim_token(user: &mut AuthInfo) -> Result<(), BadConfig> {
    let Some(path) = user.token_file.clone().filter(|_| user.token.is_none()) else {
        return Ok(());
    };
    let read = std::fs::read_to_string(&path).map_err(|error| {
        let (path, why) = (PathBuf::from(&path), error.to_string());
        BadConfig::Material {
            what: "tokenFile",
            path,
            why,
        }
    })?;
    if read.trim() != read {
        (user.token, user.token_file) = (Some(SecretString::from(read.trim())), None);
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

fn validate(cluster: &Cluster) -> Result<(), BadConfig> {
    let authority =
        cluster.certificate_authority.is_some() || cluster.certificate_authority_data.is_some();
    match cluster.insecure_skip_tls_verify {
        Some(true) if authority => Err(BadConfig::InsecureWithAuthority),
        _ => Ok(()),
    }
}

/// The server as a URL; without a scheme it is https where anything about TLS is said (client-go's `DefaultServerURL`).
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
    } else if speaks_tls(chosen) {
        format!("https://{server}")
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

fn speaks_tls(chosen: &Chosen) -> bool {
    let (cluster, user) = (&chosen.cluster, &chosen.user);
    cluster.certificate_authority.is_some()
        || cluster.certificate_authority_data.is_some()
        || cluster.insecure_skip_tls_verify == Some(true)
        || user.client_certificate.is_some()
        || user.client_certificate_data.is_some()
}

#[cfg(test)]
pub(crate) mod tests;
