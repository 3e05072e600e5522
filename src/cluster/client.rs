//! Builds the one client that everything in `cluster` uses.
//!
//! Knows how kube's layers go together. Its own `Client::try_from` leaves Nagle's
//! algorithm on (47 ms for a LIST instead of 4.5 ms), retries for minutes, and
//! sends no `User-Agent`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::Uri;
use http::header::USER_AGENT;
use hyper_util::client::legacy::Builder;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::SocksV5;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::rt::TokioExecutor;
use kube::Client;
use kube::Config;
use kube::client::ConfigExt as _;
use tower::BoxError;
use tower::ServiceBuilder;
use tower_http::decompression::DecompressionLayer;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use crate::cluster::config;
use crate::cluster::config::BadConfig;
use crate::cluster::config::Settings;
use crate::cluster::env::Env;
use crate::cluster::fault::Fault;
use crate::cluster::flags::Connection;
use crate::cluster::login::Login;
use crate::cluster::login::login;
use crate::cluster::proxy;
use crate::cluster::send::REQUEST_TIMEOUT;
use crate::cluster::send::Sender;
use crate::cluster::usable;
use crate::cluster::warnings::Warnings;

/// How long a TCP connection may take to be made (kube's default).
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// A way to an API server, and what is known of it before the first request.
#[derive(Clone)]
pub struct Connected {
    /// The client; cheap to clone.
    pub client: Client,
    /// The namespace to work in.
    pub namespace: String,
    /// The kubeconfig's context; empty where none was used.
    pub context: String,
    /// The API server's URL.
    pub server: String,
    /// What the API server said beside its answers.
    pub warnings: Warnings,
}

/// Reads flags, kubeconfig and environment, runs the credential plugin if there is
/// one, and builds the client. Sends nothing yet.
pub async fn connect(connection: &Connection, env: &Env) -> Result<Connected, Fault> {
    let mut settings = config::settings(connection, env)?;
    usable::files(&settings)?;
    let login = login(&mut settings.user, &settings.cluster, env).await?;
    let warnings = Warnings::default();
    let client = client(&settings, warnings.clone(), login)?;
    let Settings {
        namespace,
        context,
        server,
        ..
    } = settings;
    let server = server.to_string().trim_end_matches('/').to_owned();
    Ok(Connected {
        client,
        namespace,
        context,
        server,
        warnings,
    })
}

/// kubectl's form: `kubectl-zk/VERSION (OS/ARCH)`.
pub fn user_agent() -> String {
    format!("kubectl-zk/{} ({})", env!("CARGO_PKG_VERSION"), platform())
}

/// What this program was built for, in Go's words: `linux/amd64`.
pub fn platform() -> String {
    let arch = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    let os = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    format!("{os}/{arch}")
}

fn client(settings: &Settings, warnings: Warnings, login: Option<Login>) -> Result<Client, Fault> {
    install_crypto();
    let config = kube_config(settings)?;
    let sender = Sender {
        transport: transport(&config)?,
        server: host_and_port(&settings.server).into(),
        deadline: match settings.request_timeout {
            None => Some(REQUEST_TIMEOUT),
            Some(timeout) => Some(timeout).filter(|timeout| !timeout.is_zero()),
        },
        warnings,
        login: login.map(Arc::new),
    };
    let gzip = DecompressionLayer::new().gzip(!config.disable_compression);
    let service = ServiceBuilder::new()
        .layer(config.base_uri_layer())
        .layer(gzip)
        .option_layer(config.auth_layer()?)
        .layer(config.extra_headers_layer()?)
        .map_err(BoxError::from)
        .service_fn(move |request| sender.clone().send(request));
    Ok(Client::new(service, settings.namespace.clone()))
}

/// The connection pool: TCP without delay, through the proxy if there is one, then TLS.
fn transport(config: &Config) -> Result<Client, Fault> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(Some(CONNECT_TIMEOUT));
    let builder = || Builder::new(TokioExecutor::new());
    let namespace = config.default_namespace.clone();
    let Some(proxy) = config.proxy_url.clone() else {
        let https = config.rustls_https_connector_with_connector(http)?;
        return Ok(Client::new(builder().build(https), namespace));
    };
    Ok(match proxy.scheme_str() {
        Some("socks5") => {
            let https = config.rustls_https_connector_with_connector(socks(proxy, http))?;
            Client::new(builder().build(https), namespace)
        }
        Some("https") => {
            let http = config.rustls_https_connector_with_connector(http)?;
            let https = config.rustls_https_connector_with_connector(tunnel(proxy, http))?;
            Client::new(builder().build(https), namespace)
        }
        _ => {
            let https = config.rustls_https_connector_with_connector(tunnel(proxy, http))?;
            Client::new(builder().build(https), namespace)
        }
    })
}

fn socks(url: Uri, http: HttpConnector) -> SocksV5<HttpConnector> {
    let user_info = proxy::user_info(&url);
    let socks = SocksV5::new(url, http);
    match user_info {
        Some((user, password)) => socks.with_auth(user, password),
        None => socks,
    }
}

fn tunnel<C>(url: Uri, connector: C) -> Tunnel<C> {
    let user_info = proxy::user_info(&url);
    let tunnel = Tunnel::new(url, connector);
    let basic =
        user_info.map(|(user, password)| BASE64_STANDARD.encode(format!("{user}:{password}")));
    match basic.and_then(|basic| HeaderValue::try_from(format!("Basic {basic}")).ok()) {
        Some(header) => tunnel.with_auth(header),
        None => tunnel,
    }
}

fn kube_config(settings: &Settings) -> Result<Config, BadConfig> {
    let cluster = &settings.cluster;
    let mut config = Config::new(settings.server.clone());
    config.default_namespace.clone_from(&settings.namespace);
    config.root_cert = authority(settings)?;
    config.accept_invalid_certs = cluster.insecure_skip_tls_verify.unwrap_or(false);
    config.disable_compression = cluster.disable_compression.unwrap_or(false);
    config.tls_server_name = cluster
        .tls_server_name
        .clone()
        .filter(|name| !name.is_empty());
    config.proxy_url.clone_from(&settings.proxy);
    config.auth_info = settings.user.clone();
    config.default_retry = false;
    if let Ok(agent) = HeaderValue::try_from(user_agent()) {
        config.headers.push((USER_AGENT, agent));
    }
    Ok(config)
}

/// The certificates that may sign the server's, as DER; none: those of the system.
fn authority(settings: &Settings) -> Result<Option<Vec<Vec<u8>>>, BadConfig> {
    let cluster = &settings.cluster;
    let (path, read) = match (
        &cluster.certificate_authority_data,
        &cluster.certificate_authority,
    ) {
        (Some(data), _) if !data.is_empty() => (
            "data".into(),
            BASE64_STANDARD
                .decode(data)
                .map_err(|error| error.to_string()),
        ),
        (_, Some(path)) if !path.is_empty() => (
            PathBuf::from(path),
            std::fs::read(path).map_err(|error| error.to_string()),
        ),
        _ => return Ok(None),
    };
    let certificates = read.and_then(|pem| {
        let parsed = CertificateDer::pem_slice_iter(&pem)
            .map(|certificate| certificate.map(|der| der.to_vec()));
        parsed
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| error.to_string())
    });
    match certificates {
        Ok(certificates) if certificates.is_empty() => Err("it holds no certificate".to_owned()),
        other => other.map(Some),
    }
    .map_err(|why| BadConfig::Material {
        what: "certificate-authority",
        path,
        why,
    })
}

/// Chooses rustls' cryptography for this process, the first time.
fn install_crypto() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // It can only fail because another thread was first, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

fn host_and_port(server: &Uri) -> String {
    let port = server.port_u16().unwrap_or(match server.scheme_str() {
        Some("https") => 443,
        _ => 80,
    });
    format!("{}:{port}", server.host().unwrap_or_default())
}

#[cfg(test)]
mod tests;
