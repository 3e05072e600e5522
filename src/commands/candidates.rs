//! What the kubeconfig and the cluster have of a thing that is being typed. Whatever fails, fails silently: there is
//! nothing to offer then. Knows the rules of nothing; changes nothing.

use crate::cluster::Cluster;
use crate::cluster::Connection;
use crate::cluster::Env;
use crate::cluster::kubeconfig;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::observed::Member;
use crate::error::Error;

/// Something that may be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The word.
    pub value: String,
    /// What it means, in a few words; may be empty.
    pub meaning: String,
}

impl Candidate {
    /// A word and its meaning.
    pub fn new(value: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            meaning: meaning.into(),
        }
    }
}

/// Of what there may be candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Ensembles of the namespace.
    Ensembles,
    /// Servers of the ensemble that was named, by id.
    Servers,
    /// Namespaces.
    Namespaces,
    /// Storage classes.
    StorageClasses,
    /// The kubeconfig's contexts.
    Contexts,
    /// The kubeconfig's clusters.
    Clusters,
    /// The kubeconfig's users.
    Users,
}

/// The candidates, by name; none where they cannot be had.
pub async fn of(
    wanted: Wanted,
    name: Option<EnsembleName>,
    connection: Connection,
    reach: impl AsyncFnOnce(Connection) -> Result<Cluster, Error>,
) -> Vec<Candidate> {
    if let Wanted::Contexts | Wanted::Clusters | Wanted::Users = wanted {
        return configured(wanted, &connection);
    }
    match reach(connection).await {
        Ok(cluster) => there(wanted, name, &cluster).await.unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

/// What the kubeconfig names.
fn configured(wanted: Wanted, connection: &Connection) -> Vec<Candidate> {
    let loaded = kubeconfig::load(connection, &Env::from_process());
    let Ok(Some(kubeconfig)) = loaded else {
        return Vec::new();
    };
    let bare = |name: &String| Candidate::new(name, "");
    match wanted {
        Wanted::Clusters => kubeconfig
            .clusters
            .iter()
            .map(|it| bare(&it.name))
            .collect(),
        Wanted::Users => kubeconfig
            .auth_infos
            .iter()
            .map(|it| bare(&it.name))
            .collect(),
        _ => kubeconfig
            .contexts
            .iter()
            .map(|it| bare(&it.name))
            .collect(),
    }
}

/// What the cluster has.
async fn there(
    wanted: Wanted,
    name: Option<EnsembleName>,
    cluster: &Cluster,
) -> Result<Vec<Candidate>, Error> {
    let bare = |name: String| Candidate::new(name, "");
    Ok(match wanted {
        Wanted::Ensembles => cluster.ensembles().await?.iter().map(ensemble).collect(),
        Wanted::Servers => match name {
            Some(name) => servers(cluster.observe_pods(&name).await?),
            None => Vec::new(),
        },
        Wanted::Namespaces => cluster.namespaces().await?.into_iter().map(bare).collect(),
        Wanted::StorageClasses => {
            let classes = cluster.storage_classes().await?;
            classes.into_iter().map(storage_class).collect()
        }
        Wanted::Contexts | Wanted::Clusters | Wanted::Users => Vec::new(),
    })
}

/// An ensemble, and how many of its pods are ready: whether a server has none is not asked.
fn ensemble(seen: &Observed) -> Candidate {
    let pods = seen.members.values().filter(|member| member.pod.is_some());
    let ready = seen.members.values().filter(|member| is_ready(member));
    let meaning = format!("{} of {} pods ready", ready.count(), pods.count());
    Candidate::new(seen.name.as_str(), meaning)
}

fn servers(seen: Option<Observed>) -> Vec<Candidate> {
    let members = seen.map(|seen| seen.members).unwrap_or_default();
    let server = |member: &Member| {
        let state = match (is_ready(member), &member.pod) {
            (true, _) => "ready",
            (false, Some(_)) => "not ready",
            (false, None) => "no pod",
        };
        Candidate::new(member.id.to_string(), state)
    };
    members.values().map(server).collect()
}

fn is_ready(member: &Member) -> bool {
    member.pod.as_ref().is_some_and(|pod| pod.ready)
}

fn storage_class((name, is_default): (String, bool)) -> Candidate {
    Candidate::new(name, if is_default { "the default" } else { "" })
}
