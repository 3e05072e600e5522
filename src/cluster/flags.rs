//! kubectl's connection flags as plain values.
//!
//! Knows their names and nothing of where they were typed: `cli` fills this in.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// What a user may say about the connection, each field named after kubectl's flag.
#[derive(Clone, Default)]
pub struct Connection {
    /// `--kubeconfig`: one file, which must exist.
    pub kubeconfig: Option<PathBuf>,
    /// `--context`
    pub context: Option<String>,
    /// `--cluster`
    pub cluster: Option<String>,
    /// `--user`
    pub user: Option<String>,
    /// `-n`, `--namespace`
    pub namespace: Option<String>,
    /// `-s`, `--server`
    pub server: Option<String>,
    /// `--token`: a secret; never shown.
    pub token: Option<String>,
    /// `--as`
    pub as_user: Option<String>,
    /// `--as-group`, repeatable
    pub as_groups: Vec<String>,
    /// `--as-uid`
    pub as_uid: Option<String>,
    /// `--as-user-extra KEY=VALUE`, repeatable, as key and value
    pub as_user_extra: Vec<(String, String)>,
    /// `--certificate-authority`
    pub certificate_authority: Option<PathBuf>,
    /// `--client-certificate`
    pub client_certificate: Option<PathBuf>,
    /// `--client-key`
    pub client_key: Option<PathBuf>,
    /// `--tls-server-name`
    pub tls_server_name: Option<String>,
    /// `--insecure-skip-tls-verify`
    pub insecure_skip_tls_verify: bool,
    /// `--request-timeout`: zero means none, absent means ours (see `send`).
    pub request_timeout: Option<Duration>,
    /// `--disable-compression`
    pub disable_compression: bool,
}

impl fmt::Debug for Connection {
    /// Shows which connection is meant, and never the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("kubeconfig", &self.kubeconfig)
            .field("context", &self.context)
            .field("cluster", &self.cluster)
            .field("user", &self.user)
            .field("namespace", &self.namespace)
            .field("server", &self.server)
            .field("token", &self.token.as_ref().map(|_| "<redacted>"))
            .field("as_user", &self.as_user)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_never_shown() {
        let connection = Connection {
            token: Some("s3cret".to_owned()),
            context: Some("dev".to_owned()),
            ..Connection::default()
        };
        let shown = format!("{connection:?}");
        assert!(!shown.contains("s3cret"), "{shown}");
        assert!(
            shown.contains("dev") && shown.contains("redacted"),
            "{shown}"
        );
    }
}
