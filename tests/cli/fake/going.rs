//! How objects go: deleted, evicted, or left to others. What uses a disk keeps it until it is gone, and a node that does not
//! answer keeps its pods, as the real ones do.

use std::time::SystemTime;

use k8s_openapi::jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::fake::asked::Asked;
use crate::fake::controllers::Controllers;
use crate::fake::faults::status;
use crate::fake::objects::Key;
use crate::fake::objects::Store;

impl Store {
    /// Deletes an object, if it is the one that is meant.
    pub(crate) fn delete(&mut self, asked: &Asked, key: &Key) -> (u16, Value) {
        let Some(object) = self.objects.get(key) else {
            return missing(asked, &key.2);
        };
        if is_another(&asked.body["preconditions"], object) {
            return conflict();
        }
        let gone = object.clone();
        if !asked.is_dry() {
            let forced = asked.body["gracePeriodSeconds"] == 0;
            match key.0.as_str() {
                "pods" => self.end(key, forced),
                "persistentvolumeclaims" if self.is_used(key) => self.mark(key),
                "statefulsets" if asked.body["propagationPolicy"] == "Orphan" => {
                    drop(self.objects.remove(key));
                }
                _ => {
                    self.objects.remove(key);
                    Controllers::run(self, key);
                }
            }
        }
        (200, gone)
    }

    /// Deletes a pod, if it is the one that is meant and the disruption budgets let it go.
    pub(crate) fn evict(&mut self, asked: &Asked, key: &Key) -> (u16, Value) {
        let Some(pod) = self.objects.get(key) else {
            return missing(asked, &key.2);
        };
        if is_another(&asked.body["deleteOptions"]["preconditions"], pod) {
            return conflict();
        }
        if let Some(told) = self.forbidding(pod) {
            return held_back(&told);
        }
        self.end(key, false);
        let done =
            json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"});
        (201, done)
    }

    /// A pod is gone, and with it the disk that only waited for that; its controller makes the next one.
    pub(crate) fn gone(&mut self, key: &Key) {
        self.objects.remove(key);
        let claim = claim_of(key);
        let ends = |object: &Value| !object["metadata"]["deletionTimestamp"].is_null();
        if self.objects.get(&claim).is_some_and(ends) {
            self.objects.remove(&claim);
        }
        Controllers::run(self, key);
    }

    /// This node does not answer any more.
    pub(crate) fn lose(&mut self, node: &str) {
        let ready = json!({"type": "Ready", "status": "Unknown", "message": "Kubelet stopped posting node status."});
        let object = json!({"metadata": {"name": node}, "status": {"conditions": [ready]}});
        self.put("nodes", "", object);
    }

    /// A pod ends: at once where nobody waits for its node, never where that does not answer.
    fn end(&mut self, key: &Key, forced: bool) {
        let node = &self.objects[key]["spec"]["nodeName"];
        let node = node.as_str().unwrap_or_default().to_owned();
        let lost = self
            .objects
            .contains_key(&("nodes".to_owned(), String::new(), node));
        let looks = self.controllers.pace.ending;
        match (forced, lost, looks) {
            (true, _, _) | (false, false, 0) => self.gone(key),
            (false, true, _) => self.mark(key),
            (false, false, looks) => {
                self.mark(key);
                self.controllers.ending.entry(key.clone()).or_insert(looks);
            }
        }
    }

    /// It is to go, and is still there.
    fn mark(&mut self, key: &Key) {
        let object = self.objects.get_mut(key).unwrap();
        let now = Timestamp::try_from(SystemTime::now()).unwrap();
        object["metadata"]["deletionTimestamp"] = format!("{now:.0}").into();
    }

    fn is_used(&self, claim: &Key) -> bool {
        let pods = self.objects.keys().filter(|key| key.0 == "pods");
        pods.into_iter().any(|pod| claim_of(pod) == *claim)
    }

    /// What a budget says that does not let this pod go.
    fn forbidding(&self, pod: &Value) -> Option<String> {
        let budgets = self.of("poddisruptionbudgets");
        let mut covering = budgets.filter(|budget| covers(budget, pod));
        covering.find_map(|budget| {
            let pods = self.of("pods").filter(|pod| covers(budget, pod));
            let healthy = pods.filter(|pod| is_healthy(pod)).count() as u64;
            let needed = budget["spec"]["minAvailable"].as_u64().unwrap_or(0);
            let name = budget["metadata"]["name"].as_str().unwrap();
            (healthy <= needed).then(|| {
                format!("The disruption budget {name} needs {needed} healthy pods and has {healthy} currently")
            })
        })
    }

    fn of(&self, resource: &str) -> impl Iterator<Item = &Value> {
        let found = self
            .objects
            .iter()
            .filter(move |(key, _)| key.0 == resource);
        found.map(|(_, object)| object)
    }
}

/// The disk of a StatefulSet's pod.
fn claim_of((_, namespace, pod): &Key) -> Key {
    let claim = format!("data-{pod}");
    (
        "persistentvolumeclaims".to_owned(),
        namespace.clone(),
        claim,
    )
}

fn covers(budget: &Value, pod: &Value) -> bool {
    let wanted = budget["spec"]["selector"]["matchLabels"].as_object();
    let labels = &pod["metadata"]["labels"];
    wanted.is_some_and(|wanted| wanted.iter().all(|(key, value)| labels[key] == *value))
}

fn is_healthy(pod: &Value) -> bool {
    let conditions = pod["status"]["conditions"].as_array();
    let ready = |condition: &Value| condition["type"] == "Ready" && condition["status"] == "True";
    let is_ready = conditions.is_some_and(|all| all.iter().any(ready));
    is_ready && pod["metadata"]["deletionTimestamp"].is_null()
}

fn is_another(preconditions: &Value, object: &Value) -> bool {
    let uid = &preconditions["uid"];
    !uid.is_null() && *uid != object["metadata"]["uid"]
}

fn conflict() -> (u16, Value) {
    status(409, "Conflict", "Precondition failed: UID in precondition")
}

fn held_back(told: &str) -> (u16, Value) {
    let message = "Cannot evict pod as it would violate the pod's disruption budget.";
    let (code, mut status) = status(429, "TooManyRequests", message);
    let cause = json!({"reason": "DisruptionBudget", "message": told});
    status["details"] = json!({"causes": [cause]});
    (code, status)
}

fn missing(asked: &Asked, name: &str) -> (u16, Value) {
    let message = format!("{} \"{name}\" not found", asked.resource);
    status(404, "NotFound", &message)
}
