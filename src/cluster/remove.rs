//! Removes objects, each by its uid: what took its name meanwhile is another and stays.

use std::fmt;
use std::fmt::Debug;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::NetworkPolicy;
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use kube::Api;
use kube::Resource;
use kube::ResourceExt as _;
use kube::api::DeleteParams;
use kube::api::ListParams;
use kube::api::Preconditions;

use crate::cluster::Cluster;
use crate::cluster::Object;
use crate::cluster::apply::described;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::cluster::world;
use crate::ensemble::EnsembleName;
use crate::manifest::labels;

/// The kinds of objects that an ensemble has, in the order in which they go: servers first, the intent last, so that
/// whoever looks in between still sees whose the rest is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Servers; their pods go with them.
    StatefulSet,
    /// Services.
    Service,
    /// The network policy.
    NetworkPolicy,
    /// The budget.
    Budget,
    /// Disks: data.
    Disk,
    /// The identity: data's other half.
    Identity,
    /// Configuration, seal and, last, the intent.
    ConfigMap,
}

/// One object of an ensemble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its uid.
    pub uid: String,
    /// Whether it is being deleted.
    pub going: bool,
    /// `service/zk-client`
    described: String,
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.described)
    }
}

impl Thing {
    /// Whether data goes with it.
    pub fn is_data(&self) -> bool {
        matches!(self.kind, Kind::Disk | Kind::Identity)
    }
}

impl Cluster {
    /// Everything that carries the ensemble's labels, in the order in which it goes.
    ///
    /// # Errors
    /// Any fault.
    pub async fn things(&self, name: &EnsembleName) -> Result<Vec<Thing>, Fault> {
        let mut things = self.of_kind::<StatefulSet>(name, Kind::StatefulSet).await?;
        things.extend(self.of_kind::<Service>(name, Kind::Service).await?);
        things.extend(
            self.of_kind::<NetworkPolicy>(name, Kind::NetworkPolicy)
                .await?,
        );
        things.extend(
            self.of_kind::<PodDisruptionBudget>(name, Kind::Budget)
                .await?,
        );
        things.extend(
            self.of_kind::<PersistentVolumeClaim>(name, Kind::Disk)
                .await?,
        );
        // The Secret is asked for by name: a right to list Secrets would show those of others.
        if let Some(secret) = self
            .get::<Secret>(&name.identity())
            .await?
            .filter(|secret| facts::is_ours(&secret.metadata, name))
        {
            things.push(thing(&secret, Kind::Identity));
        }
        let mut maps = self.of_kind::<ConfigMap>(name, Kind::ConfigMap).await?;
        maps.sort_by_key(|map| (map.name == name.intent(), map.name == name.seal()));
        things.extend(maps);
        Ok(things)
    }

    /// Removes one object, if it is still the one that was seen.
    ///
    /// # Errors
    /// Any fault but that it is gone.
    pub async fn remove(&self, thing: &Thing, dry_run: bool) -> Result<(), Fault> {
        match thing.kind {
            Kind::StatefulSet => self.delete::<StatefulSet>(thing, dry_run).await,
            Kind::Service => self.delete::<Service>(thing, dry_run).await,
            Kind::NetworkPolicy => self.delete::<NetworkPolicy>(thing, dry_run).await,
            Kind::Budget => self.delete::<PodDisruptionBudget>(thing, dry_run).await,
            Kind::Disk => self.delete::<PersistentVolumeClaim>(thing, dry_run).await,
            Kind::Identity => self.delete::<Secret>(thing, dry_run).await,
            Kind::ConfigMap => self.delete::<ConfigMap>(thing, dry_run).await,
        }
    }

    /// The ensemble's pods that are still there.
    ///
    /// # Errors
    /// Any fault.
    pub async fn pods_left(&self, name: &EnsembleName) -> Result<Vec<String>, Fault> {
        let api: Api<Pod> = self.api();
        let selector = format!(
            "{}={},{}={name}",
            labels::NAME,
            labels::POD,
            labels::INSTANCE
        );
        let pods = world::list(&api, &ListParams::default().labels(&selector)).await?;
        Ok(pods.iter().map(described).collect())
    }

    /// Those of a kind that carry the ensemble's labels.
    pub(crate) async fn of_kind<K: Object>(
        &self,
        name: &EnsembleName,
        kind: Kind,
    ) -> Result<Vec<Thing>, Fault> {
        let api = self.api::<K>();
        let selector = format!(
            "{}={},{}={name}",
            labels::MANAGED_BY,
            labels::MANAGER,
            labels::INSTANCE
        );
        let objects = world::list(&api, &ListParams::default().labels(&selector)).await?;
        Ok(objects.iter().map(|object| thing(object, kind)).collect())
    }

    async fn delete<K: Object>(&self, thing: &Thing, dry_run: bool) -> Result<(), Fault> {
        let api = self.api::<K>();
        let preconditions = Preconditions {
            uid: Some(thing.uid.clone()),
            resource_version: None,
        };
        let params = DeleteParams {
            dry_run,
            preconditions: Some(preconditions),
            ..DeleteParams::background()
        };
        match api.delete(&thing.name, &params).await.map_err(Fault::from) {
            Err(fault) if !fault.is_not_found() => Err(fault),
            _ => Ok(()),
        }
    }
}

fn thing<K: Resource<DynamicType = ()>>(object: &K, kind: Kind) -> Thing {
    Thing {
        kind,
        name: object.name_any(),
        uid: object.uid().unwrap_or_default(),
        going: object.meta().deletion_timestamp.is_some(),
        described: described(object),
    }
}
