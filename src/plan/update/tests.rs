//! The proof of updating: every small ensemble, every set of templates that differ, every server that may be down; single
//! rules.

mod exhaustive;
mod rules;
