//! Ensembles that somebody made by hand, and servers that tell little: what cannot be known, and what makes it known.

use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::health::finding::Finding;
use crate::health::finding::Severity;
use crate::health::finding::in_namespace;

/// Peer Services that find more than one pod: what the others mean for one server reaches another, too.
pub(super) fn shared(seen: &Observed) -> Vec<Finding> {
    let services = seen.members.values().filter_map(|member| {
        let service = member.peer_service.as_ref()?;
        (1 < service.pods.len()).then_some((member.id, service))
    });
    let found = services.map(|(id, service)| {
        let what = format!(
            "Service {} finds {} pods, {}: what is meant for server {id} reaches any of them",
            service.name,
            service.pods.len(),
            service.pods.join(", ")
        );
        let fix = format!("kubectl get pods --show-labels -l {}", service.query());
        let finding = Finding::new("shared-service", Severity::Critical, what);
        finding.about(id).mended_by(in_namespace(seen, &fix))
    });
    found.collect()
}

/// The layout of 2014 to the letter, which cannot elect: where nobody leads, peer Services without the election's port.
pub(super) fn one_address(seen: &Observed) -> Vec<Finding> {
    if !seen.leaders().is_empty() {
        return Vec::new();
    }
    let services = seen.members.values().filter_map(|member| {
        let service = member.peer_service.as_ref()?;
        Some((member.id, &service.name, service.lacks?))
    });
    let found = services.map(|(id, name, port)| {
        let what = format!(
            "Service {name} lacks the election's port {port}: the others reach a server at one address, and elect nobody without it"
        );
        // Behind the others: the first port is the one that the environment calls the peer's.
        let add = format!(
            r#"[{{"op":"add","path":"/spec/ports/-","value":{{"name":"election","port":{port}}}}}]"#
        );
        let fix = format!("kubectl patch service {name} --type=json -p '{add}'");
        let finding = Finding::new("no-election-port", Severity::Critical, what);
        finding.about(id).mended_by(in_namespace(seen, &fix))
    });
    found.collect()
}

/// Servers that serve, of which none tells who belongs to them.
pub(super) fn members(seen: &Observed) -> Vec<Finding> {
    if seen.knows_voters() || seen.serving().next().is_none() {
        return Vec::new();
    }
    let what = "no server tells the list of its members, so who votes is not known: add conf to 4lw.commands.whitelist in zoo.cfg";
    vec![Finding::new(
        "members-unknown",
        Severity::Warning,
        what.to_owned(),
    )]
}

/// A leader that does not say who is in sync.
pub(super) fn sync(seen: &Observed) -> Vec<Finding> {
    let leader = seen
        .leader()
        .filter(|(_, answer)| answer.mode == Mode::Leader);
    let Some((leader, _)) = leader.filter(|(_, answer)| answer.monitor.is_none()) else {
        return Vec::new();
    };
    let what = format!(
        "server {} leads and does not answer mntr, so whether all follow it in sync is not known: add mntr to 4lw.commands.whitelist in zoo.cfg",
        leader.id
    );
    vec![Finding::new("sync-unknown", Severity::Info, what).about(leader.id)]
}

/// What only the plugin writes down.
pub(super) fn limits(seen: &Observed) -> Vec<Finding> {
    let by_hand = |member: &crate::ensemble::Member| member.peer_service.is_some();
    if !seen.members.values().any(by_hand) {
        return Vec::new();
    }
    let what = "made by hand, not by kubectl zk, so its wanted size, its disks, and whether a server that lost its disk would vote with an empty memory are not known";
    vec![Finding::new("by-hand", Severity::Info, what.to_owned())]
}
