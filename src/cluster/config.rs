//! Where the API server is and who we are to it: kubeconfig, flags and environment together.
//!
//! Knows client-go's precedence (`DirectClientConfig`); it opens no connection
//! and runs no plugin.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use http::Uri;
use kube::config::AuthInfo;
use kube::config::Cluster;
use kube::config::Kubeconfig;
use secrecy::SecretString;

use crate::cluster::env::Env;
use crate::cluster::flags::Connection;
use crate::cluster::kubeconfig;
use crate::cluster::kubeconfig::Chosen;
use crate::cluster::proxy;

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
    override_cluster(&mut chosen.cluster, connection);
    override_user(&mut chosen.user, connection);
    validate(&chosen.cluster)?;
    let server = server(&chosen)?;
    let proxy = proxy::choose(&server, chosen.cluster.proxy_url.as_deref(), env)?;
    let namespace = connection
        .namespace
        .clone()
        .filter(|namespace| !namespace.is_empty());
    Ok(Settings {
        context: chosen.context,
        namespace: namespace
            .or(chosen.namespace)
            .unwrap_or_else(|| "default".to_owned()),
        server,
        cluster: chosen.cluster,
        user: chosen.user,
        proxy,
        request_timeout: connection.request_timeout,
    })
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

/// client-go's `getCluster`: a flag about the server's identity replaces all that was said of it.
fn override_cluster(cluster: &mut Cluster, flags: &Connection) {
    if flags.insecure_skip_tls_verify || flags.certificate_authority.is_some() {
        cluster.insecure_skip_tls_verify = Some(flags.insecure_skip_tls_verify);
        cluster.certificate_authority = flags.certificate_authority.as_deref().map(text);
        cluster.certificate_authority_data = None;
    }
    if flags.tls_server_name.is_some() || flags.server.is_some() {
        cluster.tls_server_name.clone_from(&flags.tls_server_name);
    }
    if flags.server.is_some() {
        cluster.server.clone_from(&flags.server);
    }
    if flags.disable_compression {
        cluster.disable_compression = Some(true);
    }
}

/// client-go's `getAuthInfo`; a token by flag beats a plugin.
fn override_user(user: &mut AuthInfo, flags: &Connection) {
    if let Some(token) = &flags.token {
        user.token = Some(SecretString::from(token.clone()));
        (user.token_file, user.exec, user.auth_provider) = (None, None, None);
        (user.username, user.password) = (None, None);
    }
    if let Some(path) = &flags.client_certificate {
        (user.client_certificate, user.client_certificate_data) = (Some(text(path)), None);
    }
    if let Some(path) = &flags.client_key {
        (user.client_key, user.client_key_data) = (Some(text(path)), None);
    }
    override_impersonation(user, flags);
}

fn override_impersonation(user: &mut AuthInfo, flags: &Connection) {
    if flags.as_user.is_some() {
        user.impersonate.clone_from(&flags.as_user);
    }
    if flags.as_uid.is_some() {
        user.impersonate_uid.clone_from(&flags.as_uid);
    }
    if !flags.as_groups.is_empty() {
        user.impersonate_groups = Some(flags.as_groups.clone());
    }
    for (key, value) in &flags.as_user_extra {
        let extra = user.impersonate_user_extra.get_or_insert_default();
        extra.entry(key.clone()).or_default().push(value.clone());
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
    let url = match server.contains("://") {
        true => server.to_owned(),
        false => format!(
            "{}://{server}",
            if speaks_tls(chosen) { "https" } else { "http" }
        ),
    };
    let uri = url
        .parse::<Uri>()
        .ok()
        .filter(|uri| uri.host().is_some_and(|host| !host.is_empty()));
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

fn text(path: &Path) -> String {
    path.display().to_string()
}
