//! The ConfigMaps: the intent, the servers' configuration, the seal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use k8s_openapi::api::core::v1::ConfigMap;
use sha2::Digest as _;
use sha2::Sha256;

use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::setting;
use crate::manifest::labels;

/// The key of the intent.
pub const INTENT: &str = "ensemble.json";

/// The key of the intent before the last `update`, which `--undo` goes back to.
pub const BEFORE: &str = "before.json";

/// The start script (design: "The start script").
pub const START: &str = include_str!("files/start.sh");

/// What a server logs: not the probes' questions.
const LOGBACK: &str = include_str!("files/logback.xml");

/// How many digits of the hash name a configuration.
const HASH_DIGITS: usize = 10;

/// The intent, as the cluster keeps it, and the one before, if there was one.
pub fn intent(ensemble: &Ensemble, before: Option<&Ensemble>) -> ConfigMap {
    let text = |ensemble| serde_json::to_string_pretty(ensemble).unwrap_or_default() + "\n";
    let before = before.map(|before| (BEFORE.to_owned(), text(before)));
    let now = (INTENT.to_owned(), text(ensemble));
    config_map(
        ensemble.name.intent(),
        labels::versioned(ensemble),
        [now].into_iter().chain(before).collect(),
    )
}

/// The configuration of the servers. It never changes: another one has another name, and reaches a server only when that
/// server is made to use it.
pub fn config(ensemble: &Ensemble) -> ConfigMap {
    let files = [
        ("zoo.cfg", zoo_cfg(ensemble)),
        ("logback.xml", LOGBACK.to_owned()),
        ("start", START.to_owned()),
    ];
    let data = files.map(|(name, text)| (name.to_owned(), text)).into();
    let name = ensemble.name.config_prefix() + &hash(&data);
    ConfigMap {
        immutable: Some(true),
        ..config_map(name, labels::common(&ensemble.name), data)
    }
}

/// The seal: once it is there, servers join and never found (design: "The seal").
pub fn seal(name: &EnsembleName) -> ConfigMap {
    let text = "This ensemble has had a quorum. Never delete this: without it a server that lost its disk would vote with an empty memory.\n";
    config_map(
        name.seal(),
        labels::common(name),
        [("founded".to_owned(), text.to_owned())].into(),
    )
}

/// The base configuration: defaults, and the user's keys over them. What must hold is added by the start script.
fn zoo_cfg(ensemble: &Ensemble) -> String {
    let mut text = String::new();
    for (key, value) in setting::effective(&ensemble.config) {
        let _ = writeln!(text, "{key}={value}");
    }
    text
}

fn hash(data: &BTreeMap<String, String>) -> String {
    let mut hasher = Sha256::new();
    for part in data.iter().flat_map(|(name, text)| [name, text]) {
        hasher.update(part.len().to_be_bytes());
        hasher.update(part);
    }
    let digits = hasher
        .finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
    digits[..HASH_DIGITS].to_owned()
}

fn config_map(name: String, labels: labels::Labels, data: BTreeMap<String, String>) -> ConfigMap {
    ConfigMap {
        metadata: labels::metadata(name, labels),
        data: Some(data),
        ..ConfigMap::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ensemble() -> Ensemble {
        Ensemble::new("zk".parse().unwrap())
    }

    #[test]
    fn another_configuration_has_another_name() {
        let other = Ensemble {
            config: [("tickTime".to_owned(), "500".to_owned())].into(),
            ..ensemble()
        };
        assert_ne!(
            config(&ensemble()).metadata.name,
            config(&other).metadata.name
        );
        assert_eq!(
            config(&ensemble()),
            config(&Ensemble {
                memory: "2Gi".parse().unwrap(),
                ..ensemble()
            })
        );
    }

    #[test]
    fn the_intent_is_read_back() {
        let data = intent(&ensemble(), None).data.unwrap();
        assert_eq!(
            serde_json::from_str::<Ensemble>(&data[INTENT]).unwrap(),
            ensemble()
        );
    }

    #[test]
    fn the_image_has_the_same_defaults() {
        assert_eq!(zoo_cfg(&ensemble()), include_str!("../../image/zoo.cfg"));
    }

    #[test]
    fn the_base_has_no_key_that_is_fixed() {
        let text = zoo_cfg(&ensemble());
        assert!(text.contains("tickTime=2000\n"));
        let settings = setting::parse(text.lines());
        assert!(settings.is_ok(), "{settings:?}");
    }
}
