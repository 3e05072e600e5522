//! What must hold before each step, whoever planned it: looked up in what was seen alone, by none of the planner's words.

use std::collections::BTreeSet;

use crate::ensemble::Member;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Pod;
use crate::ensemble::observed::Probe;
use crate::plan::restart::Whom;
use crate::plan::rolling::tests::change::Change;
use crate::plan::rolling::tests::order::Order;
use crate::plan::scale::tests::witness::VOTES;
use crate::plan::scale::tests::witness::Verdict;
use crate::plan::scale::tests::witness::holds;
use crate::plan::scale::tests::witness::in_step;
use crate::plan::scale::tests::witness::leading;
use crate::plan::step::Step;

/// After how long without a leader nobody is about to be elected any more, in seconds.
const LEADERLESS: i64 = 30;

/// How long after its time a pod is there that nobody ends, in seconds.
const AWAY: i64 = 30;

/// Watches one run.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    order: Order,
    change: Change,
    began: bool,
    /// What was done once and must not be done again.
    marked: bool,
    emptied: bool,
    /// When a leader was seen last, and how late it is now.
    led: i64,
    now: i64,
}

impl Witness {
    pub(crate) fn new(order: Order, change: Change) -> Self {
        Self {
            order,
            change,
            began: false,
            marked: false,
            emptied: false,
            led: 0,
            now: 0,
        }
    }

    pub(crate) fn look(&mut self, seen: &Observed, now: i64) {
        self.now = now;
        if leader(seen).is_some() {
            self.led = now;
        }
    }

    pub(crate) fn did(&mut self, step: &Step) {
        self.began = true;
        self.marked |= matches!(step, Step::Mark { .. });
        self.emptied |= matches!(step, Step::Empty { .. });
        self.change.did(step);
    }

    /// Which rule the step would break.
    pub(crate) fn check(&self, seen: &Observed, step: &Step) -> Verdict {
        let sealed = seen.sealed != Fact::Known(false) || leader(seen).is_none();
        let first = sealed || *step == Step::Seal;
        holds(first, "the seal comes first")?;
        match (step, &self.order) {
            (Step::Seal, _) => seals(seen),
            (Step::Mark { servers }, Order::Restart(_)) => self.marks(seen, servers),
            (Step::Empty { server, force }, Order::Replace(_)) => {
                self.empties(seen, *server, *force)
            }
            (Step::Restart { .. }, Order::Restart(_)) => self.restarts(seen, step),
            (Step::Restart { .. }, Order::Update(_)) => {
                self.change.is_made(seen)?;
                self.restarts(seen, step)
            }
            (_, Order::Update(_)) => self.change.check(seen, step),
            _ => Err("this is no step of such a plan"),
        }
    }

    /// Who may be restarted.
    fn chosen(&self, seen: &Observed) -> BTreeSet<ServerId> {
        match &self.order {
            Order::Restart(Whom::These(ids)) => ids.clone(),
            _ => seen.members.keys().copied().collect(),
        }
    }

    fn marks(&self, seen: &Observed, servers: &BTreeSet<ServerId>) -> Verdict {
        let chosen = self.chosen(seen);
        holds(*servers == chosen, "all that were chosen are marked")?;
        holds(!self.marked, "nobody is marked twice")?;
        let old = chosen.iter().any(|id| is_old(&seen.members[id]));
        holds(!old, "nobody is marked while one is old")?;
        let asked = |id: &ServerId| seen.members[id].answer().is_some();
        let beside = !self.began && servers.iter().any(asked) && !missing(seen).is_subset(servers);
        holds(!beside, "nothing begins beside one that is not in step")
    }

    fn restarts(&self, seen: &Observed, step: &Step) -> Verdict {
        let Step::Restart {
            server,
            serves,
            leads,
        } = step
        else {
            return Err("no restart");
        };
        let chosen = self.chosen(seen);
        let known = |id: &ServerId| {
            let workload = seen.members[id].workload.as_ref();
            workload.is_some_and(|workload| workload.revision.is_some())
        };
        holds(chosen.iter().all(known), "controllers know the templates")?;
        holds(chosen.contains(server), "only the chosen are restarted")?;
        let member = &seen.members[server];
        holds(is_old(member), "only old pods go")?;
        holds(!any_ends(seen), "one pod ends at a time")?;
        let is_leader = leader(seen) == Some(*server);
        holds(*leads == is_leader, "the leader is told")?;
        match member.answer().is_some() {
            serving if serving != *serves => Err("it is told whether it serves"),
            true => may_go(seen, *server, &chosen),
            false => self.is_missed_by_nobody(seen, member),
        }
    }

    /// One that does not serve.
    fn is_missed_by_nobody(&self, seen: &Observed, member: &Member) -> Verdict {
        let (id, pod) = (member.id, member.pod.as_ref().ok_or("there is no pod")?);
        if has_majority(seen, id) && is_uncounted(seen, id) {
            return Ok(());
        }
        let long = LEADERLESS <= self.now - self.led;
        holds(long, "nobody is elected")?;
        let idle = matches!(member.probe, Probe::NotServing) || !pod.running;
        holds(idle, "it says itself that it does not serve")?;
        let ran = pod.running || pod.last_end.is_some();
        let kept = keeps_data(seen) || !ran;
        holds(kept, "what the pod has is kept by others")
    }

    fn empties(&self, seen: &Observed, id: ServerId, force: bool) -> Verdict {
        let Order::Replace(goal) = self.order else {
            return Err("no replacement");
        };
        holds(goal.id == id && goal.may_empty, "that disk was asked about")?;
        holds(seen.sealed == Fact::Known(true), "the seal is there")?;
        holds(!self.emptied, "no disk is emptied twice")?;
        holds(has_majority(seen, id), "the others are a majority")?;
        let member = &seen.members[&id];
        let uncounted = member.answer().is_some() || is_uncounted(seen, id);
        holds(uncounted, "nobody counts it")?;
        let stuck = member.trouble(seen.now).is_some_and(|it| it.lasting);
        holds(
            stuck || !is_being_filled(member),
            "a new disk is left alone",
        )?;
        let away = member
            .pod
            .as_ref()
            .is_some_and(|pod| is_away(pod, seen.now));
        holds(force == away, "a pod is waited for if its node answers")
    }
}

/// One that serves.
fn may_go(seen: &Observed, id: ServerId, chosen: &BTreeSet<ServerId>) -> Verdict {
    let (first, list) = leading(seen).ok_or("who serves goes only under a leader")?;
    holds(missing(seen).is_empty(), "all others are in step")?;
    let others = list.voters().count() as u64 - 1;
    holds(counted(seen) == Some(others), "the leader counts them all")?;
    holds(pending(seen) == 0, "nobody is being brought into sync")?;
    let unready = seen.serving().any(|(member, _)| !is_ready(member));
    holds(!unready, "all that serve are ready")?;
    let more = chosen.iter().filter(|other| **other != id);
    let more = more.filter(|other| is_old(&seen.members[other])).count();
    holds(id != first || more == 0, "the leader goes last")?;
    let kept = keeps_data(seen) || has_majority(seen, id);
    holds(kept, "what the pod has is kept by others")
}

fn seals(seen: &Observed) -> Verdict {
    holds(seen.sealed != Fact::Known(true), "one seal is enough")?;
    holds(leader(seen).is_some(), "a seal needs a quorum")
}

fn is_being_filled(member: &Member) -> bool {
    let claim = member.claim.as_ref();
    claim.is_some_and(|claim| !claim.marked && !claim.deleting)
}

/// Its node does not answer, or has not ended it half a minute after its time.
fn is_away(pod: &Pod, now: i64) -> bool {
    pod.node_trouble.is_some() || pod.due.is_some_and(|due| due + AWAY < now)
}

pub(crate) fn leader(seen: &Observed) -> Option<ServerId> {
    match seen.leaders()[..] {
        [leader] => Some(leader.id),
        _ => None,
    }
}

pub(crate) fn is_old(member: &Member) -> bool {
    let wanted = member.workload.as_ref().map(|it| it.revision.clone());
    let have = member.pod.as_ref().map(|pod| pod.revision.clone());
    match (wanted.flatten(), have.flatten()) {
        (Some(wanted), Some(have)) => wanted != have,
        _ => false,
    }
}

/// Members of the list that do not play their parts by it.
pub(crate) fn missing(seen: &Observed) -> BTreeSet<ServerId> {
    let Some((_, list)) = leading(seen) else {
        return BTreeSet::new();
    };
    let plays = |id: ServerId, role: Role| match role {
        Role::Participant => in_step(seen, list, id, &VOTES),
        Role::Observer => in_step(seen, list, id, &[Mode::Observer]),
    };
    let missing = list
        .servers
        .iter()
        .filter(|(id, line)| !plays(**id, line.role));
    missing.map(|(id, _)| *id).collect()
}

/// The voters in step but for this one.
fn others(seen: &Observed, id: ServerId) -> BTreeSet<ServerId> {
    let Some((_, list)) = leading(seen) else {
        return BTreeSet::new();
    };
    let voters = list.voters().map(|(voter, _)| voter);
    let others = voters.filter(|other| *other != id && in_step(seen, list, *other, &VOTES));
    others.collect()
}

/// Whether those of them that are not about to go are a majority.
fn has_majority(seen: &Observed, id: ServerId) -> bool {
    let others = others(seen, id);
    let stay = others.iter().filter(|other| !ends(&seen.members[other]));
    let voters = leading(seen).map(|(_, list)| list.voters().count());
    voters.is_some_and(|voters| voters < 2 * stay.count())
}

/// Whether a voter that does not answer is not among those that the leader counts.
fn is_uncounted(seen: &Observed, id: ServerId) -> bool {
    let votes = leading(seen).is_some_and(|(_, list)| list.voters().any(|(voter, _)| voter == id));
    let fewer = counted(seen).is_some_and(|count| count < others(seen, id).len() as u64);
    !votes || fewer
}

/// The leader's followers with a vote.
fn counted(seen: &Observed) -> Option<u64> {
    let monitor = seen.leader()?.1.monitor.as_ref()?;
    let voteless = monitor.synced_non_voting_followers.unwrap_or(0);
    Some(monitor.synced_followers? - voteless)
}

fn pending(seen: &Observed) -> u64 {
    let leader = seen.leader().and_then(|(_, it)| it.monitor.as_ref());
    leader.and_then(|it| it.pending_syncs).unwrap_or(0)
}

fn ends(member: &Member) -> bool {
    member.pod.as_ref().is_some_and(|pod| pod.deleting)
}

fn is_ready(member: &Member) -> bool {
    member.pod.as_ref().is_some_and(|pod| pod.ready)
}

fn any_ends(seen: &Observed) -> bool {
    seen.members.values().any(ends)
}

/// Whether data outlives pods.
fn keeps_data(seen: &Observed) -> bool {
    seen.ensemble()
        .is_some_and(|ensemble| !ensemble.is_ephemeral())
}
