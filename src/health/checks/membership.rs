//! Who belongs to the ensemble, by what its servers say, against who is there.

use std::collections::BTreeSet;

use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Probe;
use crate::ensemble::quorum::join;
use crate::health::checks::scaling;
use crate::health::finding::Finding;
use crate::health::finding::Severity;
use crate::health::finding::in_namespace;

/// More than one leader. (Whoever observes looks twice before it believes that.)
pub(super) fn leaders(seen: &Observed) -> Vec<Finding> {
    let leaders: Vec<ServerId> = seen.leaders().iter().map(|member| member.id).collect();
    if leaders.len() < 2 {
        return Vec::new();
    }
    let what = format!(
        "servers {} both say that they lead: clients may be writing into two different worlds",
        join(leaders.iter().copied())
    );
    let fix = in_namespace(seen, &format!("kubectl zk exec {} conf srvr", seen.name));
    vec![Finding {
        servers: leaders,
        ..Finding::new("two-leaders", Severity::Critical, what).mended_by(fix)
    }]
}

/// Servers that go by different lists, or different versions of them.
pub(super) fn configurations(seen: &Observed) -> Vec<Finding> {
    let Some(committed) = seen.committed() else {
        return Vec::new();
    };
    let differs = |member: &Member| -> Option<Finding> {
        let config = member.answer()?.config.as_ref()?;
        let what = match config.version == committed.version {
            true if config == committed => return None,
            true => format!(
                "server {} has the ensemble's list at the same version with other members or addresses",
                member.id
            ),
            false => format!(
                "server {} goes by version {} of the list of members, the ensemble by {}",
                member.id,
                hex(config.version),
                hex(committed.version)
            ),
        };
        let ours = config.version == committed.version && seen.is_ours();
        let fix = match ours {
            true => format!("kubectl zk repair {} --addresses", seen.name),
            false => format!("kubectl zk exec {} conf", seen.name),
        };
        let fix = in_namespace(seen, &fix);
        let finding = Finding::new("config-differs", Severity::Warning, what);
        Some(finding.about(member.id).mended_by(fix))
    };
    seen.members.values().filter_map(differs).collect()
}

/// Pods that serve and are not in the committed configuration.
pub(super) fn strangers(seen: &Observed) -> Vec<Finding> {
    let known = scaling::is_known(seen);
    let Some(members) = listed(seen).filter(|_| !known) else {
        return Vec::new();
    };
    let stranger = |member: &&Member| !members.contains(&member.id) && member.pod.is_some();
    seen.members
        .values()
        .filter(stranger)
        .map(|member| {
            let what = format!("server {} runs and is not a member of the committed configuration: it does not vote", member.id);
            let fix = in_namespace(seen, &format!("kubectl zk exec {} conf", seen.name));
            let finding = Finding::new("not-a-member", Severity::Warning, what);
            finding.about(member.id).mended_by(fix)
        })
        .collect()
}

/// Members of the committed configuration that have no pod.
pub(super) fn without_pod(seen: &Observed) -> Vec<Finding> {
    let Some(members) = listed(seen) else {
        return Vec::new();
    };
    let gone = |id: &ServerId| {
        seen.members
            .get(id)
            .is_none_or(|member| member.pod.is_none() && member.workload.is_none())
    };
    members
        .into_iter()
        .filter(gone)
        .map(|id| {
            let what =
                format!("server {id} is a member of the committed configuration and has no pod");
            let again = || in_namespace(seen, &format!("kubectl zk create {}", seen.name));
            let fix = seen.is_ours().then(again);
            Finding::new("member-without-pod", Severity::Critical, what)
                .about(id)
                .mended_by(fix)
        })
        .collect()
}

/// An even number of voters, or one.
pub(super) fn size(seen: &Observed) -> Vec<Finding> {
    let voters = seen.committed().map_or(0, |config| config.voters().count());
    let what = match voters {
        1 => "a single server survives no failure".to_owned(),
        2 | 4 | 6 | 8 => format!(
            "{voters} voters survive no more failures than {} would",
            voters - 1
        ),
        _ => return Vec::new(),
    };
    vec![Finding::new("size", Severity::Info, what)]
}

/// The ids of the committed configuration, if the servers told it.
fn listed(seen: &Observed) -> Option<BTreeSet<ServerId>> {
    let ids: BTreeSet<ServerId> = seen.committed()?.servers.keys().copied().collect();
    // A server that could not be asked may know a newer list.
    let asked = seen
        .members
        .values()
        .all(|member| !matches!(member.probe, Probe::Forbidden(_)));
    (asked && !ids.is_empty()).then_some(ids)
}

fn hex(version: Option<u64>) -> String {
    version.map_or("none".to_owned(), |version| format!("{version:x}"))
}
