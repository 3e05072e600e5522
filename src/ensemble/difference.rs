//! How two intents differ, field by field.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::ensemble::Ensemble;

impl Ensemble {
    /// How this intent differs from another, a line per field: `image: zookeeper:3.9.4 -> zookeeper:3.9.5`.
    pub fn differences(&self, wish: &Self) -> Vec<Difference> {
        let fields = |intent: &Self| {
            serde_json::to_value(intent)
                .map(|value| flatten(&value))
                .unwrap_or_default()
        };
        let (have, want) = (fields(self), fields(wish));
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

/// Every leaf of a JSON value by its path. Keys with dots stay in brackets.
fn flatten(value: &Value) -> BTreeMap<String, String> {
    let mut leaves = BTreeMap::new();
    collect("", value, &mut leaves);
    leaves
}

fn collect(path: &str, value: &Value, leaves: &mut BTreeMap<String, String>) {
    let below = |key: &str| match (path.is_empty(), key.contains('.')) {
        (_, true) => format!("{path}[{key}]"),
        (true, false) => key.to_owned(),
        (false, false) => format!("{path}.{key}"),
    };
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                collect(&below(key), value, leaves);
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
            .map(|d| format!("{}: {} -> {}", d.field, d.have, d.want))
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
