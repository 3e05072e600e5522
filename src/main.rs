//! kubectl-zk
fn main() {}
