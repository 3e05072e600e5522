//! What the controllers, the scheduler and the kubelets make of a StatefulSet, at once.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::json;

use crate::fake::objects::Key;
use crate::fake::objects::Store;

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
    /// Pods of deleted StatefulSets stay, on a node that does not answer.
    pub(crate) pods_stay: bool,
}

impl Controllers {
    /// The pod of this StatefulSet comes so far and no further.
    pub(crate) fn decide(&mut self, set: &str, fate: Fate) {
        self.fates.insert(set.to_owned(), fate);
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
        if object["status"].is_null() {
            store.objects.get_mut(key).unwrap()["status"] = json!({"updateRevision": "r1"});
        }
        let there = |store: &Store, resource: &str, name: &str| {
            let key = (resource.to_owned(), namespace.clone(), name.to_owned());
            store.objects.contains_key(&key)
        };
        let has_disk = object["spec"]["volumeClaimTemplates"].is_array();
        if has_disk && !there(store, "persistentvolumeclaims", &format!("data-{set}-0")) {
            store.put("persistentvolumeclaims", namespace, claim(set, &object));
        }
        if there(store, "pods", &format!("{set}-0")) {
            return;
        }
        match store
            .controllers
            .fates
            .get(set)
            .cloned()
            .unwrap_or_default()
        {
            Fate::Denied(why) => store.put("events", namespace, event(set, why)),
            fate => store.put("pods", namespace, pod(set, &object, &fate)),
        }
    }
}

/// A pod that was deleted is made again.
fn again(store: &mut Store, (_, namespace, pod): &Key) {
    let set = pod.strip_suffix("-0").unwrap_or(pod).to_owned();
    let owner = ("statefulsets".to_owned(), namespace.clone(), set);
    if store.objects.contains_key(&owner) {
        Controllers::run(store, &owner);
    }
}

fn gone(store: &mut Store, namespace: &str, set: &str) {
    let key = ("pods".to_owned(), namespace.to_owned(), format!("{set}-0"));
    if store.controllers.pods_stay {
        let pod = store.objects.get_mut(&key).unwrap();
        pod["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
    } else {
        store.objects.remove(&key);
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
    labels["controller-revision-hash"] = "r1".into();
    let mut spec = template["spec"].clone();
    if !matches!(fate, Fate::Unschedulable(_)) {
        spec["nodeName"] = format!("node-{}", labels["server"].as_str().unwrap()).into();
    }
    let name = &spec["containers"][0]["name"];
    let status = status(name, fate);
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": format!("{set}-0"), "labels": labels},
        "spec": spec, "status": status,
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
