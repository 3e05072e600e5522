//! What one run of a command remembers between two looks, and what it must be able to see. Knows no plan.

use std::collections::BTreeSet;

use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::Size;
use crate::ensemble::observed::Intent;
use crate::plan::refusal::Refusal;
use crate::plan::step::Step;

/// What this run of a command knows beside the world: lost with it, and learnt again by the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// It has done something.
    pub acted: bool,
    /// It has changed the member list.
    pub changed: bool,
    /// It has written down its goal.
    pub intended: bool,
    /// It has told the servers' controllers to make new pods, or gone on with what another run had told them.
    pub marked: bool,
    /// It has changed objects to what is wished.
    pub applied: bool,
    /// It has had disks grow.
    pub grown: bool,
    /// The server whose disk it has deleted.
    pub emptied: Option<ServerId>,
    /// The goals that it found written down: voters and observers.
    pub found: BTreeSet<(Size, u8)>,
    /// The version of the committed list when it was last seen.
    pub version: Option<u64>,
    /// Since when the list has been seen so, and the goal is ours, in seconds of this run.
    pub since: i64,
    /// How long this run has lasted, in seconds.
    pub elapsed: i64,
    /// Since when nobody was seen to lead at any look, in seconds of this run; none if someone leads.
    pub leaderless: Option<i64>,
    /// The version of the list under which it committed a write.
    pub barrier: Option<u64>,
}

impl Run {
    /// Takes note of a look, so many seconds after the run began.
    pub fn look(&mut self, seen: &Observed, elapsed: i64) {
        let version = seen
            .leader()
            .and_then(|(_, answer)| answer.config.as_ref()?.version);
        if version.is_some() && version != self.version {
            (self.version, self.since) = (version, elapsed);
        }
        self.elapsed = elapsed;
        self.leaderless = match seen.leaders().is_empty() {
            true => self.leaderless.or(Some(elapsed)),
            false => None,
        };
        let goal = seen.ensemble().map(|it| (it.replicas, it.observers));
        self.found.extend(goal);
    }

    /// Takes note of a step that was done.
    pub fn did(&mut self, step: &Step) {
        self.acted = true;
        match step {
            // What another run has decided and not done yet is done before anyone is stopped: the time begins anew.
            Step::Intend { .. } => (self.intended, self.version) = (true, None),
            Step::Reconfigure { .. } | Step::Restate { .. } => self.changed = true,
            Step::Barrier { .. } => self.barrier = self.version,
            Step::Mark { .. } | Step::Restart { .. } => self.marked = true,
            Step::Wish { .. } => self.intended = true,
            Step::Apply { .. } => self.applied = true,
            Step::Grow { .. } => self.grown = true,
            Step::Empty { server, .. } => self.emptied = Some(*server),
            _ => {}
        }
    }

    /// For how long nobody was seen to lead, in seconds. Time in which nothing could be seen before does not count.
    pub fn leaderless(&self) -> i64 {
        self.leaderless.map_or(0, |since| self.elapsed - since)
    }

    /// How long the committed list has been seen as it is, under our goal, in seconds.
    pub fn steady(&self) -> i64 {
        self.elapsed - self.since
    }
}

/// Whether there is an intent to change: rights may hide it, or a text that cannot be read. Events only explain.
pub(crate) fn readable(seen: &Observed) -> Option<Refusal> {
    let needed = seen
        .missing_rights
        .iter()
        .filter(|right| *right != "list events");
    let missing: Vec<String> = needed.cloned().collect();
    match &seen.intent {
        _ if !missing.is_empty() => Some(Refusal::Unseen(missing)),
        Intent::Known(_) => None,
        Intent::Absent => Some(Refusal::Unreadable("there is none".to_owned())),
        Intent::Unreadable(why) => Some(Refusal::Unreadable(why.clone())),
    }
}
