//! What must hold before each step, whoever planned it: looked up in what was seen alone, by none of the planner's words.

use std::collections::BTreeSet;

use crate::ensemble::Membership;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::roles::Roles;
use crate::plan::scale::GUARD;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::change::Change;
use crate::plan::step::Step;

pub(crate) const VOTES: [Mode; 2] = [Mode::Leader, Mode::Follower];

/// Watches one run.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    goal: Goal,
    wanted: Roles,
    /// The version under which the run committed a write.
    barrier: Option<u64>,
    /// The list's version, and when it was seen first.
    version: (Option<u64>, i64),
    now: i64,
}

/// Or the rule that is broken.
pub(crate) type Verdict = Result<(), &'static str>;

pub(crate) fn holds(fact: bool, rule: &'static str) -> Verdict {
    if fact { Ok(()) } else { Err(rule) }
}

impl Witness {
    pub(crate) fn new(goal: Goal) -> Self {
        Self {
            goal,
            wanted: goal.roles(),
            barrier: None,
            version: (None, 0),
            now: 0,
        }
    }

    pub(crate) fn look(&mut self, seen: &Observed, now: i64) {
        let version = leading(seen).and_then(|(_, list)| list.version);
        if version.is_some() && version != self.version.0 {
            self.version = (version, now);
        }
        self.now = now;
    }

    pub(crate) fn did(&mut self, step: &Step) {
        if matches!(step, Step::Barrier { .. }) {
            self.barrier = self.version.0;
        }
    }

    /// Which rule the step would break.
    pub(crate) fn check(&self, seen: &Observed, step: &Step) -> Verdict {
        if !matches!(step, Step::Seal | Step::Intend { .. }) {
            holds(is_intended(seen, self.goal), "what is done is intended")?;
            holds(seen.sealed != Fact::Known(false), "the seal comes first")?;
        }
        self.check_but_intent(seen, step)
    }

    pub(crate) fn check_but_intent(&self, seen: &Observed, step: &Step) -> Verdict {
        match step {
            Step::Seal => holds(seen.verify().is_ok(), "a seal needs a quorum"),
            Step::Intend { .. } => self.intends(seen),
            Step::Budget { servers } => {
                holds(present(seen).len() <= *servers, "a budget covers all")
            }
            Step::Start { servers } => self.starts(seen, servers),
            Step::Reconfigure {
                join,
                leave,
                version,
                via,
            } => Change::new(seen, join, leave, *via)?.check(seen, &self.wanted, *version),
            Step::Restate { .. } => Err("scaling restates nothing"),
            Step::Barrier { via } => self.commits(seen, *via),
            Step::Stop { servers } => self.stops(seen, servers),
            Step::Remove { services, disks } => self.removes(seen, services, disks),
            _ => Err("scaling restarts nobody and empties no disk"),
        }
    }

    fn intends(&self, seen: &Observed) -> Verdict {
        let (_, list) = leading(seen).ok_or("a beginning needs one leader")?;
        let mut stay = list.voters().map(|(id, _)| id).filter(|id| {
            let role = self.wanted.get(id);
            role == Some(&Role::Participant)
        });
        let synced = stay.all(|id| in_step(seen, list, id, &VOTES));
        holds(
            synced,
            "nothing is begun while one that stays is not in sync",
        )
    }

    fn starts(&self, seen: &Observed, servers: &BTreeSet<ServerId>) -> Verdict {
        let wanted = servers.iter().all(|id| self.wanted.contains_key(id));
        holds(wanted, "only servers of the goal start")?;
        let mut all = present(seen);
        all.extend(self.wanted.keys());
        holds(covers(seen, all.len()), "the budget is raised before")?;
        let any = servers.iter().any(|id| runs(seen, *id));
        holds(!any, "who runs is not started")
    }

    /// Whether all that shall be there play their parts by the list.
    fn all_in_step(&self, seen: &Observed, list: &Membership) -> bool {
        self.wanted.iter().all(|(id, role)| match role {
            Role::Participant => in_step(seen, list, *id, &VOTES),
            Role::Observer => in_step(seen, list, *id, &[Mode::Observer]),
        })
    }

    /// Whether it is so, as the servers say.
    pub(crate) fn is_served(&self, seen: &Observed) -> bool {
        leading(seen).is_some_and(|(_, list)| self.all_in_step(seen, list))
    }

    fn commits(&self, seen: &Observed, via: ServerId) -> Verdict {
        let (_, list) = leading(seen).ok_or("a write needs one leader")?;
        holds(self.all_in_step(seen, list), "all go by the list before")?;
        holds(in_step(seen, list, via, &VOTES), "who is asked can answer")
    }

    fn stops(&self, seen: &Observed, servers: &BTreeSet<ServerId>) -> Verdict {
        let (_, list) = leading(seen).ok_or("nobody is stopped without a leader")?;
        let listed = |id: &ServerId| list.servers.contains_key(id);
        holds(!servers.iter().any(listed), "no member is stopped")?;
        if servers.is_subset(&seen.leaving) {
            return Ok(());
        }
        let wanted = |id: &ServerId| self.wanted.contains_key(id);
        holds(!servers.iter().any(wanted), "nobody wanted is stopped")?;
        let written = self.barrier.is_some() && self.barrier == list.version;
        holds(written, "a write comes before a stop")?;
        let steady = GUARD <= self.now - self.version.1;
        holds(steady, "the new list has time to be written down")?;
        holds(self.all_in_step(seen, list), "all go by the list first")
    }

    fn removes(
        &self,
        seen: &Observed,
        services: &BTreeSet<ServerId>,
        disks: &BTreeSet<ServerId>,
    ) -> Verdict {
        let (_, list) = leading(seen).ok_or("nothing is removed without a leader")?;
        let gone: BTreeSet<ServerId> = services | disks;
        let there = present(seen);
        holds(gone.is_disjoint(&there), "who is there keeps its things")?;
        let free = |id: &ServerId| !self.wanted.contains_key(id) && !list.servers.contains_key(id);
        holds(gone.iter().all(free), "members keep their things")?;
        let asked = disks.is_empty() || self.goal.delete_data;
        holds(asked, "disks go only if that was asked for")?;
        let left = present(seen).intersection(&seen.leaving).next().is_none();
        holds(left, "the note stays while pods do")
    }
}

pub(crate) fn leading(seen: &Observed) -> Option<(ServerId, &Membership)> {
    match seen.leaders()[..] {
        [leader] => Some((leader.id, leader.answer()?.config.as_ref()?)),
        _ => None,
    }
}

pub(crate) fn in_step(seen: &Observed, list: &Membership, id: ServerId, modes: &[Mode]) -> bool {
    let answer = seen.members.get(&id).and_then(|member| member.answer());
    answer.is_some_and(|it| modes.contains(&it.mode) && it.config.as_ref() == Some(list))
}

pub(crate) fn non_voting(seen: &Observed) -> u64 {
    let leader = seen.leader().and_then(|(_, it)| it.monitor.as_ref());
    let counted = leader.and_then(|it| it.synced_non_voting_followers);
    counted.unwrap_or(0)
}

pub(crate) fn runs(seen: &Observed, id: ServerId) -> bool {
    let member = seen.members.get(&id);
    member.is_some_and(|member| member.workload.is_some())
}

/// Servers that have a StatefulSet or a pod.
pub(crate) fn present(seen: &Observed) -> BTreeSet<ServerId> {
    let members = seen.members.values();
    let there = members.filter(|member| member.workload.is_some() || member.pod.is_some());
    there.map(|member| member.id).collect()
}

/// Whether the budget keeps all of so many servers but one.
pub(crate) fn covers(seen: &Observed, servers: usize) -> bool {
    let Fact::Known(Some(kept)) = seen.budget else {
        return false;
    };
    servers <= usize::try_from(kept).unwrap() + 1
}

pub(crate) fn is_intended(seen: &Observed, goal: Goal) -> bool {
    let Intent::Known(ensemble) = &seen.intent else {
        return false;
    };
    (ensemble.replicas, ensemble.observers) == (goal.voters, goal.observers)
}
