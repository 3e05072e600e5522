//! The proof of the planner: every small ensemble, every step it may be cut off after, two runs at once, and single rules.

mod addresses;
mod change;
pub(crate) mod exhaustive;
mod interrupted;
pub(crate) mod plan;
mod refusals;
mod rules;
pub(crate) mod sampled;
mod steps;
mod together;
pub(crate) mod witness;
pub(crate) mod world;

use super::*;

/// A size to scale to, or from; the disks of those that go are kept.
pub(crate) fn goal(voters: u8, observers: u8) -> Goal {
    Goal {
        voters: Size::try_from(voters).unwrap(),
        observers,
        delete_data: false,
    }
}

/// The same, with the disks of those that go.
pub(crate) fn without_data(goal: Goal) -> Goal {
    Goal {
        delete_data: true,
        ..goal
    }
}

pub(crate) fn id(number: u8) -> ServerId {
    ServerId::try_from(number).unwrap()
}

pub(crate) fn ids(numbers: &[u8]) -> BTreeSet<ServerId> {
    numbers.iter().copied().map(id).collect()
}

/// Every size of up to so many voters and observers.
pub(crate) fn sizes(voters: u8, observers: u8) -> impl Iterator<Item = Goal> {
    (1..=voters).flat_map(move |voters| (0..=observers).map(move |more| goal(voters, more)))
}

/// Every pair of such sizes.
pub(crate) fn pairs(voters: u8, observers: u8) -> impl Iterator<Item = (Goal, Goal)> {
    sizes(voters, observers)
        .flat_map(move |from| sizes(voters, observers).map(move |to| (from, to)))
}
