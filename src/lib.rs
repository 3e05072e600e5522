//! kubectl-zk: Apache ZooKeeper ensembles on Kubernetes.

pub mod ensemble;
