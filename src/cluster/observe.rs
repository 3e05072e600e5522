//! Looks at ensembles: Kubernetes' lists and the servers' own answers, joined per server into [`Observed`].

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::Duration;
use std::time::SystemTime;

use futures::future::join_all;
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::Pod;

use crate::cluster::Cluster;
use crate::cluster::facts;
use crate::cluster::fault::Fault;
use crate::cluster::probe;
use crate::cluster::probe::Depth;
use crate::cluster::world;
use crate::cluster::world::Scope;
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

/// How long after two leaders were seen the servers are asked again: a hand-off takes about 150 ms.
const SECOND_LOOK: Duration = Duration::from_millis(400);

/// How to ask the servers.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// How much.
    pub depth: Depth,
    /// How long each may take.
    pub deadline: Duration,
}

impl Asking {
    /// No server is asked.
    pub fn nobody() -> Self {
        Self {
            depth: Depth::Nothing,
            ..Self::default()
        }
    }
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            depth: Depth::Brief,
            deadline: Duration::from_secs(3),
        }
    }
}

impl Cluster {
    /// One ensemble; none if no object speaks of it.
    ///
    /// # Errors
    /// The pods cannot be listed, or the API server fails.
    pub async fn observe(
        &self,
        name: &EnsembleName,
        asking: Asking,
    ) -> Result<Option<Observed>, Fault> {
        let ours = Scope {
            namespace: Some(self.namespace.clone()),
            instance: Some(name.to_string()),
            selector: None,
        };
        let found = self
            .look(&ours, asking, |_, found| found == name.as_str())
            .await?
            .pop();
        if found.is_some() {
            return Ok(found);
        }
        let by_hand = Scope {
            instance: None,
            ..ours
        };
        Ok(self
            .look(&by_hand, asking, |_, found| found == name.as_str())
            .await?
            .pop())
    }

    /// Every ensemble of the scope, by namespace and name.
    ///
    /// # Errors
    /// The pods cannot be listed, or the API server fails.
    pub async fn observe_all(&self, scope: &Scope, asking: Asking) -> Result<Vec<Observed>, Fault> {
        self.look(scope, asking, |_, _| true).await
    }

    async fn look(
        &self,
        scope: &Scope,
        asking: Asking,
        wanted: impl Fn(&str, &str) -> bool,
    ) -> Result<Vec<Observed>, Fault> {
        let pods = scope.pods(&self.client).await?;
        let (rest, probes) =
            futures::join!(scope.rest(&self.client), self.probe_all(&pods, asking));
        let mut world = World { pods, ..rest? };
        world.missing_rights.extend(forbidden(&probes));
        let mut ensembles = Vec::new();
        for (namespace, name) in names(&world) {
            if let Ok(valid) = name.parse::<EnsembleName>()
                && wanted(&namespace, &name)
            {
                let mut seen = join_one(&world, &namespace, valid, &probes);
                self.explain(&mut seen).await;
                self.look_again(&mut seen, asking).await;
                ensembles.push(seen);
            }
        }
        Ok(ensembles)
    }

    async fn probe_all(&self, pods: &[Pod], asking: Asking) -> BTreeMap<String, Probe> {
        let running = pods
            .iter()
            .filter(|pod| asking.depth != Depth::Nothing && facts::pod(pod).running);
        let ask = |pod: &Pod| {
            let (uid, name) = (
                pod.metadata.uid.clone().unwrap_or_default(),
                pod.metadata.name.clone().unwrap_or_default(),
            );
            let dial = self.dial(pod.metadata.namespace.as_deref().unwrap_or(&self.namespace));
            async move {
                (
                    uid,
                    probe::probe(&*dial, &name, asking.depth, asking.deadline).await,
                )
            }
        };
        join_all(running.map(ask)).await.into_iter().collect()
    }

    /// Asks for what is only looked at where something is missing.
    async fn explain(&self, seen: &mut Observed) {
        let namespace = seen.namespace.clone();
        for member in seen.members.values_mut() {
            if let (None, Some(workload)) = (&member.pod, &mut member.workload) {
                let warning =
                    world::last_warning(&self.client, &namespace, "StatefulSet", &workload.name)
                        .await;
                workload.failed_create = warning
                    .filter(|(reason, _)| reason == "FailedCreate")
                    .map(|(_, message)| message);
            }
            let unplaced = member.pod.as_ref().is_some_and(|pod| pod.node.is_none());
            if let Some(claim) = member
                .claim
                .as_mut()
                .filter(|claim| unplaced && claim.phase == "Pending")
            {
                let warning = world::last_warning(
                    &self.client,
                    &namespace,
                    "PersistentVolumeClaim",
                    &claim.name,
                )
                .await;
                claim.reason = warning.map(|(_, message)| message);
            }
        }
    }

    /// Two leaders are believed only when they are seen twice.
    async fn look_again(&self, seen: &mut Observed, asking: Asking) {
        if seen.leaders().len() < 2 {
            return;
        }
        tokio::time::sleep(SECOND_LOOK).await;
        let dial = self.dial(&seen.namespace);
        let again = seen.members.values_mut().filter_map(|member| {
            let pod = member.pod.as_ref().filter(|pod| pod.running)?.name.clone();
            let dial = dial.clone();
            Some(async move {
                member.probe = probe::probe(&*dial, &pod, asking.depth, asking.deadline).await;
            })
        });
        join_all(again).await;
    }
}

/// The rights that probes lacked.
fn forbidden(probes: &BTreeMap<String, Probe>) -> BTreeSet<String> {
    let rule = |probe: &Probe| match probe {
        Probe::Forbidden(rule) => Some(rule.clone()),
        _ => None,
    };
    probes.values().filter_map(rule).collect()
}

/// The ensembles that the lists speak of: by the instance label, or made by hand, by the prefix of their peer Services.
fn names(world: &World) -> BTreeSet<(String, String)> {
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
fn join_one(
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
