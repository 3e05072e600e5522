//! The proof of replacing: every small ensemble, every server that may be down, each server replaced; single rules.

mod exhaustive;
mod rules;
