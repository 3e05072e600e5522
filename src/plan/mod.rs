//! Floor 1, pure: what to do next, decided from what was seen. Does nothing itself, reads no clock, never waits.

pub mod begin;
pub mod founding;
