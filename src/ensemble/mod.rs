//! Floor 0: the nouns. Depends on std, serde and thiserror alone; knows neither Kubernetes' nor ZooKeeper's wire.

pub mod membership;
pub mod server_id;
pub mod zxid;

pub use server_id::ServerId;
