//! Floor 2: the API server and the pods behind it.
//!
//! The only module that names `kube` and opens connections. It knows how to reach a cluster as kubectl does (flags,
//! kubeconfig, credentials, proxies), how to look at ensembles, and how to make and remove their objects. It must not know
//! what an ensemble needs next, and it prints nothing.
//!
//! Reading order: `flags`, `config`, `client` (the way there); `dial`, `probe`, `observe` (looking); `apply`, `ground`,
//! `remove` (doing).

pub mod apply;
mod by_hand;
pub mod change;
pub mod client;
pub mod compare;
pub mod config;
pub mod credentials;
pub mod denied;
pub mod dial;
pub mod env;
pub mod exec;
mod explain;
mod facts;
pub mod fault;
pub mod flags;
pub mod forward;
pub mod ground;
mod join;
pub mod kubeconfig;
pub mod login;
pub mod logs;
pub mod members;
mod no_proxy;
pub mod observe;
mod offers;
mod overrides;
mod parts;
mod pod;
pub mod pods;
mod policy;
pub mod probe;
pub mod proxy;
pub mod reach;
pub mod remove;
pub mod retry;
mod rights;
mod roll;
pub mod send;
pub mod servers;
pub mod services;
mod slim;
pub mod status;
mod survey;
mod tcp;
mod usable;
pub mod warnings;
pub mod world;

pub use client::Connected;
pub use client::connect;
pub use config::namespace;
pub use dial::Dial;
pub use dial::Unreachable;
pub use env::Env;
pub use fault::Fault;
pub use flags::Connection;
pub use forward::PortForward;
pub use warnings::Warnings;

use std::fmt::Debug;
use std::sync::Arc;

use http::Request;
use k8s_openapi::NamespaceResourceScope;
use kube::Api;
use kube::Client;
use kube::Resource;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A kind of object that lives in a namespace and is known at compile time.
pub(crate) trait Object:
    Resource<DynamicType = (), Scope = NamespaceResourceScope>
    + Serialize
    + DeserializeOwned
    + Clone
    + Debug
{
}

impl<K> Object for K where
    K: Resource<DynamicType = (), Scope = NamespaceResourceScope>
        + Serialize
        + DeserializeOwned
        + Clone
        + Debug
{
}

/// A cluster, and the namespace to work in.
#[derive(Clone)]
pub struct Cluster {
    /// The API server.
    pub client: Client,
    /// The namespace.
    pub namespace: String,
    /// The kubeconfig's context; empty where none was used.
    pub context: String,
    /// What the API server said beside its answers.
    pub warnings: Warnings,
    dialer: Dialer,
}

/// Makes the seam for a namespace: port-forwards in production, servers in memory in tests.
pub type Dialer = Arc<dyn Fn(&str) -> Arc<dyn Dial> + Send + Sync>;

impl Cluster {
    /// The cluster at the end of this connection.
    pub fn new(connected: Connected) -> Self {
        let client = connected.client.clone();
        let forward = move |namespace: &str| -> Arc<dyn Dial> {
            Arc::new(PortForward::new(client.clone(), namespace))
        };
        Self::with_dialer(connected, Arc::new(forward))
    }

    /// The same, with another way to the servers.
    pub fn with_dialer(connected: Connected, dialer: Dialer) -> Self {
        Self {
            client: connected.client,
            namespace: connected.namespace,
            context: connected.context,
            warnings: connected.warnings,
            dialer,
        }
    }

    /// What the API server says of its version.
    ///
    /// # Errors
    /// Any fault.
    pub async fn version(&self) -> Result<Value, Fault> {
        let request = Request::get("/version").body(Vec::new());
        let request = request.map_err(|error| Fault::Answer(error.to_string()))?;
        Ok(self.client.request(request).await?)
    }

    /// The way to the servers of a namespace.
    pub fn dial(&self, namespace: &str) -> Arc<dyn Dial> {
        (self.dialer)(namespace)
    }

    /// What time it is, in seconds since 1970.
    pub fn now(&self) -> i64 {
        join::now()
    }

    /// The objects of a kind in the namespace.
    pub(crate) fn api<K: Object>(&self) -> Api<K> {
        Api::namespaced(self.client.clone(), &self.namespace)
    }
}
