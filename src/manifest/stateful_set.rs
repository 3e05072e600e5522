//! One StatefulSet per server: at most one pod per id, a disk per id, and it is we who choose which server restarts when.

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::apps::v1::StatefulSetSpec;
use k8s_openapi::api::apps::v1::StatefulSetUpdateStrategy;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::PersistentVolumeClaimSpec;
use k8s_openapi::api::core::v1::PersistentVolumeClaimStatus;
use k8s_openapi::api::core::v1::VolumeResourceRequirements;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::ensemble::Ensemble;
use crate::ensemble::ServerId;
use crate::ensemble::intent::Storage;
use crate::manifest::labels;
use crate::manifest::pod;
use crate::manifest::pod::Role;

/// Server `id` of the ensemble. `config` names the ConfigMap that it runs, `founders` are the ids that its first member
/// list names.
pub fn build(ensemble: &Ensemble, role: &Role<'_>) -> StatefulSet {
    let name = &ensemble.name;
    let id = role.id;
    let mut labels = labels::versioned(ensemble);
    labels.insert(labels::SERVER.to_owned(), id.to_string());
    StatefulSet {
        metadata: labels::metadata(name.stateful_set(id), labels),
        spec: Some(StatefulSetSpec {
            replicas: Some(1),
            service_name: Some(name.peer_service(id)),
            // A pod that never becomes ready must not keep its controller from making a better one.
            pod_management_policy: Some("Parallel".to_owned()),
            update_strategy: Some(StatefulSetUpdateStrategy {
                type_: Some("OnDelete".to_owned()),
                rolling_update: None,
            }),
            selector: labels::matching(labels::server_selector(name, id)),
            template: pod::template(ensemble, role),
            volume_claim_templates: claim(ensemble, id).map(|claim| vec![claim]),
            ..StatefulSetSpec::default()
        }),
        status: None,
    }
}

/// The server's disk. Its labels never change with the image: a claim's template cannot be edited. It says what Kubernetes
/// would add, as the templates are one field: made by `kubectl apply`, they would differ from ours, a conflict.
fn claim(ensemble: &Ensemble, id: ServerId) -> Option<PersistentVolumeClaim> {
    let Storage::Claim { size, class } = &ensemble.storage else {
        return None;
    };
    let mut labels = labels::common(&ensemble.name);
    labels.insert(labels::SERVER.to_owned(), id.to_string());
    Some(PersistentVolumeClaim {
        metadata: labels::metadata(pod::DATA.to_owned(), labels),
        spec: Some(PersistentVolumeClaimSpec {
            access_modes: Some(vec!["ReadWriteOnce".to_owned()]),
            storage_class_name: class.clone(),
            resources: Some(VolumeResourceRequirements {
                requests: Some([("storage".to_owned(), Quantity(size.to_string()))].into()),
                limits: None,
            }),
            volume_mode: Some("Filesystem".to_owned()),
            ..PersistentVolumeClaimSpec::default()
        }),
        status: Some(PersistentVolumeClaimStatus {
            phase: Some("Pending".to_owned()),
            ..PersistentVolumeClaimStatus::default()
        }),
    })
}
