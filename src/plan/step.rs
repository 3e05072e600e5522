//! The words of a change: what is done, and what is waited for. Knows no order; that is the planners' matter.

mod words;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::quorum::servers;
use crate::ensemble::roles::Roles;
use crate::plan::refusal::Refusal;

/// What to do next. Decided again from a fresh look after each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// This one step.
    Do(Step),
    /// Nothing yet: what is waited for.
    Wait(Reason),
    /// Nothing: it would not be safe, or cannot be.
    Refuse(Refusal),
    /// It is so.
    Done,
}

/// One change of the world, so exact that doing it takes no decision.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(tag = "action", rename_all = "camelCase")]
pub enum Step {
    /// Make the seal, and mark the disks.
    Seal,
    /// Write the goal into the intent.
    #[serde(rename_all = "camelCase")]
    Intend {
        /// How many shall vote.
        voters: usize,
        /// How many shall observe.
        observers: usize,
    },
    /// Have the disruption budget keep all of so many servers but one.
    Budget {
        /// How many servers there are.
        servers: usize,
    },
    /// Make Services and StatefulSets of servers that join.
    Start {
        /// Which.
        servers: BTreeSet<ServerId>,
    },
    /// Change the member list, if it still has this version.
    Reconfigure {
        /// Servers that come, or whose role changes, by their ids.
        #[schemars(with = "BTreeMap<String, Role>", extend("propertyNames" = {"pattern": "^[1-9][0-9]*$"}))]
        join: Roles,
        /// Servers that go.
        leave: BTreeSet<ServerId>,
        /// The version that it must have.
        #[serde(skip)]
        version: u64,
        /// The server to ask.
        #[serde(skip)]
        via: ServerId,
    },
    /// State a server's line of the member list again, with its Service's address.
    Restate {
        /// Whose.
        server: ServerId,
        /// The version that the list must have.
        #[serde(skip)]
        version: u64,
        /// The server to ask.
        #[serde(skip)]
        via: ServerId,
    },
    /// Commit a write under the new list: what was committed is then what all go by.
    Barrier {
        /// The server to ask.
        #[serde(skip)]
        via: ServerId,
    },
    /// Note that these go for good, then delete their StatefulSets.
    Stop {
        /// Which.
        servers: BTreeSet<ServerId>,
    },
    /// Have the controllers of these servers make new pods when the old ones go (`kubectl rollout restart`'s annotation).
    Mark {
        /// Which.
        servers: BTreeSet<ServerId>,
    },
    /// Make a server's pod go; its controller makes the next one by the newest template.
    Restart {
        /// Which.
        server: ServerId,
        /// Whether it serves: then by eviction, so that the disruption budget is honoured.
        serves: bool,
        /// Whether it leads.
        leads: bool,
    },
    /// Write the intent, and keep the one before.
    Wish {
        /// What changes, a line per field: `image: zookeeper:3.9.4 -> zookeeper:3.9.5`.
        changes: Vec<String>,
        /// What shall be.
        #[serde(skip)]
        wish: Box<Ensemble>,
    },
    /// Change objects to what is wished. Pods stay.
    Apply {
        /// Which, as `-o name` has them.
        objects: Vec<String>,
        /// Servers whose pods are then of an older template.
        servers: BTreeSet<ServerId>,
        /// Servers whose pods are then of the newest one again.
        #[serde(skip)]
        same: BTreeSet<ServerId>,
    },
    /// Have disks grow.
    Grow {
        /// Whose.
        servers: BTreeSet<ServerId>,
        /// To what size.
        size: String,
    },
    /// Delete a server's disk with all that is on it, and its pod: it comes back with an empty one, and is filled by the others.
    Empty {
        /// Whose.
        server: ServerId,
        /// Whether its pod is not waited for: its node does not answer.
        force: bool,
    },
    /// Delete the Services of servers that are gone, and their disks if that was asked for.
    Remove {
        /// Whose Services.
        services: BTreeSet<ServerId>,
        /// Whose disks.
        disks: BTreeSet<ServerId>,
    },
}

/// Why nothing is done for now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The quorum is not as it must be.
    #[error("{0}")]
    Quorum(Unverified),
    /// A server of the list, one that stays, does not serve in sync under it.
    #[error("server {0} does not serve in sync by the ensemble's list{because}", because = because(.1.as_ref()))]
    Unsynced(ServerId, Option<String>),
    /// A server that joins does not follow in sync yet.
    #[error("server {0} does not follow the leader in sync yet{because}", because = because(.1.as_ref()))]
    Joining(ServerId, Option<String>),
    /// The leader counts fewer servers without a vote in sync than are to be added.
    #[error("the leader has {synced} of {wanted} joining servers in sync")]
    Uncounted {
        /// In sync, without a vote.
        synced: u64,
        /// That join.
        wanted: u64,
    },
    /// Time for the servers that leave to write the new list down.
    #[error("the servers have a few seconds to write the new list of members to their disks")]
    Guard,
    /// A controller has not seen a server's newest template yet.
    #[error("the controller of server {0} has not seen its newest template yet")]
    Template(ServerId),
    /// Kubernetes has not seen a server ready yet: the disruption budget would not let another one go.
    #[error("server {0} serves, and Kubernetes has not seen it ready yet")]
    Unready(ServerId),
    /// The leader brings servers into sync.
    #[error("the leader brings {0} more into sync")]
    Pending(u64),
    /// Pods end.
    #[error("the pods of {} end", servers(.0.iter().copied()))]
    Ending(BTreeSet<ServerId>),
}

fn because(why: Option<&String>) -> String {
    why.map(|why| format!(": {why}")).unwrap_or_default()
}

impl Step {
    /// Whether servers lose their vote, or data goes: to be asked about before it is done.
    pub fn takes_away(&self, seen: &Observed) -> bool {
        let votes = |id: &ServerId| {
            let config = seen.committed();
            config.is_some_and(|config| config.voters().any(|(voter, _)| voter == *id))
        };
        match self {
            Self::Reconfigure { join, leave, .. } => {
                let demoted = join.iter().filter(|(_, role)| **role == Role::Observer);
                let demoted = demoted.map(|(id, _)| id);
                leave.iter().chain(demoted).any(votes)
            }
            Self::Remove { disks, .. } => !disks.is_empty(),
            Self::Empty { .. } => true,
            _ => false,
        }
    }
}
