//! Every verb in this process, against an API server and ZooKeeper servers in memory: what is printed, what is asked for,
//! what is left, and what happens when any of it fails. What only a real cluster shows is for `tests/live`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

mod alone;
mod away;
mod bad_input;
mod by_hand;
mod complete;
mod connection_string;
mod create;
mod delete;
mod exec;
mod fake;
mod help;
mod hostile;
mod link;
mod pages;
mod process;
mod rbac;
mod rolling;
mod scale;
mod schemas;
mod secrets;
mod status;
mod version;
