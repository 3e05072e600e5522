//! Waits for the quorum of an ensemble that was just made: seals it when it is there, stops when it cannot come.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::cluster::Fault;
use crate::cluster::apply::Making;
use crate::cluster::apply::Marking;
use crate::cluster::exec::Container;
use crate::cluster::logs::Tail;
use crate::cluster::observe::Asking;
use crate::commands::Context;
use crate::commands::refusal::what_stays;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Probe;
use crate::ensemble::quorum;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::trouble::Stage;
use crate::ensemble::trouble::Trouble;
use crate::error::Error;
use crate::error::Kind;
use crate::execute;
use crate::plan::founding;
use crate::plan::founding::Next;
use crate::plan::founding::Waiting;
use crate::ui::Line;
use crate::ui::Progress;

/// How long a server may take to answer while it comes up.
const PROBE: Duration = Duration::from_secs(2);

/// How much of a crashed server's log is shown.
const LOG_LINES: i64 = 8;

/// Waits until the quorum is verified and sealed; gives what was seen then. The command began at `since`, in seconds
/// since 1970.
///
/// # Errors
/// A server that cannot come up, with the cause; a fault; the deadline; a signal.
pub async fn wait(
    context: &Context<'_>,
    name: &EnsembleName,
    since: i64,
    timeout: Duration,
) -> Result<Observed, Error> {
    let progress = RefCell::new(Progress::new(context.ui));
    let last = RefCell::new(String::new());
    let waiting = RefCell::new(Waiting {
        began: since,
        ..Waiting::default()
    });
    let there = Cell::new(false);
    let began = Instant::now();
    let step = || async {
        let asking = Asking {
            deadline: PROBE,
            ..Asking::default()
        };
        let seen = match context.cluster.observe(name, asking).await {
            Ok(Some(seen)) => seen,
            Ok(None) if there.get() => return Err(gone(context, name)),
            Ok(None) => return Ok(None),
            // The API server may be away for a moment: nothing was asked of it but to look.
            Err(fault) if fault.may_pass() => {
                *last.borrow_mut() = fault.to_string();
                return Ok(None);
            }
            Err(fault) => return Err(fault.into()),
        };
        there.set(true);
        progress.borrow_mut().update(&lines(&seen));
        let next = {
            let mut waiting = waiting.borrow_mut();
            waiting.waited = i64::try_from(began.elapsed().as_secs()).unwrap_or(i64::MAX);
            founding::next(&seen, &waiting)
        };
        match &next {
            Next::Retry(again) => {
                retry(context, &seen, again).await;
                waiting.borrow_mut().retried.extend(again);
                Ok(None)
            }
            Next::Wait(why) => {
                *last.borrow_mut() = waits_for(&seen, why);
                Ok(None)
            }
            Next::Stop(stuck) => Err(stopped(context, &seen, stuck).await),
            Next::Seal | Next::Done(_) => match sealed(context, &seen).await {
                // Made twice, it does no harm: it is made again in the next round.
                Err(fault) if fault.may_pass() => {
                    *last.borrow_mut() = fault.to_string();
                    Ok(None)
                }
                Err(fault) => Err(identity_gone(context, name, fault)),
                Ok(()) => Ok(matches!(next, Next::Done(_)).then_some(seen)),
            },
        }
    };
    let result = execute::until(timeout, step).await;
    drop(progress);
    result.map_err(|error| explained(context, name, error, &last.borrow()))
}

fn gone(context: &Context<'_>, name: &EnsembleName) -> Error {
    let text = format!("ensemble {name} is gone: someone deleted it, or the whole namespace");
    Error::new(Kind::Cluster, text).hint(context.in_namespace(&format!("kubectl zk create {name}")))
}

/// Why the quorum is not verified, with what is known of the server that is missing.
fn waits_for(seen: &Observed, why: &Unverified) -> String {
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

/// Has these servers tried again at once. Where that may not be, their controllers do it in their own time.
async fn retry(context: &Context<'_>, seen: &Observed, again: &BTreeSet<ServerId>) {
    for member in again.iter().filter_map(|id| seen.members.get(id)) {
        match context.cluster.retry(member).await {
            Err(fault) if fault.is_forbidden() => context.ui.warning(&format!(
                "server {} is not tried again at once: {fault}",
                member.id
            )),
            _ => {}
        }
    }
}

/// The seal first, unless it is there, then the marks: a seal without marks is found and completed by the next run.
pub(crate) async fn seal(context: &Context<'_>, seen: &Observed) -> Result<(), Error> {
    let made = sealed(context, seen).await;
    made.map_err(|fault| identity_gone(context, &seen.name, fault))
}

async fn sealed(context: &Context<'_>, seen: &Observed) -> Result<(), Fault> {
    if !seen.sealed.is(&true) {
        context.cluster.seal(&seen.name, Making::default()).await?;
    }
    mark(context, seen).await
}

/// Marks the disks with the voters of the committed configuration; where no server tells it, with the servers that
/// there are, if no disk is marked yet.
async fn mark(context: &Context<'_>, seen: &Observed) -> Result<(), Fault> {
    if !seen.is_ours() || seen.ensemble().is_some_and(Ensemble::is_ephemeral) {
        return Ok(());
    }
    let uuid = context.cluster.uuid(&seen.name).await?;
    let committed = seen.committed().map(quorum::voters);
    let intent = seen
        .ensemble()
        .and_then(|ensemble| serde_json::to_string(ensemble).ok());
    let marking = Marking {
        uuid: &uuid,
        intent: intent.as_deref().unwrap_or_default(),
        committed: committed.is_some(),
        voters: committed.unwrap_or_else(|| seen.members.keys().copied().collect()),
    };
    context.cluster.mark_disks(&seen.name, &marking).await
}

/// Without the identity the disks cannot be marked; `create` makes it again, if it may.
fn identity_gone(context: &Context<'_>, name: &EnsembleName, fault: Fault) -> Error {
    let gone = fault.is_not_found();
    let error = Error::from(fault);
    if !gone {
        return error;
    }
    error.hint(context.in_namespace(&format!("kubectl zk create {name}")))
}

fn lines(seen: &Observed) -> Vec<Line> {
    let line = |member: &Member| {
        let trouble = member.trouble(seen.now);
        let stage = member.stage();
        let text = match (&stage, &trouble) {
            (Stage::Serving(_) | Stage::Looking | Stage::Starting, _) | (_, None) => {
                stage.to_string()
            }
            (_, Some(trouble)) => format!("{stage}: {}", trouble.what),
        };
        Line {
            label: format!("server {}", member.id),
            state: text,
            done: matches!(stage, Stage::Serving(_)),
            bad: trouble.is_some_and(|trouble| trouble.lasting),
        }
    };
    seen.members.values().map(line).collect()
}

/// Why it cannot come up: the cause, the end of the log of what crashed, and what to type.
async fn stopped(context: &Context<'_>, seen: &Observed, stuck: &[(ServerId, Trouble)]) -> Error {
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
    let text = context
        .cluster
        .log(
            Container {
                pod: &pod.name,
                name: &pod.container,
            },
            tail,
        )
        .await
        .ok()?;
    // The kubelet's words, with status 200, where the container is gone already.
    let gone = text.starts_with("unable to retrieve container logs");
    Some(text.trim_end().to_owned()).filter(|text| !gone && !text.is_empty())
}

/// What the deadline or a signal means here.
fn explained(context: &Context<'_>, name: &EnsembleName, error: Error, last: &str) -> Error {
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
