//! The objects, and what the verbs of an API server do to them.

use std::collections::BTreeMap;
use std::time::Duration;
use std::time::SystemTime;

use k8s_openapi::jiff::Timestamp;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::fake::asked::Asked;
use crate::fake::controllers::Controllers;
use crate::fake::faults::status;

/// Resource, namespace, name.
pub(crate) type Key = (String, String, String);

/// How long ago every object was made: 3d1h, and far from the next hour.
const AGE: Duration = Duration::from_secs(3 * 86_400 + 5_400);

/// What the server keeps.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) objects: BTreeMap<Key, Value>,
    pub(crate) controllers: Controllers,
    /// What every container has logged.
    pub(crate) log: &'static str,
    /// Answers have at most so many items.
    pub(crate) page: Option<usize>,
    /// The class of the disks does not let them grow.
    pub(crate) fixed_disks: bool,
    /// What was applied last of each object: what is left out of the next is taken away.
    applied: BTreeMap<Key, Value>,
    last: u64,
}

impl Store {
    /// Carries out a request.
    pub(crate) fn answer(&mut self, asked: &Asked) -> (u16, Value) {
        match asked.verb {
            "list" => self.list(asked),
            "get"
                if asked
                    .name
                    .as_deref()
                    .is_some_and(|name| name.ends_with("/log")) =>
            {
                (200, self.log.into())
            }
            "get" if asked.resource == "version" => (200, json!({"gitVersion": "v1.36.0"})),
            "get" => match self.objects.get(&key(asked)) {
                Some(object) => (200, object.clone()),
                None => missing(asked),
            },
            "create" => match key(asked) {
                (pods, namespace, name) if name.ends_with("/eviction") => {
                    let name = name.trim_end_matches("/eviction").to_owned();
                    self.evict(asked, &(pods, namespace, name))
                }
                _ => self.create(asked),
            },
            "patch" if asked.apply => self.apply(asked),
            "patch" => self.merge(asked),
            _ => self.delete(asked, &key(asked)),
        }
    }

    /// Puts an object there as if someone had made it.
    pub(crate) fn put(&mut self, resource: &str, namespace: &str, object: Value) {
        let name = object["metadata"]["name"].as_str().unwrap().to_owned();
        let key = (resource.to_owned(), namespace.to_owned(), name);
        let object = self.stamped(&key, object);
        self.objects.insert(key.clone(), object);
        Controllers::run(self, &key);
    }

    /// Changes an object of the default namespace.
    pub(crate) fn change(&mut self, resource: &str, name: &str, change: impl FnOnce(&mut Value)) {
        let key = (resource.to_owned(), "default".to_owned(), name.to_owned());
        change(self.objects.get_mut(&key).unwrap());
    }

    /// Removes an object of the default namespace.
    pub(crate) fn remove(&mut self, resource: &str, name: &str) {
        let key = (resource.to_owned(), "default".to_owned(), name.to_owned());
        self.objects.remove(&key).unwrap();
    }

    fn list(&mut self, asked: &Asked) -> (u16, Value) {
        if asked.resource == "pods" {
            self.pass();
        }
        let of_it = |key: &Key| {
            key.0 == asked.resource && asked.namespace.as_ref().is_none_or(|name| *name == key.1)
        };
        let found: Vec<&Value> = self
            .objects
            .iter()
            .filter(|(key, object)| of_it(key) && is_selected(asked, object))
            .map(|(_, object)| object)
            .collect();
        let start: usize = asked
            .parameter("continue")
            .map_or(0, |token| token.parse().unwrap());
        let end = found.len().min(start + self.page.unwrap_or(500));
        let token = if end < found.len() {
            end.to_string()
        } else {
            String::new()
        };
        let list = json!({"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": self.last.to_string(), "continue": token}, "items": found[start..end]});
        (200, list)
    }

    fn create(&mut self, asked: &Asked) -> (u16, Value) {
        let key = key(asked);
        if self.objects.contains_key(&key) {
            let message = format!("{} \"{}\" already exists", asked.resource, key.2);
            return status(409, "AlreadyExists", &message);
        }
        (201, self.keep(asked, &key, &asked.body))
    }

    /// Server-side apply, as far as one manager goes.
    fn apply(&mut self, asked: &Asked) -> (u16, Value) {
        let key = key(asked);
        let last = match asked.is_dry() {
            true => self.applied.get(&key).cloned(),
            false => self.applied.insert(key.clone(), asked.body.clone()),
        };
        let Some(before) = self.objects.get(&key).cloned() else {
            return (201, self.keep(asked, &key, &asked.body));
        };
        let mut after = before.clone();
        take_away(&mut after, &last.unwrap_or_default(), &asked.body);
        merge(&mut after, &asked.body);
        if after == before {
            return (200, before);
        }
        (200, self.keep(asked, &key, &after))
    }

    fn merge(&mut self, asked: &Asked) -> (u16, Value) {
        let key = key(asked);
        let Some(before) = self.objects.get(&key).cloned() else {
            return missing(asked);
        };
        let uid = &asked.body["metadata"]["uid"];
        if !uid.is_null() && *uid != before["metadata"]["uid"] {
            return status(409, "Conflict", "the uid is another");
        }
        let version = &asked.body["metadata"]["resourceVersion"];
        if !version.is_null() && *version != before["metadata"]["resourceVersion"] {
            return status(409, "Conflict", "the object has been modified");
        }
        let size = &asked.body["spec"]["resources"]["requests"]["storage"];
        if !size.is_null() && self.fixed_disks {
            return not_resized(asked, &key.2);
        }
        let mut after = before;
        merge(&mut after, &asked.body);
        (200, self.keep(asked, &key, &after))
    }

    fn keep(&mut self, asked: &Asked, key: &Key, object: &Value) -> Value {
        let last = self.last;
        let object = self.stamped(key, object.clone());
        if asked.is_dry() {
            self.last = last;
            return object;
        }
        self.objects.insert(key.clone(), object.clone());
        Controllers::run(self, key);
        object
    }

    /// With what the server adds.
    fn stamped(&mut self, key: &Key, mut object: Value) -> Value {
        self.last += 1;
        let metadata = &mut object["metadata"];
        metadata["namespace"] = key.1.clone().into();
        metadata["resourceVersion"] = self.last.to_string().into();
        if metadata["uid"].is_null() {
            metadata["uid"] = format!("uid-{}", self.last).into();
            let made = Timestamp::try_from(SystemTime::now() - AGE).unwrap();
            metadata["creationTimestamp"] = format!("{made:.0}").into();
        }
        if key.0 == "statefulsets" {
            let before = self.objects.get(key).unwrap_or(&Value::Null);
            let generation = before["metadata"]["generation"].as_u64().unwrap_or(0);
            let changed = u64::from(before["spec"] != object["spec"]);
            object["metadata"]["generation"] = (generation + changed).into();
        }
        if key.0 == "services" && object["spec"]["clusterIP"].is_null() {
            object["spec"]["clusterIP"] = address(&key.2, self.last).into();
        }
        object
    }
}

/// Server N's peer Service has 10.96.0.N, as the servers' own lists say.
fn address(name: &str, number: u64) -> String {
    match name.split_once("-peer-") {
        Some((_, id)) => format!("10.96.0.{id}"),
        None => format!("10.96.1.{number}"),
    }
}

fn key(asked: &Asked) -> Key {
    let name = asked.name.clone();
    let name = name.unwrap_or_else(|| asked.body["metadata"]["name"].as_str().unwrap().to_owned());
    let namespace = asked.namespace.clone().unwrap_or_default();
    (asked.resource.clone(), namespace, name)
}

fn missing(asked: &Asked) -> (u16, Value) {
    let name = asked.name.as_deref().unwrap_or_default();
    let message = format!("{} \"{name}\" not found", asked.resource);
    status(404, "NotFound", &message)
}

fn is_selected(asked: &Asked, object: &Value) -> bool {
    let all = |selector: Option<&str>, value: &dyn Fn(&str) -> Value| {
        let mut terms = selector.into_iter().flat_map(|text| text.split(','));
        terms.all(|term| match term.split_once('=') {
            Some((key, wanted)) => value(key).as_str() == Some(wanted),
            None => !value(term).is_null(),
        })
    };
    let label = |key: &str| object["metadata"]["labels"][key].clone();
    let field = |path: &str| {
        path.split('.')
            .fold(object.clone(), |value, key| value[key].clone())
    };
    all(asked.parameter("labelSelector"), &label) && all(asked.parameter("fieldSelector"), &field)
}

/// The API server's words where the StorageClass has no `allowVolumeExpansion`.
fn not_resized(asked: &Asked, name: &str) -> (u16, Value) {
    let message = format!(
        "{} \"{name}\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
        asked.resource
    );
    status(403, "Forbidden", &message)
}

/// Takes away what was applied before and is not any more.
fn take_away(object: &mut Value, last: &Value, now: &Value) {
    let (Value::Object(fields), Value::Object(last), Value::Object(now)) = (object, last, now)
    else {
        return;
    };
    for (key, before) in last {
        match (fields.get_mut(key), now.get(key)) {
            (Some(field), Some(now)) => take_away(field, before, now),
            (_, None) => drop(fields.remove(key)),
            (None, Some(_)) => {}
        }
    }
}

fn merge(object: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        object.clone_from(patch);
        return;
    };
    if !object.is_object() {
        *object = Value::Object(Map::new());
    }
    for (key, value) in patch {
        merge(&mut object[key], value);
    }
    if let Value::Object(fields) = object {
        fields.retain(|_, value| !value.is_null());
    }
}
