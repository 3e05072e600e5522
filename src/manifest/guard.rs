//! What guards the ensemble from others: the disruption budget and, on request, the network policy.

use k8s_openapi::api::networking::v1::NetworkPolicy;
use k8s_openapi::api::networking::v1::NetworkPolicyIngressRule;
use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use k8s_openapi::api::networking::v1::NetworkPolicyPort;
use k8s_openapi::api::networking::v1::NetworkPolicySpec;
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::api::policy::v1::PodDisruptionBudgetSpec;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::ensemble::Ensemble;
use crate::manifest::labels;
use crate::manifest::services;

/// Of so many servers all but one must be there. (`maxUnavailable: 1` would count only controllers whose pod exists.)
pub fn budget(ensemble: &Ensemble, servers: usize) -> PodDisruptionBudget {
    let kept = i32::try_from(servers).unwrap_or(i32::MAX) - 1;
    PodDisruptionBudget {
        metadata: labels::metadata(ensemble.name.intent(), labels::versioned(ensemble)),
        spec: Some(PodDisruptionBudgetSpec {
            min_available: Some(IntOrString::Int(kept)),
            selector: Some(labels::matching(labels::selector(&ensemble.name))),
            ..PodDisruptionBudgetSpec::default()
        }),
        status: None,
    }
}

/// Peer and election ports from members only; clients and metrics from everywhere.
pub fn network_policy(ensemble: &Ensemble) -> Option<NetworkPolicy> {
    let members = NetworkPolicyPeer {
        pod_selector: Some(labels::matching(labels::selector(&ensemble.name))),
        ..NetworkPolicyPeer::default()
    };
    let open = rule(None, &[services::CLIENT, services::METRICS]);
    let closed = rule(Some(members), &[services::PEER, services::ELECTION]);
    ensemble.network_policy.then(|| NetworkPolicy {
        metadata: labels::metadata(ensemble.name.intent(), labels::versioned(ensemble)),
        spec: Some(NetworkPolicySpec {
            pod_selector: Some(labels::matching(labels::selector(&ensemble.name))),
            policy_types: Some(vec!["Ingress".to_owned()]),
            ingress: Some(vec![open, closed]),
            egress: None,
        }),
    })
}

fn rule(from: Option<NetworkPolicyPeer>, ports: &[(&str, i32)]) -> NetworkPolicyIngressRule {
    let port = |(name, _): &(&str, i32)| NetworkPolicyPort {
        port: Some(IntOrString::String((*name).to_owned())),
        protocol: Some("TCP".to_owned()),
        end_port: None,
    };
    NetworkPolicyIngressRule {
        from: from.map(|peer| vec![peer]),
        ports: Some(ports.iter().map(port).collect()),
    }
}
