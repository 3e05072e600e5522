//! kubectl-zk: Apache ZooKeeper ensembles on Kubernetes.

pub mod ensemble;
pub mod error;
pub mod ui;
