//! Makes objects: server-side apply in the order in which they need each other, and what is made once by POST.
//! Knows how to make them; not whether they should be.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Debug;

use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::Secret;
use kube::Resource;
use kube::ResourceExt as _;
use kube::api::ListParams;
use kube::api::Patch;
use kube::api::PatchParams;
use kube::api::PostParams;
use serde_json::json;

use crate::cluster::Cluster;
use crate::cluster::Object;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::cluster::world;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::manifest::Objects;
use crate::manifest::config_map;
use crate::manifest::identity;
use crate::manifest::labels;

/// How to make objects.
#[derive(Clone, Copy, Debug, Default)]
pub struct Making {
    /// Take over fields that others manage.
    pub force: bool,
    /// Let the server check everything and keep nothing.
    pub dry_run: bool,
}

/// What tells apart the versions of the objects that were there before, by `kind/name`.
pub type Versions = BTreeMap<String, String>;

/// What is written on the disks of a founded ensemble.
#[derive(Clone, Debug)]
pub struct Marking<'a> {
    /// The ensemble's UUID.
    pub uuid: &'a str,
    /// Who votes.
    pub voters: BTreeSet<ServerId>,
    /// The intent, as JSON: empty if it is not known.
    pub intent: &'a str,
    /// Whether the voters are those of the committed configuration. If not, and any disk is marked, nothing is touched: one
    /// without a mark was made since, and is empty.
    pub committed: bool,
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there.
    Created,
    /// It was there, and another.
    Configured,
    /// It was there, and the same.
    Unchanged,
}

/// An object and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// `statefulset.apps/zk-server-1`
    pub object: String,
    /// What became of it.
    pub change: Change,
}

impl Cluster {
    /// Makes the intent, and with it takes the name: of two at once one is told that it came second.
    ///
    /// # Errors
    /// [`Fault::AlreadyExists`], or any other.
    pub async fn take_name(&self, intent: &ConfigMap, making: Making) -> Result<Made, Fault> {
        self.post(intent, making).await
    }

    /// Makes the identity, unless it is there.
    ///
    /// # Errors
    /// Any fault but that it is there.
    pub async fn make_identity(&self, secret: &Secret, making: Making) -> Result<Made, Fault> {
        match self.post(secret, making).await {
            Err(fault) if fault.is_already_exists() => Ok(Made {
                object: described(secret),
                change: Change::Unchanged,
            }),
            result => result,
        }
    }

    /// Makes the seal, unless it is there.
    ///
    /// # Errors
    /// Any fault but that it is there.
    pub async fn seal(&self, name: &EnsembleName, making: Making) -> Result<Made, Fault> {
        let seal = config_map::seal(name);
        match self.post(&seal, making).await {
            Err(fault) if fault.is_already_exists() => Ok(Made {
                object: described(&seal),
                change: Change::Unchanged,
            }),
            result => result,
        }
    }

    /// Applies everything but the intent and the servers: a container sees only the Services and ConfigMaps that exist when it
    /// is made.
    ///
    /// # Errors
    /// The first fault; what was made stays.
    pub async fn apply(
        &self,
        objects: &Objects,
        before: &Versions,
        making: Making,
    ) -> Result<Vec<Made>, Fault> {
        // Destructured without `..`: a new kind of object must find its place here.
        let Objects {
            intent: _,
            budget,
            network_policy,
            services,
            config,
            stateful_sets: _,
        } = objects;
        let mut made = vec![self.apply_one(budget, before, making).await?];
        if let Some(policy) = network_policy {
            made.push(self.apply_one(policy, before, making).await?);
        }
        for service in services {
            made.push(self.apply_one(service, before, making).await?);
        }
        made.push(self.apply_one(config, before, making).await?);
        Ok(made)
    }

    /// Applies the servers.
    ///
    /// # Errors
    /// The first fault; what was made stays.
    pub async fn apply_servers(
        &self,
        objects: &Objects,
        before: &Versions,
        making: Making,
    ) -> Result<Vec<Made>, Fault> {
        let mut made = Vec::new();
        for set in &objects.stateful_sets {
            made.push(self.apply_one(set, before, making).await?);
        }
        Ok(made)
    }

    /// Marks the disks as those of a founded ensemble: `create` over them will never found another.
    ///
    /// # Errors
    /// Any fault.
    pub async fn mark_disks(
        &self,
        name: &EnsembleName,
        marking: &Marking<'_>,
    ) -> Result<(), Fault> {
        let api = self.api::<PersistentVolumeClaim>();
        let claims = self.disks(name).await?;
        let any = claims
            .iter()
            .any(|claim| claim.annotations().contains_key(labels::FOUNDED));
        if any && !marking.committed {
            return Ok(());
        }
        let marks = BTreeMap::from([
            (labels::FOUNDED.to_owned(), marking.uuid.to_owned()),
            (
                labels::VOTERS.to_owned(),
                identity::id_list(marking.voters.iter().copied()),
            ),
            (labels::INTENT.to_owned(), marking.intent.to_owned()),
        ]);
        for claim in claims {
            let have = claim.annotations();
            if marks
                .iter()
                .any(|(key, value)| have.get(key) != Some(value))
            {
                let patch = json!({"metadata": {"uid": claim.metadata.uid, "annotations": marks}});
                api.patch(
                    &claim.name_any(),
                    &PatchParams::default(),
                    &Patch::Merge(patch),
                )
                .await?;
            }
        }
        Ok(())
    }

    /// The ensemble's UUID, as its Secret has it, or else as its disks remember it.
    ///
    /// # Errors
    /// Any fault; [`Fault::NotFound`] without the Secret and without a mark.
    pub async fn uuid(&self, name: &EnsembleName) -> Result<String, Fault> {
        let found = self.api::<Secret>().get(&name.identity()).await;
        let secret = match found.map_err(Fault::from) {
            Err(fault) if fault.is_not_found() => return self.marked(name).await?.ok_or(fault),
            found => found?,
        };
        let uuid = secret
            .data
            .as_ref()
            .and_then(|data| data.get(identity::ENSEMBLE));
        Ok(uuid
            .map(|bytes| String::from_utf8_lossy(&bytes.0).into_owned())
            .unwrap_or_default())
    }

    /// The UUID on any of the ensemble's disks.
    async fn marked(&self, name: &EnsembleName) -> Result<Option<String>, Fault> {
        let claims = self.disks(name).await?;
        let mark =
            |claim: &PersistentVolumeClaim| claim.annotations().get(labels::FOUNDED).cloned();
        Ok(claims.iter().find_map(mark))
    }

    /// The ensemble's disks.
    async fn disks(&self, name: &EnsembleName) -> Result<Vec<PersistentVolumeClaim>, Fault> {
        let selector = format!(
            "{}={},{}={name}",
            labels::MANAGED_BY,
            labels::MANAGER,
            labels::INSTANCE
        );
        world::list(&self.api(), &ListParams::default().labels(&selector)).await
    }

    async fn post<K: Object>(&self, object: &K, making: Making) -> Result<Made, Fault> {
        let api = self.api::<K>();
        let params = PostParams {
            dry_run: making.dry_run,
            field_manager: Some(labels::MANAGER.to_owned()),
        };
        api.create(&params, object).await?;
        Ok(Made {
            object: described(object),
            change: Change::Created,
        })
    }

    pub(crate) async fn apply_one<K: Object>(
        &self,
        object: &K,
        before: &Versions,
        making: Making,
    ) -> Result<Made, Fault> {
        let api = self.api::<K>();
        let params = PatchParams {
            dry_run: making.dry_run,
            force: making.force,
            ..PatchParams::apply(labels::MANAGER).validation_strict()
        };
        let name = described(object);
        let after = api
            .patch(&object.name_any(), &params, &Patch::Apply(object))
            .await
            .map_err(|error| Fault::from(error).about(&name))?;
        let change = match before.get(&name) {
            None => Change::Created,
            Some(before) if *before == facts::version(after.meta()) => Change::Unchanged,
            Some(_) => Change::Configured,
        };
        Ok(Made {
            object: name,
            change,
        })
    }
}

/// `service/zk-client`, `statefulset.apps/zk-server-1`: as `-o name` says it.
pub(crate) fn described<K: Resource<DynamicType = ()>>(object: &K) -> String {
    let kind = K::kind(&()).to_lowercase();
    match K::group(&()) {
        group if group.is_empty() => format!("{kind}/{}", object.name_any()),
        group => format!("{kind}.{group}/{}", object.name_any()),
    }
}
