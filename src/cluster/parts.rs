//! The lists, dealt out to the ensembles they speak of: joining one then need not look at the objects of all. Pure.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use kube::core::ObjectMeta;

use crate::cluster::by_hand;
use crate::cluster::facts;
use crate::cluster::world::World;
use crate::manifest::labels;

/// The objects of every ensemble.
pub(crate) struct Parts {
    /// By namespace and instance label; without that label, under an empty one.
    labelled: BTreeMap<(String, String), World>,
    /// All of the namespaces in which somebody made an ensemble by hand: its objects are not told from others by a label.
    whole: BTreeMap<String, World>,
    /// Those ensembles.
    by_hand: BTreeSet<(String, String)>,
    /// What is known of an ensemble without objects.
    nothing: World,
}

impl Parts {
    /// Deals them out.
    pub(crate) fn of(world: World) -> Self {
        let mut parts = Self {
            labelled: BTreeMap::new(),
            whole: BTreeMap::new(),
            by_hand: by_hand::names(&world).collect(),
            nothing: world.nothing(),
        };
        parts.deal(world);
        parts.gather();
        parts
    }

    /// All that says something of this ensemble.
    pub(crate) fn part(&self, namespace: &str, name: &str) -> &World {
        let key = (namespace.to_owned(), name.to_owned());
        let part = if self.by_hand.contains(&key) {
            self.whole.get(namespace)
        } else {
            self.labelled.get(&key)
        };
        part.unwrap_or(&self.nothing)
    }

    fn deal(&mut self, world: World) {
        let World {
            pods,
            config_maps,
            stateful_sets,
            claims,
            services,
            budgets,
            missing_rights: _,
        } = world;
        for pod in pods {
            self.at(&pod.metadata).pods.push(pod);
        }
        for map in config_maps.into_iter().flatten() {
            self.at(&map.metadata)
                .config_maps
                .get_or_insert_default()
                .push(map);
        }
        for set in stateful_sets {
            self.at(&set.metadata).stateful_sets.push(set);
        }
        for claim in claims {
            self.at(&claim.metadata).claims.push(claim);
        }
        for service in services {
            self.at(&service.metadata).services.push(service);
        }
        for budget in budgets.into_iter().flatten() {
            self.at(&budget.metadata)
                .budgets
                .get_or_insert_default()
                .push(budget);
        }
    }

    fn at(&mut self, metadata: &ObjectMeta) -> &mut World {
        let namespace = metadata.namespace.clone().unwrap_or_default();
        let instance = facts::label(metadata, labels::INSTANCE).unwrap_or_default();
        let part = self.labelled.entry((namespace, instance.to_owned()));
        part.or_insert_with(|| self.nothing.clone())
    }

    fn gather(&mut self) {
        let namespaces: BTreeSet<&String> = self
            .by_hand
            .iter()
            .map(|(namespace, _)| namespace)
            .collect();
        for ((namespace, _), part) in &self.labelled {
            if namespaces.contains(namespace) {
                let whole = self.whole.entry(namespace.clone());
                whole
                    .or_insert_with(|| self.nothing.clone())
                    .add(part.clone());
            }
        }
    }
}

impl World {
    /// The same without any object: what could be seen, and what not.
    fn nothing(&self) -> Self {
        Self {
            config_maps: self.config_maps.as_ref().map(|_| Vec::new()),
            budgets: self.budgets.as_ref().map(|_| Vec::new()),
            missing_rights: self.missing_rights.clone(),
            ..Self::default()
        }
    }

    fn add(&mut self, other: Self) {
        self.pods.extend(other.pods);
        self.stateful_sets.extend(other.stateful_sets);
        self.claims.extend(other.claims);
        self.services.extend(other.services);
        add(&mut self.config_maps, other.config_maps);
        add(&mut self.budgets, other.budgets);
    }
}

fn add<T>(list: &mut Option<Vec<T>>, more: Option<Vec<T>>) {
    if let (Some(list), Some(more)) = (list, more) {
        list.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use k8s_openapi::api::core::v1::Pod;
    use k8s_openapi::api::core::v1::Service;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    fn object<K: DeserializeOwned>(namespace: &str, name: &str, instance: Option<&str>) -> K {
        let labels = instance.map(|instance| json!({labels::INSTANCE: instance}));
        let metadata = json!({"namespace": namespace, "name": name, "labels": labels});
        serde_json::from_value(json!({"metadata": metadata})).unwrap()
    }

    fn names(world: &World) -> Vec<&str> {
        let pods = world.pods.iter().map(|pod| &pod.metadata);
        let services = world.services.iter().map(|service| &service.metadata);
        let names = pods.chain(services);
        names.filter_map(|it| it.name.as_deref()).collect()
    }

    /// To each its own; to one made by hand, all of its namespace: its Services may find any pod there.
    #[test]
    fn every_ensemble_has_all_that_speaks_of_it() {
        let pods: Vec<Pod> = vec![
            object("a", "zk-1", Some("zk")),
            object("a", "loose", None),
            object("b", "zk-2", Some("zk")),
        ];
        let services: Vec<Service> = vec![
            object("a", "old-peer-1", None),
            object("a", "zk-client", Some("zk")),
        ];
        let parts = Parts::of(World {
            pods,
            services,
            budgets: Some(Vec::new()),
            ..World::default()
        });
        assert_eq!(names(parts.part("a", "zk")), ["zk-1", "zk-client"]);
        assert_eq!(names(parts.part("b", "zk")), ["zk-2"]);
        assert_eq!(
            names(parts.part("a", "old")),
            ["loose", "zk-1", "old-peer-1", "zk-client"]
        );
        let nothing = parts.part("a", "none");
        assert!(names(nothing).is_empty());
        // What may not be seen is not what is not there.
        assert!(nothing.budgets.is_some() && nothing.config_maps.is_none());
    }
}
