//! The Services that clients use, and the pods behind them. Knows which of a Service's ports is the clients'; decides nothing.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Container;
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::core::v1::ServicePort;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use kube::ResourceExt as _;
use kube::api::ListParams;

use crate::cluster::Cluster;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::cluster::world;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ensemble::connect_string::CLIENT_PORT;
use crate::manifest::labels;

/// A Service by which clients reach servers.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientService {
    /// Its name.
    pub name: String,
    /// Whether its labels or its selector say that it is this ensemble's, or one's that was made by hand.
    pub is_known: bool,
    /// The port that clients connect to; none: it carries no such port.
    pub port: Option<u16>,
    /// How it is reached from outside the cluster.
    pub exposure: Exposure,
    target: Option<IntOrString>,
    selector: BTreeMap<String, String>,
}

/// How a Service is reached from outside the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Not at all; Kubernetes' word for its type.
    Inside(String),
    /// At this port of the nodes.
    Nodes(Option<u16>),
    /// At these hosts, none of them known yet where it is pending.
    LoadBalancer(Vec<String>),
}

/// A pod behind a Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its name.
    pub pod: String,
    /// Whether Kubernetes sends clients to it.
    pub ready: bool,
    /// The address of its node.
    pub host_ip: Option<String>,
    /// The port that its server listens at for clients.
    pub port: u16,
}

impl Cluster {
    /// The Service that clients of an ensemble use. One request; no server is asked.
    ///
    /// # Errors
    /// Any fault but that it is not there.
    pub async fn client_service(
        &self,
        name: &EnsembleName,
    ) -> Result<Option<ClientService>, Fault> {
        let found: Option<Service> = self.get(&name.client_service()).await?;
        Ok(found.map(|service| ClientService::new(&service, name, true)))
    }

    /// The Services of the servers, each of one, by the server's id.
    ///
    /// # Errors
    /// Any fault.
    pub async fn peer_services(
        &self,
        name: &EnsembleName,
    ) -> Result<BTreeMap<ServerId, ClientService>, Fault> {
        let all: Vec<Service> = world::list(&self.api(), &ListParams::default()).await?;
        let of_it = |service: &Service| match facts::peer_service(service) {
            Some((prefix, id)) if prefix == name.as_str() => Some(id),
            _ => None,
        };
        let found = all.iter().filter_map(|service| {
            let id = of_it(service)?;
            Some((id, ClientService::new(service, name, false)))
        });
        Ok(found.collect())
    }

    /// The pods that a Service selects and that are not going away, by name.
    ///
    /// # Errors
    /// Any fault.
    pub async fn endpoints(&self, service: &ClientService) -> Result<Vec<Endpoint>, Fault> {
        if service.selector.is_empty() {
            return Ok(Vec::new());
        }
        let terms = service.selector.iter();
        let terms: Vec<String> = terms.map(|(key, value)| format!("{key}={value}")).collect();
        let selected = ListParams::default().labels(&terms.join(","));
        let pods: Vec<Pod> = world::list(&self.api(), &selected).await?;
        let mut endpoints: Vec<Endpoint> = pods
            .iter()
            .filter(|pod| pod.metadata.deletion_timestamp.is_none())
            .map(|pod| service.endpoint(pod))
            .collect();
        endpoints.sort_by(|a, b| a.pod.cmp(&b.pod));
        Ok(endpoints)
    }
}

impl Exposure {
    /// Whether it answers inside the cluster only.
    pub fn is_inside(&self) -> bool {
        matches!(self, Self::Inside(_))
    }
}

impl ClientService {
    /// `only_clients`: a single port is the clients', whatever it is called.
    fn new(service: &Service, name: &EnsembleName, only_clients: bool) -> Self {
        let spec = service.spec.clone().unwrap_or_default();
        let ports = spec.ports.unwrap_or_default();
        let port = client_port(&ports, only_clients);
        let kind = spec.type_.unwrap_or_else(|| "ClusterIP".to_owned());
        let exposure = match kind.as_str() {
            "NodePort" => Exposure::Nodes(port.and_then(|port| number(port.node_port?))),
            "LoadBalancer" => Exposure::LoadBalancer(balancer_hosts(service)),
            _ => Exposure::Inside(kind),
        };
        let selector = spec.selector.unwrap_or_default();
        let convention = selector.get(labels::NAME).map(String::as_str) == Some(labels::POD);
        Self {
            name: service.name_any(),
            is_known: match facts::label(&service.metadata, labels::INSTANCE) {
                Some(instance) => instance == name.as_str(),
                None => convention,
            },
            port: port.and_then(|port| number(port.port)),
            exposure,
            target: port.and_then(|port| port.target_port.clone()),
            selector,
        }
    }

    fn endpoint(&self, pod: &Pod) -> Endpoint {
        let containers = pod.spec.as_ref().map(|spec| spec.containers.as_slice());
        let target = match &self.target {
            Some(IntOrString::Int(target)) => number(*target),
            Some(IntOrString::String(name)) => named(containers.unwrap_or_default(), name),
            None => self.port,
        };
        Endpoint {
            pod: pod.name_any(),
            ready: facts::pod(pod).ready,
            host_ip: pod
                .status
                .as_ref()
                .and_then(|status| status.host_ip.clone()),
            port: target.unwrap_or(CLIENT_PORT),
        }
    }
}

/// Which port is the clients': the one called so, else the one at 2181, else one with a name that speaks of clients.
fn client_port(ports: &[ServicePort], only_clients: bool) -> Option<&ServicePort> {
    let tcp = |port: &&ServicePort| port.protocol.as_deref().is_none_or(|it| it == "TCP");
    let ports: Vec<&ServicePort> = ports.iter().filter(tcp).collect();
    let first = |so: &dyn Fn(&ServicePort) -> bool| ports.iter().copied().find(|port| so(port));
    let called = |port: &ServicePort, word: &str| {
        port.name.as_deref().is_some_and(|name| name.contains(word))
    };
    let secure = |port: &ServicePort| {
        ["secure", "tls", "ssl"]
            .iter()
            .any(|word| called(port, word))
    };
    let usual = |number: i32| number == i32::from(CLIENT_PORT);
    first(&|port| port.name.as_deref() == Some("client"))
        .or_else(|| first(&|port| usual(port.port)))
        .or_else(|| {
            first(
                &|port| matches!(port.target_port, Some(IntOrString::Int(target)) if usual(target)),
            )
        })
        .or_else(|| first(&|port| called(port, "client") && !secure(port)))
        .or_else(|| match ports[..] {
            [port] if only_clients => Some(port),
            _ => None,
        })
}

fn balancer_hosts(service: &Service) -> Vec<String> {
    let status = service.status.clone().unwrap_or_default();
    let balancer = status.load_balancer.unwrap_or_default();
    let ingress = balancer.ingress.unwrap_or_default().into_iter();
    let mut hosts: Vec<String> = ingress
        .filter_map(|point| point.ip.or(point.hostname))
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

/// The number of a container's port by its name.
fn named(containers: &[Container], name: &str) -> Option<u16> {
    let ports = containers
        .iter()
        .flat_map(|container| container.ports.iter().flatten());
    let mut found = ports.filter(|port| port.name.as_deref() == Some(name));
    number(found.next()?.container_port)
}

fn number(port: i32) -> Option<u16> {
    u16::try_from(port).ok()
}

#[cfg(test)]
mod tests;
