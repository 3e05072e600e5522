//! The words of a change of members: what is done, and what is waited for. Knows no order; that is the planners' matter.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::quorum::join;
use crate::ensemble::quorum::servers;
use crate::ensemble::roles::Roles;
use crate::ensemble::roles::counted;
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
            _ => false,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |ids: &BTreeSet<ServerId>| servers(ids.iter().copied());
        match self {
            Self::Seal => f.write_str("make the seal"),
            Self::Intend { voters, observers } => {
                write!(f, "set the goal: {}", counted(*voters, *observers))
            }
            Self::Budget { servers } => {
                let kept = servers.saturating_sub(1);
                write!(
                    f,
                    "set the disruption budget: {kept} of {servers} servers must be there"
                )
            }
            Self::Start { servers: ids } => write!(f, "start {} without a vote", named(ids)),
            Self::Reconfigure { join, leave, .. } => f.write_str(&changes(join, leave)),
            Self::Restate { server, .. } => {
                write!(f, "reconfigure: state the address of server {server} again")
            }
            Self::Barrier { .. } => f.write_str("commit a write under the new list of members"),
            Self::Stop { servers: ids } => write!(f, "stop {}", named(ids)),
            Self::Remove { services, disks } => f.write_str(&removals(services, disks)),
        }
    }
}

/// `reconfigure: servers 4 and 5 vote, server 3 leaves`
fn changes(join: &Roles, leave: &BTreeSet<ServerId>) -> String {
    let with = |wanted: Role| -> Vec<ServerId> {
        let ids = join.iter().filter(|(_, role)| **role == wanted);
        ids.map(|(id, _)| *id).collect()
    };
    let clause = |ids: Vec<ServerId>, [one, many]: [&str; 2]| {
        let verb = if ids.len() == 1 { one } else { many };
        (!ids.is_empty()).then(|| format!("{} {verb}", servers(ids.into_iter())))
    };
    let clauses = [
        clause(with(Role::Participant), ["votes", "vote"]),
        clause(with(Role::Observer), ["observes", "observe"]),
        clause(leave.iter().copied().collect(), ["leaves", "leave"]),
    ];
    let clauses: Vec<String> = clauses.into_iter().flatten().collect();
    format!("reconfigure: {}", clauses.join(", "))
}

fn removals(services: &BTreeSet<ServerId>, disks: &BTreeSet<ServerId>) -> String {
    let part = |noun: &str, ids: &BTreeSet<ServerId>| {
        (!ids.is_empty()).then(|| format!("{noun} {}", join(ids.iter().copied())))
    };
    let parts = [
        part("the Services of", services),
        part("the disks of", disks),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => "forget the servers that went".to_owned(),
        false => format!("remove {}", parts.join(" and ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[u8]) -> BTreeSet<ServerId> {
        let id = |number: &u8| ServerId::try_from(*number).unwrap();
        numbers.iter().map(id).collect()
    }

    #[test]
    fn steps_as_people_read_them() {
        let [third] = [3].map(|id| ServerId::try_from(id).unwrap());
        let join = [(third, Role::Observer)].into();
        let step = |join, leave| Step::Reconfigure {
            join,
            leave,
            version: 1,
            via: third,
        };
        let told = [
            (
                step(join, ids(&[4, 5])),
                "reconfigure: server 3 observes, servers 4 and 5 leave",
            ),
            (
                Step::Budget { servers: 5 },
                "set the disruption budget: 4 of 5 servers must be there",
            ),
            (
                Step::Intend {
                    voters: 5,
                    observers: 0,
                },
                "set the goal: 5 voters",
            ),
            (
                Step::Start { servers: ids(&[4]) },
                "start server 4 without a vote",
            ),
            (
                Step::Remove {
                    services: ids(&[4, 5]),
                    disks: ids(&[4]),
                },
                "remove the Services of 4 and 5 and the disks of 4",
            ),
        ];
        for (step, text) in told {
            assert_eq!(step.to_string(), text);
        }
    }
}
