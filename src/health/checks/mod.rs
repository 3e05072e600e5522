//! The rules. Each is a function from what was seen to findings; none knows of another.

mod by_hand;
mod kubernetes;
mod membership;
mod scaling;
mod servers;
#[cfg(test)]
mod tests;

use crate::ensemble::Observed;
use crate::health::finding::Finding;

/// A rule.
pub type Check = fn(&Observed) -> Vec<Finding>;

/// Every rule.
pub const ALL: &[Check] = &[
    membership::leaders,
    membership::configurations,
    membership::strangers,
    membership::without_pod,
    membership::size,
    scaling::unfinished,
    scaling::addresses,
    servers::not_serving,
    servers::read_only,
    servers::behind,
    servers::digests,
    servers::standalone,
    servers::restarted,
    servers::mixed_versions,
    kubernetes::seal,
    kubernetes::unmade,
    kubernetes::scaled,
    kubernetes::unfinished_update,
    kubernetes::old_template,
    kubernetes::co_located,
    kubernetes::budget,
    kubernetes::rights,
    by_hand::shared,
    by_hand::one_address,
    by_hand::members,
    by_hand::sync,
    by_hand::limits,
];
