//! What the controllers, the scheduler and the kubelets make of a StatefulSet, at once.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::json;

use crate::fake::ensemble::Zoo;
use crate::fake::objects::Key;
use crate::fake::objects::Store;
use crate::fake::pace::Pace;

/// How far a pod comes.
#[derive(Clone, Debug, Default)]
pub(crate) enum Fate {
    /// It runs and is ready.
    #[default]
    Runs,
    /// Its container waits, for this reason and with these words.
    Waits(&'static str, &'static str),
    /// No node takes it.
    Unschedulable(&'static str),
    /// It cannot be created.
    Denied(&'static str),
    /// Its container ended with this code and this message.
    Ended(i32, &'static str),
}

/// What becomes of pods.
#[derive(Default)]
pub(crate) struct Controllers {
    /// By StatefulSet.
    fates: BTreeMap<String, Fate>,
    /// By image.
    images: BTreeMap<String, Fate>,
    /// By StatefulSet: every template that it had, the first of revision r1.
    revisions: BTreeMap<String, Vec<Value>>,
    /// The names of all pods and disks that were ever made.
    pub(crate) made: Vec<String>,
    /// Pods of deleted StatefulSets stay, on a node that does not answer.
    pub(crate) pods_stay: bool,
    /// The servers in the pods.
    pub(crate) zoo: Zoo,
    /// How long things take.
    pub(crate) pace: Pace,
    /// Pods that end, pods that begin, and StatefulSets whose change is not seen yet: for so many looks.
    pub(crate) ending: BTreeMap<Key, usize>,
    pub(crate) starting: BTreeMap<Key, usize>,
    pub(crate) seeing: BTreeMap<Key, usize>,
}

impl Controllers {
    /// The pod of this StatefulSet comes so far and no further.
    pub(crate) fn decide(&mut self, set: &str, fate: Fate) {
        self.fates.insert(set.to_owned(), fate);
    }

    /// Pods of this image come so far and no further.
    pub(crate) fn decide_image(&mut self, image: &str, fate: Fate) {
        self.images.insert(image.to_owned(), fate);
    }

    fn fate(&self, set: &str, object: &Value) -> Fate {
        let image = &object["spec"]["template"]["spec"]["containers"][0]["image"];
        let of_image = image.as_str().and_then(|image| self.images.get(image));
        let fate = of_image.or_else(|| self.fates.get(set));
        fate.cloned().unwrap_or_default()
    }

    /// The same template has the same revision again.
    pub(crate) fn revision(&mut self, set: &str, template: Value) -> String {
        let known = self.revisions.entry(set.to_owned()).or_default();
        let found = known.iter().position(|it| *it == template);
        let index = found.unwrap_or_else(|| {
            known.push(template);
            known.len() - 1
        });
        format!("{set}-r{}", index + 1)
    }

    /// Looks at one object that was made, changed or removed.
    pub(crate) fn run(store: &mut Store, key: &Key) {
        if key.0 == "pods" && !store.objects.contains_key(key) {
            return again(store, key);
        }
        if key.0 != "statefulsets" {
            return;
        }
        let (namespace, set) = (&key.1, &key.2);
        let Some(object) = store.objects.get(key).cloned() else {
            return gone(store, namespace, set);
        };
        match store.controllers.pace.seeing {
            looks if 0 < looks && !object["status"].is_null() => {
                store.controllers.seeing.entry(key.clone()).or_insert(looks);
            }
            _ => store.sees(key),
        }
        let there = |store: &Store, resource: &str, name: &str| {
            let key = (resource.to_owned(), namespace.clone(), name.to_owned());
            store.objects.contains_key(&key)
        };
        let has_disk = object["spec"]["volumeClaimTemplates"].is_array();
        if has_disk && !there(store, "persistentvolumeclaims", &format!("data-{set}-0")) {
            store.controllers.made.push(format!("data-{set}-0"));
            store.put("persistentvolumeclaims", namespace, claim(set, &object));
        }
        if there(store, "pods", &format!("{set}-0")) {
            return;
        }
        let object = store.objects[key].clone();
        match store.controllers.fate(set, &object) {
            Fate::Denied(why) => store.put("events", namespace, event(set, why)),
            fate => {
                store.controllers.made.push(format!("{set}-0"));
                store.put("pods", namespace, pod(set, &object, &fate));
            }
        }
    }
}

/// A pod that was deleted is made again.
fn again(store: &mut Store, key: &Key) {
    let (_, namespace, pod) = key;
    let set = pod.strip_suffix("-0").unwrap_or(pod).to_owned();
    let owner = ("statefulsets".to_owned(), namespace.clone(), set);
    if !store.objects.contains_key(&owner) {
        return;
    }
    Controllers::run(store, &owner);
    begins(store, key);
}

/// The server in a pod that was made again is another process.
fn begins(store: &mut Store, key: &Key) {
    let looks = store.controllers.pace.starting;
    let runs = |pod: &Value| pod["status"]["phase"] == "Running";
    let mut running = store.objects.get(key).is_some_and(runs);
    if running && 0 < looks {
        let pod = store.objects.get_mut(key).unwrap();
        let container = pod["spec"]["containers"][0]["name"].clone();
        pod["status"] = status(&container, &Fate::Waits("ContainerCreating", ""));
        store.controllers.starting.insert(key.clone(), looks);
        running = false;
    }
    store.controllers.zoo.born(&key.2, running);
}

fn gone(store: &mut Store, namespace: &str, set: &str) {
    let key = ("pods".to_owned(), namespace.to_owned(), format!("{set}-0"));
    if store.controllers.pods_stay {
        let pod = store.objects.get_mut(&key).unwrap();
        pod["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
    } else {
        store.gone(&key);
    }
}

fn claim(set: &str, object: &Value) -> Value {
    let template = &object["spec"]["volumeClaimTemplates"][0];
    let mut labels = template["metadata"]["labels"].clone();
    for (key, value) in object["spec"]["selector"]["matchLabels"]
        .as_object()
        .unwrap()
    {
        labels[key] = value.clone();
    }
    json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim",
        "metadata": {"name": format!("data-{set}-0"), "labels": labels},
        "spec": template["spec"],
        "status": {"phase": "Bound", "capacity": template["spec"]["resources"]["requests"]},
    })
}

fn event(set: &str, why: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Event", "metadata": {"name": format!("{set}.1")},
        "involvedObject": {"kind": "StatefulSet", "name": set}, "type": "Warning", "reason": "FailedCreate",
        "message": format!("create Pod {set}-0 in StatefulSet {set} failed error: {why}"),
    })
}

fn pod(set: &str, object: &Value, fate: &Fate) -> Value {
    let template = &object["spec"]["template"];
    let mut labels = template["metadata"]["labels"].clone();
    labels["controller-revision-hash"] = object["status"]["updateRevision"].clone();
    let mut spec = template["spec"].clone();
    if !matches!(fate, Fate::Unschedulable(_)) {
        spec["nodeName"] = format!("node-{}", labels["server"].as_str().unwrap()).into();
    }
    let name = &spec["containers"][0]["name"];
    let status = status(name, fate);
    json!({
        "apiVersion": "v1", "kind": "Pod", "spec": spec,
        "metadata": {"name": format!("{set}-0"), "labels": labels, "annotations": template["metadata"]["annotations"]},
        "status": status,
    })
}

/// A pod's status.
pub(crate) fn status(container: &Value, fate: &Fate) -> Value {
    let state = match fate {
        Fate::Runs => json!({"running": {}}),
        Fate::Waits(reason, message) => {
            json!({"waiting": {"reason": reason, "message": message}})
        }
        Fate::Ended(code, message) => {
            json!({"terminated": {"exitCode": code, "reason": "Error", "message": message}})
        }
        Fate::Unschedulable(why) => {
            let condition = json!({"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": why});
            return json!({"phase": "Pending", "conditions": [condition]});
        }
        Fate::Denied(_) => Value::Null,
    };
    let runs = matches!(fate, Fate::Runs);
    let ready = if runs { "True" } else { "False" };
    json!({
        "phase": if runs { "Running" } else { "Pending" },
        "conditions": [{"type": "Ready", "status": ready}],
        "containerStatuses": [{"name": container, "image": "", "imageID": "", "ready": runs, "started": runs, "restartCount": 0, "state": state}],
    })
}
