//! kubectl-zk: create and run Apache ZooKeeper ensembles on Kubernetes, without an operator.
//!
//! Nothing but the world is the state: every verb *looks*, *decides*, *does*, and looks again. Interrupt it anywhere and
//! run it again. The modules are floors; each looks only down, and says at its head what it must not know
//! (`tests/floors.rs` holds them to it):
//!
//! | floor | module | what it is |
//! |---|---|---|
//! | 7 | [`cli`] | flags and dispatch |
//! | 6 | [`commands`] | one verb per file: look, decide, show or ask, do |
//! | 5 | [`error`] | what a command fails with: kind, causes, hints, exit code |
//! | 4 | [`ui`] | the only module that prints |
//! | 3 | [`execute`] | the loop: until done, the deadline, or a signal |
//! | 2 | [`cluster`] | the only module that knows `kube` and the network |
//! | 1 | [`manifest`], [`plan`], [`health`], [`zookeeper`] | blind to each other; the first three pure, the last the wire over any byte stream |
//! | 0 | [`ensemble`] | the nouns |
//!
//! Two nouns carry everything: [`Ensemble`](ensemble::Ensemble), what shall be, is the only input of `manifest`;
//! [`Observed`](ensemble::Observed), what is, is the only input of `plan` and `health`. The data is kept safe by the start
//! script (`manifest/files/start.sh`), which decides on each server's own disk whether it founds, continues or joins.
//!
//! To read: `ensemble::intent`, `manifest`, `ensemble::observed`, `plan::begin`, `plan::founding`, then `commands::create`;
//! for changes of members `plan::step`, `plan::scale`, `plan::simulate`, `commands::drive`, `commands::perform`.
//! To add a verb: a file in `commands`, a line in `cli::Command`, tests in `tests/cli` and `tests/live`.

pub mod cli;
pub mod cluster;
pub mod commands;
pub mod ensemble;
pub mod error;
pub mod execute;
pub mod health;
pub mod manifest;
pub mod plan;
pub mod ui;
pub mod zookeeper;
