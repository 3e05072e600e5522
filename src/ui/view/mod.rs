//! The views: frozen, versioned shapes (`apiVersion: kubectl-zk/v1`) from which table, JSON and YAML are made alike.
//! A field may be added; none changes its meaning or goes away.

pub mod answers;
pub mod connection;
pub mod diff;
pub mod schema;
pub mod server;
pub mod status;
pub mod status_list;
pub mod steps;
pub mod version;

/// The version of every view.
pub const API_VERSION: &str = "kubectl-zk/v1";
