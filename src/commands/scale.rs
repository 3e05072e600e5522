//! `scale`: changes how many servers vote, and how many observe, by ZooKeeper's own reconfiguration.

use std::time::Duration;

use clap::Args;

use crate::cluster::apply::Making;
use crate::cluster::observe::Asking;
use crate::commands::Context;
use crate::commands::DryRun;
use crate::commands::by_hand;
use crate::commands::drive::Drive;
use crate::commands::drive::Driven;
use crate::commands::founding;
use crate::commands::members::Doing;
use crate::commands::refusal;
use crate::commands::status::not_found;
use crate::commands::steps::done;
use crate::commands::steps::planned;
use crate::commands::steps::whole;
use crate::commands::values::duration;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::Size;
use crate::ensemble::roles::MOST_OBSERVERS;
use crate::ensemble::roles::counted;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::plan::begin;
use crate::plan::run::Run;
use crate::plan::scale;
use crate::plan::scale::Goal;
use crate::plan::simulate::Plan;
use crate::plan::step::Step;
use crate::ui::Format;

/// Change how many servers vote, by reconfiguration: no acknowledged write is lost, and clients hardly notice
///
/// New servers get the data before they vote; the highest ids leave, and are stopped when the others go on without them.
/// Their disks stay, unless --delete-data is given. Interrupted, the same command goes on, and the old number goes back.
#[derive(Args, Debug)]
pub struct ScaleArgs {
    /// The ensemble
    pub name: EnsembleName,
    /// How many servers vote, 1 to 9, best an odd number
    #[arg(long, value_name = "N", required_unless_present = "observers")]
    replicas: Option<Size>,
    /// How many more servers observe: they serve clients and never vote; as many as now if not given
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u8).range(0..=i64::from(MOST_OBSERVERS)))]
    observers: Option<u8>,
    /// Only if so many servers vote now
    #[arg(long, value_name = "N")]
    current_replicas: Option<Size>,
    /// Delete the disks of servers that are not wanted any more, those kept from before too: what is on them is gone for ever
    #[arg(long)]
    delete_data: bool,
    /// Only say which steps would be done: client, as it is without a value, only looks, server has the new objects checked
    #[arg(long, value_enum, default_value = "none", hide_default_value = true, num_args = 0..=1, require_equals = true, default_missing_value = "client", value_name = "none|client|server")]
    dry_run: DryRun,
    /// Take over fields of objects that others manage
    #[arg(long)]
    force_conflicts: bool,
    /// How to show it: the status if not given; json, yaml, jsonpath=…, custom-columns=… of the steps, or name
    #[arg(
        short = 'o',
        long,
        default_value = "table",
        hide_default_value = true,
        value_name = "FORMAT"
    )]
    output: Format,
    /// How long it may take
    #[arg(long, default_value = "10m", value_name = "DURATION", value_parser = duration)]
    timeout: Duration,
}

/// Runs it.
///
/// # Errors
/// A refusal, before anything is touched; a fault; a server that cannot come up; the deadline.
pub async fn run(context: &Context<'_>, args: ScaleArgs) -> Result<Exit, Error> {
    let first = context
        .cluster
        .observe(&args.name, Asking::default())
        .await?;
    let Some(first) = first else {
        return Err(not_found(context, &args.name).await);
    };
    if !first.is_ours() {
        return Err(by_hand::refused(context, &first, "scale"));
    }
    let goal = goal(&args, &first);
    if let Some(advice) = goal.voters.advice() {
        context.ui.warning(&advice);
    }
    let wish = move |have: &Ensemble| have.scaled(goal.voters, goal.observers);
    nothing_in_the_way(context, &first, &wish).await?;
    let drive = Drive {
        context,
        name: &args.name,
        doing: Doing::members(),
        next: move |seen: &Observed, run: &Run| scale::next(&goal, seen, run),
        wish: &wish,
        making: Making {
            force: args.force_conflicts,
            dry_run: false,
        },
        timeout: args.timeout,
    };
    let (seen, plan) = drive.preview().await?;
    check_current(&args, &seen)?;
    if args.dry_run != DryRun::None {
        return dry_run(context, &args, &seen, &wish, plan).await;
    }
    let steps = plan.steps;
    if steps.iter().any(|step| step.takes_away(&seen)) {
        ask(context, &args, &steps)?;
    }
    let driven = drive.run().await?;
    finish(context, &args, goal, driven).await
}

/// What is not said stays as it is.
fn goal(args: &ScaleArgs, seen: &Observed) -> Goal {
    let have = seen.ensemble();
    let voters = have.map(|it| it.replicas).unwrap_or_default();
    let observers = have.map_or(0, |it| it.observers);
    Goal {
        voters: args.replicas.unwrap_or(voters),
        observers: args.observers.unwrap_or(observers),
        delete_data: args.delete_data,
    }
}

/// Names of the servers that come must be free, and no Service of others may select their pods.
async fn nothing_in_the_way(
    context: &Context<'_>,
    seen: &Observed,
    wish: &impl Fn(&Ensemble) -> Ensemble,
) -> Result<(), Error> {
    let Some(have) = seen.ensemble() else {
        return Ok(());
    };
    let wished = wish(have);
    let survey = context
        .cluster
        .survey(&seen.name, |_| wished.clone())
        .await?;
    match begin::in_the_way(&wished, &survey.ground) {
        Some(found) => Err(refusal::in_the_way(context, "scale", &wished, found)),
        None => Ok(()),
    }
}

/// kubectl's precondition.
fn check_current(args: &ScaleArgs, seen: &Observed) -> Result<(), Error> {
    let now = seen.committed().map(|config| config.voters().count());
    match (args.current_replicas, now) {
        (Some(wanted), Some(now)) if usize::from(wanted.get()) != now => Err(Error::new(
            Kind::Refused,
            format!(
                "ensemble {} has {}, not {wanted}",
                args.name,
                counted(now, 0)
            ),
        )),
        _ => Ok(()),
    }
}

/// Shows the steps; with `server`, has the API server check the objects that would be made.
async fn dry_run(
    context: &Context<'_>,
    args: &ScaleArgs,
    seen: &Observed,
    wish: &impl Fn(&Ensemble) -> Ensemble,
    plan: Plan,
) -> Result<Exit, Error> {
    let steps = whole(context, seen, plan)?;
    if let (DryRun::Server, Some(have)) = (args.dry_run, seen.ensemble()) {
        let making = Making {
            dry_run: true,
            force: args.force_conflicts,
        };
        for step in &steps {
            if let Step::Start { servers } = step {
                let wished = wish(have);
                let started = context.cluster.start_servers(&wished, servers, making);
                started.await?;
            }
        }
    }
    let what = ("scaled", args.dry_run);
    planned(context, &args.output, seen, steps, what)?;
    Ok(Exit::Success)
}

/// Says what is taken away, and asks.
fn ask(context: &Context<'_>, args: &ScaleArgs, steps: &[Step]) -> Result<(), Error> {
    for step in steps {
        context.ui.status(&format!("  {step}"));
    }
    let disks = match args.delete_data {
        true => "THE DISKS of servers that go ARE DELETED",
        false => "The disks of servers that go stay",
    };
    let question = format!(
        "Scale ensemble {} down so in namespace {}, context {}? {disks}.",
        args.name, context.cluster.namespace, context.cluster.context
    );
    match context.ui.confirm(&question)? {
        true => Ok(()),
        false => Err(Error::new(Kind::Refused, "nothing was changed")),
    }
}

/// Marks the disks with who votes now, and shows how it is.
async fn finish(
    context: &Context<'_>,
    args: &ScaleArgs,
    goal: Goal,
    driven: Driven,
) -> Result<Exit, Error> {
    founding::seal(context, &driven.seen).await?;
    let size = counted(goal.voters.get().into(), goal.observers.into());
    done(context, &args.output, &driven, &format!("scaled: {size}"))?;
    say_kept(context, &driven, goal);
    Ok(Exit::Success)
}

/// Which disks were kept, and what becomes of them.
fn say_kept(context: &Context<'_>, Driven { seen, steps }: &Driven, goal: Goal) {
    let wanted = goal.roles();
    let kept = seen.disks.iter().filter(|id| !wanted.contains_key(id));
    let kept: Vec<String> = kept.map(|id| seen.name.claim(*id)).collect();
    let stopped = steps.iter().any(|step| matches!(step, Step::Stop { .. }));
    if stopped && !kept.is_empty() {
        let delete = format!("kubectl delete pvc {}", kept.join(" "));
        context.ui.hint(&format!(
            "the disks of the servers that went stay, for when they come back; they are removed by: {}",
            context.in_namespace(&delete)
        ));
    }
}
