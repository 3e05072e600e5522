//! How an ensemble comes to have so many voters and observers, one safe step at a time.
//!
//! The rules stand in their order of precedence; the first that has something to say decides. Whoever joins is in sync
//! before it votes; whoever goes has left the member list, and a write was committed without it, before it is stopped; the
//! leader goes last. What is half done is no special case: it is the world, and the same rules lead on from it, or back.

mod members;

use std::collections::BTreeSet;

use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::Size;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Fact;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::roles::Roles;
use crate::ensemble::roles::roles;
use crate::plan::addresses;
use crate::plan::refusal::Refusal;
use crate::plan::run::Run;
use crate::plan::run::readable;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// How long servers that leave have to write the new list down, in seconds: the start script looks every 5 s whether the
/// server could not (design: "Scale down").
pub(crate) const GUARD: i64 = 10;

/// What shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// How many servers vote.
    pub voters: Size,
    /// How many observe.
    pub observers: u8,
    /// Whether the disks of servers that go are deleted.
    pub delete_data: bool,
}

impl Goal {
    /// Every server's role.
    pub fn roles(&self) -> Roles {
        roles(self.voters, self.observers)
    }
}

/// What the rules look at.
pub(crate) struct Look<'a> {
    pub(crate) goal: &'a Goal,
    pub(crate) seen: &'a Observed,
    pub(crate) run: &'a Run,
    pub(crate) wanted: Roles,
}

/// Decides the next step towards the goal.
pub fn next(goal: &Goal, seen: &Observed, run: &Run) -> Next {
    let look = Look {
        goal,
        seen,
        run,
        wanted: goal.roles(),
    };
    let rules: [fn(&Look<'_>) -> Option<Next>; 12] = [
        |look| look.readable(),
        |look| look.still_ours(),
        |look| look.may_begin(),
        |look| look.seal(),
        |look| look.intend(),
        |look| look.finish_leaving(),
        |look| look.budget(),
        |look| look.start(),
        |look| look.reconfigure(),
        |look| look.stop(),
        |look| look.remove(),
        |look| look.settle(),
    ];
    let decided = rules.iter().find_map(|rule| rule(&look));
    decided.unwrap_or(Next::Done)
}

impl Look<'_> {
    fn readable(&self) -> Option<Next> {
        readable(self.seen).map(Next::Refuse)
    }

    /// Whether the intent says what we want.
    fn is_intended(&self) -> bool {
        let ensemble = self.seen.ensemble();
        ensemble.is_some_and(|it| {
            it.replicas == self.goal.voters && it.observers == self.goal.observers
        })
    }

    /// Of two that scale at once the later one has its way.
    fn still_ours(&self) -> Option<Next> {
        let ensemble = self.seen.ensemble()?;
        let superseded = Refusal::Superseded {
            voters: ensemble.replicas.get().into(),
            observers: ensemble.observers.into(),
        };
        let goal = (self.goal.voters, self.goal.observers);
        let ours = self.run.intended || self.run.found.contains(&goal);
        (ours && !self.is_intended()).then_some(Next::Refuse(superseded))
    }

    /// Nothing is begun while a server that stays is out of sync; what was begun waits for it.
    fn may_begin(&self) -> Option<Next> {
        if self.is_intended() {
            return None;
        }
        let no_quorum = |why| Some(Next::Refuse(Refusal::NoQuorum(why)));
        match (self.seen.leaders().len(), self.config()) {
            (0, _) => return no_quorum(Unverified::NoLeader),
            (1, Some(_)) => {}
            _ => return no_quorum(self.seen.verify().err().unwrap_or(Unverified::NoConfig)),
        }
        let drifted = self.drifted();
        if !drifted.is_empty() {
            return Some(Next::Refuse(Refusal::Drifted(drifted)));
        }
        let missing: BTreeSet<ServerId> = self.unsynced().collect();
        let refusal = Refusal::Unsynced {
            voters: self.voters().len(),
            synced: self.synced_voters().len(),
            missing,
        };
        match &refusal {
            Refusal::Unsynced { missing, .. } if missing.is_empty() => None,
            _ => Some(Next::Refuse(refusal)),
        }
    }

    /// Servers that stay, at addresses that the list does not have.
    fn drifted(&self) -> BTreeSet<ServerId> {
        let drifted = self.config().map(|it| addresses::drifted(self.seen, it));
        let mut drifted = drifted.unwrap_or_default();
        drifted.retain(|id| self.wanted.contains_key(id));
        drifted
    }

    /// Before anything changes: a server that loses its disk while we work must not vote with an empty memory.
    fn seal(&self) -> Option<Next> {
        if self.seen.sealed != Fact::Known(false) {
            return None;
        }
        Some(match self.seen.verify() {
            Ok(_) => Next::Do(Step::Seal),
            Err(why) => Next::Wait(Reason::Quorum(why)),
        })
    }

    fn intend(&self) -> Option<Next> {
        let step = Step::Intend {
            voters: self.goal.voters.get().into(),
            observers: self.goal.observers.into(),
        };
        (!self.is_intended()).then_some(Next::Do(step))
    }

    /// Servers that were told to go do go, even if they are wanted again: whoever told them may be about to delete them.
    fn finish_leaving(&self) -> Option<Next> {
        let listed = |id: &ServerId| self.config().is_some_and(|it| it.servers.contains_key(id));
        let leaving = self.seen.leaving.iter().copied();
        let leaving: BTreeSet<ServerId> = leaving.filter(|id| !listed(id)).collect();
        if self.seen.leaving.is_empty() || self.config().is_none() {
            return None;
        }
        if let Some(stop) = self.ended(&leaving) {
            return Some(stop);
        }
        let unwanted = |id: &ServerId| !self.wanted.contains_key(id);
        let gone: BTreeSet<ServerId> = leaving.into_iter().filter(unwanted).collect();
        Some(Next::Do(self.removal(&gone)))
    }

    /// Raised before servers come, lowered after they are gone.
    fn budget(&self) -> Option<Next> {
        let mut all: BTreeSet<ServerId> = self.wanted.keys().copied().collect();
        all.extend(self.present());
        let servers = all.len();
        let kept = i32::try_from(servers).unwrap_or(i32::MAX) - 1;
        (self.seen.budget != Fact::Known(Some(kept))).then_some(Next::Do(Step::Budget { servers }))
    }

    /// All that join may start together: each begins without a vote.
    fn start(&self) -> Option<Next> {
        let missing = |id: &&ServerId| {
            let member = self.seen.members.get(id);
            member.is_none_or(|member| member.workload.is_none())
        };
        let servers: BTreeSet<ServerId> = self.wanted.keys().filter(missing).copied().collect();
        (!servers.is_empty()).then_some(Next::Do(Step::Start { servers }))
    }

    fn reconfigure(&self) -> Option<Next> {
        let Some(config) = self.config() else {
            return Some(self.waits_for_quorum());
        };
        let change = self.change(config)?;
        Some(match self.may_reconfigure(&change) {
            Ok(()) => self.allowed(config, change),
            Err(wait) => wait,
        })
    }

    /// Who is not wanted goes once the list is as it shall be, all go by it, and a write was committed under it.
    fn stop(&self) -> Option<Next> {
        let wanted = |id: &ServerId| self.wanted.contains_key(id);
        let extra: BTreeSet<ServerId> = self.present().filter(|id| !wanted(id)).collect();
        let version = self.config()?.version;
        let (leader, _) = self.seen.leader()?;
        let has_barrier = version.is_some() && self.run.barrier == version;
        if !self.run.changed && extra.is_empty() {
            return None;
        }
        if let Some(wait) = self.all_in_step() {
            return Some(wait);
        }
        if !extra.is_empty() && !has_barrier && self.run.steady() < GUARD {
            return Some(Next::Wait(Reason::Guard));
        }
        if !has_barrier {
            return Some(Next::Do(Step::Barrier { via: leader.id }));
        }
        self.ended(&extra)
    }

    /// What is left of servers that are gone.
    fn remove(&self) -> Option<Next> {
        let unwanted = |id: &&ServerId| !self.wanted.contains_key(id);
        let leftover = self.seen.services.iter().chain(&self.seen.disks);
        let ids: BTreeSet<ServerId> = leftover.filter(unwanted).copied().collect();
        match self.removal(&ids) {
            Step::Remove { services, disks } if services.is_empty() && disks.is_empty() => None,
            step => Some(Next::Do(step)),
        }
    }

    /// Done is what the servers say.
    fn settle(&self) -> Option<Next> {
        if !self.run.acted {
            return None;
        }
        match self.seen.verify() {
            Err(why) => Some(Next::Wait(Reason::Quorum(why))),
            Ok(_) => self.all_in_step(),
        }
    }

    /// Stops these, and waits until their pods are gone; nothing once they are.
    fn ended(&self, ids: &BTreeSet<ServerId>) -> Option<Next> {
        let some = |has: fn(&crate::ensemble::Member) -> bool| -> BTreeSet<ServerId> {
            let there = |id: &&ServerId| self.seen.members.get(id).is_some_and(has);
            ids.iter().filter(there).copied().collect()
        };
        let running = some(|member| member.workload.is_some());
        let ending = some(|member| member.pod.is_some());
        match (running.is_empty(), ending.is_empty()) {
            (false, _) => Some(Next::Do(Step::Stop { servers: running })),
            (true, false) => Some(Next::Wait(Reason::Ending(ending))),
            (true, true) => None,
        }
    }

    fn removal(&self, ids: &BTreeSet<ServerId>) -> Step {
        let of = |there: &BTreeSet<ServerId>| ids.intersection(there).copied().collect();
        Step::Remove {
            services: of(&self.seen.services),
            disks: match self.goal.delete_data {
                true => of(&self.seen.disks),
                false => BTreeSet::new(),
            },
        }
    }

    /// Servers that have a StatefulSet or a pod.
    fn present(&self) -> impl Iterator<Item = ServerId> {
        let there =
            |member: &&crate::ensemble::Member| member.workload.is_some() || member.pod.is_some();
        let members = self.seen.members.values().filter(there);
        members.map(|member| member.id)
    }

    fn is_voter(&self, id: ServerId) -> bool {
        self.wanted.get(&id) == Some(&Role::Participant)
    }
}

#[cfg(test)]
pub(crate) mod tests;
