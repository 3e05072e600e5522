//! How two intents differ, or two objects, field by field.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::ensemble::Ensemble;

impl Ensemble {
    /// How this intent differs from another, a line per field: `image: zookeeper:3.9.4 -> zookeeper:3.9.5`.
    pub fn differences(&self, wish: &Self) -> Vec<Difference> {
        let value = |intent: &Self| serde_json::to_value(intent).unwrap_or_default();
        compare(
            &leaves(&value(self), Lists::Whole),
            &leaves(&value(wish), Lists::Whole),
        )
    }
}

/// How two objects differ, a line per leaf, lists element by element.
pub fn differences(have: &Value, want: &Value) -> Vec<Difference> {
    compare(&leaves(have, Lists::Each), &leaves(want, Lists::Each))
}

fn compare(have: &BTreeMap<String, String>, want: &BTreeMap<String, String>) -> Vec<Difference> {
    let keys: BTreeSet<&String> = have.keys().chain(want.keys()).collect();
    let show = |value: Option<&String>| value.cloned().unwrap_or_else(|| "<none>".to_owned());
    keys.into_iter()
        .filter(|key| have.get(*key) != want.get(*key))
        .map(|key| Difference {
            field: key.clone(),
            have: show(have.get(key)),
            want: show(want.get(key)),
        })
        .collect()
}

/// How lists are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lists {
    /// As one value.
    Whole,
    /// Element by element.
    Each,
}

/// One field in which two intents differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field, with dots: `storage.claim.size`.
    pub field: String,
    /// As it is.
    pub have: String,
    /// As it is wished.
    pub want: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} -> {}", self.field, self.have, self.want)
    }
}

/// Every leaf of a JSON value by its path. Keys with dots stay in brackets.
fn leaves(value: &Value, lists: Lists) -> BTreeMap<String, String> {
    let mut leaves = BTreeMap::new();
    collect("", value, lists, &mut leaves);
    leaves
}

fn collect(path: &str, value: &Value, lists: Lists, leaves: &mut BTreeMap<String, String>) {
    let below = |key: &str| match (path.is_empty(), key.contains('.')) {
        (_, true) => format!("{path}[{key}]"),
        (true, false) => key.to_owned(),
        (false, false) => format!("{path}.{key}"),
    };
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                collect(&below(key), value, lists, leaves);
            }
        }
        Value::Array(list) if !list.is_empty() && lists == Lists::Each => {
            for (index, value) in list.iter().enumerate() {
                collect(&format!("{path}[{index}]"), value, lists, leaves);
            }
        }
        Value::String(text) => drop(leaves.insert(path.to_owned(), text.clone())),
        other => drop(leaves.insert(path.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent() -> Ensemble {
        Ensemble::new("zk".parse().unwrap())
    }

    #[test]
    fn objects_differ_by_their_leaves() {
        let object =
            |image: &str| serde_json::json!({"a": {"b/c.d": 1}, "list": [{"image": image}, {}]});
        let lines: Vec<String> = differences(&object("x"), &object("y"))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(lines, ["list[0].image: x -> y"]);
    }

    #[test]
    fn differences_name_the_field() {
        let wish = Ensemble {
            image: "zookeeper:3.8.6".to_owned(),
            config: [
                ("tickTime".to_owned(), "500".to_owned()),
                ("a.b".to_owned(), "c".to_owned()),
            ]
            .into(),
            ..intent()
        };
        let lines: Vec<String> = intent()
            .differences(&wish)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            lines,
            [
                "config.tickTime: <none> -> 500",
                "config[a.b]: <none> -> c",
                "image: zookeeper:3.9.5 -> zookeeper:3.8.6"
            ]
        );
    }
}
