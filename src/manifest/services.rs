//! The Services: two of each server's own, one for clients.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::core::v1::ServicePort;
use k8s_openapi::api::core::v1::ServiceSpec;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::ensemble::Ensemble;
use crate::ensemble::ServerId;
use crate::ensemble::intent::ServiceType;
use crate::manifest::labels;
use crate::manifest::labels::Labels;

/// ZooKeeper's ports by the names that containers and Services give them.
pub const CLIENT: (&str, i32) = ("client", 2181);
/// Where followers connect to the leader.
pub const PEER: (&str, i32) = ("peer", 2888);
/// Where leaders are elected.
pub const ELECTION: (&str, i32) = ("election", 3888);
/// The AdminServer, on the pod's loopback address.
pub const ADMIN: (&str, i32) = ("admin", 8080);
/// Prometheus' metrics.
pub const METRICS: (&str, i32) = ("metrics", 7000);

/// `zk-peer-N`: carries both ports of the server line, which has room for one host, and the client port for clients that
/// follow the ensemble's own configuration. `peer` is first: `ZK_PEER_N_SERVICE_PORT` is a Service's first port.
pub fn peer(ensemble: &Ensemble, id: ServerId) -> Service {
    own(
        ensemble,
        id,
        ensemble.name.peer_service(id),
        &[PEER, ELECTION, CLIENT],
    )
}

/// `zk-election-N`: the convention's second Service, from which the container has `ZK_ELECTION_N_SERVICE_PORT`.
pub fn election(ensemble: &Ensemble, id: ServerId) -> Service {
    own(
        ensemble,
        id,
        ensemble.name.election_service(id),
        &[ELECTION],
    )
}

/// `zk-client`: every server that is ready.
pub fn client(ensemble: &Ensemble) -> Service {
    let exposure = &ensemble.service;
    let mut service = service(
        ensemble.name.client_service(),
        labels::versioned(ensemble),
        ServiceSpec {
            type_: Some(kind(exposure.kind).to_owned()),
            selector: Some(labels::selector(&ensemble.name)),
            ports: Some(vec![port(CLIENT)]),
            load_balancer_source_ranges: some(exposure.source_ranges.clone()),
            ..ServiceSpec::default()
        },
    );
    service.metadata.annotations =
        Some(exposure.annotations.clone()).filter(|annotations| !annotations.is_empty());
    service
}

/// A server's own Service. It names servers that are not ready, too: they must find each other to become it.
fn own(ensemble: &Ensemble, id: ServerId, name: String, ports: &[(&str, i32)]) -> Service {
    let mut labels = labels::versioned(ensemble);
    labels.insert(labels::SERVER.to_owned(), id.to_string());
    service(
        name,
        labels,
        ServiceSpec {
            type_: Some(kind(ServiceType::ClusterIp).to_owned()),
            selector: Some(labels::server_selector(&ensemble.name, id)),
            publish_not_ready_addresses: Some(true),
            ports: Some(ports.iter().copied().map(port).collect()),
            ..ServiceSpec::default()
        },
    )
}

fn service(name: String, labels: Labels, spec: ServiceSpec) -> Service {
    Service {
        metadata: labels::metadata(name, labels),
        spec: Some(spec),
        status: None,
    }
}

fn port((name, number): (&str, i32)) -> ServicePort {
    ServicePort {
        name: Some(name.to_owned()),
        port: number,
        target_port: Some(IntOrString::String(name.to_owned())),
        app_protocol: Some("tcp".to_owned()),
        protocol: Some("TCP".to_owned()),
        node_port: None,
    }
}

/// Kubernetes' word.
pub fn kind(kind: ServiceType) -> &'static str {
    match kind {
        ServiceType::ClusterIp => "ClusterIP",
        ServiceType::NodePort => "NodePort",
        ServiceType::LoadBalancer => "LoadBalancer",
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}

/// Whether a Service with this selector would send traffic to the pod of a server of this ensemble.
pub fn selects(selector: &BTreeMap<String, String>, pod: &Labels) -> bool {
    !selector.is_empty()
        && selector
            .iter()
            .all(|(key, value)| pod.get(key) == Some(value))
}
