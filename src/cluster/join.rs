//! From Kubernetes' lists and the servers' answers to one ensemble. Pure, but for the clock.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::SystemTime;

use k8s_openapi::api::core::v1::ConfigMap;

use crate::cluster::facts;
use crate::cluster::world::World;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::Probe;
use crate::manifest::config_map;
use crate::manifest::labels;

/// The ensembles that the lists speak of: by the instance label, or made by hand, by the prefix of their peer Services.
pub(crate) fn names(world: &World) -> BTreeSet<(String, String)> {
    let instance = |metadata: &kube::core::ObjectMeta| {
        let name = facts::label(metadata, labels::INSTANCE)?.to_owned();
        Some((metadata.namespace.clone().unwrap_or_default(), name))
    };
    let ours = world
        .stateful_sets
        .iter()
        .filter_map(|set| instance(&set.metadata));
    let pods = world.pods.iter().filter_map(|pod| instance(&pod.metadata));
    let intents = world.config_maps.iter().flatten().filter(|map| {
        map.data
            .as_ref()
            .is_some_and(|data| data.contains_key(config_map::INTENT))
    });
    let intents = intents.filter_map(|map| instance(&map.metadata));
    let by_hand = world
        .services
        .iter()
        .filter(|service| is_by_hand(&service.metadata))
        .filter_map(|service| {
            let (name, _) = facts::peer_service(service)?;
            Some((
                service.metadata.namespace.clone().unwrap_or_default(),
                name.to_owned(),
            ))
        });
    ours.chain(pods).chain(intents).chain(by_hand).collect()
}

fn is_by_hand(metadata: &kube::core::ObjectMeta) -> bool {
    facts::label(metadata, labels::INSTANCE).is_none()
}

/// One ensemble's part of the lists.
pub(crate) fn join_one(
    world: &World,
    namespace: &str,
    name: EnsembleName,
    probes: &BTreeMap<String, Probe>,
) -> Observed {
    let wanted = name.to_string();
    let of_it = |metadata: &kube::core::ObjectMeta| {
        metadata.namespace.as_deref().unwrap_or_default() == namespace
            && facts::label(metadata, labels::INSTANCE) == Some(wanted.as_str())
    };
    let maps: Option<Vec<&ConfigMap>> = world
        .config_maps
        .as_ref()
        .map(|maps| maps.iter().filter(|map| of_it(&map.metadata)).collect());
    let named = |wanted: String| {
        maps.as_ref().map(|maps| {
            maps.iter()
                .find(|map| map.metadata.name.as_ref() == Some(&wanted))
                .copied()
        })
    };
    let mut seen = Observed {
        namespace: namespace.to_owned(),
        now: now(),
        created: None,
        intent: intent(named(name.intent()).flatten()),
        sealed: named(name.seal()).map_or(Fact::Unknown, |seal| Fact::Known(seal.is_some())),
        budget: world.budgets.as_ref().map_or(Fact::Unknown, |list| {
            Fact::Known(list.iter().any(|budget| of_it(&budget.metadata)))
        }),
        members: BTreeMap::new(),
        missing_rights: world.missing_rights.clone(),
        name,
    };
    if world.config_maps.is_none() && world.stateful_sets.iter().any(|set| of_it(&set.metadata)) {
        seen.intent = Intent::Unreadable("it may not be seen".to_owned());
    }
    add_objects(&mut seen, world, &of_it);
    add_by_hand(&mut seen, world);
    add_pods(&mut seen, world, &of_it, probes);
    add_listed(&mut seen);
    seen
}

fn add_objects(
    seen: &mut Observed,
    world: &World,
    of_it: &dyn Fn(&kube::core::ObjectMeta) -> bool,
) {
    for set in world
        .stateful_sets
        .iter()
        .filter(|set| of_it(&set.metadata))
    {
        note_age(seen, &set.metadata);
        if let Some(id) = facts::server_id(&set.metadata) {
            member(seen, id).workload = Some(facts::workload(set));
        }
    }
    for claim in world.claims.iter().filter(|claim| of_it(&claim.metadata)) {
        // A disk alone makes no server: it may be kept from a deleted ensemble.
        let id = facts::server_id(&claim.metadata).filter(|id| seen.members.contains_key(id));
        if let Some(id) = id {
            member(seen, id).claim = Some(facts::claim(claim));
        }
    }
    for service in world
        .services
        .iter()
        .filter(|service| of_it(&service.metadata))
    {
        let found = facts::peer_service(service)
            .filter(|(prefix, id)| *prefix == seen.name.as_str() && seen.members.contains_key(id));
        if let Some((_, id)) = found {
            member(seen, id).address = facts::cluster_ip(service);
        }
    }
}

/// Members by the Services of an ensemble made by hand.
fn add_by_hand(seen: &mut Observed, world: &World) {
    let here = |metadata: &kube::core::ObjectMeta| {
        metadata.namespace.as_deref().unwrap_or_default() == seen.namespace && is_by_hand(metadata)
    };
    let found: Vec<_> = world
        .services
        .iter()
        .filter(|service| here(&service.metadata))
        .collect();
    for service in found {
        if let Some((_, id)) =
            facts::peer_service(service).filter(|(prefix, _)| *prefix == seen.name.as_str())
        {
            note_age(seen, &service.metadata);
            member(seen, id).address = facts::cluster_ip(service);
        }
    }
}

fn add_pods(
    seen: &mut Observed,
    world: &World,
    of_it: &dyn Fn(&kube::core::ObjectMeta) -> bool,
    probes: &BTreeMap<String, Probe>,
) {
    let by_hand = !seen.is_ours();
    for pod in &world.pods {
        let here = pod.metadata.namespace.as_deref().unwrap_or_default() == seen.namespace;
        let unclaimed = by_hand && here && is_by_hand(&pod.metadata);
        let id = facts::server_id(&pod.metadata)
            .filter(|id| of_it(&pod.metadata) || (unclaimed && seen.members.contains_key(id)));
        let Some(id) = id else {
            continue;
        };
        note_age(seen, &pod.metadata);
        let facts = facts::pod(pod);
        let probe = probes.get(&facts.uid).cloned().unwrap_or(Probe::NotAsked);
        let member = member(seen, id);
        // A second pod of one id is an old one that goes, or a mistake: the one that lives counts.
        if member
            .pod
            .as_ref()
            .is_none_or(|other| other.deleting || !facts.deleting)
        {
            member.pod = Some(facts);
            member.probe = probe;
        }
    }
}

/// Members that only the servers' own list names.
fn add_listed(seen: &mut Observed) {
    let listed: Vec<ServerId> = seen
        .committed()
        .map(|config| config.servers.keys().copied().collect())
        .unwrap_or_default();
    for id in listed {
        member(seen, id);
    }
}

fn member(seen: &mut Observed, id: ServerId) -> &mut Member {
    seen.members.entry(id).or_insert_with(|| Member::new(id))
}

fn note_age(seen: &mut Observed, metadata: &kube::core::ObjectMeta) {
    let made = facts::created(metadata);
    seen.created = match (seen.created, made) {
        (Some(before), Some(made)) => Some(before.min(made)),
        (before, made) => before.or(made),
    };
}

/// The intent of a ConfigMap.
pub(crate) fn intent(map: Option<&ConfigMap>) -> Intent {
    let Some(map) = map else {
        return Intent::Absent;
    };
    match map
        .data
        .as_ref()
        .and_then(|data| data.get(config_map::INTENT))
    {
        None => Intent::Unreadable(format!("it has no {}", config_map::INTENT)),
        Some(text) => match serde_json::from_str::<Ensemble>(text) {
            Ok(ensemble) => Intent::Known(Box::new(ensemble)),
            Err(error) => Intent::Unreadable(error.to_string()),
        },
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
