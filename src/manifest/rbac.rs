//! The rights that each verb needs, and the Role and binding that give them. The table ([`table`]) is the only place where
//! rights are written down: what `rbac` prints and `docs/rbac.md` come from it, and the live tests prove each of its lines.
//! Knows RBAC's objects; not who asks for them.

pub mod need;
pub mod table;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use k8s_openapi::api::rbac::v1::ClusterRole;
use k8s_openapi::api::rbac::v1::ClusterRoleBinding;
use k8s_openapi::api::rbac::v1::PolicyRule;
use k8s_openapi::api::rbac::v1::Role;
use k8s_openapi::api::rbac::v1::RoleBinding;
use k8s_openapi::api::rbac::v1::RoleRef;
use k8s_openapi::api::rbac::v1::Subject;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use sha2::Digest as _;
use sha2::Sha256;

use crate::manifest::rbac::need::Verb;
use crate::manifest::rbac::table::TABLE;

/// RBAC's API group.
const GROUP: &str = "rbac.authorization.k8s.io";

/// The rights' own order within a rule: look, then change.
const ORDER: [&str; 5] = ["get", "list", "create", "patch", "delete"];

/// Who is given rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A user, as the API server knows him: the certificate's or token's name.
    User(String),
    /// A group of users.
    Group(String),
    /// The account of a pod.
    ServiceAccount {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
}

/// Which rights are given, where and to whom.
#[derive(Clone, Debug)]
pub struct Grant {
    /// For which verbs of the plugin.
    pub verbs: Vec<&'static Verb>,
    /// In which namespace; none: in all.
    pub namespace: Option<String>,
    /// To whom; none: the Role alone.
    pub holder: Option<Holder>,
    /// The Role's name; none: [`Grant::role_name`] finds one.
    pub name: Option<String>,
}

/// The objects of a grant.
#[derive(Clone, Debug)]
pub enum Rights {
    /// In one namespace.
    Here(Role, Option<RoleBinding>),
    /// In all namespaces.
    Everywhere(ClusterRole, Option<ClusterRoleBinding>),
}

impl fmt::Display for Holder {
    /// `user:jane`, `serviceaccount:build:ci`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) => write!(f, "user:{name}"),
            Self::Group(name) => write!(f, "group:{name}"),
            Self::ServiceAccount { namespace, name } => {
                write!(f, "serviceaccount:{namespace}:{name}")
            }
        }
    }
}

impl Grant {
    /// The Role and, if there is a holder, its binding.
    pub fn rights(&self) -> Rights {
        let rules = Some(rules(&self.verbs));
        let name = self.role_name();
        let holder = self.holder.as_ref();
        match &self.namespace {
            Some(namespace) => Rights::Here(
                Role {
                    metadata: metadata(name.clone(), Some(namespace)),
                    rules,
                },
                holder.map(|holder| RoleBinding {
                    metadata: metadata(binding_name(&name, holder), Some(namespace)),
                    role_ref: role_ref("Role", &name),
                    subjects: Some(vec![subject(holder)]),
                }),
            ),
            None => Rights::Everywhere(
                ClusterRole {
                    metadata: metadata(name.clone(), None),
                    rules,
                    aggregation_rule: None,
                },
                holder.map(|holder| ClusterRoleBinding {
                    metadata: metadata(binding_name(&name, holder), None),
                    role_ref: role_ref("ClusterRole", &name),
                    subjects: Some(vec![subject(holder)]),
                }),
            ),
        }
    }

    /// The Role's name says what it is for, `kubectl-zk-exec`: a Role for other verbs never takes its place. For all verbs,
    /// `kubectl-zk`.
    pub fn role_name(&self) -> String {
        let words = || {
            let all = self.verbs.len() == table::with_rights().count();
            let verbs = self.verbs.iter().map(|verb| verb.name);
            let words: Vec<&str> = verbs.take_while(|_| !all).collect();
            [&["kubectl-zk"], words.as_slice()].concat().join("-")
        };
        self.name.clone().unwrap_or_else(words)
    }
}

/// What the verbs need together: a rule for all resources of a group that need the same, in a fixed order.
pub fn rules(verbs: &[&Verb]) -> Vec<PolicyRule> {
    let mut needed: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    for need in verbs.iter().flat_map(|verb| verb.needs) {
        let rights = needed.entry(need.group_and_resource()).or_default();
        rights.extend(ORDER.iter().position(|right| *right == need.right));
    }
    let mut rules: Vec<PolicyRule> = Vec::new();
    for ((group, resource), rights) in needed {
        let rights: Vec<String> = rights.iter().map(|&n| ORDER[n].to_owned()).collect();
        let groups = Some(vec![group.to_owned()]);
        let same = |rule: &&mut PolicyRule| rule.api_groups == groups && rule.verbs == rights;
        let resource = resource.to_owned();
        match rules.iter_mut().find(same) {
            Some(rule) => rule.resources.get_or_insert_default().push(resource),
            None => rules.push(PolicyRule {
                api_groups: groups,
                resources: Some(vec![resource]),
                verbs: rights,
                ..PolicyRule::default()
            }),
        }
    }
    rules
}

/// The verbs by these names, each once, in the table's order; all if there are no names.
///
/// # Errors
/// A name that is no verb's.
pub fn verbs(names: &[String]) -> Result<Vec<&'static Verb>, &str> {
    let known = |name: &str| TABLE.iter().any(|verb| verb.name == name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(unknown);
    }
    let wanted = |verb: &&Verb| names.is_empty() || names.iter().any(|name| name == verb.name);
    Ok(table::with_rights().filter(wanted).collect())
}

/// Each holder has a binding of his own: what is given to one is not taken from another. A name may be anything but a
/// part of a path.
fn binding_name(role: &str, holder: &Holder) -> String {
    let plain = format!("{role}:{holder}");
    let safe = plain.replace(['/', '%'], "-");
    if safe == plain {
        return plain;
    }
    let digest = Sha256::digest(plain.as_bytes());
    let start = digest[..8]
        .iter()
        .fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    format!("{safe}-{start:x}")
}

fn metadata(name: String, namespace: Option<&String>) -> ObjectMeta {
    ObjectMeta {
        name: Some(name),
        namespace: namespace.cloned(),
        ..ObjectMeta::default()
    }
}

fn role_ref(kind: &str, name: &str) -> RoleRef {
    RoleRef {
        api_group: GROUP.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
    }
}

fn subject(holder: &Holder) -> Subject {
    let group = Some(GROUP.to_owned());
    let (kind, name, api_group, namespace) = match holder {
        Holder::User(name) => ("User", name, group, None),
        Holder::Group(name) => ("Group", name, group, None),
        Holder::ServiceAccount { namespace, name } => {
            ("ServiceAccount", name, None, Some(namespace.clone()))
        }
    };
    Subject {
        api_group,
        kind: kind.to_owned(),
        name: name.clone(),
        namespace,
    }
}

#[cfg(test)]
mod tests;
