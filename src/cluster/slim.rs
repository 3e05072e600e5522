//! What of an object is not kept once it is read: most of it, and of a thousand pods that is most of the memory. Pure.
//!
//! [`facts`](crate::cluster::facts) reads what is left.

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::Container;
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::api::core::v1::PodSpec;

use crate::manifest::config_map;

/// Keeps of a pod's spec its node, and its containers' names and images.
pub(crate) fn pod(pod: &mut Pod) {
    any(pod);
    let slim = |container: Container| Container {
        name: container.name,
        image: container.image,
        ..Container::default()
    };
    pod.spec = pod.spec.take().map(|spec| PodSpec {
        node_name: spec.node_name,
        containers: spec.containers.into_iter().map(slim).collect(),
        ..PodSpec::default()
    });
}

/// Keeps of a StatefulSet all but its templates; of the pods' one, its annotations.
pub(crate) fn stateful_set(set: &mut StatefulSet) {
    any(set);
    if let Some(spec) = &mut set.spec {
        spec.template.spec = None;
        spec.volume_claim_templates = None;
    }
}

/// Keeps of a ConfigMap's texts the intent, if it is there.
pub(crate) fn config_map(map: &mut ConfigMap) {
    any(map);
    let data = map.data.iter_mut();
    data.for_each(|data| data.retain(|key, _| key == config_map::INTENT));
}

/// Keeps all but who wrote which field.
pub(crate) fn any(object: &mut impl kube::Resource) {
    object.meta_mut().managed_fields = None;
}
