//! An ensemble by its pods alone: the least to ask for where servers are only to be spoken to, and nothing is decided.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::api::core::v1::Service;
use kube::api::ListParams;

use crate::cluster::Cluster;
use crate::cluster::fault::Fault;
use crate::cluster::join::join_one;
use crate::cluster::join::names;
use crate::cluster::observe::Asking;
use crate::cluster::world::Scope;
use crate::cluster::world::World;
use crate::cluster::world::list;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;

impl Cluster {
    /// An ensemble's servers and their pods, by one request; by two more at once if it was made by hand. Of an ensemble
    /// without pods, all that [`Cluster::observe`] tells; none if no object speaks of it.
    ///
    /// # Errors
    /// The pods cannot be listed, or the API server fails.
    pub async fn observe_pods(&self, name: &EnsembleName) -> Result<Option<Observed>, Fault> {
        let all = Scope {
            namespace: Some(self.namespace.clone()),
            ..Scope::default()
        };
        let ours = Scope {
            instance: Some(name.to_string()),
            ..all.clone()
        };
        let pods = ours.pods(&self.client).await?;
        if let Some(seen) = self.joined(name, pods, Vec::new()) {
            return Ok(Some(seen));
        }
        let (pods, services) = futures::join!(all.pods(&self.client), self.services());
        match self.joined(name, pods?, services?) {
            Some(seen) => Ok(Some(seen)),
            None => self.observe(name, Asking::nobody()).await,
        }
    }

    fn joined(
        &self,
        name: &EnsembleName,
        pods: Vec<Pod>,
        services: Vec<Service>,
    ) -> Option<Observed> {
        let world = World {
            pods,
            services,
            ..World::default()
        };
        let key = (self.namespace.clone(), name.to_string());
        let seen = join_one(&world, &self.namespace, name.clone(), &BTreeMap::new());
        let is_there = seen.members.values().any(|member| member.pod.is_some());
        (names(&world).contains(&key) && is_there).then_some(seen)
    }

    /// All of the namespace; none where they may not be seen.
    pub(crate) async fn services(&self) -> Result<Vec<Service>, Fault> {
        match list(&self.api(), &ListParams::default()).await {
            Err(fault) if fault.is_forbidden() => Ok(Vec::new()),
            services => services,
        }
    }
}
