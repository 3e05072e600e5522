//! The proof of restarting: every small ensemble, every server that may be down, every pod that may be old; single rules.

mod exhaustive;
mod rules;
