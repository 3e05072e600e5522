//! Where the pods may run: affinity that matches our own labels, spread, tolerations.

use k8s_openapi::api::core::v1::Affinity;
use k8s_openapi::api::core::v1::PodAffinityTerm;
use k8s_openapi::api::core::v1::PodAntiAffinity;
use k8s_openapi::api::core::v1::Toleration;
use k8s_openapi::api::core::v1::TopologySpreadConstraint;
use k8s_openapi::api::core::v1::WeightedPodAffinityTerm;

use crate::ensemble::Ensemble;
use crate::ensemble::placement;
use crate::ensemble::placement::AntiAffinity;
use crate::ensemble::placement::Placement;
use crate::manifest::labels;

/// Servers keep apart in every topology key, the first one above all.
pub fn affinity(ensemble: &Ensemble) -> Option<Affinity> {
    let keys = &ensemble.placement.topology_keys;
    let term = |key: &String| PodAffinityTerm {
        label_selector: Some(labels::matching(labels::selector(&ensemble.name))),
        topology_key: key.clone(),
        ..PodAffinityTerm::default()
    };
    let weighted = |(place, key): (usize, &String)| WeightedPodAffinityTerm {
        weight: if place == 0 { 100 } else { 50 },
        pod_affinity_term: term(key),
    };
    let anti = match ensemble.placement.anti_affinity {
        AntiAffinity::None => return None,
        AntiAffinity::Preferred => PodAntiAffinity {
            preferred_during_scheduling_ignored_during_execution: Some(
                keys.iter().enumerate().map(weighted).collect(),
            ),
            ..PodAntiAffinity::default()
        },
        // Three zones cannot be demanded of everyone: only the first key is.
        AntiAffinity::Required => PodAntiAffinity {
            required_during_scheduling_ignored_during_execution: Some(
                keys.iter().take(1).map(term).collect(),
            ),
            preferred_during_scheduling_ignored_during_execution: Some(
                keys.iter().enumerate().skip(1).map(weighted).collect(),
            ),
        },
    };
    Some(Affinity {
        pod_anti_affinity: Some(anti),
        ..Affinity::default()
    })
}

/// An even spread over a domain, of pods of the same ensemble.
pub fn spread(ensemble: &Ensemble) -> Option<Vec<TopologySpreadConstraint>> {
    let key = ensemble.placement.topology_spread.clone()?;
    Some(vec![TopologySpreadConstraint {
        max_skew: 1,
        topology_key: key,
        when_unsatisfiable: "DoNotSchedule".to_owned(),
        label_selector: Some(labels::matching(labels::selector(&ensemble.name))),
        ..TopologySpreadConstraint::default()
    }])
}

/// The taints that are tolerated.
pub fn tolerations(placement: &Placement) -> Option<Vec<Toleration>> {
    let toleration = |wish: &placement::Toleration| Toleration {
        key: wish.key.clone(),
        operator: Some(
            if wish.value.is_some() {
                "Equal"
            } else {
                "Exists"
            }
            .to_owned(),
        ),
        value: wish.value.clone(),
        effect: wish.effect.clone(),
        toleration_seconds: None,
    };
    Some(placement.tolerations.iter().map(toleration).collect())
        .filter(|list: &Vec<_>| !list.is_empty())
}
