//! The built binary against the real cluster of `testbed/`: what only real servers, disks, nodes and rights can show.
//!
//! Each test has a namespace of its own with `restricted` Pod Security. The harness is `bed` (where the cluster is),
//! `turns` (how many ensembles run at once), `namespace` (commands in it), `ensemble` (one ensemble, and its data written
//! and read back by `writer`), `writers` (two writers throughout a change), `scaling` (`scale`, and what it must leave),
//! `chance` (random moments), `clients` (clients of other people's making),
//! `terminal` (a shell whose keys are pressed). Nothing here sleeps
//! for a fixed time: it waits until something is so.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what was measured, and how things were when a test failed"
)]

mod bed;
mod chance;
mod clients;
mod ensemble;
mod namespace;
mod run;
mod scaling;
mod terminal;
mod turns;
mod user;
mod writers;

mod addresses;
mod again;
mod by_hand;
mod by_hand_shapes;
mod causes;
mod clients_connect;
mod completion;
mod connection;
mod deletes;
mod disks;
mod failover;
mod foreign_disk;
mod interrupted;
mod kept;
mod keys;
mod krew;
mod lost_disk;
mod mended;
mod plain;
mod rbac;
mod rbac_rolling;
mod rbac_scale;
mod replace;
mod restart;
mod rights;
mod rolled;
mod scale;
mod scale_by_hand;
mod scale_cut;
mod scale_frozen;
mod scale_kept;
mod scale_leader;
mod scale_observers;
mod scale_refused;
mod scale_two;
mod schemas;
mod secrets;
mod shop;
mod small;
mod stops;
mod terminating;
mod transcripts;
mod update;
mod update_bad;
mod update_cut;
mod words;
mod zz_control;
mod zz_nodes;
mod zz_rolling_nodes;
mod zz_scale_nodes;
