//! How a server whose disk or node is gone comes back: with an empty disk, filled by the others. Nothing is deleted unless
//! they are a majority in sync without it, and nobody counts it.

use std::collections::BTreeSet;

use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Pod;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::size;
use crate::plan::refusal::Refusal;
use crate::plan::rolling::is_scaling;
use crate::plan::rolling::synced;
use crate::plan::rolling::voters;
use crate::plan::rolling::waits;
use crate::plan::run::Run;
use crate::plan::run::readable;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// How long after its time a pod is still there that nobody ends any more, in seconds: its kubelet is away.
const LATE: i64 = 30;

/// What shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Who comes back with an empty disk.
    pub id: ServerId,
    /// Whether the disk may be deleted: that is asked before, and one that was not asked about stays.
    pub may_empty: bool,
}

/// Decides the next step.
pub fn next(goal: Goal, seen: &Observed, run: &Run) -> Next {
    let id = goal.id;
    let refused = readable(seen).map(Next::Refuse);
    refused
        .or_else(|| {
            if run.emptied.is_some() {
                None
            } else {
                may_empty(id, seen)
            }
        })
        .or_else(|| seal(seen))
        .or_else(|| empty(goal, seen, run))
        .or_else(|| filled(id, seen))
        .unwrap_or(Next::Done)
}

/// The others must have all that was written, and go on without it.
fn may_empty(id: ServerId, seen: &Observed) -> Option<Next> {
    let refuse = |refusal| Some(Next::Refuse(refusal));
    let has_set = seen
        .members
        .get(&id)
        .is_some_and(|it| it.workload.is_some());
    if !has_set {
        return refuse(Refusal::NoServer([id].into()));
    }
    let Some((_, leader)) = seen.leader() else {
        return refuse(Refusal::NoQuorum(
            seen.verify().err().unwrap_or(Unverified::NoLeader),
        ));
    };
    if is_scaling(seen) {
        return refuse(Refusal::Scaling);
    }
    let (mut others, all) = (synced(seen), voters(seen));
    others.remove(&id);
    let (voters, synced) = (all.len(), others.len());
    let ending: BTreeSet<ServerId> = others
        .iter()
        .copied()
        .filter(|it| ends(seen, *it))
        .collect();
    if synced < size::quorum(voters) {
        return refuse(Refusal::NoMajority { id, voters, synced });
    }
    if synced - ending.len() < size::quorum(voters) {
        return refuse(Refusal::Ending { id, ending });
    }
    let Some(followers) = leader.voting_followers() else {
        return refuse(Refusal::NoMonitor);
    };
    let silent = seen.answer_of(id).is_none() && all.contains(&id);
    match silent && others.len() as u64 <= followers {
        true => refuse(Refusal::StillThere(id)),
        false => None,
    }
}

/// Who is about to go is no part of a majority that is to last.
fn ends(seen: &Observed, id: ServerId) -> bool {
    let pod = seen.members.get(&id).and_then(|member| member.pod.as_ref());
    pod.is_some_and(|pod| pod.deleting)
}

/// Before the disk goes: without the seal, who has an empty one could vote.
fn seal(seen: &Observed) -> Option<Next> {
    (seen.sealed != Fact::Known(true)).then_some(Next::Do(Step::Seal))
}

/// A disk without a mark was made since: its server is being filled, unless it cannot be.
fn empty(Goal { id, may_empty }: Goal, seen: &Observed, run: &Run) -> Option<Next> {
    let member = seen.members.get(&id)?;
    let is_new = member
        .claim
        .as_ref()
        .is_some_and(|claim| !claim.marked && !claim.deleting);
    let is_stuck = || {
        member
            .trouble(seen.now)
            .is_some_and(|trouble| trouble.lasting)
    };
    if run.emptied.is_some() || is_new && !is_stuck() || !may_empty {
        return None;
    }
    let pod = member.pod.as_ref();
    let overdue = |pod: &Pod| pod.due.is_some_and(|due| due + LATE < seen.now);
    let force = pod.is_some_and(|pod| pod.node_trouble.is_some() || overdue(pod));
    Some(Next::Do(Step::Empty { server: id, force }))
}

/// Done is what the servers say.
fn filled(id: ServerId, seen: &Observed) -> Option<Next> {
    let member = seen.members.get(&id)?;
    if member.pod.as_ref().is_some_and(|pod| pod.deleting) {
        return Some(Next::Wait(Reason::Ending([id].into())));
    }
    if seen.answer_of(id).is_none() || seen.out_of_step().contains(&id) {
        return Some(waits(seen, id, Reason::Joining));
    }
    None
}

#[cfg(test)]
mod tests;
