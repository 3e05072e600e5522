//! Waits for the quorum of an ensemble that was just made: seals it when it is there, stops when it cannot come.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::cluster::Fault;
use crate::cluster::apply::Making;
use crate::cluster::apply::Marking;
use crate::cluster::observe::Asking;
use crate::commands::Context;
use crate::commands::ask::Asker;
use crate::commands::status::unseen;
use crate::commands::stuck::explained;
use crate::commands::stuck::stopped;
use crate::commands::stuck::waits_for;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Probe;
use crate::ensemble::quorum;
use crate::ensemble::trouble::Stage;
use crate::error::Error;
use crate::error::Kind;
use crate::execute;
use crate::plan::founding;
use crate::plan::founding::Next;
use crate::plan::founding::Waiting;
use crate::ui::Line;
use crate::ui::Progress;
use crate::zookeeper::four_letter::word::Word;

/// How long a server may take to answer while it comes up.
const PROBE: Duration = Duration::from_secs(2);

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
    let missing = RefCell::new(Vec::new());
    let began = Instant::now();
    let step = || async {
        let asking = Asking {
            deadline: PROBE,
            ..Asking::default()
        };
        let seen = match context.cluster.observe(name, asking).await {
            // Its servers were made again after someone had begun to delete it: the rest went with the intent.
            Ok(Some(seen)) if !seen.is_ours() => return Err(gone(context, name)),
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
        missing.replace(seen.missing_rights.clone());
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
                may_ask(context, &seen).await?;
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
    result.map_err(|error| {
        let error = explained(context, name, error, &last.borrow());
        match missing.take() {
            missing if missing.is_empty() || error.lacks.is_some() => error,
            missing => error.hint(unseen(missing)),
        }
    })
}

/// Who may not ask the servers would wait in vain.
///
/// # Errors
/// The right is missing.
pub(crate) async fn may_ask(context: &Context<'_>, seen: &Observed) -> Result<(), Error> {
    let forbidden = |member: &&Member| matches!(member.probe, Probe::Forbidden(_));
    let member = seen.members.values().find(forbidden);
    let Some((member, pod)) = member.and_then(|member| Some((member, member.pod.as_ref()?))) else {
        return Ok(());
    };
    let asker = Asker {
        context,
        dial: &*context.cluster.dial(&seen.namespace),
        pod: &pod.name,
        id: member.id,
        deadline: PROBE,
    };
    match asker.ask(Word::Srvr).await {
        Err(error) if error.lacks.is_some() => Err(error),
        _ => Ok(()),
    }
}

pub(crate) fn gone(context: &Context<'_>, name: &EnsembleName) -> Error {
    let text = format!("ensemble {name} is gone: someone deleted it, or the whole namespace");
    Error::new(Kind::Cluster, text).hint(context.in_namespace(&format!("kubectl zk create {name}")))
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

pub(crate) async fn sealed(context: &Context<'_>, seen: &Observed) -> Result<(), Fault> {
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

pub(crate) fn lines(seen: &Observed) -> Vec<Line> {
    let line = |member: &Member| {
        let trouble = member.trouble(seen.now);
        let stage = member.stage();
        let ends = member.pod.as_ref().is_some_and(|pod| pod.deleting);
        let text = match (&stage, &trouble) {
            (Stage::Unreachable(_) | Stage::Crashed | Stage::Starting, _) if ends => {
                "stopping".to_owned()
            }
            (Stage::Serving(_) | Stage::Looking | Stage::Starting, _) | (_, None) => {
                stage.to_string()
            }
            (_, Some(trouble)) => format!("{stage}: {}", trouble.what),
        };
        Line {
            label: format!("server {}", member.id),
            state: text,
            done: matches!(stage, Stage::Serving(_)),
            bad: !ends && trouble.is_some_and(|trouble| trouble.lasting),
        }
    };
    seen.members.values().map(line).collect()
}
