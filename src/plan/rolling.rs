//! How servers come to run their newest templates, one at a time: first those that do not serve, then followers and
//! observers, the leader last. Whoever serves goes away only while all others are in sync. Knows nothing of why the templates
//! changed.

use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Probe;
use crate::ensemble::quorum;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::size;
use crate::plan::addresses;
use crate::plan::refusal::Refusal;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// What the rules look at.
pub(crate) struct Roll<'a> {
    pub(crate) seen: &'a Observed,
    /// Who shall run the newest template.
    pub(crate) whom: BTreeSet<ServerId>,
    /// For how long nobody was seen to lead, in seconds.
    pub(crate) leaderless: i64,
}

/// After how long without a leader that is no election any more, in seconds: a frozen leader is given up after 10.
const ELECTION: i64 = 30;

impl Roll<'_> {
    /// Whether it is safe to begin: who serves goes away only where all that are not to be restarted are in sync.
    pub(crate) fn may_begin(&self) -> Option<Next> {
        let unknown = self.whom.iter().filter(|id| !self.runs(**id));
        let unknown: BTreeSet<ServerId> = unknown.copied().collect();
        if !unknown.is_empty() {
            return Some(Next::Refuse(Refusal::NoServer(unknown)));
        }
        if is_scaling(self.seen) {
            return Some(Next::Refuse(Refusal::Scaling));
        }
        if !self.whom.iter().any(|id| self.serves(*id)) {
            return None;
        }
        let Some((_, leader)) = self.seen.leader() else {
            let why = self.seen.verify().err().unwrap_or(Unverified::NoLeader);
            return Some(Next::Refuse(Refusal::NoQuorum(why)));
        };
        let list = leader.config.as_ref();
        let drifted = list.map(|list| addresses::drifted(self.seen, list));
        if let Some(drifted) = drifted.filter(|ids| !ids.is_empty()) {
            return Some(Next::Refuse(Refusal::Drifted(drifted)));
        }
        let mut missing = self.seen.out_of_step();
        missing.retain(|id| !self.whom.contains(id));
        (!missing.is_empty()).then(|| Next::Refuse(self.beside(missing)))
    }

    /// Of an ensemble of one or two that keeps its data in the pods, what is restarted is gone.
    pub(crate) fn loses(&self) -> Option<Next> {
        let mut serving = self.whom.iter().filter(|id| self.serves(**id));
        serving.find_map(|id| self.alone(*id))
    }

    /// Before anything changes: a server that loses its disk while we work must not vote with an empty memory.
    pub(crate) fn seal(&self) -> Option<Next> {
        let unsealed = self.seen.sealed == Fact::Known(false);
        (unsealed && self.seen.leader().is_some()).then_some(Next::Do(Step::Seal))
    }

    /// The next one of them whose turn it is; nothing once all run their newest template.
    pub(crate) fn next(&self) -> Option<Next> {
        let has_no_revision = |member: &Member| {
            let workload = member.workload.as_ref();
            workload.is_some_and(|workload| workload.revision.is_none())
        };
        let mut members = self.chosen();
        if let Some(member) = members.find(|member| has_no_revision(member)) {
            return Some(Next::Wait(Reason::Template(member.id)));
        }
        let old: BTreeSet<ServerId> = self.old().collect();
        if old.is_empty() {
            return None;
        }
        Some(
            self.ending()
                .or_else(|| self.stuck(&old))
                .or_else(|| self.silent(&old))
                .unwrap_or_else(|| self.serving(&old)),
        )
    }

    /// Done is what the servers say.
    pub(crate) fn settled(&self) -> Option<Next> {
        if let Some(refusal) = self.stuck(&BTreeSet::new()) {
            return Some(refusal);
        }
        let silent = self.whom.iter().find(|id| !self.serves(**id));
        let late = self.seen.out_of_step();
        let late = silent.or_else(|| late.intersection(&self.whom).next());
        if let Some(id) = late {
            return Some(waits(self.seen, *id, Reason::Unsynced));
        }
        let is_all = voters(self.seen).is_subset(&self.whom);
        let why = self.seen.verify().err().filter(|_| is_all);
        why.map(|why| Next::Wait(Reason::Quorum(why)))
    }

    /// Those whose pods are of an older template.
    pub(crate) fn old(&self) -> impl Iterator<Item = ServerId> {
        let old = self.chosen().filter(|member| member.is_old());
        old.map(|member| member.id)
    }

    fn chosen(&self) -> impl Iterator<Item = &Member> {
        let members = self.seen.members.values();
        members.filter(|member| self.whom.contains(&member.id))
    }

    fn runs(&self, id: ServerId) -> bool {
        let member = self.seen.members.get(&id);
        member.is_some_and(|member| member.workload.is_some())
    }

    /// Of two that go at once nobody knows what is left: whoever ends, ends first.
    fn ending(&self) -> Option<Next> {
        let ends = |member: &&Member| member.pod.as_ref().is_some_and(|pod| pod.deleting);
        let ending = self.seen.members.values().filter(ends);
        let ending: BTreeSet<ServerId> = ending.map(|member| member.id).collect();
        (!ending.is_empty()).then_some(Next::Wait(Reason::Ending(ending)))
    }

    /// One that has its newest template and cannot come up: the next one would fare the same.
    fn stuck(&self, old: &BTreeSet<ServerId>) -> Option<Next> {
        let renewed = self.chosen().filter(|member| !old.contains(&member.id));
        let mut waits = renewed.map(|member| waits(self.seen, member.id, Reason::Unsynced));
        waits.find(|next| matches!(next, Next::Refuse(_)))
    }

    /// Who does not serve is missed by nobody, once that is certain.
    fn silent(&self, old: &BTreeSet<ServerId>) -> Option<Next> {
        let mut silent = old.iter().filter(|id| !self.serves(**id));
        let first = silent.clone().find(|id| self.is_missed_by_nobody(**id));
        match (first, silent.next()) {
            (Some(id), _) => Some(self.restart(*id, false)),
            (None, Some(id)) => Some(self.patient(*id)),
            (None, None) => None,
        }
    }

    /// What keeps an old pod may well be what the newest template mends: that is waited for, be it lasting.
    fn patient(&self, id: ServerId) -> Next {
        let member = self.seen.members.get(&id);
        let trouble = member.and_then(|member| member.trouble(self.seen.now));
        Next::Wait(Reason::Unsynced(id, trouble.map(|trouble| trouble.what)))
    }

    /// The others go on without it; or there is no quorum that it could be missed by, and no election either, and it says
    /// itself that it does not serve, or does not run.
    fn is_missed_by_nobody(&self, id: ServerId) -> bool {
        let member = self.seen.members.get(&id);
        let Some((member, pod)) = member.and_then(|member| Some((member, member.pod.as_ref()?)))
        else {
            return false;
        };
        let idle = matches!(member.probe, Probe::NotServing) || !pod.running;
        let empty = !pod.running && pod.last_end.is_none();
        let kept = empty || !self.is_ephemeral();
        goes_on_without(self.seen, id) || idle && kept && ELECTION <= self.leaderless
    }

    /// Who serves goes only while all are in sync, and the leader after all others.
    fn serving(&self, old: &BTreeSet<ServerId>) -> Next {
        let Some((leader, answer)) = self.seen.leader() else {
            let why = self.seen.verify().err().unwrap_or(Unverified::NoLeader);
            return Next::Wait(Reason::Quorum(why));
        };
        if let Some(id) = self.seen.out_of_step().into_iter().next() {
            return waits(self.seen, id, Reason::Unsynced);
        }
        let Some(monitor) = answer.voting_followers().and(answer.monitor.as_ref()) else {
            return Next::Refuse(Refusal::NoMonitor);
        };
        if let Err(why) = self.seen.verify() {
            return Next::Wait(Reason::Quorum(why));
        }
        if let Some(pending) = monitor.pending_syncs.filter(|count| 0 < *count) {
            return Next::Wait(Reason::Pending(pending));
        }
        if let Some(id) = self.unready() {
            return Next::Wait(Reason::Unready(id));
        }
        let next = old.iter().min_by_key(|id| (**id == leader.id, **id));
        next.map_or(Next::Done, |id| {
            self.alone(*id).unwrap_or_else(|| self.restart(*id, true))
        })
    }

    fn is_ephemeral(&self) -> bool {
        self.seen.ensemble().is_some_and(Ensemble::is_ephemeral)
    }

    /// Its pod has what no majority of the others can have.
    fn alone(&self, id: ServerId) -> Option<Next> {
        let all = voters(self.seen);
        let (voters, synced) = (all.len(), all.len().saturating_sub(1));
        let lost = self.is_ephemeral() && all.contains(&id) && synced < size::quorum(voters);
        lost.then_some(Next::Refuse(Refusal::NoMajority { id, voters, synced }))
    }

    fn serves(&self, id: ServerId) -> bool {
        self.seen.answer_of(id).is_some()
    }

    /// One that serves and that Kubernetes sends no clients to yet.
    fn unready(&self) -> Option<ServerId> {
        let is_unready = |member: &Member| member.pod.as_ref().is_some_and(|pod| !pod.ready);
        let mut serving = self.seen.serving().map(|(member, _)| member);
        serving
            .find(|member| is_unready(member))
            .map(|member| member.id)
    }

    fn restart(&self, id: ServerId, serves: bool) -> Next {
        let leads = self
            .seen
            .leader()
            .is_some_and(|(leader, _)| leader.id == id);
        Next::Do(Step::Restart {
            server: id,
            serves,
            leads,
        })
    }

    fn beside(&self, missing: BTreeSet<ServerId>) -> Refusal {
        Refusal::Beside {
            missing,
            voters: voters(self.seen).len(),
            synced: synced(self.seen).len(),
        }
    }
}

/// Waiting for a server, with what keeps it; in vain where that cannot pass by itself.
pub(crate) fn waits(
    seen: &Observed,
    id: ServerId,
    reason: impl Fn(ServerId, Option<String>) -> Reason,
) -> Next {
    let member = seen.members.get(&id);
    let trouble = member.and_then(|member| member.trouble(seen.now));
    match trouble {
        Some(trouble) if trouble.lasting => Next::Refuse(Refusal::Stuck(vec![(id, trouble.what)])),
        trouble => Next::Wait(reason(id, trouble.map(|trouble| trouble.what))),
    }
}

/// Whether the intent and the committed list name others: a `scale` is under way, or was cut off.
pub(crate) fn is_scaling(seen: &Observed) -> bool {
    let list = seen.leader().and_then(|(_, leader)| leader.config.as_ref());
    let differs = match (seen.ensemble(), list) {
        (Some(ensemble), Some(list)) => ensemble.roles() != list.roles(),
        _ => false,
    };
    differs || !seen.leaving.is_empty()
}

/// The voters of the leader's list.
pub(crate) fn voters(seen: &Observed) -> BTreeSet<ServerId> {
    let list = seen.leader().and_then(|(_, leader)| leader.config.as_ref());
    list.map(quorum::voters).unwrap_or_default()
}

/// Those of them that serve in step.
pub(crate) fn synced(seen: &Observed) -> BTreeSet<ServerId> {
    let voters = voters(seen).into_iter();
    voters
        .filter(|id| seen.is_in_step(*id, Role::Participant))
        .collect()
}

/// Whether the others are a majority in sync, and the leader counts none but them: this one takes no part, asked or not.
pub(crate) fn goes_on_without(seen: &Observed, id: ServerId) -> bool {
    let (mut others, all) = (synced(seen), voters(seen));
    others.remove(&id);
    let followers = seen
        .leader()
        .and_then(|(_, leader)| leader.voting_followers());
    let counted = followers.is_some_and(|count| count < others.len() as u64);
    size::quorum(all.len()) <= others.len() && (counted || !all.contains(&id))
}

#[cfg(test)]
pub(crate) mod tests;
