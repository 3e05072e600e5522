//! Floor 0: the nouns. Depends on std, serde and thiserror alone; knows neither Kubernetes' nor ZooKeeper's wire.

pub mod server_id;

pub use server_id::ServerId;
