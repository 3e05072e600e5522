//! Makes and removes single servers of an ensemble that there is, and changes its intent by compare-and-set: of two commands
//! at once the one that looked before the other wrote does nothing.

use std::collections::BTreeSet;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::ResourceExt as _;
use kube::api::Patch;
use kube::api::PatchParams;
use serde_json::Value;
use serde_json::json;

use crate::cluster::Cluster;
use crate::cluster::Object;
use crate::cluster::apply::Making;
use crate::cluster::apply::Versions;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::cluster::join;
use crate::cluster::remove::Kind;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::manifest;
use crate::manifest::Objects;
use crate::manifest::config_map;
use crate::manifest::guard;
use crate::manifest::identity;
use crate::manifest::labels;

/// Whether a compare-and-set was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// It was.
    Done,
    /// Someone else has changed it since it was looked at.
    Stale,
}

impl Cluster {
    /// Writes the intent, and which servers go for good, if both still are as they were seen.
    ///
    /// # Errors
    /// Any fault but that someone else was quicker.
    pub async fn set_intent(
        &self,
        seen: &Observed,
        wish: &Ensemble,
        leaving: &BTreeSet<ServerId>,
    ) -> Result<Set, Fault> {
        let list = match leaving.is_empty() {
            true => Value::Null,
            false => identity::id_list(leaving.iter().copied()).into(),
        };
        self.write_intent(seen, wish, None, json!({labels::LEAVING: list}))
            .await
    }

    /// Writes the intent, and keeps the one that was seen as the one before, if it still is as it was seen. One whose own update
    /// has not come to its end is no way back: the one before it stays.
    ///
    /// # Errors
    /// Any fault but that someone else was quicker.
    pub async fn set_wish(&self, seen: &Observed, wish: &Ensemble) -> Result<Set, Fault> {
        let before = seen.ensemble().filter(|_| !seen.updating);
        self.write_intent(seen, wish, before, json!({labels::UPDATING: "true"}))
            .await
    }

    /// Notes that all servers have come to run the intent that was seen, if it still is that one.
    ///
    /// # Errors
    /// Any fault but that someone else was quicker.
    pub async fn end_update(&self, seen: &Observed, wish: &Ensemble) -> Result<Set, Fault> {
        let none = json!({labels::UPDATING: Value::Null});
        self.write_intent(seen, wish, None, none).await
    }

    async fn write_intent(
        &self,
        seen: &Observed,
        wish: &Ensemble,
        before: Option<&Ensemble>,
        annotations: Value,
    ) -> Result<Set, Fault> {
        let api = self.api::<ConfigMap>();
        let now = api.get(&seen.name.intent()).await?;
        let same = join::intent(Some(&now)) == seen.intent
            && facts::ids(&now.metadata, labels::LEAVING) == seen.leaving
            && join::is_updating(&now) == seen.updating;
        if !same {
            return Ok(Set::Stale);
        }
        let wanted = config_map::intent(wish, before);
        let patch = json!({
            "metadata": {
                "resourceVersion": now.resource_version(),
                "annotations": annotations,
                "labels": wanted.metadata.labels,
            },
            "data": wanted.data,
        });
        let params = PatchParams {
            field_manager: Some(labels::MANAGER.to_owned()),
            ..PatchParams::default()
        };
        let (name, patch) = (seen.name.intent(), Patch::Merge(patch));
        match api.patch(&name, &params, &patch).await.map_err(Fault::from) {
            Err(fault) if fault.is_conflict() => Ok(Set::Stale),
            result => result.map(|_| Set::Done),
        }
    }

    /// Has the disruption budget keep all of so many servers but one.
    ///
    /// # Errors
    /// Any fault.
    pub async fn set_budget(
        &self,
        ensemble: &Ensemble,
        servers: usize,
        making: Making,
    ) -> Result<(), Fault> {
        let budget = guard::budget(ensemble, servers);
        let none = Versions::new();
        self.apply_one(&budget, &none, making).await?;
        Ok(())
    }

    /// Makes these servers: configuration and Services first, as a container sees only what is there when it is made.
    ///
    /// # Errors
    /// The first fault; what was made stays.
    pub async fn start_servers(
        &self,
        ensemble: &Ensemble,
        ids: &BTreeSet<ServerId>,
        making: Making,
    ) -> Result<(), Fault> {
        let objects = only(manifest::build(ensemble), ids);
        let none = Versions::new();
        self.apply_one(&objects.config, &none, making).await?;
        for service in &objects.services {
            self.apply_one(service, &none, making).await?;
        }
        self.apply_servers(&objects, &none, making).await?;
        Ok(())
    }

    /// Deletes the StatefulSets of these servers; their pods end by themselves.
    ///
    /// # Errors
    /// Any fault but that it is gone.
    pub async fn stop_servers(
        &self,
        name: &EnsembleName,
        ids: &BTreeSet<ServerId>,
    ) -> Result<(), Fault> {
        let names = ids.iter().map(|id| name.stateful_set(*id)).collect();
        self.remove_named::<StatefulSet>(name, Kind::StatefulSet, names)
            .await
    }

    /// Deletes what is left of servers that are gone: the Services of some, the disks of some.
    ///
    /// # Errors
    /// Any fault but that it is gone.
    pub async fn remove_remains(
        &self,
        name: &EnsembleName,
        services: &BTreeSet<ServerId>,
        disks: &BTreeSet<ServerId>,
    ) -> Result<(), Fault> {
        let both = |id: &ServerId| [name.peer_service(*id), name.election_service(*id)];
        let services = services.iter().flat_map(both).collect();
        let disks = disks.iter().map(|id| name.claim(*id)).collect();
        self.remove_named::<Service>(name, Kind::Service, services)
            .await?;
        self.remove_named::<PersistentVolumeClaim>(name, Kind::Disk, disks)
            .await
    }

    /// Deletes those of these names that are this ensemble's.
    async fn remove_named<K: Object>(
        &self,
        name: &EnsembleName,
        kind: Kind,
        names: Vec<String>,
    ) -> Result<(), Fault> {
        if names.is_empty() {
            return Ok(());
        }
        let things = self.of_kind::<K>(name, kind).await?;
        for thing in things.iter().filter(|thing| names.contains(&thing.name)) {
            self.remove(thing, false).await?;
        }
        Ok(())
    }
}

/// Of an ensemble's objects those of these servers, with the configuration they run.
fn only(objects: Objects, ids: &BTreeSet<ServerId>) -> Objects {
    let of_them = |metadata: &ObjectMeta| {
        let id = facts::server_id(metadata);
        id.is_some_and(|id| ids.contains(&id))
    };
    let Objects {
        mut services,
        mut stateful_sets,
        ..
    } = objects;
    services.retain(|service| of_them(&service.metadata));
    stateful_sets.retain(|set| of_them(&set.metadata));
    Objects {
        services,
        stateful_sets,
        ..objects
    }
}
