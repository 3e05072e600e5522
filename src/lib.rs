//! kubectl-zk
