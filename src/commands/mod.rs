//! Floor 6: one verb per file. Each looks, lets the floors below decide, shows or asks, and does.

mod ask;
mod by_hand;
pub mod candidates;
mod complete;
pub mod completion;
pub mod connection_string;
pub mod create;
pub mod delete;
pub mod diff;
mod drive;
pub mod exec;
pub mod founding;
mod identity;
pub mod kept;
pub mod manifests;
mod members;
mod perform;
pub mod rbac;
pub mod refusal;
mod release;
pub mod repair;
pub mod replace;
pub mod restart;
mod rolled;
pub mod scale;
mod selector;
mod settle;
pub mod status;
mod steps;
mod stuck;
pub mod update;
pub mod values;
pub mod version;
pub mod wish;

use crate::cluster::Cluster;
use crate::ui::Ui;

/// What every verb has at hand.
pub struct Context<'a> {
    /// The terminal.
    pub ui: &'a Ui,
    /// The cluster.
    pub cluster: &'a Cluster,
}

impl Context<'_> {
    /// Shows what the API server said beside its answers.
    pub fn pass_on_warnings(&self) {
        for warning in self.cluster.warnings.drain() {
            self.ui.warning(&warning);
        }
    }

    /// `-n NAMESPACE`, for commands that a hint names.
    pub fn in_namespace(&self, command: &str) -> String {
        format!("{command} -n {}", self.cluster.namespace)
    }
}

/// How objects are changed, if at all (kubectl's `--dry-run`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum DryRun {
    /// Everything is changed.
    #[default]
    None,
    /// Nothing is sent to be changed.
    Client,
    /// The server checks everything and keeps nothing.
    Server,
}

impl DryRun {
    /// What stands behind an object that was not really changed, in kubectl's words.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Client => " (dry run)",
            Self::Server => " (server dry run)",
        }
    }
}
