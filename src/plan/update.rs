//! How an ensemble comes to be another one than it was: the intent first, then its objects, then it rolls. What needs no
//! restart restarts nobody: whose template stays the same is left alone.

use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::plan::refusal::Refusal;
use crate::plan::restart::Whom;
use crate::plan::rolling::Roll;
use crate::plan::run::Run;
use crate::plan::run::readable;
use crate::plan::step::Next;
use crate::plan::step::Step;

/// What is to change, as it was found before the first step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What it was.
    pub have: Option<Box<Ensemble>>,
    /// What shall be.
    pub wish: Option<Box<Ensemble>>,
    /// Of the intent, a line per field.
    pub intent: Vec<String>,
    /// Objects that are not as wished, as `-o name` has them.
    pub objects: Vec<String>,
    /// Servers whose templates are not, and whose pods are of others.
    pub templates: BTreeSet<ServerId>,
    /// Servers whose pods are of the wished templates already: what was wished in between never came to them.
    pub same: BTreeSet<ServerId>,
    /// Servers whose disks are smaller than wished, and the size.
    pub disks: Option<(BTreeSet<ServerId>, String)>,
}

/// Decides the next step.
pub fn next(changes: &Changes, seen: &Observed, run: &Run) -> Next {
    let roll = Roll {
        seen,
        whom: Whom::All.ids(seen),
        leaderless: run.leaderless(),
    };
    let rolls = !changes.templates.is_empty() || roll.old().next().is_some();
    let begins = |run: &Run| !run.acted && (rolls || !changes.intent.is_empty());
    let refused = readable(seen).map(Next::Refuse);
    refused
        .or_else(|| if begins(run) { roll.may_begin() } else { None })
        .or_else(|| {
            if begins(run) && rolls {
                roll.loses()
            } else {
                None
            }
        })
        .or_else(|| overtaken(changes, seen, run))
        .or_else(|| roll.seal())
        .or_else(|| wish(changes, seen))
        .or_else(|| grow(changes, run))
        .or_else(|| apply(changes, run))
        .or_else(|| roll.next())
        .or_else(|| {
            let settles = run.acted || seen.updating;
            settles.then(|| roll.settled()).flatten()
        })
        .unwrap_or(Next::Done)
}

/// Of two that change it at once the later one has its way: what is neither as it was found nor as it shall be is someone
/// else's.
fn overtaken(changes: &Changes, seen: &Observed, run: &Run) -> Option<Next> {
    let is_found = !run.intended && changes.have.as_deref() == seen.ensemble();
    let is_written = changes.wish.as_deref() == seen.ensemble();
    (!is_found && !is_written).then_some(Next::Refuse(Refusal::Overtaken))
}

/// What is written is not written again: what was before it would be lost.
fn wish(changes: &Changes, seen: &Observed) -> Option<Next> {
    let (wish, changes) = (changes.wish.clone()?, changes.intent.clone());
    (seen.ensemble() != Some(&*wish)).then_some(Next::Do(Step::Wish { changes, wish }))
}

/// Disks first: a StatefulSet is made again for them only once they may grow.
fn grow(changes: &Changes, run: &Run) -> Option<Next> {
    let (servers, size) = changes.disks.clone()?;
    (!run.grown).then_some(Next::Do(Step::Grow { servers, size }))
}

fn apply(changes: &Changes, run: &Run) -> Option<Next> {
    let apply = || Step::Apply {
        objects: changes.objects.clone(),
        servers: changes.templates.clone(),
        same: changes.same.clone(),
    };
    (!changes.objects.is_empty() && !run.applied).then(|| Next::Do(apply()))
}

#[cfg(test)]
mod tests;
