//! A finding: what is wrong, how grave, and what to type next.

use schemars::JsonSchema;

use crate::ensemble::Observed;
use crate::ensemble::ServerId;

/// How grave a finding is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum Severity {
    /// Data or service is at risk now.
    Critical,
    /// The next failure would hurt, or something is not as it shall be.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// As people and machines read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, for machines: `server-down`.
    pub id: &'static str,
    /// How grave.
    pub severity: Severity,
    /// The servers that it is about.
    pub servers: Vec<ServerId>,
    /// One sentence without its full stop.
    pub what: String,
    /// What to type to mend it.
    pub fix: Option<String>,
}

impl Finding {
    /// A finding about no server in particular, without a fix.
    pub fn new(id: &'static str, severity: Severity, what: String) -> Self {
        Self {
            id,
            severity,
            servers: Vec::new(),
            what,
            fix: None,
        }
    }

    /// About this server.
    #[must_use]
    pub fn about(mut self, id: ServerId) -> Self {
        self.servers.push(id);
        self
    }

    /// Mended by this command.
    #[must_use]
    pub fn mended_by(mut self, command: impl Into<Option<String>>) -> Self {
        self.fix = command.into();
        self
    }
}

/// A command for the ensemble's namespace: `kubectl scale statefulset zk-server-1 --replicas 1 -n default`.
pub fn in_namespace(seen: &Observed, command: &str) -> String {
    format!("{command} -n {}", seen.namespace)
}
