//! How servers are restarted: their templates are marked, which restarts nobody, and then it rolls. Pods of an older
//! template are a restart that was cut off, and are gone on with.

use std::collections::BTreeSet;

use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::plan::refusal::Refusal;
use crate::plan::rolling::Roll;
use crate::plan::run::Run;
use crate::plan::run::readable;
use crate::plan::step::Next;
use crate::plan::step::Step;

/// Who shall be restarted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// All that there are.
    All,
    /// These.
    These(BTreeSet<ServerId>),
}

impl Whom {
    /// Their ids.
    pub(crate) fn ids(&self, seen: &Observed) -> BTreeSet<ServerId> {
        let has_set = |id: &ServerId| seen.members[id].workload.is_some();
        match self {
            Self::All => seen.members.keys().copied().filter(has_set).collect(),
            Self::These(ids) => ids.clone(),
        }
    }
}

/// Decides the next step.
pub fn next(whom: &Whom, seen: &Observed, run: &Run) -> Next {
    let roll = Roll {
        seen,
        whom: whom.ids(seen),
        leaderless: run.leaderless(),
    };
    let refused = readable(seen).map(Next::Refuse);
    refused
        .or_else(|| {
            if run.acted {
                None
            } else {
                roll.may_begin().or_else(|| roll.loses())
            }
        })
        .or_else(|| roll.seal())
        .or_else(|| mark(&roll, run))
        .or_else(|| roll.next())
        .or_else(|| roll.settled())
        .unwrap_or(Next::Done)
}

fn mark(roll: &Roll<'_>, run: &Run) -> Option<Next> {
    let begun = roll.old().next().is_some();
    let servers = match (run.marked, begun) {
        (true, _) => return None,
        (false, true) => unmarked(roll),
        (false, false) if roll.whom.is_empty() => {
            return Some(Next::Refuse(Refusal::NoServer(roll.whom.clone())));
        }
        (false, false) => roll.whom.clone(),
    };
    (!servers.is_empty()).then_some(Next::Do(Step::Mark { servers }))
}

/// Those to whom a restart that was cut off has not come: their marks are older than those of who waits for his turn.
fn unmarked(roll: &Roll<'_>) -> BTreeSet<ServerId> {
    let mark = |id: &ServerId| roll.seen.members.get(id)?.workload.as_ref()?.marked;
    let last = roll.old().filter_map(|id| mark(&id)).max();
    let is_before = |id: &&ServerId| mark(id) < last;
    roll.whom.iter().filter(is_before).copied().collect()
}

#[cfg(test)]
mod tests;
