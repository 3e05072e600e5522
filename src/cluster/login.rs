//! Who we are to the server, for as long as a command runs.
//!
//! Knows when a plugin's token ends, and asks for the next one: a rolling restart
//! can outlive a token of 15 minutes. How a plugin is run is for `credentials`.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures::lock::Mutex;
use http::HeaderValue;
use jiff::SignedDuration;
use jiff::Timestamp;
use kube::config::AuthInfo;
use kube::config::Cluster;
use kube::config::ExecConfig;
use secrecy::ExposeSecret as _;
use secrecy::SecretString;

use crate::cluster::credentials;
use crate::cluster::credentials::BadCredentials;
use crate::cluster::credentials::Credential;
use crate::cluster::env::Env;

/// A token that ends within this is not used any more: a request takes time, and clocks differ (client-go's and kube's choice).
const MARGIN: SignedDuration = SignedDuration::from_secs(10);

/// A plugin's token, renewed when it ends.
pub struct Login {
    exec: ExecConfig,
    cluster: Cluster,
    env: Env,
    current: Mutex<Credential>,
}

/// Runs the user's plugin once, if there is one, and takes it out of the user.
///
/// A token by itself (in the kubeconfig or by flag) beats the plugin, and so does a password. A certificate
/// is put into the user; a token is the login's to give.
pub async fn login(
    user: &mut AuthInfo,
    cluster: &Cluster,
    env: &Env,
) -> Result<Option<Login>, BadCredentials> {
    let named = user.token.is_some() || user.token_file.is_some() || user.username.is_some();
    let Some(exec) = user.exec.take().filter(|_| !named) else {
        return Ok(None);
    };
    let credential = credentials::run(&exec, cluster, env).await?;
    if let Some((certificate, key)) = &credential.certificate {
        user.client_certificate_data = Some(BASE64_STANDARD.encode(certificate));
        user.client_key_data = Some(SecretString::from(
            BASE64_STANDARD.encode(key.expose_secret()),
        ));
    }
    if credential.token.is_none() {
        return Ok(None);
    }
    let (cluster, env, current) = (cluster.clone(), env.clone(), Mutex::new(credential));
    Ok(Some(Login {
        exec,
        cluster,
        env,
        current,
    }))
}

impl Login {
    /// The `Authorization` header for a request that is sent now. Runs the plugin
    /// again if the token has ended; requests meanwhile wait for it.
    pub async fn header(&self) -> Result<HeaderValue, BadCredentials> {
        let mut current = self.current.lock().await;
        if current
            .expires
            .is_some_and(|expires| expires <= Timestamp::now() + MARGIN)
        {
            *current = credentials::run(&self.exec, &self.cluster, &self.env).await?;
        }
        let token = current
            .token
            .as_ref()
            .map(SecretString::expose_secret)
            .unwrap_or_default();
        let header = HeaderValue::try_from(format!("Bearer {token}"));
        let mut header = header
            .map_err(|_| BadCredentials::Unusable("the token holds odd characters".to_owned()))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    use std::path::Path;

    /// A plugin that counts its runs, and prints what is in `answer`. A shell reads it: a file just written may be
    /// "busy" to exec, while another test's child still holds it open.
    fn plugin(dir: &Path, answer: &str) -> AuthInfo {
        std::fs::write(dir.join("answer"), answer).unwrap();
        let script = "cd \"$(dirname \"$0\")\"\necho run >>runs\ncat >stdin\n\
            echo \"$KUBERNETES_EXEC_INFO\" >info\ncat answer\n";
        let file = dir.join("plugin");
        std::fs::write(&file, script).unwrap();
        let exec = ExecConfig {
            api_version: Some("client.authentication.k8s.io/v1".to_owned()),
            command: Some("sh".to_owned()),
            args: Some(vec![file.display().to_string()]),
            ..ExecConfig::default()
        };
        AuthInfo {
            exec: Some(exec),
            ..AuthInfo::default()
        }
    }

    fn answer(status: &str) -> String {
        format!(
            r#"{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{{{status}}}}}"#
        )
    }

    fn runs(dir: &Path) -> usize {
        std::fs::read_to_string(dir.join("runs"))
            .unwrap_or_default()
            .lines()
            .count()
    }

    async fn logged_in(user: &mut AuthInfo) -> Result<Option<Login>, BadCredentials> {
        login(user, &Cluster::default(), &Env::of([])).await
    }

    #[tokio::test]
    async fn a_plugin_runs_once_for_all_requests() {
        let dir = tempfile::tempdir().unwrap();
        let mut user = plugin(
            dir.path(),
            &answer(r#""token":"t1","expirationTimestamp":"2099-01-01T00:00:00Z""#),
        );
        let login = logged_in(&mut user).await.unwrap().unwrap();
        for _ in 0..3 {
            assert_eq!(login.header().await.unwrap(), "Bearer t1");
        }
        assert_eq!(runs(dir.path()), 1);
        assert!(user.exec.is_none());
        assert_eq!(std::fs::read(dir.path().join("stdin")).unwrap(), b"");
        let info = std::fs::read_to_string(dir.path().join("info")).unwrap();
        assert!(info.contains(r#""interactive":false"#), "{info}");
    }

    #[tokio::test]
    async fn a_token_that_ended_is_renewed() {
        let dir = tempfile::tempdir().unwrap();
        let mut user = plugin(
            dir.path(),
            &answer(r#""token":"t1","expirationTimestamp":"2001-01-01T00:00:00Z""#),
        );
        let login = logged_in(&mut user).await.unwrap().unwrap();
        std::fs::write(dir.path().join("answer"), answer(r#""token":"t2""#)).unwrap();
        assert_eq!(login.header().await.unwrap(), "Bearer t2");
        assert_eq!(login.header().await.unwrap(), "Bearer t2");
        assert_eq!(runs(dir.path()), 2);
        assert!(login.header().await.unwrap().is_sensitive());
    }

    #[tokio::test]
    async fn a_certificate_goes_into_the_user() {
        let dir = tempfile::tempdir().unwrap();
        let status = r#""clientCertificateData":"CERT","clientKeyData":"KEY""#;
        let mut user = plugin(dir.path(), &answer(status));
        assert!(logged_in(&mut user).await.unwrap().is_none());
        assert_eq!(user.client_certificate_data.as_deref(), Some("Q0VSVA=="));
        assert_eq!(user.client_key_data.unwrap().expose_secret(), "S0VZ");
    }

    #[tokio::test]
    async fn a_token_of_ones_own_beats_the_plugin() {
        let dir = tempfile::tempdir().unwrap();
        let mut user = plugin(dir.path(), &answer(r#""token":"t1""#));
        user.token = Some(SecretString::from("mine"));
        assert!(logged_in(&mut user).await.unwrap().is_none());
        assert_eq!(runs(dir.path()), 0);
        assert!(user.exec.is_none());
    }

    #[tokio::test]
    async fn what_a_plugin_prints_is_never_told() {
        let dir = tempfile::tempdir().unwrap();
        for printed in [
            "s3cret",
            &answer(r#""clientKeyData":"s3cret""#),
            &answer("").replace("/v1", "/v1beta1"),
        ] {
            let mut user = plugin(dir.path(), printed);
            let error = logged_in(&mut user).await.err().unwrap();
            assert!(matches!(error, BadCredentials::Invalid { .. }), "{error}");
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
        }
    }
}
