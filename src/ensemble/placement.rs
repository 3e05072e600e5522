//! Where an ensemble's pods may run, and as whom: a part of the intent.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

/// Where pods may run, and as whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Placement {
    /// Whether servers keep apart from each other.
    #[serde(default)]
    pub anti_affinity: AntiAffinity,
    /// The domains in which they keep apart.
    #[serde(default = "default_topology_keys")]
    pub topology_keys: Vec<String>,
    /// A domain over which they spread evenly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topology_spread: Option<String>,
    /// Labels that a node must have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// Taints that are tolerated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
    /// The pods' PriorityClass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority_class: Option<String>,
    /// The user and group that own the data; none leaves them to the cluster (OpenShift).
    #[serde(default = "default_user")]
    pub run_as_user: Option<i64>,
}

/// Whether servers keep apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AntiAffinity {
    /// If it can be.
    #[default]
    Preferred,
    /// Or they do not run.
    Required,
    /// No matter.
    None,
}

/// A taint that is tolerated: `key=value:effect`, `key:effect`, `key` or `*` for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Toleration {
    /// The taint's key; none: every taint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Its value; none: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Its effect; none: every effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
}

impl Default for Placement {
    fn default() -> Self {
        Self {
            anti_affinity: AntiAffinity::default(),
            topology_keys: default_topology_keys(),
            topology_spread: None,
            node_selector: BTreeMap::new(),
            tolerations: Vec::new(),
            priority_class: None,
            run_as_user: default_user(),
        }
    }
}

fn default_topology_keys() -> Vec<String> {
    vec![
        "kubernetes.io/hostname".to_owned(),
        "topology.kubernetes.io/zone".to_owned(),
    ]
}

#[expect(clippy::unnecessary_wraps, reason = "serde wants the field's type")]
fn default_user() -> Option<i64> {
    Some(1000)
}
