//! The name of an ensemble, and every name that is derived from it (design: "The world it makes").

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;

use crate::ensemble::ServerId;

/// The longest name: a StatefulSet of more than 52 characters never gets its pod, and `-server-255` takes 11 of them;
/// 42 leaves one more to spare.
const LONGEST: usize = 42;

/// A valid ensemble name: `[a-z]([-a-z0-9]*[a-z0-9])?`, at most 42 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnsembleName(String);

/// Why a text cannot name an ensemble.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidName {
    /// It is longer than 42 characters.
    #[error(
        "{0:?} has {1} characters, an ensemble's name has at most {LONGEST} (Kubernetes' limit for what is named after it)"
    )]
    TooLong(String, usize),
    /// It has characters or a form that Kubernetes' names must not have.
    #[error(
        "{0:?} cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"
    )]
    Form(String),
}

impl EnsembleName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Service that carries a server's peer, election and client ports.
    pub fn peer_service(&self, id: ServerId) -> String {
        format!("{self}-peer-{id}")
    }

    /// The convention's second Service of a server.
    pub fn election_service(&self, id: ServerId) -> String {
        format!("{self}-election-{id}")
    }

    /// The Service that clients use.
    pub fn client_service(&self) -> String {
        format!("{self}-client")
    }

    /// A server's StatefulSet.
    pub fn stateful_set(&self, id: ServerId) -> String {
        format!("{self}-server-{id}")
    }

    /// A server's only pod.
    pub fn pod(&self, id: ServerId) -> String {
        format!("{self}-server-{id}-0")
    }

    /// A server's PersistentVolumeClaim, as its StatefulSet names it.
    pub fn claim(&self, id: ServerId) -> String {
        format!("data-{self}-server-{id}-0")
    }

    /// The ConfigMap with the intent. The budget and the network policy have the same name.
    pub fn intent(&self) -> String {
        self.0.clone()
    }

    /// The ConfigMap that seals the ensemble (design: "The seal").
    pub fn seal(&self) -> String {
        format!("{self}-founded")
    }

    /// The Secret with the UUID and the superuser's password.
    pub fn identity(&self) -> String {
        format!("{self}-identity")
    }

    /// What the ConfigMaps with the servers' configuration begin with.
    pub fn config_prefix(&self) -> String {
        format!("{self}-config-")
    }

    /// What the kubelet's variables for the ensemble's Services begin with: `MY_ZK` of `my-zk`.
    pub fn env_prefix(&self) -> String {
        self.0.to_ascii_uppercase().replace('-', "_")
    }
}

impl FromStr for EnsembleName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let valid = |c: char| c == '-' || c.is_ascii_lowercase() || c.is_ascii_digit();
        if !text.starts_with(|c: char| c.is_ascii_lowercase())
            || text.ends_with('-')
            || !text.chars().all(valid)
        {
            return Err(InvalidName::Form(text.to_owned()));
        }
        if LONGEST < text.len() {
            return Err(InvalidName::TooLong(text.to_owned(), text.len()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for EnsembleName {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<EnsembleName> for String {
    fn from(name: EnsembleName) -> Self {
        name.0
    }
}

impl fmt::Display for EnsembleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kubernetes_names_that_start_with_a_letter() {
        for text in ["z", "zk", "my-zk-2", &"a".repeat(42)] {
            assert!(text.parse::<EnsembleName>().is_ok(), "{text}");
        }
        for text in [
            "",
            "-",
            "1zk",
            "zk-",
            "Zk",
            "z_k",
            "z.k",
            "zk ",
            "ž",
            &"a".repeat(43),
        ] {
            assert!(text.parse::<EnsembleName>().is_err(), "{text}");
        }
    }

    #[test]
    fn derived_names_fit() {
        let name: EnsembleName = "a".repeat(42).parse().unwrap();
        let id = ServerId::try_from(255).unwrap();
        assert!(name.stateful_set(id).len() <= 53);
        for text in [
            name.peer_service(id),
            name.election_service(id),
            name.pod(id),
        ] {
            assert!(text.len() <= 63, "{text}");
        }
        assert_eq!(
            "my-zk".parse::<EnsembleName>().unwrap().env_prefix(),
            "MY_ZK"
        );
    }
}
