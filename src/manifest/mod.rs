//! Floor 1, pure: from the intent to the objects that make it so. Reads nothing but the intent, and knows no other use of
//! Kubernetes' types than to write them.

pub mod config_map;
pub mod guard;
pub mod identity;
pub mod labels;
pub mod pod;
pub mod rbac;
pub mod scheduling;
pub mod services;
pub mod stateful_set;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::NetworkPolicy;
use k8s_openapi::api::policy::v1::PodDisruptionBudget;

use crate::ensemble::Ensemble;
use crate::ensemble::ServerId;

/// The objects of an ensemble, but for its identity and its seal: those are made once and never applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Objects {
    /// The intent.
    pub intent: ConfigMap,
    /// How many servers others may take away.
    pub budget: PodDisruptionBudget,
    /// Who may reach the servers, on request.
    pub network_policy: Option<NetworkPolicy>,
    /// Peer, election and client Services.
    pub services: Vec<Service>,
    /// The servers' configuration.
    pub config: ConfigMap,
    /// One per server.
    pub stateful_sets: Vec<StatefulSet>,
}

/// The objects that make the intent so.
pub fn build(ensemble: &Ensemble) -> Objects {
    let founders: Vec<ServerId> = ensemble.founding().collect();
    let servers: Vec<ServerId> = ensemble.roles().into_keys().collect();
    let config = config_map::config(ensemble);
    let config_name = config.metadata.name.clone().unwrap_or_default();
    let server = |&id: &ServerId| {
        stateful_set::build(
            ensemble,
            &pod::Role {
                id,
                founders: &founders,
                config: &config_name,
            },
        )
    };
    let own = |&id: &ServerId| {
        [
            services::peer(ensemble, id),
            services::election(ensemble, id),
        ]
    };
    Objects {
        intent: config_map::intent(ensemble, None),
        budget: guard::budget(ensemble, servers.len()),
        network_policy: guard::network_policy(ensemble),
        services: servers
            .iter()
            .flat_map(own)
            .chain([services::client(ensemble)])
            .collect(),
        stateful_sets: servers.iter().map(server).collect(),
        config,
    }
}
