//! How a step is told to people. Knows no order and no reason.

use std::collections::BTreeSet;
use std::fmt;

use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::quorum::join;
use crate::ensemble::quorum::servers;
use crate::ensemble::roles::Roles;
use crate::ensemble::roles::counted;
use crate::plan::step::Step;

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
            Self::Mark { servers: ids } => write!(f, "mark {} for a restart", named(ids)),
            Self::Restart {
                server,
                serves,
                leads,
            } => f.write_str(&restarted(*server, *serves, *leads)),
            Self::Wish { changes, .. } => write!(f, "write the intent: {}", changes.join(", ")),
            Self::Apply { objects, .. } => write!(f, "apply {}", applied(objects)),
            Self::Grow { servers: ids, size } => {
                let noun = if ids.len() == 1 { "disk" } else { "disks" };
                write!(f, "grow the {noun} of {} to {size}", named(ids))
            }
            Self::Empty { server, force } => {
                let how = if *force {
                    ", without waiting for its node"
                } else {
                    ""
                };
                write!(f, "delete the disk and the pod of server {server}{how}")
            }
            Self::Remove { services, disks } => f.write_str(&removals(services, disks)),
        }
    }
}

/// The objects, or, of many, how many of each kind.
fn applied(objects: &[String]) -> String {
    if objects.len() <= 3 {
        return objects.join(", ");
    }
    let kinds = objects
        .iter()
        .map(|it| it.split('/').next().unwrap_or_default());
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for kind in kinds {
        match counts.iter_mut().find(|(counted, _)| *counted == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    let counts = counts.iter().map(|(kind, count)| format!("{count} {kind}"));
    counts.collect::<Vec<_>>().join(", ")
}

fn restarted(id: ServerId, serves: bool, leads: bool) -> String {
    match (serves, leads) {
        (false, _) => format!("restart server {id}, which does not serve"),
        (true, true) => format!("restart server {id}, the leader"),
        (true, false) => format!("restart server {id}"),
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
                Step::Mark {
                    servers: ids(&[1, 2]),
                },
                "mark servers 1 and 2 for a restart",
            ),
            (
                Step::Restart {
                    server: third,
                    serves: true,
                    leads: true,
                },
                "restart server 3, the leader",
            ),
            (
                Step::Empty {
                    server: third,
                    force: true,
                },
                "delete the disk and the pod of server 3, without waiting for its node",
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
