//! What the verbs that change something say of an ensemble that somebody made by hand: that they do not touch it, and
//! what to type instead.

use std::collections::BTreeSet;

use crate::commands::Context;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::error::Error;
use crate::error::Kind;

/// Only what the plugin made is its to change. `verb` as in "cannot VERB ensemble zk".
pub(crate) fn refused(context: &Context<'_>, seen: &Observed, verb: &str) -> Error {
    let name = &seen.name;
    let text = format!(
        "cannot {verb} ensemble {name}: it was made by hand, not by kubectl zk, which changes only what it made"
    );
    let status = format!("kubectl zk status {name}");
    Error::new(Kind::Refused, text).hint(context.in_namespace(&status))
}

/// `delete` of one, with the command that does it.
pub(crate) fn not_deleted(context: &Context<'_>, seen: &Observed) -> Error {
    let mut things = makers(seen);
    things.extend(services(seen));
    let delete = format!("kubectl delete --ignore-not-found {}", things.join(" "));
    refused(context, seen, "delete")
        .hint(format!(
            "what is known of it is removed by: {}",
            context.in_namespace(&delete)
        ))
        .hint("its PersistentVolumeClaims, and the data with them, are not among that")
}

/// What makes the pods again, or the pods themselves; but of a Service that finds several, none: they may be another's.
fn makers(seen: &Observed) -> Vec<String> {
    let sure = |member: &&Member| {
        let service = member.peer_service.as_ref();
        service.is_none_or(|service| service.pods.len() < 2)
    };
    let members = seen.members.values().filter(sure);
    let pods = members.filter_map(|member| member.pod.as_ref());
    let maker = |pod: &crate::ensemble::observed::Pod| {
        let alone = || format!("pod/{}", pod.name);
        pod.owner.clone().unwrap_or_else(alone)
    };
    let makers: BTreeSet<String> = pods.map(maker).collect();
    makers.into_iter().collect()
}

/// The convention's Services.
fn services(seen: &Observed) -> Vec<String> {
    let name = &seen.name;
    let servers = seen
        .members
        .values()
        .filter(|member| member.peer_service.is_some());
    let both = servers.flat_map(|member| {
        let id = member.id;
        [name.peer_service(id), name.election_service(id)]
    });
    let all = both.chain([name.client_service()]);
    all.map(|service| format!("service/{service}")).collect()
}
