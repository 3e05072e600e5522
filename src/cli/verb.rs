//! The names of the verbs. Knows nothing of what they do.

use crate::cli::Command;

impl Command {
    /// The verb, as it is typed.
    pub(super) fn verb(&self) -> &'static str {
        match self {
            Self::Create(_) => "create",
            Self::Status(_) => "status",
            Self::Exec(_) => "exec",
            Self::Scale(_) => "scale",
            Self::Restart(_) => "restart",
            Self::Update(_) => "update",
            Self::Diff(_) => "diff",
            Self::Replace(_) => "replace",
            Self::Repair(_) => "repair",
            Self::Delete(_) => "delete",
            Self::ConnectionString(_) => "connection-string",
            Self::Rbac(_) => "rbac",
            Self::Version(_) => "version",
            Self::Completion(_) => "completion",
            Self::Options => "options",
        }
    }
}
