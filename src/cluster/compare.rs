//! Compares an ensemble's objects with what they shall be. What the API server would make of an object is asked of it (a dry
//! run): its defaults are then no difference. Changes nothing.

use k8s_openapi::api::apps::v1::ControllerRevision;
use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::PodTemplateSpec;
use k8s_openapi::api::networking::v1::NetworkPolicy;
use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
use kube::ResourceExt as _;
use kube::api::Patch;
use kube::api::PatchParams;
use serde_json::Value;

use crate::cluster::Cluster;
use crate::cluster::Object;
use crate::cluster::apply::described;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ensemble::difference::Difference;
use crate::ensemble::difference::differences;
use crate::manifest;
use crate::manifest::Objects;
use crate::manifest::labels;

/// How an object differs from what it shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// As `-o name` has it.
    pub object: String,
    /// Whether it is there, and shall be.
    pub state: State,
    /// Each field that differs: as it is, and as it shall be.
    pub fields: Vec<Difference>,
    /// The server whose pod's template differs, and what that shall be.
    pub template: Option<(ServerId, Box<PodTemplateSpec>)>,
}

/// Whether an object is there, and shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is missing.
    Missing,
    /// It is there and differs.
    Differs,
    /// It is there and shall not be.
    Unwanted,
}

impl Cluster {
    /// The objects that are not as the ensemble shall be. Nothing is changed.
    ///
    /// # Errors
    /// Any fault; what the API server would not take.
    pub async fn compare(&self, wish: &Ensemble, force: bool) -> Result<Vec<Compared>, Fault> {
        let Objects {
            intent: _,
            budget,
            network_policy,
            services,
            config,
            stateful_sets,
        } = manifest::build(wish);
        let mut compared = vec![self.compare_one(&budget, force).await?];
        compared.push(match &network_policy {
            Some(policy) => self.compare_one(policy, force).await?,
            None => self.unwanted_policy(&wish.name).await?,
        });
        for service in &services {
            compared.push(self.compare_one(service, force).await?);
        }
        compared.push(self.compare_one(&config, force).await?);
        for set in stateful_sets {
            compared.push(self.compare_set(set, force).await?);
        }
        Ok(compared.into_iter().flatten().collect())
    }

    async fn compare_one<K: Object>(
        &self,
        object: &K,
        force: bool,
    ) -> Result<Option<Compared>, Fault> {
        let live: Option<K> = self.get(&object.name_any()).await?;
        let Some(live) = live else {
            return Ok(Some(missing(object)));
        };
        let wished = self.dry(object, force).await?;
        Ok(differs(object, &live, &wished))
    }

    /// A StatefulSet's claim templates cannot be changed, so they are compared by what they ask for alone.
    async fn compare_set(
        &self,
        mut set: StatefulSet,
        force: bool,
    ) -> Result<Option<Compared>, Fault> {
        let live: Option<StatefulSet> = self.get(&set.name_any()).await?;
        let live = live.filter(|live| live.metadata.deletion_timestamp.is_none());
        let id = facts::server_id(&set.metadata);
        let Some(live) = live else {
            return Ok(Some(missing(&set)));
        };
        let [have, want] = [&live, &set].map(template_size);
        if let (Some(to), Some(from)) = (&mut set.spec, &live.spec) {
            to.volume_claim_templates
                .clone_from(&from.volume_claim_templates);
        }
        let wished = self.dry(&set, force).await?;
        let template = |set: &StatefulSet| set.spec.as_ref().map(|spec| spec.template.clone());
        let renewed = template(&wished).filter(|wished| template(&live).as_ref() != Some(wished));
        let grown = (have != want).then(|| Difference {
            field: "spec.volumeClaimTemplates[0].spec.resources.requests.storage".to_owned(),
            have: have.unwrap_or_default(),
            want: want.unwrap_or_default(),
        });
        let mut compared = differs(&set, &live, &wished);
        if let Some(grown) = grown {
            let unchanged = Compared {
                state: State::Differs,
                ..missing(&set)
            };
            compared.get_or_insert(unchanged).fields.push(grown);
        }
        Ok(compared.map(|compared| Compared {
            template: id.zip(renewed.map(Box::new)),
            ..compared
        }))
    }

    /// Whether a revision, as the label of a pod has it, is of this template: its controller takes it up again then, and the pod
    /// is of no older one (Kubernetes: `ControllerRevision`).
    ///
    /// # Errors
    /// Any fault.
    pub async fn is_revision_of(
        &self,
        revision: &str,
        template: &PodTemplateSpec,
    ) -> Result<bool, Fault> {
        let kept: Option<ControllerRevision> = self.get(revision).await?;
        let data = kept.and_then(|kept| kept.data);
        let patch = data.map(|RawExtension(patch)| patch["spec"]["template"].clone());
        let kept: Option<PodTemplateSpec> = patch.and_then(|it| serde_json::from_value(it).ok());
        Ok(kept.as_ref() == Some(template))
    }

    async fn unwanted_policy(&self, name: &EnsembleName) -> Result<Option<Compared>, Fault> {
        let live: Option<NetworkPolicy> = self.get(name.as_str()).await?;
        let ours = live.filter(|policy| facts::is_ours(&policy.metadata, name));
        Ok(ours.map(|policy| Compared {
            state: State::Unwanted,
            ..missing(&policy)
        }))
    }

    /// What the API server would make of an object.
    async fn dry<K: Object>(&self, object: &K, force: bool) -> Result<K, Fault> {
        let params = PatchParams {
            dry_run: true,
            force,
            ..PatchParams::apply(labels::MANAGER).validation_strict()
        };
        let name = object.name_any();
        let api = self.api::<K>();
        let applied = api.patch(&name, &params, &Patch::Apply(object)).await;
        applied.map_err(|error| Fault::from(error).about(&described(object)))
    }
}

fn missing<K: Object>(object: &K) -> Compared {
    Compared {
        object: described(object),
        state: State::Missing,
        fields: Vec::new(),
        template: None,
    }
}

fn differs<K: Object>(object: &K, live: &K, wished: &K) -> Option<Compared> {
    let fields = differences(&compared(live), &compared(wished));
    (!fields.is_empty()).then(|| Compared {
        state: State::Differs,
        fields,
        ..missing(object)
    })
}

/// An object without what the API server itself writes.
fn compared<K: Object>(object: &K) -> Value {
    let mut value = serde_json::to_value(object).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.remove("status");
    }
    if let Some(metadata) = value["metadata"].as_object_mut() {
        metadata.retain(|key, _| ["labels", "annotations"].contains(&key.as_str()));
    }
    value
}

pub(super) fn requested(claim: &PersistentVolumeClaim) -> Option<String> {
    let resources = claim.spec.as_ref()?.resources.as_ref()?;
    Some(resources.requests.as_ref()?.get("storage")?.0.clone())
}

/// What a StatefulSet's claims ask for.
pub(super) fn template_size(set: &StatefulSet) -> Option<String> {
    let templates = set.spec.as_ref()?.volume_claim_templates.as_ref()?;
    requested(templates.first()?)
}
