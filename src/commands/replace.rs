//! `replace`: a server whose disk or node is gone comes back with an empty disk, and is filled by the others.

use std::cell::Cell;

use clap::Args;

use crate::cluster::apply::Making;
use crate::commands::Context;
use crate::commands::drive::Drive;
use crate::commands::drive::Driven;
use crate::commands::founding;
use crate::commands::members::Doing;
use crate::commands::members::RUN_AGAIN;
use crate::commands::rolled::Rolling;
use crate::commands::rolled::ours;
use crate::commands::steps::done;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::quorum::join;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::execute;
use crate::plan::replace;
use crate::plan::replace::Goal;
use crate::plan::run::Run;
use crate::plan::step::Step;

/// Replace a server whose disk or node is gone: it comes back with an empty disk, and is filled by the others
///
/// What is on its disk is deleted. Refused unless the others are a majority in sync, which then has all that was ever
/// acknowledged. Interrupted, the same command goes on.
#[derive(Args, Debug)]
pub struct ReplaceArgs {
    /// The ensemble
    pub name: EnsembleName,
    /// The server
    #[arg(long, value_name = "ID")]
    id: ServerId,
    #[command(flatten)]
    how: Rolling,
}

/// Runs it.
///
/// # Errors
/// A refusal, before anything is touched; a fault; that the server does not come back; the deadline.
pub async fn run(context: &Context<'_>, args: ReplaceArgs) -> Result<Exit, Error> {
    ours(context, &args.name, "replace a server of").await?;
    let id = args.id;
    let what = format!("replace server {id} of");
    let may_empty = Cell::new(true);
    let goal = || Goal {
        id,
        may_empty: may_empty.get(),
    };
    let drive = Drive {
        context,
        name: &args.name,
        doing: Doing {
            what: &what,
            stuck: "when the cause is mended, run the same command again".to_owned(),
            again: RUN_AGAIN.to_owned(),
        },
        next: |seen: &Observed, run: &Run| replace::next(goal(), seen, run),
        wish: &Ensemble::clone,
        making: Making::default(),
        timeout: args.how.timeout,
    };
    let (seen, plan) = drive.preview().await?;
    if args.how.is_dry_run() {
        return args
            .how
            .planned(context, &seen, plan, &format!("server {id} replaced"));
    }
    may_empty.set(plan.steps.iter().any(|step| step.takes_away(&seen)));
    if may_empty.get() {
        ask(context, &args, &seen, &plan.steps)?;
    }
    let driven = drive.run().await?;
    finish(context, &args, &driven).await
}

/// Shows what was found, says what goes, and asks.
fn ask(
    context: &Context<'_>,
    args: &ReplaceArgs,
    seen: &Observed,
    steps: &[Step],
) -> Result<(), Error> {
    let ReplaceArgs { id, name, .. } = args;
    context.ui.status(&found(seen, *id));
    for step in steps {
        context.ui.status(&format!("  {step}"));
    }
    let question = format!(
        "Replace server {id} of ensemble {name} in namespace {}, context {}? ALL THAT IS ON ITS DISK {} IS DELETED.",
        context.cluster.namespace,
        context.cluster.context,
        name.claim(*id),
    );
    match context.ui.confirm(&question)? {
        true => Ok(()),
        false => Err(Error::new(Kind::Refused, "nothing was changed")),
    }
}

/// What is known of the server, and who has all that was written.
fn found(seen: &Observed, id: ServerId) -> String {
    let member = seen.members.get(&id);
    let trouble = member.and_then(|member| member.trouble(seen.now));
    let state = match (trouble, seen.answer_of(id)) {
        (Some(trouble), _) => trouble.what,
        (None, Some(answer)) => format!(
            "it serves as {}: nothing is known to be wrong with it",
            answer.mode.as_str()
        ),
        (None, None) => "it does not serve".to_owned(),
    };
    let node = member.and_then(|member| member.pod.as_ref()?.node.clone());
    let node = node.map_or_else(String::new, |node| format!(" (node {node})"));
    let others = seen
        .voters_in_sync()
        .into_iter()
        .filter(|other| *other != id);
    format!(
        "server {id}{node}: {state}; in sync with all that was written: {}",
        join(others)
    )
}

/// Marks the new disk, and shows how it is.
async fn finish(context: &Context<'_>, args: &ReplaceArgs, driven: &Driven) -> Result<Exit, Error> {
    // Ended without it, the next run would take the new disk for an old one that is to be emptied.
    execute::within(args.how.timeout, || async {
        match founding::sealed(context, &driven.seen).await {
            Ok(()) => Ok(Some(())),
            Err(fault) if fault.may_pass() => Ok(None),
            Err(fault) => Err(Error::from(fault)),
        }
    })
    .await?;
    done(
        context,
        &args.how.output,
        driven,
        &format!("server {} replaced", args.id),
    )?;
    Ok(Exit::Success)
}
