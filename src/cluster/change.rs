//! Changes an ensemble's objects to what they shall be, disks and intent included. Knows nothing of servers, and not what
//! differs.

use std::collections::BTreeSet;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::networking::v1::NetworkPolicy;
use kube::ResourceExt as _;
use kube::api::DeleteParams;
use kube::api::Patch;
use kube::api::PatchParams;
use kube::api::Preconditions;
use serde_json::json;

use crate::cluster::Cluster;
use crate::cluster::apply::Making;
use crate::cluster::apply::Versions;
use crate::cluster::apply::described;
use crate::cluster::compare::requested;
use crate::cluster::compare::template_size;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::cluster::remove::Kind;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Quantity;
use crate::ensemble::ServerId;
use crate::manifest;
use crate::manifest::config_map;

/// Whether a StatefulSet can be applied.
enum Room {
    /// It is there.
    Taken,
    /// Another one is there, and goes.
    Going,
    /// None is there.
    Free,
}

/// What became of objects that were to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// All are as wished.
    All,
    /// These are still being deleted, to be made again.
    Going(Vec<String>),
}

impl Cluster {
    /// Changes these objects to what the ensemble shall be.
    ///
    /// # Errors
    /// The first fault; what was changed stays.
    pub async fn apply_changed(
        &self,
        wish: &Ensemble,
        objects: &[String],
        making: Making,
    ) -> Result<Applied, Fault> {
        let wanted = |described: String| objects.contains(&described);
        let mut changed = manifest::build(wish);
        let none = Versions::new();
        if wanted(described(&changed.budget)) {
            self.apply_one(&changed.budget, &none, making).await?;
        }
        match &changed.network_policy {
            Some(policy) if wanted(described(policy)) => {
                self.apply_one(policy, &none, making).await?;
            }
            Some(_) => {}
            None => self.remove_policy(&wish.name, objects).await?,
        }
        for service in changed.services.iter().filter(|it| wanted(described(*it))) {
            self.apply_one(service, &none, making).await?;
        }
        if wanted(described(&changed.config)) {
            self.apply_one(&changed.config, &none, making).await?;
        }
        changed.stateful_sets.retain(|set| wanted(described(set)));
        let (mut going, mut gone) = (Vec::new(), BTreeSet::new());
        for set in &changed.stateful_sets {
            match self.room(set).await? {
                Room::Taken => {}
                Room::Going => going.push(described(set)),
                Room::Free => gone.extend(facts::server_id(&set.metadata)),
            }
        }
        if !going.is_empty() {
            return Ok(Applied::Going(going));
        }
        self.apply_servers(&changed, &none, making).await?;
        self.keep_marks(&wish.name, &gone).await?;
        Ok(Applied::All)
    }

    /// The disks of these servers that are smaller than wished. Whether they may grow is asked of the API server.
    ///
    /// # Errors
    /// Any fault; that their class does not let them grow.
    pub async fn small_disks(
        &self,
        wish: &Ensemble,
        size: &Quantity,
    ) -> Result<BTreeSet<ServerId>, Fault> {
        let mut small = BTreeSet::new();
        for (id, claim) in self.claims(wish).await? {
            if asked(&claim).is_some_and(|have| have < *size) {
                self.grow(&claim, &size.to_string(), true).await?;
                small.insert(id);
            }
        }
        Ok(small)
    }

    /// What the largest of its disks asks for; none where it has none.
    ///
    /// # Errors
    /// Any fault.
    pub async fn largest_disk(&self, ensemble: &Ensemble) -> Result<Option<Quantity>, Fault> {
        let claims = self.claims(ensemble).await?;
        Ok(claims.iter().filter_map(|(_, claim)| asked(claim)).max())
    }

    /// The disks that its servers have.
    async fn claims(
        &self,
        ensemble: &Ensemble,
    ) -> Result<Vec<(ServerId, PersistentVolumeClaim)>, Fault> {
        let mut claims = Vec::new();
        for id in ensemble.roles().into_keys() {
            let found: Option<PersistentVolumeClaim> = self.get(&ensemble.name.claim(id)).await?;
            claims.extend(found.map(|claim| (id, claim)));
        }
        Ok(claims)
    }

    /// Has the disks of these servers grow to this size.
    ///
    /// # Errors
    /// The first fault.
    pub async fn grow_disks(
        &self,
        name: &EnsembleName,
        servers: &BTreeSet<ServerId>,
        size: &str,
    ) -> Result<(), Fault> {
        for id in servers {
            let claim: Option<PersistentVolumeClaim> = self.get(&name.claim(*id)).await?;
            if let Some(claim) = claim {
                self.grow(&claim, size, false).await?;
            }
        }
        Ok(())
    }

    /// The intent before the last `update`.
    ///
    /// # Errors
    /// Any fault; that it cannot be read.
    pub async fn intent_before(&self, name: &EnsembleName) -> Result<Option<Ensemble>, Fault> {
        let map: Option<ConfigMap> = self.get(&name.intent()).await?;
        let data = map.and_then(|map| map.data).unwrap_or_default();
        let read = |text: &String| {
            serde_json::from_str(text).map_err(|error| {
                let map = name.intent();
                Fault::Answer(format!(
                    "{} of ConfigMap {map}: {error}",
                    config_map::BEFORE
                ))
            })
        };
        data.get(config_map::BEFORE).map(read).transpose()
    }

    /// Deletes configurations that no StatefulSet names; gives their names.
    ///
    /// # Errors
    /// The first fault.
    pub async fn remove_old_configs(&self, wish: &Ensemble) -> Result<Vec<String>, Fault> {
        let used = config_map::config(wish).metadata.name;
        let prefix = wish.name.config_prefix();
        let maps = self
            .of_kind::<ConfigMap>(&wish.name, Kind::ConfigMap)
            .await?;
        let old = |name: &String| name.starts_with(&prefix) && Some(name) != used.as_ref();
        let mut removed = Vec::new();
        for map in maps.into_iter().filter(|map| old(&map.name)) {
            self.remove(&map, false).await?;
            removed.push(map.to_string());
        }
        Ok(removed)
    }

    async fn remove_policy(&self, name: &EnsembleName, objects: &[String]) -> Result<(), Fault> {
        if !objects
            .iter()
            .any(|object| object.starts_with("networkpolicy"))
        {
            return Ok(());
        }
        let policies = self
            .of_kind::<NetworkPolicy>(name, Kind::NetworkPolicy)
            .await?;
        for policy in policies {
            self.remove(&policy, false).await?;
        }
        Ok(())
    }

    /// A StatefulSet whose claims shall be larger is made again; its pod stays, and the next one takes it over.
    async fn room(&self, set: &StatefulSet) -> Result<Room, Fault> {
        let name = set.name_any();
        let live: Option<StatefulSet> = self.get(&name).await?;
        let goes = |live: &StatefulSet| {
            let ends = live.metadata.deletion_timestamp.is_some();
            ends || template_size(live) != template_size(set)
        };
        let live = match live {
            None => return Ok(Room::Free),
            Some(live) if goes(&live) => live,
            Some(_) => return Ok(Room::Taken),
        };
        let params = DeleteParams {
            preconditions: Some(Preconditions {
                uid: live.uid(),
                resource_version: None,
            }),
            ..DeleteParams::orphan()
        };
        let deleted = self.api::<StatefulSet>().delete(&name, &params).await;
        match deleted.map_err(Fault::from) {
            Err(fault) if !fault.is_not_found() => Err(fault),
            _ => Ok(Room::Going),
        }
    }

    async fn grow(
        &self,
        claim: &PersistentVolumeClaim,
        size: &str,
        dry_run: bool,
    ) -> Result<(), Fault> {
        let patch = json!({
            "metadata": {"uid": claim.metadata.uid},
            "spec": {"resources": {"requests": {"storage": size}}},
        });
        let params = PatchParams {
            dry_run,
            ..PatchParams::default()
        };
        let api = self.api::<PersistentVolumeClaim>();
        api.patch(&claim.name_any(), &params, &Patch::Merge(patch))
            .await?;
        Ok(())
    }
}

/// The size that a disk asks for, if it can be read.
fn asked(claim: &PersistentVolumeClaim) -> Option<Quantity> {
    requested(claim)?.parse().ok()
}
