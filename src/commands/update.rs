//! `update`: makes an ensemble another one than it was: the intent, its objects, and then the servers, one at a time.

mod ending;

use std::collections::BTreeSet;

use clap::Args;

use crate::cluster::Fault;
use crate::cluster::apply::Making;
use crate::cluster::compare::Compared;
use crate::commands::Context;
use crate::commands::drive::Drive;
use crate::commands::drive::Driven;
use crate::commands::founding;
use crate::commands::members::Doing;
use crate::commands::members::RUN_AGAIN;
use crate::commands::release;
use crate::commands::rolled::Rolling;
use crate::commands::rolled::ours;
use crate::commands::rolled::warn_of_outage;
use crate::commands::steps::done;
use crate::commands::wish::Change;
use crate::commands::wish::Unset;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::Quantity;
use crate::ensemble::ServerId;
use crate::ensemble::intent::Storage;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::plan::run::Run;
use crate::plan::update;
use crate::plan::update::Changes;

/// Change an ensemble: image, memory, settings and all else that `create` took; servers that need it are restarted one at a time
///
/// What is not said stays. What needs no restart restarts nobody; the first server that does not come back ends it, while the
/// others serve on, and --undo goes back. Interrupted, the same command goes on, and so does the name alone.
#[derive(Args, Debug)]
pub struct UpdateArgs {
    /// The ensemble
    pub name: EnsembleName,
    #[command(flatten)]
    change: Change,
    /// Have a flag's default again (can be repeated)
    #[arg(long, value_enum, value_name = "FLAG")]
    unset: Vec<Unset>,
    /// Go back to what it was before the last update; its size stays
    #[arg(long)]
    undo: bool,
    /// Take over fields of objects that others manage
    #[arg(long)]
    force_conflicts: bool,
    #[command(flatten)]
    how: Rolling,
}

/// Runs it.
///
/// # Errors
/// A refusal, before anything is touched; a fault; a server that does not come back; the deadline.
pub async fn run(context: &Context<'_>, args: UpdateArgs) -> Result<Exit, Error> {
    let first = ours(context, &args.name, "update").await?;
    let wish = wished(context, &args, &first).await?;
    release::check(context, &first, &wish)?;
    advise(context, &first, &wish);
    let changes = Box::pin(changes(context, &args, &first, &wish)).await?;
    let undo = context.in_namespace(&format!("kubectl zk update {} --undo", args.name));
    let drive = Drive {
        context,
        name: &args.name,
        doing: Doing {
            what: "update",
            stuck: match args.undo {
                true => format!("when the cause is mended: {}", by_name(context, &args)),
                false => format!("go back: {undo}"),
            },
            again: again(context, &args),
        },
        next: |seen: &Observed, run: &Run| update::next(&changes, seen, run),
        wish: &Ensemble::clone,
        making: Making {
            force: args.force_conflicts,
            dry_run: false,
        },
        timeout: args.how.timeout,
    };
    let (seen, plan) = drive.preview().await?;
    if args.how.is_dry_run() {
        return args.how.planned(context, &seen, plan, done_as(&args));
    }
    warn_of_outage(context, &first, &plan.steps);
    let mut driven = drive.run().await?;
    ending::end(context, &args, &wish, &mut driven.seen).await?;
    finish(context, &args, &wish, &driven).await
}

/// What goes on with it: `--undo` typed again would undo what was undone.
fn again(context: &Context<'_>, args: &UpdateArgs) -> String {
    match args.undo {
        true => go_on(context, args),
        false => RUN_AGAIN.to_owned(),
    }
}

fn go_on(context: &Context<'_>, args: &UpdateArgs) -> String {
    format!("go on with it: {}", by_name(context, args))
}

/// The command that goes on with any update.
fn by_name(context: &Context<'_>, args: &UpdateArgs) -> String {
    context.in_namespace(&format!("kubectl zk update {}", args.name))
}

/// As in "ensemble/zk WHAT".
fn done_as(args: &UpdateArgs) -> &'static str {
    if args.undo { "rolled back" } else { "updated" }
}

/// What was not so before, is allowed, and yet worth a word.
fn advise(context: &Context<'_>, seen: &Observed, wish: &Ensemble) {
    let before = seen.ensemble().map(Ensemble::advice).unwrap_or_default();
    for advice in wish.advice().iter().filter(|it| !before.contains(it)) {
        context.ui.warning(advice);
    }
}

/// What shall be: the flags over what there is, or what there was before.
pub(crate) async fn wished(
    context: &Context<'_>,
    args: &UpdateArgs,
    seen: &Observed,
) -> Result<Ensemble, Error> {
    let have = seen
        .ensemble()
        .cloned()
        .ok_or_else(|| unreadable(context, &args.name))?;
    if args.undo {
        return before(context, args, have).await;
    }
    over(have, args.change.clone(), &args.unset)
}

/// The intent with flags over it, first without those that are unset.
pub(crate) fn over(mut have: Ensemble, change: Change, unset: &[Unset]) -> Result<Ensemble, Error> {
    let size = disk(&have).cloned();
    for flag in unset {
        flag.from(&mut have);
    }
    let wish = change.over(have)?;
    match (size, disk(&wish)) {
        (Some(before), Some(after)) if *after < before => Err(Error::new(
            Kind::Usage,
            format!("a disk of {before} cannot shrink to {after}"),
        )),
        _ => Ok(wish),
    }
}

fn disk(ensemble: &Ensemble) -> Option<&Quantity> {
    match &ensemble.storage {
        Storage::Claim { size, .. } => Some(size),
        Storage::Ephemeral => None,
    }
}

/// What it was before the last update, with as many servers as now, and disks that do not shrink: a size that none of them has
/// come to have is taken back, too.
async fn before(
    context: &Context<'_>,
    args: &UpdateArgs,
    have: Ensemble,
) -> Result<Ensemble, Error> {
    if args.change != Change::default() || !args.unset.is_empty() {
        let text = "--undo goes back to what was, and takes no other change";
        return Err(Error::new(Kind::Usage, text));
    }
    let before = context.cluster.intent_before(&args.name).await?;
    let Some(before) = before else {
        let text = format!(
            "ensemble {} has had no update: there is nothing to undo",
            args.name
        );
        return Err(Error::new(Kind::Refused, text));
    };
    let largest = context.cluster.largest_disk(&have).await?;
    let grown = matches!((largest, disk(&before)), (Some(largest), Some(was)) if *was < largest);
    let storage = match grown {
        true => have.storage,
        false => before.storage.clone(),
    };
    Ok(Ensemble {
        replicas: have.replicas,
        observers: have.observers,
        founders: have.founders,
        storage,
        ..before
    })
}

/// What differs, of the intent and of each object.
async fn changes(
    context: &Context<'_>,
    args: &UpdateArgs,
    seen: &Observed,
    wish: &Ensemble,
) -> Result<Changes, Error> {
    let have = seen.ensemble().map(|have| have.differences(wish));
    let intent = have.unwrap_or_default();
    let compared = context.cluster.compare(wish, args.force_conflicts).await?;
    let (mut templates, mut same) = (BTreeSet::new(), BTreeSet::new());
    for (id, template) in compared.iter().filter_map(|it| it.template.as_ref()) {
        let pod = seen.members.get(id).and_then(|it| it.pod.as_ref());
        let revision = pod.and_then(|pod| pod.revision.as_deref());
        let known = match revision {
            Some(revision) => context.cluster.is_revision_of(revision, template).await?,
            None => false,
        };
        if known { &mut same } else { &mut templates }.insert(*id);
    }
    let objects = compared
        .into_iter()
        .map(|Compared { object, .. }| object)
        .collect();
    Ok(Changes {
        have: seen.ensemble().cloned().map(Box::new),
        wish: Some(Box::new(wish.clone())),
        intent: intent.iter().map(ToString::to_string).collect(),
        objects,
        templates,
        same,
        disks: disks(context, wish).await?,
    })
}

/// Whose disks are to grow.
async fn disks(
    context: &Context<'_>,
    wish: &Ensemble,
) -> Result<Option<(BTreeSet<ServerId>, String)>, Error> {
    let Some(size) = disk(wish) else {
        return Ok(None);
    };
    let small = context.cluster.small_disks(wish, size).await;
    let small = small.map_err(|fault| no_growth(fault, size))?;
    Ok((!small.is_empty()).then(|| (small, size.to_string())))
}

/// The API server's word on a class whose disks do not grow (Kubernetes: `allowVolumeExpansion`).
fn no_growth(fault: Fault, size: &Quantity) -> Error {
    let fixed = fault.to_string().contains("must support resize");
    let error = Error::from(fault);
    match fixed {
        true => error.hint(format!(
            "the disks cannot grow to {size}: their StorageClass has no allowVolumeExpansion (kubectl get storageclass)"
        )),
        false => error,
    }
}

fn unreadable(context: &Context<'_>, name: &EnsembleName) -> Error {
    let text = format!("cannot update ensemble {name}: its intent cannot be read");
    let look = context.in_namespace(&format!("kubectl get configmap {} -o yaml", name.intent()));
    Error::new(Kind::Refused, text).hint(look)
}

/// Has the disks remember what the ensemble is now, removes configurations that no server runs any more, and shows how it is.
async fn finish(
    context: &Context<'_>,
    args: &UpdateArgs,
    wish: &Ensemble,
    driven: &Driven,
) -> Result<Exit, Error> {
    founding::seal(context, &driven.seen).await?;
    for gone in context.cluster.remove_old_configs(wish).await? {
        context
            .ui
            .status(&format!("{gone} deleted: no server runs it any more"));
    }
    done(context, &args.how.output, driven, done_as(args))?;
    Ok(Exit::Success)
}
