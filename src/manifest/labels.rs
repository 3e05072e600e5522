//! The labels of every object, and the selectors: the convention's `name: zookeeper-pod` and `server: N`, and
//! Kubernetes' recommended ones. The only place where they are spelt.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ensemble::version;

/// Labels by key.
pub type Labels = BTreeMap<String, String>;

/// The label that names the ensemble (Kubernetes' recommended labels).
pub const INSTANCE: &str = "app.kubernetes.io/instance";

/// The label that names the tool.
pub const MANAGED_BY: &str = "app.kubernetes.io/managed-by";

/// What [`MANAGED_BY`] says on objects of ours; the field manager, too.
pub const MANAGER: &str = "kubectl-zk";

/// The convention's label of a server's id.
pub const SERVER: &str = "server";

/// The convention's label of every pod: `name: zookeeper-pod`.
pub const NAME: &str = "name";

/// The value of [`NAME`].
pub const POD: &str = "zookeeper-pod";

/// The annotation of a disk whose ensemble has had a quorum: the ensemble's UUID.
pub const FOUNDED: &str = "kubectl-zk/founded";

/// The annotation of a disk and of the identity: the ids that voted when it was written, `1,2,3`.
pub const VOTERS: &str = "kubectl-zk/voters";

/// The annotation of a disk that remembers its ensemble's intent, for when that is deleted.
pub const INTENT: &str = "kubectl-zk/intent";

/// The annotation of the intent: the ids of servers that go for good, `4,5`, from before they are stopped until nothing is
/// left of them.
pub const LEAVING: &str = "kubectl-zk/leaving";

/// The annotation of the intent that `update` has written, until all servers have come to run it: `true`.
pub const UPDATING: &str = "kubectl-zk/updating";

/// The annotation of a StatefulSet that was touched so that its controller tries again: when, in seconds since 1970.
pub const RETRIED: &str = "kubectl-zk/retried";

/// What every object of the ensemble carries.
pub fn common(name: &EnsembleName) -> Labels {
    labels(&[
        ("app.kubernetes.io/name", "zookeeper"),
        (INSTANCE, name.as_str()),
        (MANAGED_BY, MANAGER),
    ])
}

/// What objects carry that may change with the image. Out of selectors and claims, which cannot change.
pub fn versioned(ensemble: &Ensemble) -> Labels {
    let mut labels = common(&ensemble.name);
    if let Some(tag) = version::tag(&ensemble.image).filter(|tag| is_label_value(tag)) {
        labels.insert("app.kubernetes.io/version".to_owned(), tag.to_owned());
    }
    labels
}

/// Selects every pod of the ensemble.
pub fn selector(name: &EnsembleName) -> Labels {
    labels(&[(NAME, POD), (INSTANCE, name.as_str())])
}

/// Selects one server's pod.
pub fn server_selector(name: &EnsembleName, id: ServerId) -> Labels {
    let mut labels = selector(name);
    labels.insert(SERVER.to_owned(), id.to_string());
    labels
}

/// A selector as the API wants it.
pub fn matching(labels: Labels) -> LabelSelector {
    LabelSelector {
        match_labels: Some(labels),
        ..LabelSelector::default()
    }
}

/// The metadata of an object.
pub fn metadata(name: String, labels: Labels) -> ObjectMeta {
    ObjectMeta {
        name: Some(name),
        labels: Some(labels),
        ..ObjectMeta::default()
    }
}

/// Whether a text may be the key of a label or an annotation: `[DOMAIN/]NAME`.
pub fn is_label_key(text: &str) -> bool {
    match text.split_once('/') {
        Some((domain, name)) => is_object_name(domain) && is_label_value(name),
        None => is_label_value(text),
    }
}

/// Whether a text may name an object (RFC 1123 subdomain).
pub fn is_object_name(text: &str) -> bool {
    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let part = |part: &str| {
        !part.is_empty()
            && part.chars().all(valid)
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(part)
}

/// Whether a text may name a namespace (RFC 1123 label).
pub fn is_namespace(text: &str) -> bool {
    text.len() <= 63 && !text.contains('.') && is_object_name(text)
}

/// Whether a text may be a label's value.
pub fn is_label_value(text: &str) -> bool {
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let valid = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    text.len() <= 63
        && text.chars().all(valid)
        && ends(text.chars().next())
        && ends(text.chars().last())
}

fn labels(pairs: &[(&str, &str)]) -> Labels {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_a_label_only_where_it_can_be_one() {
        let mut ensemble = Ensemble::new("zk".parse().unwrap());
        assert_eq!(versioned(&ensemble)["app.kubernetes.io/version"], "3.9.5");
        for image in [
            "zookeeper",
            "r:5000/zookeeper",
            "zookeeper@sha256:0",
            "zookeeper:-x",
            "zookeeper:x_",
        ] {
            image.clone_into(&mut ensemble.image);
            assert_eq!(versioned(&ensemble), common(&ensemble.name), "{image}");
        }
    }

    #[test]
    fn keys_and_names() {
        for key in ["a", "A_b.c", "example.com/a-b"] {
            assert!(is_label_key(key), "{key}");
        }
        for key in [
            "",
            "-x",
            "a//b",
            "/a",
            "a/",
            "Example.com/a",
            "a b",
            "a/b/c",
        ] {
            assert!(!is_label_key(key), "{key}");
        }
        assert!(is_object_name("a-1.b") && !is_object_name("Bad_Name") && !is_object_name("a..b"));
    }

    #[test]
    fn selectors_are_part_of_the_labels_of_the_pods_they_select() {
        let name: EnsembleName = "zk".parse().unwrap();
        let server = server_selector(&name, ServerId::try_from(2).unwrap());
        assert!(
            selector(&name)
                .iter()
                .all(|(key, value)| server.get(key) == Some(value))
        );
        assert!(!server.contains_key("app.kubernetes.io/version"));
    }
}
