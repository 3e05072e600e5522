//! Floor 0: the nouns. Depends on std, serde (with JSON values) and thiserror alone; knows neither Kubernetes' nor ZooKeeper's wire.
//!
//! Two of them carry everything: [`Ensemble`] is what shall be, [`Observed`] what is.

pub mod chroot;
pub mod connect_string;
pub mod difference;
pub mod ground;
pub mod intent;
pub mod membership;
pub mod mode;
pub mod name;
pub mod observed;
mod peer_service;
pub mod placement;
pub mod quantity;
pub mod quorum;
pub mod roles;
pub mod server_id;
pub mod setting;
mod setting_names;
pub mod size;
pub mod spelling;
pub mod trouble;
pub mod version;
pub mod zxid;

pub use chroot::Chroot;
pub use connect_string::Address;
pub use connect_string::ConnectString;
pub use intent::Ensemble;
pub use membership::Membership;
pub use mode::Mode;
pub use name::EnsembleName;
pub use observed::Member;
pub use observed::Observed;
pub use peer_service::PeerService;
pub use quantity::Quantity;
pub use server_id::ServerId;
pub use size::Size;
pub use version::Version;
pub use zxid::Zxid;
