//! What must hold before each step of an update that restarts nobody: the intent, the disks, the objects, in this order.

use std::collections::BTreeSet;

use crate::ensemble::Observed;
use crate::plan::scale::tests::witness::Verdict;
use crate::plan::scale::tests::witness::holds;
use crate::plan::step::Step;
use crate::plan::update::Changes;

/// What is still to be done of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    changes: Changes,
}

impl Change {
    pub(crate) fn new(changes: Changes) -> Self {
        Self { changes }
    }

    pub(crate) fn did(&mut self, step: &Step) {
        match step {
            Step::Wish { .. } => self.changes.intent.clear(),
            Step::Grow { .. } => self.changes.disks = None,
            Step::Apply { .. } => {
                self.changes.objects = Vec::new();
                (self.changes.templates, self.changes.same) = (BTreeSet::new(), BTreeSet::new());
            }
            _ => {}
        }
    }

    pub(crate) fn check(&self, seen: &Observed, step: &Step) -> Verdict {
        match step {
            Step::Wish { changes, wish } => {
                let rest = !self.changes.intent.is_empty() && *changes == self.changes.intent;
                holds(rest, "the intent is written once")?;
                let wished = self.changes.wish.as_ref() == Some(wish);
                holds(wished, "what is written is what is wished")
            }
            Step::Grow { servers, size } => {
                self.is_intended(seen)?;
                let small = Some((servers.clone(), size.clone()));
                holds(small == self.changes.disks, "small disks grow once")
            }
            Step::Apply {
                objects,
                servers,
                same,
            } => {
                self.is_intended(seen)?;
                holds(self.changes.disks.is_none(), "disks grow first")?;
                let rest = !objects.is_empty() && *objects == self.changes.objects;
                holds(rest, "what differs is applied once")?;
                let told = *servers == self.changes.templates && *same == self.changes.same;
                holds(told, "whose pods are old is told")
            }
            _ => Err("this is no step of an update"),
        }
    }

    fn is_intended(&self, seen: &Observed) -> Verdict {
        let same = seen.ensemble() == self.changes.wish.as_deref();
        holds(same, "what is done is intended")
    }

    /// That nothing is left to do but to restart.
    pub(crate) fn is_made(&self, seen: &Observed) -> Verdict {
        self.is_intended(seen)?;
        let rest = &self.changes;
        holds(rest.intent.is_empty(), "the intent comes before restarts")?;
        holds(rest.disks.is_none(), "disks grow before restarts")?;
        holds(rest.objects.is_empty(), "objects come before restarts")
    }
}
