//! What client-go refuses before it connects: clusters and users that say too much, too little, or name files that are not there.
//!
//! Knows its `ConfirmUsable` (`client-go/tools/clientcmd/validation.go`) and its words; it connects to nothing.

use std::fs::File;
use std::io;
use std::path::Path;

use kube::config::AuthInfo;
use kube::config::Cluster;
use kube::config::ExecConfig;
use secrecy::ExposeSecret as _;
use secrecy::SecretString;

use crate::cluster::config::BadConfig;
use crate::cluster::config::Settings;
use crate::cluster::kubeconfig::Chosen;

/// The versions of the plugins' protocol that client-go speaks.
const EXEC_VERSIONS: [&str; 2] = [
    "client.authentication.k8s.io/v1",
    "client.authentication.k8s.io/v1beta1",
];

/// Whether what was chosen makes sense, files aside.
pub(crate) fn check(chosen: &Chosen) -> Result<(), BadConfig> {
    cluster(&chosen.cluster_name, &chosen.cluster)?;
    user(&chosen.user_name, &chosen.user)
}

/// Whether the files that are named can be opened.
pub(crate) fn files(settings: &Settings) -> Result<(), BadConfig> {
    let Settings { cluster, user, .. } = settings;
    let (cluster_name, user_name) = (&settings.cluster_name, &settings.user_name);
    for (what, path, of) in [
        (
            "certificate-authority",
            &cluster.certificate_authority,
            cluster_name,
        ),
        ("client-cert", &user.client_certificate, user_name),
        ("client-key", &user.client_key, user_name),
    ] {
        let Some(path) = path.as_deref().filter(|path| !path.is_empty()) else {
            continue;
        };
        File::open(path).map_err(|error| {
            let why = words(Path::new(path), &error);
            refused(format!(
                "unable to read {what} {path} for {of} due to {why}"
            ))
        })?;
    }
    Ok(())
}

/// Why a file cannot be opened, as Go says it.
pub(crate) fn words(path: &Path, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    format!("open {}: {why}", path.display())
}

fn cluster(name: &str, cluster: &Cluster) -> Result<(), BadConfig> {
    let file = said(cluster.certificate_authority.as_ref());
    let data = said(cluster.certificate_authority_data.as_ref());
    if cluster.insecure_skip_tls_verify == Some(true) && (file || data) {
        return Err(BadConfig::InsecureWithAuthority);
    }
    let both = file && data;
    unless(both, || {
        format!(
            "certificate-authority-data and certificate-authority are both specified for {name}. certificate-authority-data will override."
        )
    })
}

fn user(name: &str, user: &AuthInfo) -> Result<(), BadConfig> {
    certificate(name, user)?;
    if let Some(exec) = &user.exec {
        unless(user.auth_provider.is_some(), || {
            format!("authProvider cannot be provided in combination with an exec plugin for {name}")
        })?;
        plugin(name, exec)?;
    }
    let token = user
        .token
        .as_ref()
        .is_some_and(|it| !it.expose_secret().is_empty());
    unless(token && user.username.is_some(), || {
        format!(
            "more than one authentication method found for {name}; found [token basicAuth], only one is allowed"
        )
    })?;
    unless(incomplete(user), || {
        format!("requesting uid, groups or user-extra for {name} without impersonating a user")
    })
}

fn certificate(name: &str, user: &AuthInfo) -> Result<(), BadConfig> {
    let file = said(user.client_certificate.as_ref());
    let data = said(user.client_certificate_data.as_ref());
    let key_file = said(user.client_key.as_ref());
    let key_data = user.client_key_data.is_some();
    if !file && !data {
        return Ok(());
    }
    unless(file && data, || {
        format!(
            "client-cert-data and client-cert are both specified for {name}. client-cert-data will override."
        )
    })?;
    unless(key_file && key_data, || {
        format!(
            "client-key-data and client-key are both specified for {name}; client-key-data will override"
        )
    })?;
    unless(!key_file && !key_data, || {
        format!(
            "client-key-data or client-key must be specified for {name} to use the clientCert authentication method."
        )
    })
}

fn plugin(name: &str, exec: &ExecConfig) -> Result<(), BadConfig> {
    let version = exec.api_version.as_deref().unwrap_or_default();
    let old = version == EXEC_VERSIONS[1];
    for (missing, what) in [
        (!said(exec.command.as_ref()), "command"),
        (version.is_empty(), "apiVersion"),
        (exec.interactive_mode.is_none() && !old, "interactiveMode"),
    ] {
        unless(missing, || {
            format!("{what} must be specified for {name} to use exec authentication plugin")
        })?;
    }
    unless(!EXEC_VERSIONS.contains(&version), || {
        format!("exec plugin: invalid apiVersion \"{version}\"")
    })
}

/// Whether something of a user is to be impersonated, but no user.
fn incomplete(user: &AuthInfo) -> bool {
    let groups = user
        .impersonate_groups
        .as_ref()
        .is_some_and(|it| !it.is_empty());
    let extra = user
        .impersonate_user_extra
        .as_ref()
        .is_some_and(|it| !it.is_empty());
    !said(user.impersonate.as_ref()) && (groups || extra || said(user.impersonate_uid.as_ref()))
}

/// The user as far as plain HTTP lets client-go know it: credentials would be there for all to read.
pub(crate) fn without_credentials(user: AuthInfo) -> AuthInfo {
    AuthInfo {
        impersonate: user.impersonate,
        impersonate_uid: user.impersonate_uid,
        impersonate_groups: user.impersonate_groups,
        impersonate_user_extra: user.impersonate_user_extra,
        ..AuthInfo::default()
    }
}

/// What kube reads otherwise than client-go: a user without a password has an empty one, a key alone is nothing.
pub(crate) fn complete(user: &mut AuthInfo) {
    if user.username.is_some() && user.password.is_none() {
        user.password = Some(SecretString::from(String::new()));
    }
    if !said(user.client_certificate.as_ref()) && !said(user.client_certificate_data.as_ref()) {
        (user.client_key, user.client_key_data) = (None, None);
    }
}

/// The providers that client-go has no more, or that we have not.
pub(crate) fn provider(user: &AuthInfo) -> Result<(), BadConfig> {
    let Some(provider) = &user.auth_provider else {
        return Ok(());
    };
    Err(refused(match provider.name.as_str() {
        name @ ("gcp" | "azure") => format!("The {name} auth plugin has been removed."),
        "oidc" => "the oidc auth-provider is not supported".to_owned(),
        name => format!("no Auth Provider found for name \"{name}\""),
    }))
}

fn said(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.is_empty())
}

fn unless(bad: bool, why: impl FnOnce() -> String) -> Result<(), BadConfig> {
    if bad { Err(refused(why())) } else { Ok(()) }
}

fn refused(why: String) -> BadConfig {
    BadConfig::Refused(why)
}
