//! `delete`: removes what carries the ensemble's labels, and keeps its data unless told otherwise.

use std::cell::RefCell;
use std::time::Duration;

use clap::Args;

use crate::cluster::Fault;
use crate::cluster::observe::Asking;
use crate::cluster::remove;
use crate::cluster::remove::Thing;
use crate::commands::Context;
use crate::commands::DryRun;
use crate::commands::by_hand;
use crate::commands::founding;
use crate::commands::status::not_found;
use crate::commands::status::unseen;
use crate::commands::values::duration;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::observed::Probe;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::execute;

/// Delete an ensemble; its disks and identity stay unless --delete-data is given
///
/// `create` with the same name takes kept disks back with their data.
#[derive(Args, Debug)]
pub struct DeleteArgs {
    /// The ensemble
    pub name: EnsembleName,
    /// Delete the disks and the identity, too: the data is gone for ever
    #[arg(long)]
    delete_data: bool,
    /// Only say what would go: client, as it is without a value, only looks, server has it checked
    #[arg(long, value_enum, default_value = "none", hide_default_value = true, num_args = 0..=1, require_equals = true, default_missing_value = "client", value_name = "none|client|server")]
    dry_run: DryRun,
    /// Wait until it is gone (the default)
    #[arg(long, overrides_with = "no_wait")]
    wait: bool,
    /// Do not wait until it is gone
    #[arg(long)]
    no_wait: bool,
    /// How long to wait
    #[arg(long, default_value = "3m", value_name = "DURATION", value_parser = duration)]
    timeout: Duration,
}

/// Runs it.
///
/// # Errors
/// There is no such ensemble, it is not ours, nobody says yes; a fault; the deadline.
pub async fn run(context: &Context<'_>, args: DeleteArgs) -> Result<Exit, Error> {
    let name = &args.name;
    let seen = context.cluster.observe(name, Asking::default()).await?;
    let things = context.cluster.things(name).await?;
    let seen = match (
        seen,
        things
            .iter()
            .any(|thing| args.delete_data || !thing.is_data()),
    ) {
        (Some(seen), _) if !seen.is_ours() && things.is_empty() => {
            return Err(by_hand::not_deleted(context, &seen));
        }
        (_, false) => return Err(nothing(context, name, &things).await),
        (seen, true) => seen,
    };
    if let Some(rule) = seen.as_ref().and_then(forbidden) {
        context.ui.warning(&unseen(vec![rule]));
    }
    let (going, staying): (Vec<_>, Vec<_>) = things
        .into_iter()
        .partition(|thing| args.delete_data || !thing.is_data());
    if args.dry_run == DryRun::None {
        ask(context, name, seen.as_ref(), &going, &staying)?;
        keep_safe(context, seen.as_ref(), args.delete_data).await?;
    }
    if args.dry_run != DryRun::Client {
        remove(context, &args, &going).await?;
    }
    for thing in &going {
        context
            .ui
            .data(&format!("{thing} deleted{}\n", args.dry_run.suffix()))?;
    }
    if !staying.is_empty() && args.dry_run == DryRun::None {
        say_kept(context, name, &staying).await;
    }
    Ok(Exit::Success)
}

/// What stays, and what to do with it; a warning where it does not stay: the namespace is being deleted.
async fn say_kept(context: &Context<'_>, name: &EnsembleName, staying: &[Thing]) {
    // What cannot be seen is not told.
    let Ok(there) = context.cluster.things(name).await else {
        return;
    };
    let stays = |thing: &&Thing| there.iter().any(|now| now.uid == thing.uid && !now.going);
    let lost: Vec<String> = staying
        .iter()
        .filter(|thing| !stays(thing))
        .map(ToString::to_string)
        .collect();
    if lost.is_empty() {
        context.ui.hint(&format!(
            "the disks and the identity stay: `{}` takes them back, `{}` removes them",
            context.in_namespace(&format!("kubectl zk create {name}")),
            context.in_namespace(&format!("kubectl zk delete {name} --delete-data"))
        ));
    } else {
        context.ui.warning(&format!(
            "someone else deletes what was to stay, or the whole namespace: {}",
            lost.join(", ")
        ));
    }
}

/// Nothing to delete: there never was such an ensemble, or only its data is left.
async fn nothing(context: &Context<'_>, name: &EnsembleName, things: &[Thing]) -> Error {
    if things.is_empty() {
        return not_found(context, name).await;
    }
    Error::new(
        Kind::NotFound,
        format!("ensemble {name} is deleted already; its disks and identity were kept"),
    )
    .hint(context.in_namespace(&format!("kubectl zk delete {name} --delete-data")))
    .hint(context.in_namespace(&format!("kubectl zk create {name}")))
}

/// Says what goes, what stays and who is connected, and asks.
fn ask(
    context: &Context<'_>,
    name: &EnsembleName,
    seen: Option<&Observed>,
    going: &[Thing],
    staying: &[Thing],
) -> Result<(), Error> {
    context.ui.status("goes:");
    list(context, going);
    if !staying.is_empty() {
        context.ui.status("stays:");
        list(context, staying);
    }
    let clients = clients(seen);
    let data = if going.iter().any(Thing::is_data) {
        " AND ITS DATA"
    } else {
        ""
    };
    let question = format!(
        "Delete ensemble {name}{data} in namespace {}, context {}? {clients} clients are connected.",
        context.cluster.namespace, context.cluster.context
    );
    match context.ui.confirm(&question)? {
        true => Ok(()),
        false => Err(Error::new(Kind::Refused, "nothing was deleted")),
    }
}

/// How many clients are connected, as far as the servers could be asked.
fn clients(seen: Option<&Observed>) -> String {
    let Some(seen) = seen else {
        return "no".to_owned();
    };
    let known: u64 = seen.serving().map(|(_, answer)| answer.connections).sum();
    let silent = seen.members.values().any(|member| {
        let runs = member.pod.as_ref().is_some_and(|pod| pod.running);
        runs && matches!(member.probe, Probe::Forbidden(_) | Probe::Unreachable(_))
    });
    match (silent, known) {
        (true, 0) => "an unknown number of".to_owned(),
        (true, known) => format!("at least {known}"),
        (false, known) => known.to_string(),
    }
}

/// The right that is missing to ask the servers.
fn forbidden(seen: &Observed) -> Option<String> {
    seen.members
        .values()
        .find_map(|member| match &member.probe {
            Probe::Forbidden(rule) => Some(rule.clone()),
            _ => None,
        })
}

fn list(context: &Context<'_>, things: &[Thing]) {
    for thing in things {
        context.ui.status(&format!("  {thing}"));
    }
}

/// Before disks are left alone they are marked: `create` over them must never found another quorum.
async fn keep_safe(
    context: &Context<'_>,
    seen: Option<&Observed>,
    delete_data: bool,
) -> Result<(), Error> {
    match seen {
        Some(seen) if !delete_data && (seen.leader().is_some() || seen.sealed.is(&true)) => {
            founding::seal(context, seen).await
        }
        _ => Ok(()),
    }
}

/// Servers first; the rest when their pods are gone, so that they end in order. The intent is last.
async fn remove(context: &Context<'_>, args: &DeleteArgs, going: &[Thing]) -> Result<(), Error> {
    let dry_run = args.dry_run == DryRun::Server;
    let waits = !args.no_wait && !dry_run;
    let (servers, rest): (Vec<_>, Vec<_>) = going
        .iter()
        .partition(|thing| thing.kind == remove::Kind::StatefulSet);
    for thing in servers {
        context.cluster.remove(thing, dry_run).await?;
    }
    if waits {
        await_gone(context, args, async || {
            context.cluster.pods_left(&args.name).await
        })
        .await?;
    }
    for thing in rest {
        context.cluster.remove(thing, dry_run).await?;
    }
    if waits {
        await_gone(context, args, async || left(context, args, going).await).await?;
    }
    Ok(())
}

/// What is still there of what was removed.
async fn left(
    context: &Context<'_>,
    args: &DeleteArgs,
    going: &[Thing],
) -> Result<Vec<String>, Fault> {
    let things = context.cluster.things(&args.name).await?;
    Ok(things
        .iter()
        .filter(|thing| going.iter().any(|gone| gone.uid == thing.uid))
        .map(ToString::to_string)
        .collect())
}

/// Waits until nothing is left; says what is if that takes too long.
async fn await_gone(
    context: &Context<'_>,
    args: &DeleteArgs,
    look: impl AsyncFn() -> Result<Vec<String>, Fault>,
) -> Result<(), Error> {
    let last = RefCell::new(Ok(Vec::new()));
    let gone = || async {
        match look().await {
            // The API server may be away for a moment: nothing is asked of it but to look.
            Err(fault) if fault.may_pass() => drop(last.replace(Err(fault))),
            seen => drop(last.replace(Ok(seen?))),
        }
        let is_gone = last.borrow().as_ref().is_ok_and(Vec::is_empty);
        Ok::<_, Error>(is_gone.then_some(()))
    };
    let result = execute::until(args.timeout, gone).await;
    let again = "run the same command again to go on";
    result.map_err(|error| match (error.kind, &*last.borrow()) {
        (Kind::Deadline, Err(fault)) => {
            let text = format!("not seen to be gone: {fault}");
            Error::new(Kind::Deadline, text)
                .caused_by(error)
                .hint(again)
        }
        (Kind::Deadline, Ok(things)) if !things.is_empty() => {
            let text = format!("still there: {}", things.join(", "));
            let describe = format!("kubectl describe {}", things[0]);
            Error::new(Kind::Deadline, text)
                .caused_by(error)
                .hint(context.in_namespace(&describe))
                .hint(again)
        }
        (Kind::Deadline | Kind::Interrupted | Kind::Terminated, _) => error.hint(again),
        _ => error,
    })
}
