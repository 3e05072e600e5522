//! What a command fails with: a kind, a message, its causes, and what to type next. Knows every kind of failure;
//! must not know how one is shown (`ui`) or where it came from.
//!
//! The exit codes, in one table:
//!
//! | code | [`Exit`] | when |
//! |---|---|---|
//! | 0 | `Success` | done, or the reader of our output went away |
//! | 1 | `Failure` | an error, or refused |
//! | 2 | `Usage` | the command line makes no sense, or the kubeconfig |
//! | 3 | `Unhealthy` | `status --exit-code`: looked, and not healthy |
//! | 124 | `Deadline` | `--timeout` passed, as coreutils' `timeout` says it |
//! | 130 | `Interrupted` | Ctrl-C |
//! | 143 | `Terminated` | TERM |

use std::process::ExitCode;

use crate::cluster::Fault;
use crate::cluster::denied::Denied;
use crate::cluster::denied::Right;
use crate::execute::Ended;
use crate::manifest::rbac::table::TABLE;
use crate::ui::FormatError;
use crate::ui::PromptError;
use crate::ui::RenderError;
use crate::ui::SortError;
use crate::ui::UiError;

/// How the process ends; see the module's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Success = 0,
    /// An error, or refused.
    Failure = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// Looked, and not healthy.
    Unhealthy = 3,
    /// The deadline passed.
    Deadline = 124,
    /// Ctrl-C.
    Interrupted = 130,
    /// TERM.
    Terminated = 143,
}

/// What kind of failure it is. It decides the exit code, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It would not be safe, so nothing was done.
    Refused,
    /// The command line makes no sense.
    Usage,
    /// What was named does not exist.
    NotFound,
    /// Looked, and not healthy.
    Unhealthy,
    /// The deadline passed.
    Deadline,
    /// Ctrl-C.
    Interrupted,
    /// TERM.
    Terminated,
    /// The API server or a server of the ensemble answered with an error, or not at all.
    Cluster,
    /// The reader of stdout went away (`… | head`): no failure at all, and nothing is to be shown.
    BrokenPipe,
    /// A fault of this program or of the machine it runs on.
    Internal,
}

/// Why a command failed, and what to type next. Shown by `Ui::error`.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind of failure it is.
    pub kind: Kind,
    /// One line: lower case, no full stop; or one of kubectl's own forms (`Error from server (NotFound): …`).
    pub message: String,
    /// What made it fail.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// What to type next, one line each.
    pub hints: Vec<String>,
    /// The right that was missing, where it was one.
    pub lacks: Option<Box<Right>>,
}

impl Error {
    /// An error without a cause and without hints.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
            hints: Vec::new(),
            lacks: None,
        }
    }

    /// Adds what to type next.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }

    /// Says what made it fail.
    #[must_use]
    pub fn caused_by(mut self, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(error.into());
        self
    }

    /// Says which right was missing.
    #[must_use]
    pub fn lacking(mut self, denied: &Denied) -> Self {
        self.lacks = denied.right.clone().map(Box::new);
        self
    }

    /// Where a right was missing, how to have all that a verb of the plugin needs.
    #[must_use]
    pub fn with_role_for(self, verb: &str) -> Self {
        let Some(role) = self.lacks.as_ref().and_then(|right| right.role(verb)) else {
            return self;
        };
        let told = format!("an administrator gives all rights that {verb} needs: {role}");
        let again = "then run the same command again: it goes on where this one ended";
        let changes = TABLE
            .iter()
            .any(|known| known.name == verb && known.changes());
        match changes {
            true => self.hint(told).hint(again),
            false => self.hint(told),
        }
    }

    /// How the process ends after it.
    pub fn exit(&self) -> Exit {
        self.kind.into()
    }
}

impl From<Kind> for Exit {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::BrokenPipe => Self::Success,
            Kind::Refused | Kind::NotFound | Kind::Cluster | Kind::Internal => Self::Failure,
            Kind::Usage => Self::Usage,
            Kind::Unhealthy => Self::Unhealthy,
            Kind::Deadline => Self::Deadline,
            Kind::Interrupted => Self::Interrupted,
            Kind::Terminated => Self::Terminated,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<UiError> for Error {
    fn from(error: UiError) -> Self {
        match error {
            UiError::BrokenPipe => Self::new(Kind::BrokenPipe, error.to_string()),
            UiError::Write(_) => Self::new(Kind::Internal, error.to_string()).caused_by(error),
        }
    }
}

impl From<PromptError> for Error {
    fn from(error: PromptError) -> Self {
        match error {
            PromptError::NotATerminal => Self::new(Kind::Refused, error.to_string()),
            PromptError::Read(_) => Self::new(Kind::Internal, error.to_string()).caused_by(error),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let kind = match &fault {
            Fault::NotFound { .. } => Kind::NotFound,
            Fault::Config(_) => Kind::Usage,
            _ => Kind::Cluster,
        };
        let error = Self {
            hints: fault.hints(),
            ..Self::new(kind, fault.to_string())
        };
        match &fault {
            Fault::Forbidden(denied) => error.lacking(denied),
            _ => error,
        }
    }
}

impl From<Ended> for Error {
    fn from(ended: Ended) -> Self {
        let kind = match ended {
            Ended::Deadline(_) => Kind::Deadline,
            Ended::Interrupted => Kind::Interrupted,
            Ended::Terminated => Kind::Terminated,
        };
        Self::new(kind, ended.to_string())
    }
}

impl From<FormatError> for Error {
    fn from(error: FormatError) -> Self {
        let told = Self::new(Kind::Usage, error.to_string());
        match error.meant() {
            Some(near) => told.hint(format!("did you mean -o {near}?")),
            None => told,
        }
    }
}

impl From<SortError> for Error {
    fn from(error: SortError) -> Self {
        match error {
            SortError::NoField(_) => Self::new(Kind::Usage, error.to_string()),
            SortError::Render(error) => error.into(),
        }
    }
}

impl From<RenderError> for Error {
    fn from(error: RenderError) -> Self {
        Self::new(Kind::Internal, error.to_string()).caused_by(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_code() {
        for (kind, code) in [
            (Kind::BrokenPipe, 0),
            (Kind::Refused, 1),
            (Kind::NotFound, 1),
            (Kind::Cluster, 1),
            (Kind::Internal, 1),
            (Kind::Usage, 2),
            (Kind::Unhealthy, 3),
            (Kind::Deadline, 124),
            (Kind::Interrupted, 130),
            (Kind::Terminated, 143),
        ] {
            let exit = Error::new(kind, "no").exit();
            assert_eq!(exit as u8, code, "{kind:?}");
            assert_eq!(ExitCode::from(exit), ExitCode::from(code), "{kind:?}");
        }
    }

    #[test]
    fn the_message_is_one_line_and_the_cause_is_kept() {
        let error = Error::new(Kind::Cluster, "listing pods failed")
            .caused_by(std::io::Error::other("reset"))
            .hint("kubectl get pods");
        assert_eq!(error.to_string(), "listing pods failed");
        assert_eq!(error.hints, ["kubectl get pods"]);
        let cause = std::error::Error::source(&error).unwrap();
        assert_eq!(cause.to_string(), "reset");
    }
}
