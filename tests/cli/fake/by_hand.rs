//! An ensemble by the convention, made without the plugin: no `instance`, no StatefulSet of ours.

use serde_json::Value;
use serde_json::json;

use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::controllers::status;

impl World {
    /// Three servers of Services `NAME-peer-N`, in pods `NAME-N`; the second leads.
    pub(crate) fn by_hand(&self, name: &str) {
        self.by_hand_with(name, &json!({}));
    }

    /// The same, with further labels on the pods by which the Services select, too.
    pub(crate) fn by_hand_with(&self, name: &str, labels: &Value) {
        self.api.store(|store| {
            for id in 1..=3 {
                let labels = merged(labels, &id.to_string());
                for service in [format!("{name}-peer-{id}"), format!("{name}-election-{id}")] {
                    store.put("services", "default", service_of(&service, &labels));
                }
                store.put("pods", "default", pod(&format!("{name}-{id}"), id, &labels));
            }
            let all = json!({"name": "zookeeper-pod"});
            store.put(
                "services",
                "default",
                service_of(&format!("{name}-client"), &all),
            );
        });
    }
}

fn merged(labels: &Value, id: &str) -> Value {
    let mut all = json!({"name": "zookeeper-pod", "server": id});
    for (key, value) in labels.as_object().unwrap() {
        all[key] = value.clone();
    }
    all
}

fn service_of(name: &str, selector: &Value) -> Value {
    json!({"metadata": {"name": name}, "spec": {"selector": selector}})
}

fn pod(name: &str, id: u8, labels: &Value) -> Value {
    let container = Value::from(format!("zookeeper-server-{id}"));
    json!({
        "metadata": {"name": name, "labels": labels},
        "spec": {"nodeName": format!("node-{id}"), "containers": [{"name": container, "image": "zookeeper:3.8.4"}]},
        "status": status(&container, &Fate::Runs),
    })
}
