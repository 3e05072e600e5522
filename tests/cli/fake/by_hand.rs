//! An ensemble by the convention, made without the plugin: no `instance`, no StatefulSet of ours.

use serde_json::Value;
use serde_json::json;

use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::controllers::status;

impl World {
    /// Three servers of Services `NAME-peer-N`, in pods `NAME-N`; the second leads.
    pub(crate) fn by_hand(&self, name: &str) {
        self.api.store(|store| {
            for id in 1..=3 {
                for service in [format!("{name}-peer-{id}"), format!("{name}-election-{id}")] {
                    store.put("services", "default", object(&service, id));
                }
                store.put("pods", "default", pod(&format!("{name}-{id}"), id));
            }
            store.put("services", "default", object(&format!("{name}-client"), 0));
        });
    }
}

fn object(name: &str, id: u8) -> Value {
    json!({"metadata": {"name": name}, "spec": {"selector": {"name": "zookeeper-pod", "server": id.to_string()}}})
}

fn pod(name: &str, id: u8) -> Value {
    let container = Value::from(format!("zookeeper-server-{id}"));
    json!({
        "metadata": {"name": name, "labels": {"name": "zookeeper-pod", "server": id.to_string()}},
        "spec": {"nodeName": format!("node-{id}"), "containers": [{"name": container, "image": "zookeeper:3.8.4"}]},
        "status": status(&container, &Fate::Runs),
    })
}
