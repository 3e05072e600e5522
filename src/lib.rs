//! kubectl-zk: Apache ZooKeeper ensembles on Kubernetes.

pub mod cluster;
pub mod ensemble;
