//! Credential plugins: `users[].user.exec` of a kubeconfig.
//!
//! Knows the protocol `client.authentication.k8s.io` (KEP-541). kube would run the
//! plugin three times for one client, and hand it our standard input even if that
//! is a pipe with the user's data; client-go does neither.

use std::process::ExitStatus;
use std::process::Stdio;
use std::time::Duration;

use jiff::Timestamp;
use kube::config::Cluster;
use kube::config::ExecAuthCluster;
use kube::config::ExecConfig;
use kube::config::ExecInteractiveMode;
use secrecy::SecretString;
use serde::Deserialize;
use tokio::process::Command;

use crate::cluster::env::Env;
use crate::cluster::policy;
use crate::cluster::reach;

/// How long a plugin may take that cannot ask anybody. Cloud plugins take about a
/// second; with a shorter limit those behind a slow proxy would fail.
const ALONE: Duration = Duration::from_secs(60);

/// How long a plugin may take that can wait for its user, in a browser perhaps.
const WITH_USER: Duration = Duration::from_secs(600);

/// Why a plugin gave no credentials. Holds nothing of its standard output.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCredentials {
    /// No such program.
    #[error("exec: executable {command} not found")]
    NotFound {
        /// What the kubeconfig names.
        command: String,
        /// The kubeconfig's `installHint`.
        install_hint: Option<String>,
    },
    /// It failed.
    #[error("exec: executable {command} failed with {status}{said}")]
    Failed {
        /// What the kubeconfig names.
        command: String,
        /// Its exit status in words.
        status: String,
        /// What it wrote to stderr, after a colon.
        said: String,
    },
    /// It took too long, and was ended.
    #[error("exec: executable {command} did not finish within {after:?}")]
    TimedOut {
        /// What the kubeconfig names.
        command: String,
        /// How long we waited.
        after: Duration,
    },
    /// The user's kuberc does not let it run.
    #[error("{0}")]
    Denied(String),
    /// It must ask the user, and there is no terminal.
    #[error("exec plugin cannot support interactive mode: standard input is not a terminal")]
    NoTerminal,
    /// What it printed is no credential.
    #[error("{why}")]
    Invalid {
        /// What the kubeconfig names.
        command: String,
        /// The reason.
        why: String,
    },
    /// Credentials that the kube crate cannot use.
    #[error("unable to use the credentials: {0}")]
    Unusable(String),
}

impl BadCredentials {
    /// What to type next.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::NotFound {
                install_hint: Some(hint),
                ..
            } => vec![hint.trim().to_owned()],
            Self::NoTerminal => {
                vec!["run it in a terminal, or log in first with the plugin itself".to_owned()]
            }
            Self::Invalid { command, .. } => vec![format!("see what it prints: {command}")],
            Self::Denied(_) => {
                vec!["see credentialPluginPolicy in ~/.kube/kuberc".to_owned()]
            }
            _ => Vec::new(),
        }
    }
}

/// What a plugin gave.
#[derive(Clone, Debug)]
pub struct Credential {
    /// A bearer token.
    pub token: Option<SecretString>,
    /// A certificate and its key, both PEM.
    pub certificate: Option<(String, SecretString)>,
    /// When it ends, if the plugin says so.
    pub expires: Option<Timestamp>,
}

/// Runs a plugin once.
pub async fn run(
    exec: &ExecConfig,
    cluster: &Cluster,
    env: &Env,
) -> Result<Credential, BadCredentials> {
    let name = exec.command.clone().unwrap_or_default();
    policy::allow(&name, env)?;
    let interactive = is_interactive(exec, env)?;
    let mut command = command(exec, interactive);
    command.env(
        "KUBERNETES_EXEC_INFO",
        exec_info(exec, cluster, interactive)?,
    );
    let limit = if interactive { WITH_USER } else { ALONE };
    let output = match tokio::time::timeout(limit, command.output()).await {
        Err(_) => {
            return Err(BadCredentials::TimedOut {
                command: name,
                after: limit,
            });
        }
        Ok(Err(error)) => return Err(not_started(exec, &error)),
        Ok(Ok(output)) => output,
    };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = if said.trim().is_empty() {
            String::new()
        } else {
            format!(": {}", said.trim())
        };
        return Err(BadCredentials::Failed {
            command: name,
            status: in_words(output.status),
            said,
        });
    }
    parse(&output.stdout, exec).map_err(|why| BadCredentials::Invalid { command: name, why })
}

/// Our standard input goes to the plugin only if it is a terminal, as with client-go.
fn is_interactive(exec: &ExecConfig, env: &Env) -> Result<bool, BadCredentials> {
    match exec.interactive_mode {
        Some(ExecInteractiveMode::Never) => Ok(false),
        Some(ExecInteractiveMode::Always) if !env.stdin_is_terminal => {
            Err(BadCredentials::NoTerminal)
        }
        _ => Ok(env.stdin_is_terminal),
    }
}

fn command(exec: &ExecConfig, interactive: bool) -> Command {
    let mut command = Command::new(exec.command.as_deref().unwrap_or_default());
    command.args(exec.args.iter().flatten());
    for variable in exec.env.iter().flatten() {
        if let (Some(name), Some(value)) = (variable.get("name"), variable.get("value")) {
            command.env(name, value);
        }
    }
    if interactive {
        command.stdin(Stdio::inherit()).stderr(Stdio::inherit());
    } else {
        command.stdin(Stdio::null()).stderr(Stdio::piped());
    }
    command.stdout(Stdio::piped()).kill_on_drop(true);
    command
}

fn exec_info(
    exec: &ExecConfig,
    cluster: &Cluster,
    interactive: bool,
) -> Result<String, BadCredentials> {
    let mut spec = serde_json::json!({ "interactive": interactive });
    if exec.provide_cluster_info {
        let cluster = ExecAuthCluster::try_from(cluster);
        let cluster = cluster.map_err(|error| BadCredentials::Unusable(reach::chain(&error)))?;
        spec["cluster"] = serde_json::to_value(cluster).unwrap_or_default();
    }
    let version = exec
        .api_version
        .as_deref()
        .unwrap_or("client.authentication.k8s.io/v1beta1");
    Ok(
        serde_json::json!({ "kind": "ExecCredential", "apiVersion": version, "spec": spec })
            .to_string(),
    )
}

fn in_words(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => status.to_string(),
    }
}

fn not_started(exec: &ExecConfig, error: &std::io::Error) -> BadCredentials {
    let command = exec.command.clone().unwrap_or_default();
    match error.kind() {
        std::io::ErrorKind::NotFound => BadCredentials::NotFound {
            command,
            install_hint: exec.install_hint.clone(),
        },
        _ => BadCredentials::Failed {
            command,
            status: error.to_string(),
            said: String::new(),
        },
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Printed {
    api_version: Option<String>,
    status: Option<PrintedStatus>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrintedStatus {
    expiration_timestamp: Option<String>,
    token: Option<String>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
}

/// Reads what a plugin printed (JSON or YAML). The error tells where, never what: it is a secret.
fn parse(stdout: &[u8], exec: &ExecConfig) -> Result<Credential, String> {
    let Ok(printed) = serde_saphyr::from_slice::<Printed>(stdout) else {
        return Err("decoding stdout: it is no ExecCredential".to_owned());
    };
    if let (Some(wanted), Some(got)) = (&exec.api_version, &printed.api_version)
        && wanted != got
    {
        return Err(format!(
            "exec plugin is configured to use API version {wanted}, plugin returned version {got}"
        ));
    }
    let status = printed
        .status
        .ok_or("exec plugin didn't return a status field")?;
    let token = status
        .token
        .filter(|token| !token.is_empty())
        .map(SecretString::from);
    let certificate = match (status.client_certificate_data, status.client_key_data) {
        (Some(certificate), Some(key)) => Some((certificate, SecretString::from(key))),
        (None, None) => None,
        _ => return Err("exec plugin returned only certificate or key, not both".to_owned()),
    };
    if token.is_none() && certificate.is_none() {
        return Err("exec plugin didn't return a token or cert/key pair".to_owned());
    }
    let expires = status
        .expiration_timestamp
        .map(|text| text.parse())
        .transpose();
    let expires = expires.map_err(|_| "its expirationTimestamp is no time".to_owned())?;
    Ok(Credential {
        token,
        certificate,
        expires,
    })
}

#[cfg(test)]
mod tests;
