//! Why a change of members is refused, in words: who is missing, and the arithmetic of the quorum.

use std::collections::BTreeSet;

use crate::ensemble::ServerId;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::quorum::servers;
use crate::ensemble::roles::counted;
use crate::ensemble::size::quorum;

/// Why nothing is done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What may not be seen cannot be changed safely.
    #[error("not all of it may be seen, these rights are missing: {}", .0.join(", "))]
    Unseen(Vec<String>),
    /// There is no intent to change.
    #[error("its intent cannot be read: {0}")]
    Unreadable(String),
    /// Someone else wants another size, and said so after us.
    #[error("someone else set the goal to {} while this was under way", counted(*voters, *observers))]
    Superseded {
        /// How many they want to vote.
        voters: usize,
        /// How many they want to observe.
        observers: usize,
    },
    /// There is no quorum, without which nothing is changed.
    #[error("the ensemble has no quorum: {0}")]
    NoQuorum(Unverified),
    /// Servers that stay are not in sync: without them the new quorum would not have all that was written.
    #[error("{} must stay and {} not in sync: {}", servers(.missing.iter().copied()), if .missing.len() == 1 { "is" } else { "are" }, arithmetic(*.voters, *.synced))]
    Unsynced {
        /// Those that stay and are not in sync.
        missing: BTreeSet<ServerId>,
        /// How many vote.
        voters: usize,
        /// How many of them are in sync.
        synced: usize,
    },
    /// Servers are not in sync that are not to be restarted: another one must not go away beside them.
    #[error("{} not in sync, and another one must not go away beside {}: {}", are(.missing), if .missing.len() == 1 { "it" } else { "them" }, arithmetic(*.voters, *.synced))]
    Beside {
        /// Those that are not in sync.
        missing: BTreeSet<ServerId>,
        /// How many vote.
        voters: usize,
        /// How many of them are in sync.
        synced: usize,
    },
    /// A change of members is not finished.
    #[error("a change of its members is not finished")]
    Scaling,
    /// No such servers.
    #[error("it has no {}", servers(.0.iter().copied()))]
    NoServer(BTreeSet<ServerId>),
    /// The others would be no majority without it.
    #[error("without server {id} there is no majority in sync: {}", arithmetic(*.voters, *.synced))]
    NoMajority {
        /// Whose disk is to go.
        id: ServerId,
        /// How many vote.
        voters: usize,
        /// How many of the others are in sync.
        synced: usize,
    },
    /// The others would be one, but for pods that are about to go.
    #[error("without server {id} there is no majority that stays: {}", end(.ending))]
    Ending {
        /// Whose disk is to go.
        id: ServerId,
        /// Those that are about to go.
        ending: BTreeSet<ServerId>,
    },
    /// It cannot be asked, and the leader hears of it.
    #[error(
        "server {0} cannot be asked, but the leader counts it in sync: it is its node's kubelet that is away, not the server"
    )]
    StillThere(ServerId),
    /// Someone else changed what we have set.
    #[error("someone else changed the ensemble's intent while this was under way")]
    Overtaken,
    /// Addresses in the list that are not the Services' any more: who joins could not reach these servers.
    #[error("the list of members has another address of {} than {}", servers(.0.iter().copied()), if .0.len() == 1 { "its Service" } else { "their Services" })]
    Drifted(BTreeSet<ServerId>),
    /// Servers that cannot come up by themselves.
    #[error("{}", .0.iter().map(|(id, why)| format!("server {id}: {why}")).collect::<Vec<_>>().join("; "))]
    Stuck(Vec<(ServerId, String)>),
    /// Two servers say that they lead, or the leader does not say who is in sync.
    #[error("the leader does not say who follows it in sync: is `mntr` in 4lw.commands.whitelist?")]
    NoMonitor,
    /// Servers without an address.
    #[error("{} no address: {} Service is missing", have(.0), if .0.len() == 1 { "its" } else { "their" })]
    NoAddress(BTreeSet<ServerId>),
}

fn end(ids: &BTreeSet<ServerId>) -> String {
    let who = servers(ids.iter().copied());
    match ids.len() {
        1 => format!("the pod of {who} ends"),
        _ => format!("the pods of {who} end"),
    }
}

fn are(ids: &BTreeSet<ServerId>) -> String {
    let verb = if ids.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", servers(ids.iter().copied()))
}

fn have(ids: &BTreeSet<ServerId>) -> String {
    let verb = if ids.len() == 1 { "has" } else { "have" };
    format!("{} {verb}", servers(ids.iter().copied()))
}

/// `2 of 3 voters are in sync, a majority is 2: one more lost and nothing can be written`
fn arithmetic(voters: usize, synced: usize) -> String {
    let needed = quorum(voters);
    let spare = synced.saturating_sub(needed);
    let left = match spare {
        _ if synced < needed => "there is no quorum".to_owned(),
        0 => "no further one may be lost".to_owned(),
        spare => format!("{spare} more may be lost"),
    };
    format!("{synced} of {voters} voters are in sync, a majority is {needed}, {left}")
}

impl Refusal {
    /// Whether it may look otherwise in a moment: an election, a server that just comes back, a cause that was just mended.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::NoQuorum(_)
                | Self::Unsynced { .. }
                | Self::Beside { .. }
                | Self::NoMajority { .. }
                | Self::Ending { .. }
                | Self::StillThere(_)
                | Self::Stuck(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arithmetic_in_words() {
        let missing = [ServerId::try_from(2).unwrap()].into();
        let refusal = Refusal::Unsynced {
            missing,
            voters: 5,
            synced: 4,
        };
        assert_eq!(
            refusal.to_string(),
            "server 2 must stay and is not in sync: 4 of 5 voters are in sync, a majority is 3, 1 more may be lost"
        );
        assert!(arithmetic(3, 1).ends_with("there is no quorum"));
        assert!(arithmetic(3, 2).ends_with("no further one may be lost"));
    }
}
