//! Floor 2: the API server and the pods behind it.
//!
//! The only module that names `kube` and opens connections. It knows how to
//! reach a cluster as kubectl does (flags, kubeconfig, credentials, proxies) and
//! what its errors mean. It must not know what an ensemble needs next, and it
//! prints nothing.

pub mod client;
pub mod config;
pub mod credentials;
pub mod denied;
pub mod dial;
pub mod env;
pub mod exec;
pub mod fault;
pub mod flags;
pub mod forward;
pub mod kubeconfig;
pub mod login;
pub mod logs;
mod no_proxy;
mod overrides;
pub mod proxy;
pub mod reach;
pub mod send;
pub mod status;
pub mod warnings;

pub use client::Connected;
pub use client::connect;
pub use dial::Dial;
pub use dial::Unreachable;
pub use env::Env;
pub use fault::Fault;
pub use flags::Connection;
pub use forward::PortForward;
pub use warnings::Warnings;
