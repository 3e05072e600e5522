//! kubectl-zk: Apache ZooKeeper ensembles on Kubernetes.

pub mod cluster;
pub mod ensemble;
pub mod error;
pub mod health;
pub mod manifest;
pub mod plan;
pub mod ui;
pub mod zookeeper;
