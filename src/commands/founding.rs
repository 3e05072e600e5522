//! Waits for the quorum of an ensemble that was just made: seals it when it is there, stops when it cannot come.

use std::cell::RefCell;
use std::time::Duration;

use tokio::time::Instant;

use crate::cluster::Fault;
use crate::cluster::apply::Making;
use crate::cluster::apply::Marking;
use crate::cluster::exec::Container;
use crate::cluster::logs::Tail;
use crate::cluster::observe::Asking;
use crate::commands::Context;
use crate::commands::ask::Asker;
use crate::commands::status::unseen;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Probe;
use crate::ensemble::quorum;
use crate::ensemble::trouble::Stage;
use crate::ensemble::trouble::Trouble;
use crate::error::Error;
use crate::error::Kind;
use crate::execute;
use crate::plan::founding;
use crate::plan::founding::Next;
use crate::ui::Line;
use crate::ui::Progress;
use crate::zookeeper::four_letter::word::Word;

/// How long a server may take to answer while it comes up.
const PROBE: Duration = Duration::from_secs(2);

/// How much of a crashed server's log is shown.
const LOG_LINES: i64 = 8;

/// Waits until the quorum is verified and sealed; gives what was seen then.
///
/// # Errors
/// A server that cannot come up, with the cause; a fault; the deadline; a signal.
pub async fn wait(
    context: &Context<'_>,
    name: &EnsembleName,
    timeout: Duration,
) -> Result<Observed, Error> {
    let progress = RefCell::new(Progress::new(context.ui));
    let last = RefCell::new(String::new());
    let missing = RefCell::new(Vec::new());
    let began = Instant::now();
    let step = || async {
        let asking = Asking {
            deadline: PROBE,
            ..Asking::default()
        };
        let seen = match context.cluster.observe(name, asking).await {
            Ok(Some(seen)) => seen,
            Ok(None) => return Ok(None),
            // The API server may be away for a moment: nothing was asked of it but to look.
            Err(fault) if fault.may_pass() => {
                *last.borrow_mut() = fault.to_string();
                return Ok(None);
            }
            Err(fault) => return Err(fault.into()),
        };
        progress.borrow_mut().update(&lines(&seen));
        missing.replace(seen.missing_rights.clone());
        let waited = i64::try_from(began.elapsed().as_secs()).unwrap_or(i64::MAX);
        match founding::next(&seen, waited) {
            Next::Wait(why) => {
                may_ask(context, &seen).await?;
                *last.borrow_mut() = why.to_string();
                Ok(None)
            }
            Next::Seal => seal(context, &seen).await.map(|()| None),
            Next::Stop(stuck) => Err(stopped(context, &seen, &stuck).await),
            Next::Done(_) => seal(context, &seen).await.map(|()| Some(seen)),
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

/// The seal first, unless it is there, then the marks: a seal without marks is found and completed by the next run.
pub(crate) async fn seal(context: &Context<'_>, seen: &Observed) -> Result<(), Error> {
    if !seen.sealed.is(&true) {
        context.cluster.seal(&seen.name, Making::default()).await?;
    }
    mark(context, seen).await
}

/// Marks the disks with the voters of the committed configuration; where no server tells it, with the servers that
/// there are, if no disk is marked yet.
pub(crate) async fn mark(context: &Context<'_>, seen: &Observed) -> Result<(), Error> {
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
    Ok(context.cluster.mark_disks(&seen.name, &marking).await?)
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
    error.hint(format!("what was made stays; when the cause is mended, run the same command again, or remove it: {}", context.in_namespace(&format!("kubectl zk delete {}", seen.name))))
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
        previous: 0 < pod.restarts,
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
    Some(text.trim_end().to_owned()).filter(|text| !text.is_empty())
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
