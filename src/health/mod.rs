//! Floor 1, pure: what is to be said of an ensemble as it was seen. Asks no one, mends nothing.
//!
//! [`assess`] gives the verdict in one line and the findings, the gravest first; each rule of `checks` is one file or one
//! function of it.

pub mod checks;
pub mod finding;
pub mod verdict;

use crate::ensemble::Observed;
use crate::health::finding::Finding;
use crate::health::verdict::Summary;

/// The state of an ensemble.
#[derive(Clone, Debug)]
pub struct Health {
    /// The verdict, with what it is made of.
    pub summary: Summary,
    /// What is wrong, the gravest first.
    pub findings: Vec<Finding>,
}

/// Judges what was seen.
pub fn assess(seen: &Observed) -> Health {
    let mut findings: Vec<Finding> = checks::ALL.iter().flat_map(|check| check(seen)).collect();
    findings.sort_by_key(|finding| finding.severity);
    Health {
        summary: verdict::summarize(seen),
        findings,
    }
}
