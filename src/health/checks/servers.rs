//! What single servers say of themselves.

use std::collections::BTreeMap;

use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::Version;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::quorum::servers;
use crate::health::finding::Finding;
use crate::health::finding::Severity;
use crate::health::finding::in_namespace;

/// How many transactions behind the leader are worth a word; a few hundred are normal under load, as the servers are not
/// asked at the same instant.
const LAG: u64 = 1_000;

/// Servers that do not serve, each with the cause.
pub(super) fn not_serving(seen: &Observed) -> Vec<Finding> {
    let down = seen.members.values().filter_map(|member| {
        let trouble = member.trouble(seen.now)?;
        let severity = if trouble.lasting {
            Severity::Critical
        } else {
            Severity::Warning
        };
        let what = format!("server {}: {}", member.id, trouble.what);
        let fix = trouble.fix.map(|command| in_namespace(seen, &command));
        Some(
            Finding::new("server-down", severity, what)
                .about(member.id)
                .mended_by(fix),
        )
    });
    down.collect()
}

/// Servers without a quorum that answer reads.
pub(super) fn read_only(seen: &Observed) -> Vec<Finding> {
    let read_only = seen
        .serving()
        .filter(|(_, answer)| answer.mode == Mode::ReadOnly);
    read_only
        .map(|(member, _)| {
            let what = format!("server {} is read-only: it has lost the quorum", member.id);
            Finding::new("read-only", Severity::Critical, what).about(member.id)
        })
        .collect()
}

/// Servers that are far behind, and followers that the leader misses.
pub(super) fn behind(seen: &Observed) -> Vec<Finding> {
    let lags = seen
        .serving()
        .filter_map(|(member, _)| Some((member.id, seen.lag(member.id).filter(|&lag| LAG < lag)?)));
    let mut findings: Vec<Finding> = lags
        .map(|(id, lag)| {
            Finding::new(
                "behind",
                Severity::Warning,
                format!("server {id} is {lag} transactions behind the leader"),
            )
            .about(id)
        })
        .collect();
    if let Err(why @ Unverified::Unsynced { .. }) = seen.verify() {
        findings.push(Finding::new("unsynced", Severity::Warning, why.to_string()));
    }
    findings
}

/// Servers of different releases: an update that is under way, or was cut off.
pub(super) fn mixed_versions(seen: &Observed) -> Vec<Finding> {
    let mut versions: BTreeMap<Version, Vec<ServerId>> = BTreeMap::new();
    for (member, answer) in seen.serving() {
        if let Some(version) = answer.version {
            versions.entry(version).or_default().push(member.id);
        }
    }
    if versions.len() < 2 {
        return Vec::new();
    }
    let of = |(version, ids): (&Version, &Vec<ServerId>)| {
        let verb = if ids.len() == 1 { "runs" } else { "run" };
        format!("{} {verb} {version}", servers(ids.iter().copied()))
    };
    let parts: Vec<String> = versions.iter().map(of).collect();
    let what = format!("servers run different releases: {}", parts.join(", "));
    vec![Finding::new("mixed-versions", Severity::Info, what)]
}

/// Servers whose data differs from what the leader computed.
pub(super) fn digests(seen: &Observed) -> Vec<Finding> {
    let mismatches = seen.serving().filter_map(|(member, answer)| {
        Some((
            member.id,
            answer
                .monitor
                .as_ref()?
                .digest_mismatches
                .filter(|&n| 0 < n)?,
        ))
    });
    mismatches
        .map(|(id, number)| {
            // One is counted, too, where the leader wrote on while it sent its snapshot: `hash` is equal again then.
            let what = format!("server {id} counted {number} transactions whose digest differs from the leader's: if `hash` differs among the servers, or the number rises, its data is damaged");
            let fix = in_namespace(seen, &format!("kubectl zk exec {} hash", seen.name));
            Finding::new("digest-mismatch", Severity::Warning, what)
                .about(id)
                .mended_by(fix)
        })
        .collect()
}

/// A server that can never grow into an ensemble.
pub(super) fn standalone(seen: &Observed) -> Vec<Finding> {
    let alone = seen
        .serving()
        .filter(|(_, answer)| answer.mode == Mode::Standalone);
    alone
        .map(|(member, _)| {
            let what = format!("server {} runs standalone (standaloneEnabled): it cannot be scaled without losing data", member.id);
            Finding::new("standalone", Severity::Warning, what).about(member.id)
        })
        .collect()
}

/// Servers that serve again after their container ended, with how it ended.
pub(super) fn restarted(seen: &Observed) -> Vec<Finding> {
    let ends = seen.serving().filter_map(|(member, _)| {
        let pod = member.pod.as_ref()?;
        let end = pod.last_end.as_ref().filter(|_| 0 < pod.restarts)?;
        let what = format!(
            "server {} was started {} times again, last after exit code {}: {}",
            member.id,
            pod.restarts,
            end.code,
            end.why()
        );
        let fix = in_namespace(seen, &format!("kubectl logs {} --previous", pod.name));
        Some(
            Finding::new("restarted", Severity::Info, what)
                .about(member.id)
                .mended_by(fix),
        )
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::observed::fixture;
    use crate::ensemble::observed::fixture::answer_mut;

    #[test]
    fn different_releases_are_told() {
        let mut seen = fixture::ensemble(3, 3);
        assert!(mixed_versions(&seen).is_empty());
        let last = seen.members.values_mut().last().unwrap();
        answer_mut(last).version = Some(Version(3, 8, 6));
        let told = mixed_versions(&seen).remove(0).what;
        let runs = "server 3 runs 3.8.6, servers 1 and 2 run 3.9.5";
        assert_eq!(told, format!("servers run different releases: {runs}"));
    }
}
