//! What this process was started with, read once.
//!
//! Everything else in `cluster` gets its environment from here, so that every
//! rule about it can be tested without touching the real one.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::PathBuf;

/// Where a pod finds its service account: `token`, `ca.crt` and `namespace`.
const SERVICE_ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// The environment variables, and what belongs to them.
#[derive(Clone, Debug)]
pub struct Env {
    vars: BTreeMap<OsString, OsString>,
    /// Whether standard input is a terminal: a credential plugin gets it only then.
    pub stdin_is_terminal: bool,
    /// The directory of the pod's service account, if this is a pod.
    pub service_account: PathBuf,
}

impl Env {
    /// The environment of this process.
    pub fn from_process() -> Self {
        Self {
            vars: std::env::vars_os().collect(),
            stdin_is_terminal: std::io::stdin().is_terminal(),
            service_account: PathBuf::from(SERVICE_ACCOUNT),
        }
    }

    /// The same, with nobody to ask.
    #[must_use]
    pub fn without_a_terminal(self) -> Self {
        Self {
            stdin_is_terminal: false,
            ..self
        }
    }

    /// An environment of these variables alone, without a terminal.
    pub fn of<const N: usize>(vars: [(&str, &str); N]) -> Self {
        let vars = vars.map(|(name, value)| (OsString::from(name), OsString::from(value)));
        Self {
            vars: BTreeMap::from(vars),
            stdin_is_terminal: false,
            service_account: PathBuf::from(SERVICE_ACCOUNT),
        }
    }

    /// A variable's value; an empty one counts as absent, as it does for kubectl.
    pub fn os(&self, name: &str) -> Option<&OsStr> {
        let value = self.vars.get(OsStr::new(name))?;
        (!value.is_empty()).then_some(value)
    }

    /// The first of these variables that has a value which is text.
    pub fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.os(name)?.to_str())
    }

    /// `~/.kube/config`, where kubectl looks when nothing else is said.
    pub fn default_kubeconfig(&self) -> Option<PathBuf> {
        let home = self.os("HOME").or_else(|| self.os("USERPROFILE"))?;
        Some(PathBuf::from(home).join(".kube").join("config"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_absent() {
        let env = Env::of([("A", ""), ("B", "b")]);
        assert_eq!(env.os("A"), None);
        assert_eq!(env.any(&["A", "B"]), Some("b"));
        assert_eq!(env.default_kubeconfig(), None);
    }
}
