//! What a command line may name: ensembles, namespaces, storage classes, each by one request. Knows how to ask quickly;
//! must not know who asks.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::api::storage::v1::StorageClass;
use kube::Api;
use kube::ResourceExt;
use kube::api::ListParams;

use crate::cluster::Cluster;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::cluster::join::join_one;
use crate::cluster::join::names;
use crate::cluster::world::CHUNK;
use crate::cluster::world::Scope;
use crate::cluster::world::World;
use crate::ensemble::Observed;
use crate::manifest::labels;

/// What makes a storage class the default (Kubernetes: "Change the default StorageClass").
const DEFAULT_CLASS: &str = "storageclass.kubernetes.io/is-default-class";

impl Cluster {
    /// The ensembles of the namespace that have pods, by one request; by one more where a pod was made by hand, as their
    /// Services name those ensembles. Their servers are not asked.
    ///
    /// # Errors
    /// Any fault, a missing right among them.
    pub async fn ensembles(&self) -> Result<Vec<Observed>, Fault> {
        let scope = Scope {
            namespace: Some(self.namespace.clone()),
            ..Scope::default()
        };
        let pods = scope.pods(&self.client).await?;
        let instance = |pod| facts::label(pod, labels::INSTANCE);
        let by_hand = pods.iter().any(|pod| instance(&pod.metadata).is_none());
        let services = match by_hand {
            true => self.services().await?,
            false => Vec::new(),
        };
        let world = World {
            pods,
            services,
            ..World::default()
        };
        let named = names(&world).into_iter().filter_map(|(namespace, name)| {
            let name = name.parse().ok()?;
            Some(join_one(&world, &namespace, name, &BTreeMap::new()))
        });
        Ok(named.collect())
    }

    /// The names of all namespaces: the first 500.
    ///
    /// # Errors
    /// Any fault, a missing right among them.
    pub async fn namespaces(&self) -> Result<Vec<String>, Fault> {
        let namespaces: Api<Namespace> = Api::all(self.client.clone());
        let params = ListParams::default().limit(CHUNK);
        let listed = namespaces.list_metadata(&params).await?;
        Ok(listed.iter().map(ResourceExt::name_any).collect())
    }

    /// The storage classes, and which of them is the default.
    ///
    /// # Errors
    /// Any fault, a missing right among them.
    pub async fn storage_classes(&self) -> Result<Vec<(String, bool)>, Fault> {
        let classes: Api<StorageClass> = Api::all(self.client.clone());
        let params = ListParams::default().limit(CHUNK);
        let listed = classes.list_metadata(&params).await?;
        let class = |class: &kube::core::PartialObjectMeta<StorageClass>| {
            let marked = class.annotations().get(DEFAULT_CLASS);
            (class.name_any(), marked.is_some_and(|it| it == "true"))
        };
        Ok(listed.iter().map(class).collect())
    }
}
