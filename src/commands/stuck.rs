//! Says why an ensemble does not come up, and what to type. Must not know how it is waited for.

use crate::cluster::Fault;
use crate::cluster::exec::Container;
use crate::cluster::logs::Tail;
use crate::commands::Context;
use crate::commands::refusal::what_stays;
use crate::ensemble::EnsembleName;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Probe;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::trouble::Trouble;
use crate::error::Error;
use crate::error::Kind;

/// How much of a crashed server's log is shown.
const LOG_LINES: i64 = 8;

/// Why the quorum is not verified, with what is known of the server that is missing.
pub(crate) fn waits_for(seen: &Observed, why: &Unverified) -> String {
    let known = |member: &Member| {
        let looks = matches!(member.probe, Probe::NotServing);
        let trouble = member.trouble(seen.now).filter(|_| !looks)?;
        Some((member.id, trouble.what))
    };
    let cause = match why {
        Unverified::Missing(id) => seen.members.get(id).and_then(known),
        Unverified::NoLeader => seen.members.values().find_map(known),
        _ => None,
    };
    match (why, cause) {
        (_, None) => why.to_string(),
        (Unverified::Missing(_), Some((_, what))) => format!("{why}: {what}"),
        (_, Some((id, what))) => format!("{why}: server {id}: {what}"),
    }
}

/// Why it cannot come up: the cause, the end of the log of what crashed, and what to type.
pub(crate) async fn stopped(
    context: &Context<'_>,
    seen: &Observed,
    stuck: &[(ServerId, Trouble)],
) -> Error {
    let causes: Vec<String> = stuck
        .iter()
        .map(|(id, trouble)| format!("server {id}: {}", trouble.what))
        .collect();
    let mut error = Error::new(
        Kind::Cluster,
        format!(
            "ensemble {} cannot come up: {}",
            seen.name,
            causes.join("; ")
        ),
    );
    if let Some((id, _)) = stuck.first()
        && let Some(log) = log_of(context, seen, *id).await
    {
        context
            .ui
            .status(&format!("the end of the log of server {id}:\n{log}"));
    }
    for fix in stuck
        .iter()
        .filter_map(|(_, trouble)| trouble.fix.as_ref())
        .take(1)
    {
        error = error.hint(context.in_namespace(fix));
    }
    error.hint(what_stays(context, &seen.name))
}

async fn log_of(context: &Context<'_>, seen: &Observed, id: ServerId) -> Option<String> {
    let pod = seen
        .members
        .get(&id)?
        .pod
        .as_ref()
        .filter(|pod| pod.last_end.is_some())?;
    let tail = Tail {
        lines: LOG_LINES,
        bytes: 16 << 10,
        previous: pod.running,
    };
    let container = Container {
        pod: &pod.name,
        name: &pod.container,
    };
    let text = match context.cluster.log(container, tail).await {
        Err(Fault::Forbidden(denied)) => {
            let rule = denied.rule();
            let text =
                format!("the log of server {id} may not be read, this right is missing: {rule}");
            context.ui.warning(&text);
            return None;
        }
        read => read.ok()?,
    };
    // The kubelet's words, with status 200, where the container is gone already.
    let gone = text.starts_with("unable to retrieve container logs");
    Some(text.trim_end().to_owned()).filter(|text| !gone && !text.is_empty())
}

/// What the deadline or a signal means here.
pub(crate) fn explained(
    context: &Context<'_>,
    name: &EnsembleName,
    error: Error,
    last: &str,
) -> Error {
    let status = context.in_namespace(&format!("kubectl zk status {name}"));
    match error.kind {
        Kind::Deadline => Error::new(
            Kind::Deadline,
            format!("ensemble {name} has no verified quorum yet: {last}"),
        )
        .caused_by(error)
        .hint(status)
        .hint("run the same command again to go on waiting"),
        Kind::Interrupted | Kind::Terminated => error
            .hint("nothing is lost: run the same command again to go on")
            .hint(status),
        _ => error,
    }
}
