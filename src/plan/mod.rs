//! Floor 1, pure: what to do next, decided from what was seen. Does nothing itself, reads no clock, never waits.
//!
//! `step` has the words of what can be done, waited for and refused; `scale`, `restart`, `update`, `replace` and
//! `addresses` decide; `simulate` is the world
//! that does what it is told, for `--dry-run`.

pub mod addresses;
pub mod begin;
pub mod founding;
pub mod refusal;
pub mod replace;
pub mod restart;
mod rolling;
pub mod run;
pub mod scale;
pub mod simulate;
pub mod step;
pub mod update;
