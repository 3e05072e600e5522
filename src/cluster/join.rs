//! From Kubernetes' lists and the servers' answers to one ensemble. Pure, but for the clock.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::SystemTime;

use k8s_openapi::api::core::v1::ConfigMap;

use crate::cluster::by_hand;
use crate::cluster::facts;
use crate::cluster::world::World;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed;
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
    let known = ours.chain(pods).chain(intents);
    known.chain(by_hand::names(world)).collect()
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
            let budget = list.iter().find(|budget| of_it(&budget.metadata));
            Fact::Known(budget.map(facts::keeps))
        }),
        leaving: named(name.intent())
            .flatten()
            .map_or_else(BTreeSet::new, |map| {
                facts::ids(&map.metadata, labels::LEAVING)
            }),
        updating: named(name.intent()).flatten().is_some_and(is_updating),
        services: ids_of(&world.services, &of_it),
        disks: ids_of(&world.claims, &of_it),
        members: BTreeMap::new(),
        missing_rights: world.missing_rights.clone(),
        name,
    };
    if world.config_maps.is_none() && world.stateful_sets.iter().any(|set| of_it(&set.metadata)) {
        seen.intent = Intent::Unreadable("it may not be seen".to_owned());
    }
    add_objects(&mut seen, world, &of_it);
    if !seen.is_ours() {
        add_by_hand(&mut seen, world);
    }
    add_pods(&mut seen, world, &of_it, probes);
    add_listed(&mut seen);
    seen
}

/// Whether this intent's own update has not come to its end.
pub(super) fn is_updating(intent: &ConfigMap) -> bool {
    let annotations = intent.metadata.annotations.as_ref();
    annotations.is_some_and(|all| all.contains_key(labels::UPDATING))
}

/// The servers that have such an object.
fn ids_of<K: kube::Resource>(
    objects: &[K],
    of_it: &dyn Fn(&kube::core::ObjectMeta) -> bool,
) -> BTreeSet<ServerId> {
    let metadata = objects.iter().map(kube::Resource::meta);
    let ours = metadata.filter(|metadata| of_it(metadata));
    ours.filter_map(facts::server_id).collect()
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
    let found: Vec<_> = by_hand::services(seen, world).collect();
    for (id, service) in found {
        note_age(seen, &service.metadata);
        let member = member(seen, id);
        member.address = facts::cluster_ip(service);
        member.peer_service = Some(by_hand::peer(service, world));
    }
}

fn add_pods(
    seen: &mut Observed,
    world: &World,
    of_it: &dyn Fn(&kube::core::ObjectMeta) -> bool,
    probes: &BTreeMap<String, Probe>,
) {
    let prefix = format!("{}-", seen.name);
    for pod in &world.pods {
        let id = if of_it(&pod.metadata) {
            facts::server_id(&pod.metadata)
        } else {
            by_hand::server(seen, pod)
        };
        let Some(id) = id else {
            continue;
        };
        note_age(seen, &pod.metadata);
        let facts = facts::pod(pod);
        let rank = |pod: &observed::Pod| rank(pod, &prefix);
        let probe = probes.get(&facts.uid).cloned().unwrap_or(Probe::NotAsked);
        let member = member(seen, id);
        // A second pod of one id is an old one that goes, or a mistake: the one that lives counts.
        if member
            .pod
            .as_ref()
            .is_none_or(|other| rank(other) < rank(&facts))
        {
            member.pod = Some(facts);
            member.probe = probe;
        }
    }
}

/// Of two pods of one id, how much the one is the server: the greater, the more. Where a Service made by hand finds pods
/// of two ensembles, the name is the best guess (and a finding says so).
fn rank(pod: &observed::Pod, prefix: &str) -> [bool; 5] {
    let named = pod.name.starts_with(prefix);
    [
        !pod.deleting,
        !pod.has_ended(),
        named,
        pod.running,
        pod.ready,
    ]
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
