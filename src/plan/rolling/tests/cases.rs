//! Every beginning of a small ensemble: who does not serve, who leads, whose pods are old. Knows no plan.

use std::collections::BTreeSet;

use crate::ensemble::ServerId;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::exhaustive::leaders;
use crate::plan::scale::tests::exhaustive::subsets;
use crate::plan::scale::tests::sampled::seed;
use crate::plan::scale::tests::sizes;

/// One beginning: these do not serve, this one leads if a majority does, these pods are of older templates.
#[derive(Clone, Debug)]
pub(crate) struct Beginning {
    pub(crate) size: Goal,
    pub(crate) down: BTreeSet<ServerId>,
    pub(crate) leader: Option<ServerId>,
    pub(crate) old: BTreeSet<ServerId>,
    /// Its number.
    pub(crate) number: usize,
}

impl Beginning {
    pub(crate) fn world(&self) -> World {
        World::begun(self.size, self.leader, &self.down, &self.old)
    }

    pub(crate) fn all(&self) -> BTreeSet<ServerId> {
        self.size.roles().into_keys().collect()
    }

    /// Another set of them for each neighbour.
    pub(crate) fn some(&self) -> BTreeSet<ServerId> {
        let all = self.all().into_iter().enumerate();
        let chosen = all.filter(|(bit, _)| self.number >> bit & 1 == 1);
        chosen.map(|(_, id)| id).collect()
    }
}

/// Every beginning of up to so many servers, and one in so many of more: so many seeds have them all.
pub(crate) fn beginnings(most: usize, one_in: usize, mut each: impl FnMut(&Beginning)) {
    let mut number = usize::try_from(seed()).unwrap();
    for size in sizes(5, 2) {
        let all: Vec<ServerId> = size.roles().into_keys().collect();
        for down in subsets(&all) {
            for leader in leaders(size, &down) {
                for old in subsets(&all) {
                    number += 1;
                    let down = down.clone();
                    if all.len() <= most || number.is_multiple_of(one_in) {
                        each(&Beginning {
                            size,
                            down,
                            leader,
                            old,
                            number,
                        });
                    }
                }
            }
        }
    }
}
