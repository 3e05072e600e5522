//! Ensembles by the convention that somebody made by hand: known by the names of their peer Services, and a server's pod
//! by that Service's selector, as two ensembles may give their pods the same labels. Pure.

use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::api::core::v1::Service;
use kube::ResourceExt;
use kube::core::ObjectMeta;

use crate::cluster::facts;
use crate::cluster::world::World;
use crate::ensemble::Observed;
use crate::ensemble::PeerService;
use crate::ensemble::ServerId;
use crate::manifest::labels;
use crate::manifest::services;

/// The namespaces and names of those that the Services speak of.
pub(crate) fn names(world: &World) -> impl Iterator<Item = (String, String)> {
    let services = world.services.iter();
    let services = services.filter(|service| is_by_hand(&service.metadata));
    services.filter_map(|service| {
        let (name, _) = facts::peer_service(service)?;
        Some((service.namespace().unwrap_or_default(), name.to_owned()))
    })
}

/// The peer Services of an ensemble, by server.
pub(crate) fn services<'a>(
    seen: &Observed,
    world: &'a World,
) -> impl Iterator<Item = (ServerId, &'a Service)> {
    let (namespace, name) = (seen.namespace.clone(), seen.name.clone());
    world.services.iter().filter_map(move |service| {
        let here = is_by_hand(&service.metadata) && is_in(&service.metadata, &namespace);
        let (prefix, id) = facts::peer_service(service)?;
        (here && prefix == name.as_str()).then_some((id, service))
    })
}

/// A peer Service, and whom it finds.
pub(crate) fn peer(service: &Service, world: &World) -> PeerService {
    let spec = service.spec.as_ref();
    let selector = spec.and_then(|spec| spec.selector.clone());
    let selector = selector.unwrap_or_default();
    let namespace = service.namespace().unwrap_or_default();
    let found = world.pods.iter().filter(|pod| {
        is_in(&pod.metadata, &namespace) && services::selects(&selector, pod.labels()) && lives(pod)
    });
    PeerService {
        name: service.name_any(),
        pods: found.map(ResourceExt::name_any).collect(),
        lacks: lacks(service, world),
        selector,
    }
}

/// The election Service's port, if the peer Service of the same server has it not.
fn lacks(peer: &Service, world: &World) -> Option<i32> {
    let name = peer.name_any().replace("-peer-", "-election-");
    let mut services = world.services.iter();
    let same =
        |service: &&Service| service.name_any() == name && service.namespace() == peer.namespace();
    let wanted = *ports(services.find(same)?).first()?;
    (!ports(peer).contains(&wanted)).then_some(wanted)
}

fn ports(service: &Service) -> Vec<i32> {
    let ports = service.spec.as_ref().and_then(|spec| spec.ports.as_ref());
    ports.into_iter().flatten().map(|port| port.port).collect()
}

/// Which of the ensemble's servers a pod is. One with the label of an instance is that instance's.
pub(crate) fn server(seen: &Observed, pod: &Pod) -> Option<ServerId> {
    if !is_by_hand(&pod.metadata) || !is_in(&pod.metadata, &seen.namespace) {
        return None;
    }
    let labelled = facts::server_id(&pod.metadata);
    let is = |id: ServerId, service: &PeerService| match service.selector.is_empty() {
        true => labelled == Some(id),
        false => {
            labelled.is_none_or(|label| label == id)
                && services::selects(&service.selector, pod.labels())
        }
    };
    let mut members = seen.members.values();
    let found = members.find(|member| {
        let service = member.peer_service.as_ref();
        service.is_some_and(|service| is(member.id, service))
    });
    found.map(|member| member.id)
}

/// Whether a pod is one to connect to: it has not ended, and is not about to.
fn lives(pod: &Pod) -> bool {
    let facts = facts::pod(pod);
    !facts.deleting && !facts.has_ended()
}

fn is_by_hand(metadata: &ObjectMeta) -> bool {
    facts::label(metadata, labels::INSTANCE).is_none()
}

fn is_in(metadata: &ObjectMeta, namespace: &str) -> bool {
    metadata.namespace.as_deref().unwrap_or_default() == namespace
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn world(pods: &[serde_json::Value], selector: &serde_json::Value) -> (World, Service) {
        let pods = pods.iter().enumerate();
        let pod = |(n, labels): (usize, &serde_json::Value)| json!({"metadata": {"name": format!("p{n}"), "namespace": "d", "labels": labels}});
        let pods = pods.map(|pod_of| serde_json::from_value(pod(pod_of)).unwrap());
        let service = json!({"metadata": {"name": "zk-peer-1", "namespace": "d"}, "spec": {"selector": selector}});
        let service: Service = serde_json::from_value(service).unwrap();
        let world = World {
            pods: pods.collect(),
            services: vec![service.clone()],
            ..World::default()
        };
        (world, service)
    }

    #[test]
    fn whom_a_service_finds() {
        let labels = json!({"name": "zookeeper-pod", "server": "1"});
        let other = json!({"name": "zookeeper-pod", "server": "2"});
        let (world, service) = world(&[labels.clone(), other, labels.clone()], &labels);
        let peer = peer(&service, &world);
        assert_eq!(peer.pods, ["p0", "p2"]);
        assert_eq!(peer.query(), "name=zookeeper-pod,server=1");
        assert_eq!(
            names(&world).collect::<Vec<_>>(),
            [("d".to_owned(), "zk".to_owned())]
        );
    }

    #[test]
    fn without_a_selector_it_finds_nobody() {
        let (world, service) = world(&[json!({"server": "1"})], &json!(null));
        assert_eq!(peer(&service, &world).pods, [""; 0]);
    }
}
