//! Changes the member list, and commits writes, as the superuser: over a session with one server. Knows which answers mean
//! "look again" and which mean "never"; decides nothing else.

use k8s_openapi::api::core::v1::Secret;
use secrecy::ExposeSecret as _;
use secrecy::SecretString;
use tokio::time::Instant;

use crate::cluster::Cluster;
use crate::cluster::Unreachable;
use crate::cluster::dial::Stream;
use crate::cluster::fault::Fault;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ensemble::connect_string::CLIENT_PORT;
use crate::manifest::identity;
use crate::zookeeper::error::Code;
use crate::zookeeper::error::SessionError;
use crate::zookeeper::message::CreateMode;
use crate::zookeeper::message::Reconfig;
use crate::zookeeper::message::record::Acl;
use crate::zookeeper::session::ConnectOptions;
use crate::zookeeper::session::Session;

/// The user that may do everything (`ZooKeeper`: `DigestAuthenticationProvider.superDigest`).
const SUPERUSER: &str = "super";

/// Where the barrier's node is for a moment. It is ephemeral, numbered, and beside nobody's data.
const BARRIER: &str = "/zookeeper/kubectl-zk-";

/// Why a change is not known to be done.
#[derive(Debug, thiserror::Error)]
pub enum Undone {
    /// The password could not be had.
    #[error("{0}")]
    Password(Fault),
    /// The server could not be reached.
    #[error("{0}")]
    Unreachable(Unreachable),
    /// Only looking again tells: the outcome is not known, or someone else was quicker, or it is too early.
    #[error("{0}")]
    Look(SessionError),
    /// It will not be done however often it is tried.
    #[error("{0}")]
    Never(SessionError),
}

impl Undone {
    /// Whether trying again is in vain until something is mended.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Password(fault) => !fault.may_pass(),
            Self::Unreachable(why) => matches!(why, Unreachable::Forbidden(_)),
            Self::Look(_) => false,
            Self::Never(_) => true,
        }
    }

    /// Whether the server does not take us for the superuser.
    pub fn is_denied(&self) -> bool {
        matches!(
            self,
            Self::Never(SessionError::Server(Code::NoAuth | Code::AuthFailed))
        )
    }
}

impl From<SessionError> for Undone {
    fn from(error: SessionError) -> Self {
        let passes = match &error {
            SessionError::Server(code) => matches!(
                code,
                Code::BadVersion | Code::ReconfigInProgress | Code::NewConfigNoQuorum
            ),
            _ => true,
        };
        match passes || error.leaves_outcome_unknown() {
            true => Self::Look(error),
            false => Self::Never(error),
        }
    }
}

impl Cluster {
    /// The superuser's password.
    ///
    /// # Errors
    /// Any fault; [`Fault::Answer`] where the Secret has none.
    pub async fn password(&self, name: &EnsembleName) -> Result<SecretString, Fault> {
        let secret: Secret = self.api().get(&name.identity()).await?;
        let data = secret.data.unwrap_or_default();
        let bytes = data.get(identity::PASSWORD).map(|bytes| &bytes.0);
        let text = bytes.and_then(|bytes| String::from_utf8(bytes.clone()).ok());
        let missing = || Fault::Answer(format!("Secret {} holds no password", name.identity()));
        text.map(SecretString::from).ok_or_else(missing)
    }

    /// Asks a server to change the member list, unless it is too late for it.
    ///
    /// # Errors
    /// It is not known to be done: read the list again before anything else.
    pub async fn reconfigure(
        &self,
        name: &EnsembleName,
        via: ServerId,
        change: &Reconfig,
        by: Instant,
    ) -> Result<(), Undone> {
        in_time(by, async {
            let mut session = self.superuser(name, via).await?;
            session.reconfig(change).await?;
            // Whether the server heard the farewell changes nothing for us.
            let _ = session.close().await;
            Ok(())
        })
        .await
    }

    /// Commits an ordinary write through a server (`ZooKeeper`, "Dynamic reconfiguration": committed is not yet activated).
    ///
    /// # Errors
    /// It is not known to be committed.
    pub async fn barrier(
        &self,
        name: &EnsembleName,
        via: ServerId,
        by: Instant,
    ) -> Result<(), Undone> {
        in_time(by, async {
            let mut session = self.superuser(name, via).await?;
            let acl = [Acl::world(Acl::ALL)];
            let mode = CreateMode::EphemeralSequential;
            let path = session.create(BARRIER, &[], &acl, mode).await?;
            session.delete(&path, -1).await?;
            let _ = session.close().await;
            Ok(())
        })
        .await
    }

    /// A session of the superuser. Servers take any password; a wrong one shows at the first request.
    async fn superuser(
        &self,
        name: &EnsembleName,
        via: ServerId,
    ) -> Result<Session<Box<dyn Stream>>, Undone> {
        let password = self.password(name).await.map_err(Undone::Password)?;
        let options = ConnectOptions::default();
        let dial = self.dial(&self.namespace);
        let pod = name.pod(via);
        let stream = dial.dial(&pod, CLIENT_PORT, options.deadline).await;
        let stream = stream.map_err(Undone::Unreachable)?;
        let mut session = Session::connect(stream, &options).await?;
        session
            .auth_digest(SUPERUSER, password.expose_secret())
            .await?;
        Ok(session)
    }
}

/// Gives up what is not done by then: its outcome is not known.
async fn in_time(
    by: Instant,
    change: impl Future<Output = Result<(), Undone>>,
) -> Result<(), Undone> {
    match tokio::time::timeout_at(by, change).await {
        Ok(result) => result,
        Err(_) => Err(Undone::Unreachable(Unreachable::TimedOut)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn what_comes_too_late_is_given_up_and_its_outcome_is_not_known() {
        let by = Instant::now() + Duration::from_secs(9);
        let undone = in_time(by, std::future::pending()).await.unwrap_err();
        assert_eq!(Instant::now(), by);
        assert!(!undone.is_final());
    }

    #[test]
    fn what_passes_is_looked_at_again_and_what_does_not_is_said() {
        let of = |code| Undone::from(SessionError::from(code));
        for code in [
            Code::BadVersion,
            Code::ReconfigInProgress,
            Code::NewConfigNoQuorum,
            Code::ConnectionLoss,
            Code::OperationTimeout,
        ] {
            assert!(!of(code).is_final(), "{code}");
        }
        for code in [Code::NoAuth, Code::BadArguments, Code::ReconfigDisabled] {
            assert!(of(code).is_final(), "{code}");
        }
        assert!(of(Code::NoAuth).is_denied() && !of(Code::BadArguments).is_denied());
    }
}
