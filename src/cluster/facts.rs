//! From Kubernetes' objects to facts about a server. Pure: what is not in the object is not known here.

use std::collections::BTreeSet;

use jiff::Timestamp;
use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::apps::v1::StatefulSetStatus;
use k8s_openapi::api::core::v1::ContainerState;
use k8s_openapi::api::core::v1::ContainerStatus;
use k8s_openapi::api::core::v1::Node;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ensemble::observed;
use crate::ensemble::observed::End;
use crate::manifest::labels;

/// The label of the template that a pod was made from.
const REVISION: &str = "controller-revision-hash";

/// What `kubectl rollout restart` writes into a template: a pod of another time is of another revision.
pub(crate) const RESTARTED: &str = "kubectl.kubernetes.io/restartedAt";

/// What the convention's container is called, before the id.
const CONTAINER: &str = "zookeeper-server-";

/// The convention's `server: N`.
pub(crate) fn server_id(metadata: &ObjectMeta) -> Option<ServerId> {
    label(metadata, labels::SERVER)?.parse().ok()
}

/// The ids that an annotation lists, `4,5`.
pub(crate) fn ids(metadata: &ObjectMeta, annotation: &str) -> BTreeSet<ServerId> {
    let annotations = metadata.annotations.as_ref();
    let list = annotations.and_then(|all| all.get(annotation));
    let ids = list.map(String::as_str).unwrap_or_default().split(',');
    ids.filter_map(|id| id.parse().ok()).collect()
}

/// How many pods a disruption budget keeps.
pub(crate) fn keeps(budget: &PodDisruptionBudget) -> i32 {
    let least = budget
        .spec
        .as_ref()
        .and_then(|spec| spec.min_available.clone());
    match least {
        Some(IntOrString::Int(number)) => number,
        _ => 0,
    }
}

/// A label's value.
pub(crate) fn label<'a>(metadata: &'a ObjectMeta, key: &str) -> Option<&'a str> {
    metadata.labels.as_ref()?.get(key).map(String::as_str)
}

/// Whether an object is this ensemble's, and the plugin's.
pub(crate) fn is_ours(metadata: &ObjectMeta, name: &EnsembleName) -> bool {
    label(metadata, labels::INSTANCE) == Some(name.as_str())
        && label(metadata, labels::MANAGED_BY) == Some(labels::MANAGER)
}

/// Another one after an apply that has changed something. Where the API server counts what is wished (`generation`), its own
/// notes on the status are no change.
pub(crate) fn version(metadata: &ObjectMeta) -> String {
    let (labels, annotations) = (&metadata.labels, &metadata.annotations);
    match metadata.generation {
        Some(generation) => format!("{generation} {labels:?} {annotations:?}"),
        None => metadata.resource_version.clone().unwrap_or_default(),
    }
}

/// When an object was made, in seconds since 1970.
pub(crate) fn created(metadata: &ObjectMeta) -> Option<i64> {
    metadata
        .creation_timestamp
        .as_ref()
        .map(|time| time.0.as_second())
}

/// A pod's facts.
pub(crate) fn pod(pod: &Pod) -> observed::Pod {
    let spec = pod.spec.clone().unwrap_or_default();
    let status = pod.status.clone().unwrap_or_default();
    let ours = spec
        .containers
        .iter()
        .find(|container| container.name.starts_with(CONTAINER));
    let container = ours.or(spec.containers.first());
    let name = container
        .map(|container| container.name.clone())
        .unwrap_or_default();
    let statuses = status.container_statuses.unwrap_or_default();
    let state = statuses.iter().find(|status| status.name == name);
    let conditions = status.conditions.unwrap_or_default();
    let condition = |kind: &str| conditions.iter().find(|condition| condition.type_ == kind);
    let current = state.and_then(|state| state.state.as_ref());
    observed::Pod {
        name: pod.metadata.name.clone().unwrap_or_default(),
        uid: pod.metadata.uid.clone().unwrap_or_default(),
        image: container
            .and_then(|container| container.image.clone())
            .unwrap_or_default(),
        container: name,
        node: spec.node_name,
        phase: status.phase.unwrap_or_default(),
        ready: condition("Ready").is_some_and(|ready| ready.status == "True"),
        deleting: pod.metadata.deletion_timestamp.is_some(),
        due: pod
            .metadata
            .deletion_timestamp
            .as_ref()
            .map(|time| time.0.as_second()),
        unschedulable: condition("PodScheduled")
            .filter(|scheduled| scheduled.status == "False")
            .map(|scheduled| {
                scheduled
                    .message
                    .clone()
                    .or(scheduled.reason.clone())
                    .unwrap_or_default()
            }),
        makes_room: status.nominated_node_name.is_some(),
        node_trouble: None,
        waiting: current.and_then(waiting),
        running: current.is_some_and(|state| state.running.is_some()),
        was_started: state.is_some_and(|state| state.started == Some(true)),
        restarts: state.map_or(0, |state| state.restart_count),
        last_end: state.and_then(last_end),
        revision: label(&pod.metadata, REVISION).map(str::to_owned),
        created: created(&pod.metadata),
        owner: owner(&pod.metadata),
    }
}

/// The controller of a pod. A `ReplicaSet` is its Deployment's, whose name it has with the template's hash behind it.
fn owner(metadata: &ObjectMeta) -> Option<String> {
    let owners = metadata.owner_references.as_ref()?;
    let owner = owners.iter().find(|owner| owner.controller == Some(true))?;
    let hash = label(metadata, "pod-template-hash").unwrap_or_default();
    let deployment = owner
        .name
        .strip_suffix(hash)
        .and_then(|name| name.strip_suffix('-'));
    Some(match (owner.kind.as_str(), deployment) {
        ("ReplicaSet", Some(name)) => format!("deployment/{name}"),
        (kind, _) => format!("{}/{}", kind.to_lowercase(), owner.name),
    })
}

/// Why a node is not ready; none if it is (`Ready` is `Unknown` where the kubelet is not heard of).
pub(crate) fn node_trouble(node: &Node) -> Option<String> {
    let conditions = node.status.as_ref()?.conditions.as_ref()?;
    let ready = conditions
        .iter()
        .find(|condition| condition.type_ == "Ready")?;
    let why = ready.message.clone().or(ready.reason.clone());
    let why = why.unwrap_or_default().trim_end_matches('.').to_owned();
    (ready.status != "True").then_some(why)
}

fn waiting(state: &ContainerState) -> Option<(String, String)> {
    let waiting = state.waiting.clone()?;
    Some((
        waiting.reason.unwrap_or_default(),
        waiting.message.unwrap_or_default(),
    ))
}

/// How the container ended last: now, or before it was started again.
fn last_end(status: &ContainerStatus) -> Option<End> {
    let ended = |state: &Option<ContainerState>| state.as_ref()?.terminated.clone();
    let end = ended(&status.state).or_else(|| ended(&status.last_state))?;
    Some(End {
        reason: end.reason.unwrap_or_default(),
        code: end.exit_code,
        message: end.message.unwrap_or_default(),
    })
}

/// A StatefulSet's facts. What it could not create is asked for separately.
pub(crate) fn workload(set: &StatefulSet) -> observed::Workload {
    let replicas = set.spec.as_ref().and_then(|spec| spec.replicas);
    let status = set.status.as_ref();
    let is_newest =
        |status: &&StatefulSetStatus| set.metadata.generation <= status.observed_generation;
    observed::Workload {
        name: set.metadata.name.clone().unwrap_or_default(),
        replicas: replicas.unwrap_or(1),
        revision: status
            .filter(is_newest)
            .and_then(|status| status.update_revision.clone()),
        failed_create: None,
        marked: marked(set),
    }
}

/// When a template was marked for a restart.
fn marked(set: &StatefulSet) -> Option<i64> {
    let template = &set.spec.as_ref()?.template;
    let annotations = template.metadata.as_ref()?.annotations.as_ref()?;
    let when: Timestamp = annotations.get(RESTARTED)?.parse().ok()?;
    Some(when.as_second())
}

/// A disk's facts.
pub(crate) fn claim(claim: &PersistentVolumeClaim) -> observed::Claim {
    let storage = |amounts: &Option<std::collections::BTreeMap<String, _>>| {
        amounts
            .as_ref()
            .and_then(|amounts| amounts.get("storage").cloned())
    };
    let status = claim.status.clone().unwrap_or_default();
    let wanted = claim
        .spec
        .as_ref()
        .and_then(|spec| spec.resources.as_ref())
        .and_then(|resources| storage(&resources.requests));
    let size: Option<k8s_openapi::apimachinery::pkg::api::resource::Quantity> =
        storage(&status.capacity).or(wanted);
    let annotations = claim.metadata.annotations.as_ref();
    observed::Claim {
        name: claim.metadata.name.clone().unwrap_or_default(),
        uid: claim.metadata.uid.clone().unwrap_or_default(),
        deleting: claim.metadata.deletion_timestamp.is_some(),
        marked: annotations.is_some_and(|all| all.contains_key(labels::FOUNDED)),
        phase: status.phase.unwrap_or_default(),
        reason: None,
        size: size.map(|size| size.0).unwrap_or_default(),
    }
}

/// The prefix and the id of a peer Service's name: `zk` and 1 of `zk-peer-1`.
pub(crate) fn peer_service(service: &Service) -> Option<(&str, ServerId)> {
    let (prefix, id) = service.metadata.name.as_deref()?.rsplit_once("-peer-")?;
    Some((prefix, id.parse().ok()?))
}

/// A Service's address, if it has one.
pub(crate) fn cluster_ip(service: &Service) -> Option<String> {
    let address = service.spec.as_ref()?.cluster_ip.clone()?;
    (!address.is_empty() && address != "None").then_some(address)
}

#[cfg(test)]
mod tests;
