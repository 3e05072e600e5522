//! The kubeconfig as client-go loads it.
//!
//! Knows which files count and how they merge (client-go's `ClientConfigLoadingRules`);
//! what of it is used is for `config` to say. kube's own loader differs: it fails
//! on missing files of a list, and an empty `current-context` wins.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use kube::config::AuthInfo;
use kube::config::Cluster;
use kube::config::Context;
use kube::config::Kubeconfig;

use crate::cluster::config::BadConfig;
use crate::cluster::env::Env;
use crate::cluster::flags::Connection;
use crate::cluster::reach;

/// What the files say, merged, or nothing where there is no file.
///
/// 1. `--kubeconfig`: this file alone, and it must exist.
/// 2. `KUBECONFIG`: a list; missing files are skipped, the first to say something wins.
/// 3. `~/.kube/config`.
pub fn load(connection: &Connection, env: &Env) -> Result<Option<Kubeconfig>, BadConfig> {
    if let Some(path) = &connection.kubeconfig {
        return read(path)?
            .map(Some)
            .ok_or_else(|| BadConfig::NoFile(path.clone()));
    }
    let mut merged: Option<Kubeconfig> = None;
    for path in files(env) {
        let Some(next) = read(&path)? else { continue };
        merged = Some(match merged {
            None => next,
            Some(first) => first
                .merge(next)
                .map_err(|error| BadConfig::Unusable(reach::chain(&error)))?,
        });
    }
    Ok(merged)
}

/// The part of a kubeconfig that one connection uses, before the other flags.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// The context's name; empty where there is none.
    pub context: String,
    /// Its namespace, if it has one.
    pub namespace: Option<String>,
    /// The cluster's name; empty where there is none.
    pub cluster_name: String,
    /// Where the API server is.
    pub cluster: Cluster,
    /// The user's name; empty where there is none.
    pub user_name: String,
    /// Who we are to it.
    pub user: AuthInfo,
}

/// Chooses by `--context`, `--cluster` and `--user`, each of which must exist.
///
/// Without them: `current-context`, and its cluster and user; a user that the
/// context names and the file lacks is anonymous, as it is for client-go.
pub fn choose(kubeconfig: &Kubeconfig, connection: &Connection) -> Result<Chosen, BadConfig> {
    let current = kubeconfig
        .current_context
        .clone()
        .filter(|name| !name.is_empty());
    let name = connection.context.clone().or(current).unwrap_or_default();
    let context = context(kubeconfig, &name)?;
    let cluster = match &connection.cluster {
        Some(name) => cluster(kubeconfig, name)?,
        None if context.cluster.is_empty() => Cluster::default(),
        None => cluster(kubeconfig, &context.cluster)?,
    };
    let user = match &connection.user {
        Some(name) => user(kubeconfig, name)?,
        None => user(kubeconfig, context.user.as_deref().unwrap_or_default()).unwrap_or_default(),
    };
    let namespace = context.namespace.filter(|namespace| !namespace.is_empty());
    Ok(Chosen {
        context: name,
        namespace,
        cluster_name: connection.cluster.clone().unwrap_or(context.cluster),
        cluster,
        user_name: (connection.user.clone().or(context.user)).unwrap_or_default(),
        user,
    })
}

fn files(env: &Env) -> Vec<PathBuf> {
    match env.os("KUBECONFIG") {
        Some(list) => std::env::split_paths(list)
            .filter(|path| !path.as_os_str().is_empty())
            .collect(),
        None => env.default_kubeconfig().into_iter().collect(),
    }
}

/// One file; nothing if it does not exist.
fn read(path: &Path) -> Result<Option<Kubeconfig>, BadConfig> {
    if !path.exists() {
        return Ok(None);
    }
    let unreadable = |error| BadConfig::Unreadable {
        path: path.to_owned(),
        why: without_the_text(&reach::chain(&error)),
    };
    let mut read = Kubeconfig::read_from(path).map_err(unreadable)?;
    odd(&read).map_or(Ok(()), |why| {
        let path = path.to_owned();
        Err(BadConfig::Unreadable { path, why })
    })?;
    read.current_context = read.current_context.filter(|name| !name.is_empty());
    Ok(Some(read))
}

/// The parser's complaint without the lines of the file that it shows: they may hold a token.
fn without_the_text(why: &str) -> String {
    let first = why.lines().next().unwrap_or_default();
    first.replace("failed to parse kubeconfig YAML: error: ", "")
}

/// What client-go would not read: another kind of object, or a name that is there twice.
fn odd(read: &Kubeconfig) -> Option<String> {
    let other = |said: &Option<String>, own: &str| {
        said.as_deref()
            .is_some_and(|said| !said.is_empty() && said != own)
    };
    if other(&read.kind, "Config") || other(&read.api_version, "v1") {
        let (kind, version) = (read.kind.as_deref(), read.api_version.as_deref());
        let (kind, version) = (kind.unwrap_or_default(), version.unwrap_or_default());
        return Some(format!(
            "no kind {kind:?} is registered for version {version:?}"
        ));
    }
    twice(read.clusters.iter().map(|named| &named.name))
        .or_else(|| twice(read.contexts.iter().map(|named| &named.name)))
        .or_else(|| twice(read.auth_infos.iter().map(|named| &named.name)))
        .map(|name| format!("duplicate name {name:?} in list"))
}

fn twice<'a>(names: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let mut seen = BTreeSet::new();
    names.into_iter().find(|name| !seen.insert(*name))
}

fn context(kubeconfig: &Kubeconfig, name: &str) -> Result<Context, BadConfig> {
    if name.is_empty() {
        return Ok(Context::default());
    }
    let found = kubeconfig.contexts.iter().find(|named| named.name == name);
    match found {
        Some(named) => Ok(named.context.clone().unwrap_or_default()),
        None => Err(unknown(
            "context",
            name,
            kubeconfig.contexts.iter().map(|named| &named.name),
        )),
    }
}

fn cluster(kubeconfig: &Kubeconfig, name: &str) -> Result<Cluster, BadConfig> {
    let found = kubeconfig.clusters.iter().find(|named| named.name == name);
    match found {
        Some(named) => Ok(named.cluster.clone().unwrap_or_default()),
        None => Err(unknown(
            "cluster",
            name,
            kubeconfig.clusters.iter().map(|named| &named.name),
        )),
    }
}

fn user(kubeconfig: &Kubeconfig, name: &str) -> Result<AuthInfo, BadConfig> {
    let found = kubeconfig
        .auth_infos
        .iter()
        .find(|named| named.name == name);
    match found {
        Some(named) => Ok(named.auth_info.clone().unwrap_or_default()),
        None => Err(unknown(
            "user",
            name,
            kubeconfig.auth_infos.iter().map(|named| &named.name),
        )),
    }
}

fn unknown<'a>(
    kind: &'static str,
    name: &str,
    names: impl Iterator<Item = &'a String>,
) -> BadConfig {
    let known = names.cloned().collect();
    BadConfig::Unknown {
        kind,
        name: name.to_owned(),
        known,
    }
}

#[cfg(test)]
mod tests;
