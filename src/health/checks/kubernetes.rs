//! What Kubernetes' objects say against what they shall be.

use std::collections::BTreeMap;

use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::ensemble::quorum::join;
use crate::ensemble::quorum::servers;
use crate::health::finding::Finding;
use crate::health::finding::Severity;
use crate::health::finding::in_namespace;

/// An ensemble with a quorum and no seal: a server that loses its disk now could vote with an empty memory.
pub(super) fn seal(seen: &Observed) -> Vec<Finding> {
    if !seen.is_ours() || seen.sealed != Fact::Known(false) || seen.leader().is_none() {
        return Vec::new();
    }
    let what = format!(
        "ConfigMap {} (the seal) is missing: a server that loses its disk could vote with an empty memory",
        seen.name.seal()
    );
    vec![Finding::new("unsealed", Severity::Critical, what).mended_by(create_again(seen))]
}

/// Servers that were never made: `create` was ended, or refused, before it had made all.
pub(super) fn unmade(seen: &Observed) -> Vec<Finding> {
    let Some(ensemble) = seen.ensemble().filter(|_| !seen.sealed.is(&true)) else {
        return Vec::new();
    };
    let seen_all = seen.missing_rights.is_empty();
    let ids = ensemble.replicas.ids();
    let unmade: Vec<ServerId> = ids.filter(|id| !seen.members.contains_key(id)).collect();
    if unmade.is_empty() || !seen_all {
        return Vec::new();
    }
    let of = servers(unmade.iter().copied());
    let what = format!("{of} was not made yet: the creation did not come so far");
    let what = match unmade.len() {
        1 => what,
        _ => what.replacen(" was ", " were ", 1),
    };
    vec![Finding {
        servers: unmade,
        ..Finding::new("unmade", Severity::Critical, what).mended_by(create_again(seen))
    }]
}

/// StatefulSets that someone scaled.
pub(super) fn scaled(seen: &Observed) -> Vec<Finding> {
    let scaled = seen.members.values().filter_map(|member| {
        Some((
            member.id,
            member
                .workload
                .as_ref()
                .filter(|workload| workload.replicas != 1)?,
        ))
    });
    scaled
        .map(|(id, workload)| {
            let what = format!(
                "StatefulSet {} has {} replicas: each server's own must have 1",
                workload.name, workload.replicas
            );
            let fix = in_namespace(
                seen,
                &format!("kubectl scale statefulset {} --replicas 1", workload.name),
            );
            Finding::new("scaled", Severity::Critical, what)
                .about(id)
                .mended_by(fix)
        })
        .collect()
}

/// An update that was cut off, or whose first server does not come back: it goes on, or back.
pub(super) fn unfinished_update(seen: &Observed) -> Vec<Finding> {
    if !seen.updating {
        return Vec::new();
    }
    let old = old(seen);
    let left = match old.is_empty() {
        true => String::new(),
        false => format!(", {} not had a turn", have(&old)),
    };
    let update = format!("kubectl zk update {}", seen.name);
    let undo = in_namespace(seen, &format!("{update} --undo"));
    let what = format!("an update is not finished{left}: to go back, {undo}");
    vec![Finding {
        servers: old,
        ..Finding::new("unfinished-update", Severity::Warning, what)
            .mended_by(in_namespace(seen, &update))
    }]
}

/// Pods that were made from an older template than their StatefulSet has now.
pub(super) fn old_template(seen: &Observed) -> Vec<Finding> {
    let ids = old(seen);
    if ids.is_empty() || seen.updating {
        return Vec::new();
    }
    let what = format!(
        "the pods of {} run an older template: a restart, or an update, is not finished",
        servers(ids.iter().copied())
    );
    let fix = in_namespace(seen, &format!("kubectl zk restart {}", seen.name));
    vec![Finding {
        servers: ids,
        ..Finding::new("old-template", Severity::Info, what).mended_by(fix)
    }]
}

fn old(seen: &Observed) -> Vec<ServerId> {
    let old = seen.members.values().filter(|member| member.is_old());
    old.map(|member| member.id).collect()
}

fn have(ids: &[ServerId]) -> String {
    let verb = if ids.len() == 1 { "has" } else { "have" };
    format!("{} {verb}", servers(ids.iter().copied()))
}

/// Servers that share a node.
pub(super) fn co_located(seen: &Observed) -> Vec<Finding> {
    let mut nodes: BTreeMap<&str, Vec<ServerId>> = BTreeMap::new();
    for member in seen.members.values() {
        if let Some(node) = member.pod.as_ref().and_then(|pod| pod.node.as_deref()) {
            nodes.entry(node).or_default().push(member.id);
        }
    }
    let shared = nodes.into_iter().filter(|(_, ids)| 1 < ids.len());
    shared
        .map(|(node, ids)| {
            let what = format!(
                "servers {} are on the same node {node}: they would fail together",
                join(ids.iter().copied())
            );
            Finding {
                servers: ids,
                ..Finding::new("co-located", Severity::Warning, what)
            }
        })
        .collect()
}

/// A disruption budget that is missing, or keeps fewer servers than it should.
pub(super) fn budget(seen: &Observed) -> Vec<Finding> {
    let budget = format!("PodDisruptionBudget {}", seen.name);
    let (id, what) = match (&seen.budget, least(seen)) {
        (Fact::Known(None), _) if seen.is_ours() => ("no-budget", format!("{budget} is missing")),
        (Fact::Known(Some(kept)), Some(least)) if *kept < least => {
            let what = format!("{budget} has minAvailable {kept}, and should have {least}");
            ("low-budget", what)
        }
        _ => return Vec::new(),
    };
    let what = format!("{what}: a drain may take more servers than the ensemble survives");
    vec![Finding::new(id, Severity::Warning, what).mended_by(create_again(seen))]
}

/// How many servers must be there at any time: all but one, of those that are wanted and of those that there are.
fn least(seen: &Observed) -> Option<i32> {
    let wanted = seen.ensemble()?;
    let wanted = usize::from(wanted.replicas.get()) + usize::from(wanted.observers);
    let have = seen.committed()?.servers.len();
    i32::try_from(wanted.min(have).saturating_sub(1)).ok()
}

/// Rights that were missing to see all of it.
pub(super) fn rights(seen: &Observed) -> Vec<Finding> {
    let mut rights = seen.missing_rights.clone();
    rights.sort();
    rights.dedup();
    if rights.is_empty() {
        return Vec::new();
    }
    let what = format!(
        "not all could be seen, these rights are missing: {}",
        rights.join(", ")
    );
    let role = in_namespace(seen, "kubectl zk rbac status");
    vec![Finding::new("rights", Severity::Info, what).mended_by(role)]
}

/// The command that makes missing objects again: with the name alone it takes the ensemble as it is.
fn create_again(seen: &Observed) -> String {
    in_namespace(seen, &format!("kubectl zk create {}", seen.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::observed::Workload;
    use crate::ensemble::observed::fixture;

    #[test]
    fn an_update_that_is_not_finished_says_how_to_go_on_and_back() {
        let mut seen = fixture::ensemble(3, 3);
        seen.updating = true;
        let last = seen.members.values_mut().last().unwrap();
        last.workload = Some(Workload {
            name: "zk-server-3".to_owned(),
            replicas: 1,
            revision: Some("b".to_owned()),
            failed_create: None,
            marked: None,
        });
        last.pod.as_mut().unwrap().revision = Some("a".to_owned());
        assert!(old_template(&seen).is_empty());
        let told = unfinished_update(&seen).remove(0);
        assert_eq!(
            told.what,
            "an update is not finished, server 3 has not had a turn: to go back, kubectl zk update zk --undo -n default"
        );
        assert_eq!(told.fix.as_deref(), Some("kubectl zk update zk -n default"));
        seen.updating = false;
        assert!(unfinished_update(&seen).is_empty());
        assert_eq!(old_template(&seen).len(), 1);
    }
}
