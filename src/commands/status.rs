//! `status`: what the servers and Kubernetes say, judged.

use std::time::Duration;

use clap::Args;

use crate::cluster::observe::Asking;
use crate::cluster::probe::Depth;
use crate::cluster::world::CHUNK;
use crate::cluster::world::Scope;
use crate::commands::Context;
use crate::commands::selector::selector;
use crate::commands::values::count;
use crate::commands::values::patience;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::spelling::nearest;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::execute;
use crate::health;
use crate::health::verdict::Verdict;
use crate::ui::Format;
use crate::ui::SortBy;
use crate::ui::render;
use crate::ui::view::status::EnsembleStatus;
use crate::ui::view::status_list::EnsembleList;

/// How often a watch looks.
const WATCH_PACE: Duration = Duration::from_secs(2);

/// Show how ensembles are: the verdict, the servers, what is wrong and what mends it
///
/// Without NAME: a row for every ensemble of the namespace.
#[derive(Args, Debug)]
pub struct StatusArgs {
    /// The ensemble; every one of the namespace if not given
    pub name: Option<EnsembleName>,
    /// Every ensemble of every namespace
    #[arg(short = 'A', long, conflicts_with = "name")]
    pub all_namespaces: bool,
    /// Only ensembles whose objects have these labels
    #[arg(short = 'l', long, value_name = "LABELS", conflicts_with = "name", value_parser = selector)]
    pub selector: Option<String>,
    /// Sort by the field at this path, such as .ageSeconds; by namespace and name if not given
    #[arg(long, value_name = "PATH", conflicts_with = "name")]
    pub sort_by: Option<SortBy>,
    /// How many objects the API server sends at once; 0 for all
    #[arg(long, value_name = "N", default_value_t = CHUNK, conflicts_with = "name", value_parser = count)]
    pub chunk_size: u32,
    /// How to show it: table, wide, json, yaml, name, jsonpath=…, jsonpath-file=…, custom-columns=…,
    /// custom-columns-file=…
    #[arg(
        short = 'o',
        long,
        default_value = "table",
        hide_default_value = true,
        value_name = "FORMAT"
    )]
    pub output: Format,
    /// Without the line of heads
    #[arg(long)]
    pub no_headers: bool,
    /// Look again every two seconds until Ctrl-C
    #[arg(short = 'w', long)]
    pub watch: bool,
    /// Exit with 3 if an ensemble is not healthy
    #[arg(long)]
    pub exit_code: bool,
    /// How long each server may take to answer
    #[arg(long, default_value = "3s", value_name = "DURATION", value_parser = patience)]
    pub probe_timeout: Duration,
}

/// Runs it.
///
/// # Errors
/// The pods cannot be listed, or there is no such ensemble.
pub async fn run(context: &Context<'_>, args: StatusArgs) -> Result<Exit, Error> {
    if !args.watch {
        return show(context, &args).await;
    }
    // What cannot be shown at all is an error; later on, what fails may pass.
    show(context, &args).await?;
    let watch = async {
        loop {
            tokio::time::sleep(WATCH_PACE).await;
            if context.ui.stdout_is_terminal() {
                context.ui.data("\x1b[H\x1b[2J")?;
            }
            match show(context, &args).await {
                Err(error) if error.kind == Kind::BrokenPipe => return Err(error),
                Err(error) => context.ui.error(&error, &error.hints),
                Ok(_) => {}
            }
        }
    };
    tokio::select! {
        _ = execute::signal() => Ok(Exit::Success),
        result = watch => result,
    }
}

async fn show(context: &Context<'_>, args: &StatusArgs) -> Result<Exit, Error> {
    let asking = Asking {
        depth: depth(&args.output),
        deadline: args.probe_timeout,
    };
    let (text, verdicts) = match &args.name {
        Some(name) => one(context, args, name, asking).await?,
        None => all(context, args, asking).await?,
    };
    context.pass_on_warnings();
    context.ui.data(&text)?;
    let healthy = verdicts.iter().all(|verdict| *verdict == Verdict::Healthy);
    Ok(if args.exit_code && !healthy {
        Exit::Unhealthy
    } else {
        Exit::Success
    })
}

async fn one(
    context: &Context<'_>,
    args: &StatusArgs,
    name: &EnsembleName,
    asking: Asking,
) -> Result<(String, Vec<Verdict>), Error> {
    let Some(seen) = context.cluster.observe(name, asking).await? else {
        return Err(not_found(context, name).await);
    };
    let (view, verdict) = judge(&seen);
    let text = render(&view, &args.output, !args.no_headers, context.ui.paper())?;
    Ok((text, vec![verdict]))
}

async fn all(
    context: &Context<'_>,
    args: &StatusArgs,
    asking: Asking,
) -> Result<(String, Vec<Verdict>), Error> {
    let namespace = (!args.all_namespaces).then(|| context.cluster.namespace.clone());
    let scope = Scope {
        namespace,
        instance: None,
        selector: args.selector.clone().filter(|text| !text.is_empty()),
        chunk: args.chunk_size,
    };
    let seen = context.cluster.observe_all(&scope, asking).await?;
    say_unseen(context, args, &scope, &seen).await?;
    let (views, verdicts): (Vec<_>, Vec<_>) = seen.iter().map(judge).unzip();
    if views.is_empty() && args.output.is_for_people() {
        let place = if args.all_namespaces {
            String::new()
        } else {
            format!(" in {} namespace.", context.cluster.namespace)
        };
        context.ui.status(&format!("No resources found{place}"));
        return Ok((String::new(), verdicts));
    }
    let views = match &args.sort_by {
        Some(field) => field.sort(views)?,
        None => views,
    };
    let list = EnsembleList::new(views, args.all_namespaces);
    Ok((
        render(&list, &args.output, !args.no_headers, context.ui.paper())?,
        verdicts,
    ))
}

/// What a table of ensembles does not show: that more might be there, or known, if more might be seen.
async fn say_unseen(
    context: &Context<'_>,
    args: &StatusArgs,
    scope: &Scope,
    seen: &[Observed],
) -> Result<(), Error> {
    if !args.output.is_for_people() {
        return Ok(());
    }
    let missing = match seen {
        [] => context.cluster.unseen(scope).await?,
        seen => seen
            .iter()
            .flat_map(|seen| seen.missing_rights.clone())
            .collect(),
    };
    if !missing.is_empty() {
        context.ui.warning(&unseen(missing));
    }
    Ok(())
}

/// That not all could be seen, and for want of which rights.
pub(crate) fn unseen(mut rights: Vec<String>) -> String {
    rights.sort();
    rights.dedup();
    let rights = rights.join(", ");
    format!("not all could be seen, these rights are missing: {rights}")
}

fn judge(seen: &Observed) -> (EnsembleStatus, Verdict) {
    let health = health::assess(seen);
    (EnsembleStatus::new(seen, &health), health.summary.verdict)
}

/// What only `mntr` tells is asked for where it is shown.
fn depth(format: &Format) -> Depth {
    match format {
        Format::Table | Format::Name => Depth::Brief,
        _ => Depth::Full,
    }
}

/// There is no such ensemble: which there are, and which might have been meant.
pub(crate) async fn not_found(context: &Context<'_>, name: &EnsembleName) -> Error {
    let namespace = &context.cluster.namespace;
    let error = Error::new(
        Kind::NotFound,
        format!(
            "ensemble {name:?} not found in namespace {namespace:?}",
            name = name.as_str()
        ),
    );
    let scope = Scope {
        namespace: Some(namespace.clone()),
        ..Scope::default()
    };
    let there = context
        .cluster
        .observe_all(&scope, Asking::nobody())
        .await
        .unwrap_or_default();
    let missing = context.cluster.unseen(&scope).await.unwrap_or_default();
    let error = match missing.is_empty() {
        true => error,
        false => error.hint(unseen(missing)),
    };
    let names: Vec<&str> = there.iter().map(|seen| seen.name.as_str()).collect();
    match nearest(name.as_str(), names.iter().copied()) {
        Some(near) => error.hint(format!("did you mean {near}?")),
        None if names.is_empty() => {
            error.hint("kubectl zk status -A shows those of every namespace")
        }
        None => error.hint(format!("there are: {}", names.join(", "))),
    }
}
