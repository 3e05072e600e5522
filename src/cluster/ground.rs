//! Looks at what is there under the names that an ensemble would take. Knows whose an object is; decides nothing.

use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::NetworkPolicy;
use kube::Resource;
use kube::ResourceExt as _;
use kube::api::ListParams;

use crate::cluster::Cluster;
use crate::cluster::Object;
use crate::cluster::apply::Versions;
use crate::cluster::apply::described;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::cluster::join;
use crate::cluster::world;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ensemble::ground::Ground;
use crate::ensemble::ground::Identity;
use crate::ensemble::ground::KeptDisk;
use crate::ensemble::observed::Intent;
use crate::manifest;
use crate::manifest::Objects;
use crate::manifest::identity;
use crate::manifest::labels;
use crate::manifest::services;

/// What shall be there, what is there, and at which versions.
pub struct Survey {
    /// The ensemble that is wished.
    pub ensemble: Ensemble,
    /// Its objects.
    pub objects: Objects,
    /// What is there.
    pub ground: Ground,
    /// The versions of what is this ensemble's.
    pub versions: Versions,
    /// What is being deleted: until it is gone, nothing can take its place.
    pub going: Vec<String>,
}

impl Cluster {
    /// Looks at every name that the ensemble would take, at the kept disks and at the Services of others. `wish` says which
    /// ensemble that is, once the intent is known of the one that has this name.
    ///
    /// # Errors
    /// Any fault, a missing right too: without having looked nothing may be made.
    pub async fn survey(
        &self,
        name: &EnsembleName,
        wish: impl Fn(&Intent) -> Ensemble,
    ) -> Result<Survey, Fault> {
        let intent: Option<ConfigMap> = self.get(&name.intent()).await?;
        let ours = intent
            .as_ref()
            .filter(|map| facts::is_ours(&map.metadata, name));
        let known = ours.map_or(Intent::Absent, |map| join::intent(Some(map)));
        let claims: Vec<PersistentVolumeClaim> = self.all().await?;
        let claims: Vec<&PersistentVolumeClaim> = claims
            .iter()
            .filter(|claim| is_disk_of(claim, name))
            .collect();
        let ensemble = match kept_intent(&claims).filter(|_| ours.is_none()) {
            Some(kept) => wish(&Intent::Known(Box::new(kept))),
            None => wish(&known),
        };
        let objects = manifest::build(&ensemble);
        let seal: Option<ConfigMap> = self.get(&name.seal()).await?;
        let secret: Option<Secret> = self.get(&name.identity()).await?;
        let config: Option<ConfigMap> = self.get(&objects.config.name_any()).await?;
        let budget = self
            .get(&objects.budget.name_any())
            .await?
            .map(|budget: k8s_openapi::api::policy::v1::PodDisruptionBudget| budget);
        let policy: Option<NetworkPolicy> = match &objects.network_policy {
            Some(policy) => self.get(&policy.name_any()).await?,
            None => None,
        };
        let all_services: Vec<Service> = self.all().await?;
        let sets: Vec<StatefulSet> = self.all().await?;
        let mut finder = Finder {
            name,
            strangers: Vec::new(),
            versions: BTreeMap::new(),
            going: Vec::new(),
        };
        finder.note_all([&intent, &seal, &config].into_iter().flatten());
        finder.note_all(secret.iter());
        finder.note_all(budget.iter());
        finder.note_all(policy.iter());
        finder.note_all(wanted(&all_services, &objects.services));
        finder.note_all(wanted(&sets, &objects.stateful_sets));
        finder.note_all(claims.iter().copied());

        let ground = Ground {
            intent: known,
            sealed: seal.is_some(),
            identity: secret.as_ref().map(known_identity),
            claims: claims
                .iter()
                .filter_map(|claim| Some((facts::server_id(&claim.metadata)?, kept(claim))))
                .collect(),
            rivals: rivals(&all_services, &objects, &finder),
            strangers: finder.strangers,
        };
        Ok(Survey {
            ensemble,
            objects,
            ground,
            versions: finder.versions,
            going: finder.going,
        })
    }

    pub(crate) async fn get<K: Object>(&self, name: &str) -> Result<Option<K>, Fault> {
        let api = self.api::<K>();
        Ok(api.get_opt(name).await?)
    }

    async fn all<K: Object>(&self) -> Result<Vec<K>, Fault> {
        let api = self.api::<K>();
        world::list(&api, &ListParams::default()).await
    }
}

/// Tells ours from others'.
struct Finder<'a> {
    name: &'a EnsembleName,
    strangers: Vec<String>,
    versions: Versions,
    going: Vec<String>,
}

impl Finder<'_> {
    fn is_ours<K: Resource>(&self, object: &K) -> bool {
        facts::is_ours(object.meta(), self.name)
    }

    fn note_all<'k, K: Resource<DynamicType = ()> + 'k>(
        &mut self,
        objects: impl Iterator<Item = &'k K>,
    ) {
        for object in objects {
            self.note(object);
        }
    }

    fn note<K: Resource<DynamicType = ()>>(&mut self, object: &K) {
        if object.meta().deletion_timestamp.is_some() {
            self.going.push(described(object));
        }
        if self.is_ours(object) {
            let version = facts::version(object.meta());
            self.versions.insert(described(object), version);
        } else {
            self.strangers
                .push(format!("{} {}", K::kind(&()), object.name_any()));
        }
    }
}

/// Those that are there of those that are wanted.
fn wanted<'a, K: Resource>(there: &'a [K], objects: &'a [K]) -> impl Iterator<Item = &'a K> {
    there.iter().filter(|object| {
        objects
            .iter()
            .any(|wanted| wanted.meta().name == object.meta().name)
    })
}

fn is_disk_of(claim: &PersistentVolumeClaim, name: &EnsembleName) -> bool {
    let id = claim
        .name_any()
        .strip_prefix(&format!("data-{name}-server-"))
        .and_then(|rest| rest.strip_suffix("-0")?.parse::<ServerId>().ok());
    id.is_some()
}

/// Services of others that would select our pods. One that names this ensemble by its instance label is meant to.
fn rivals(all: &[Service], objects: &Objects, finder: &Finder<'_>) -> Vec<String> {
    let pods: Vec<&labels::Labels> = objects
        .stateful_sets
        .iter()
        .filter_map(|set| {
            set.spec
                .as_ref()?
                .template
                .metadata
                .as_ref()?
                .labels
                .as_ref()
        })
        .collect();
    let selects = |service: &&Service| {
        let selector = service
            .spec
            .as_ref()
            .and_then(|spec| spec.selector.as_ref());
        selector.is_some_and(|selector| {
            !selector.contains_key(labels::INSTANCE)
                && pods.iter().any(|pod| services::selects(selector, pod))
        })
    };
    // What has a name of ours is a stranger, and said to be one.
    let named = |service: &&Service| {
        objects
            .services
            .iter()
            .any(|wanted| wanted.metadata.name == service.metadata.name)
    };
    let rivals = all
        .iter()
        .filter(|service| !finder.is_ours(*service) && !named(service))
        .filter(selects);
    rivals
        .map(|service| format!("Service {}", service.name_any()))
        .collect()
}

fn known_identity(secret: &Secret) -> Identity {
    let uuid = secret
        .data
        .as_ref()
        .and_then(|data| data.get(identity::ENSEMBLE));
    Identity {
        uuid: uuid
            .map(|bytes| String::from_utf8_lossy(&bytes.0).into_owned())
            .unwrap_or_default(),
        founders: facts::ids(&secret.metadata, labels::VOTERS),
    }
}

/// The ensemble that was deleted, as its disks remember it.
fn kept_intent(claims: &[&PersistentVolumeClaim]) -> Option<Ensemble> {
    let remembered = |claim: &&PersistentVolumeClaim| {
        let text = claim.annotations().get(labels::INTENT)?;
        serde_json::from_str(text).ok()
    };
    claims.iter().find_map(remembered)
}

fn kept(claim: &PersistentVolumeClaim) -> KeptDisk {
    KeptDisk {
        founded: claim.annotations().get(labels::FOUNDED).cloned(),
        voters: facts::ids(&claim.metadata, labels::VOTERS),
    }
}
