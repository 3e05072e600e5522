//! What a change of members left unfinished, and addresses that the member list has and nobody answers at.

use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::membership::is_same_host;
use crate::ensemble::observed::Fact;
use crate::ensemble::quorum::servers;
use crate::ensemble::roles::Roles;
use crate::ensemble::roles::counted;
use crate::health::finding::Finding;
use crate::health::finding::Severity;
use crate::health::finding::in_namespace;

/// The intent against the committed list: a `scale` that was cut off.
pub(super) fn unfinished(seen: &Observed) -> Vec<Finding> {
    let Some((goal, have)) = lists(seen) else {
        return Vec::new();
    };
    let wanted = goal.roles();
    let parts = [
        (
            missing(&wanted, &have),
            ["is not a member yet", "are not members yet"],
        ),
        (
            changing(&wanted, &have, Role::Participant),
            ["does not vote yet", "do not vote yet"],
        ),
        (
            changing(&wanted, &have, Role::Observer),
            ["is to observe alone", "are to observe alone"],
        ),
        (missing(&have, &wanted), ["is to leave", "are to leave"]),
        (
            remains(seen, &wanted, &have),
            [
                "has left and is to be removed",
                "have left and are to be removed",
            ],
        ),
    ];
    let some = parts.iter().filter(|(ids, _)| !ids.is_empty());
    let told = some.map(|(ids, [one, many])| {
        let verb = if ids.len() == 1 { one } else { many };
        format!("{} {verb}", servers(ids.iter().copied()))
    });
    let clauses: Vec<String> = told.chain(budget(seen, &wanted, &have)).collect();
    if clauses.is_empty() {
        return Vec::new();
    }
    let size = counted(goal.replicas.get().into(), goal.observers.into());
    let what = format!("scaling to {size} is not finished: {}", clauses.join(", "));
    let ids: BTreeSet<ServerId> = parts.into_iter().flat_map(|(ids, _)| ids).collect();
    vec![Finding {
        servers: ids.into_iter().collect(),
        ..Finding::new("unfinished-scale", Severity::Warning, what).mended_by(again(seen, goal))
    }]
}

/// Whether the plugin knows who shall belong to it: then who does not is told of by [`unfinished`].
pub(super) fn is_known(seen: &Observed) -> bool {
    lists(seen).is_some()
}

/// Lines of the list whose address is not their Service's.
pub(super) fn addresses(seen: &Observed) -> Vec<Finding> {
    let Some(list) = seen.committed().filter(|_| seen.is_ours()) else {
        return Vec::new();
    };
    let moved = list.servers.iter().filter_map(|(id, line)| {
        let address = seen.members.get(id)?.address.as_ref()?;
        let literal = line.host.parse::<std::net::IpAddr>().is_ok();
        (literal && !is_same_host(address, &line.host)).then_some((*id, &line.host, address))
    });
    let finding = |(id, host, address): (ServerId, &String, &String)| {
        let service = seen.name.peer_service(id);
        let what = format!(
            "server {id} is at {address} (Service {service}), the list of members says {host}: the others cannot reach it there"
        );
        let fix = format!("kubectl zk repair {} --addresses", seen.name);
        Finding::new("address-differs", Severity::Warning, what)
            .about(id)
            .mended_by(in_namespace(seen, &fix))
    };
    moved.map(finding).collect()
}

/// What shall be, and what the servers go by; while it is being created there is nothing to compare.
fn lists(seen: &Observed) -> Option<(&Ensemble, Roles)> {
    let sealed = seen.sealed == Fact::Known(true);
    let list = seen.committed().filter(|_| sealed)?;
    Some((seen.ensemble()?, list.roles()))
}

/// Those of the one that the other lacks.
fn missing(one: &Roles, other: &Roles) -> BTreeSet<ServerId> {
    let lacks = |id: &&ServerId| !other.contains_key(id);
    one.keys().filter(lacks).copied().collect()
}

fn changing(wanted: &Roles, have: &Roles, role: Role) -> BTreeSet<ServerId> {
    let changes = |(id, wants): &(&ServerId, &Role)| {
        **wants == role && have.get(id).is_some_and(|has| *has != role)
    };
    wanted.iter().filter(changes).map(|(id, _)| *id).collect()
}

/// Servers outside of both lists of which something is left that a disk kept on purpose is not.
fn remains(seen: &Observed, wanted: &Roles, have: &Roles) -> BTreeSet<ServerId> {
    let runs = seen
        .members
        .values()
        .filter(|member| member.workload.is_some() || member.pod.is_some());
    let there = runs
        .map(|member| member.id)
        .chain(seen.services.iter().copied());
    let all = there.chain(seen.leaving.iter().copied());
    all.filter(|id| !wanted.contains_key(id) && !have.contains_key(id))
        .collect()
}

/// A disruption budget that still counts servers that are gone lets nobody evict any.
fn budget(seen: &Observed, wanted: &Roles, have: &Roles) -> Option<String> {
    let Fact::Known(Some(kept)) = seen.budget else {
        return None;
    };
    let listed = wanted.keys().chain(have.keys()).copied();
    let servers: BTreeSet<ServerId> = listed.chain(remains(seen, wanted, have)).collect();
    let none_may_go = usize::try_from(kept).is_ok_and(|kept| servers.len() <= kept);
    let count = servers.len();
    none_may_go.then(|| format!("the disruption budget keeps {kept} pods of {count}"))
}

fn again(seen: &Observed, goal: &Ensemble) -> String {
    let observers = match goal.observers {
        0 => String::new(),
        some => format!(" --observers {some}"),
    };
    let scale = format!(
        "kubectl zk scale {} --replicas {}{observers}",
        seen.name, goal.replicas
    );
    in_namespace(seen, &scale)
}
