//! Looks at ensembles: Kubernetes' lists and the servers' own answers, joined per server into [`Observed`].

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::Duration;

use futures::StreamExt as _;
use futures::future::join_all;
use futures::stream;
use k8s_openapi::api::core::v1::Pod;

use crate::cluster::Cluster;
use crate::cluster::fault::Fault;
use crate::cluster::join::join_one;
use crate::cluster::join::names;
use crate::cluster::parts::Parts;
use crate::cluster::probe;
use crate::cluster::probe::Depth;
use crate::cluster::survey::survey;
use crate::cluster::world::Scope;
use crate::cluster::world::World;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::observed::Probe;

/// How long after two leaders were seen the servers are asked again: a hand-off takes about 150 ms.
const SECOND_LOOK: Duration = Duration::from_millis(400);

/// How many ensembles in which something is missing are looked at more closely at once.
const CLOSER: usize = 16;

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
        let ours = self.of(name);
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

    /// Why not all of an ensemble is to be seen.
    ///
    /// # Errors
    /// The first list that is forbidden, or any other fault.
    pub async fn see_whole(&self, name: &EnsembleName) -> Result<(), Fault> {
        self.of(name).whole(&self.client).await
    }

    fn of(&self, name: &EnsembleName) -> Scope {
        Scope {
            namespace: Some(self.namespace.clone()),
            instance: Some(name.to_string()),
            ..Scope::default()
        }
    }

    /// Every ensemble of the scope, by namespace and name.
    ///
    /// # Errors
    /// The pods cannot be listed, or the API server fails.
    pub async fn observe_all(&self, scope: &Scope, asking: Asking) -> Result<Vec<Observed>, Fault> {
        let Some(chosen) = self.chosen(scope).await? else {
            return self.look(scope, asking, |_, _| true).await;
        };
        let whole = Scope {
            selector: None,
            ..scope.clone()
        };
        let wanted =
            |namespace: &str, name: &str| chosen.contains(&(namespace.to_owned(), name.to_owned()));
        self.look(&whole, asking, wanted).await
    }

    /// The ensembles of which an object has the scope's labels, if it has any: not all of an ensemble's objects need have
    /// them, so what is to be seen of it is listed without.
    async fn chosen(&self, scope: &Scope) -> Result<Option<BTreeSet<(String, String)>>, Fault> {
        if scope.selector.is_none() {
            return Ok(None);
        }
        let pods = scope.pods(&self.client).await?;
        let rest = scope.rest(&self.client).await?;
        Ok(Some(names(&World { pods, ..rest })))
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
        let known = names(&world);
        let parts = Parts::of(world);
        let join = |(namespace, name): (String, String)| {
            let valid = name.parse::<EnsembleName>().ok()?;
            let part = parts.part(&namespace, &name);
            wanted(&namespace, &name).then(|| join_one(part, &namespace, valid, &probes))
        };
        let mut ensembles: Vec<Observed> = known.into_iter().filter_map(join).collect();
        let closer = ensembles.iter_mut().map(|seen| async {
            self.explain(seen).await;
            self.note_events(seen).await;
            self.look_again(seen, asking).await;
        });
        stream::iter(closer)
            .for_each_concurrent(CLOSER, |look| look)
            .await;
        Ok(ensembles)
    }

    async fn probe_all(&self, pods: &[Pod], asking: Asking) -> BTreeMap<String, Probe> {
        let dial = |namespace: Option<&str>| self.dial(namespace.unwrap_or(&self.namespace));
        survey(pods, dial, asking).await
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
