//! `create`: makes an ensemble, or goes on making it, until its servers themselves say that it has a quorum.

use std::time::Duration;

use clap::Args;
use k8s_openapi::api::core::v1::Secret;

use crate::cluster::Cluster;
use crate::cluster::Fault;
use crate::cluster::apply::Change;
use crate::cluster::apply::Made;
use crate::cluster::apply::Making;
use crate::cluster::ground::Survey;
use crate::commands::Context;
use crate::commands::DryRun;
use crate::commands::complete::complete;
use crate::commands::connection_string::client_address;
use crate::commands::founding;
use crate::commands::identity::new_identity;
use crate::commands::identity::wanted_identity;
use crate::commands::manifests;
use crate::commands::refusal::half_made;
use crate::commands::settle::settle;
use crate::commands::values::duration;
use crate::commands::wish::Wish;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::connect_string::CLIENT_PORT;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::health;
use crate::manifest;
use crate::ui::Format;
use crate::ui::render;
use crate::ui::view::status::EnsembleStatus;

/// Create an ensemble, and wait until its servers themselves say that it has a quorum
///
/// Run it again: a half-made ensemble is finished, a finished one is left as it is, and a different wish is refused with the
/// difference; the name alone means the ensemble as it is. Disks kept from a deleted ensemble of the name are taken back with their data.
#[derive(Args, Debug)]
pub struct CreateArgs {
    /// The name of the ensemble
    pub name: EnsembleName,
    #[command(flatten)]
    wish: Wish,
    /// Throw the data of a deleted ensemble of this name away, and begin anew
    #[arg(long)]
    discard_data: bool,
    /// Only say what would be made: client, as it is without a value, prints it, server has it checked
    #[arg(long, value_enum, default_value = "none", hide_default_value = true, num_args = 0..=1, require_equals = true, default_missing_value = "client", value_name = "none|client|server")]
    pub dry_run: DryRun,
    /// With --dry-run=client: print a fresh identity (a Secret), too
    #[arg(long)]
    with_identity: bool,
    /// Take over fields of objects that others manage
    #[arg(long)]
    force_conflicts: bool,
    /// How to show what was made: yaml, json, name, jsonpath=…, custom-columns=…; the status if not given
    #[arg(
        short = 'o',
        long,
        default_value = "table",
        hide_default_value = true,
        value_name = "FORMAT"
    )]
    output: Format,
    /// Wait until the quorum is verified (the default)
    #[arg(long, overrides_with = "no_wait")]
    wait: bool,
    /// Do not wait: the next run, or status, tells how far it is
    #[arg(long)]
    no_wait: bool,
    /// How long to wait
    #[arg(long, default_value = "5m", value_name = "DURATION", value_parser = duration)]
    timeout: Duration,
}

impl CreateArgs {
    /// The intent, with a word for what is allowed and yet unwise.
    fn into_intent(self, ui: &crate::ui::Ui) -> Result<(Ensemble, Options), Error> {
        let Self {
            name,
            wish,
            discard_data,
            dry_run,
            with_identity,
            force_conflicts,
            output,
            wait: _,
            no_wait,
            timeout,
        } = self;
        manifests::check(&output)?;
        if with_identity && dry_run != DryRun::Client {
            return Err(Error::new(
                Kind::Usage,
                "--with-identity needs --dry-run=client",
            ));
        }
        let says_nothing = wish.says_nothing();
        let ensemble = wish.intent(name)?;
        for advice in ensemble.advice() {
            ui.warning(&advice);
        }
        Ok((
            ensemble,
            Options {
                says_nothing,
                discard_data,
                dry_run,
                with_identity,
                force_conflicts,
                output,
                wait: !no_wait,
                timeout,
            },
        ))
    }
}

/// What is not of the intent.
pub(crate) struct Options {
    /// Nothing but the name was given.
    pub(crate) says_nothing: bool,
    pub(crate) discard_data: bool,
    pub(crate) dry_run: DryRun,
    pub(crate) with_identity: bool,
    pub(crate) force_conflicts: bool,
    pub(crate) output: Format,
    pub(crate) wait: bool,
    pub(crate) timeout: Duration,
}

/// Prints the manifests: `--dry-run=client`. No cluster is needed.
///
/// # Errors
/// The wish makes no sense, or cannot be printed.
pub fn print(ui: &crate::ui::Ui, args: CreateArgs) -> Result<Exit, Error> {
    let (ensemble, options) = args.into_intent(ui)?;
    let objects = manifest::build(&ensemble);
    let secret = options
        .with_identity
        .then(|| new_identity(&ensemble, None))
        .transpose()?;
    ui.data(&manifests::text(
        &objects,
        secret.as_ref(),
        &options.output,
    )?)?;
    if secret.is_none() {
        ui.hint(&format!("the Secret {} is not printed: --with-identity prints a fresh one, and `kubectl zk create {}` makes one", ensemble.name.identity(), ensemble.name));
    }
    Ok(Exit::Success)
}

/// Runs it.
///
/// # Errors
/// A refusal, before anything is touched; a fault; a server that cannot come up; the deadline.
pub async fn run(context: &Context<'_>, args: CreateArgs) -> Result<Exit, Error> {
    let since = context.cluster.now();
    let (ensemble, options) = args.into_intent(context.ui)?;
    let (survey, made) = make(context, &ensemble, &options).await?;
    context.pass_on_warnings();
    say_made(context, &ensemble.name, &made, options.dry_run);
    if !options.output.is_for_people() {
        let text = manifests::text(&survey.objects, None, &options.output)?;
        context.ui.data(&text)?;
    }
    if options.dry_run != DryRun::None {
        return Ok(Exit::Success);
    }
    if !options.wait {
        if !survey.ground.sealed {
            let again = context.in_namespace(&format!("kubectl zk create {}", ensemble.name));
            context.ui.hint(&format!(
                "it is sealed when its quorum is verified: {again}"
            ));
        }
        return Ok(Exit::Success);
    }
    finish(context, &ensemble, since, &options).await
}

/// Makes everything that is missing; gives the ensemble that was meant, and what became of each object.
async fn make(
    context: &Context<'_>,
    wish: &Ensemble,
    options: &Options,
) -> Result<(Survey, Vec<Made>), Error> {
    let cluster = context.cluster;
    let making = Making {
        force: options.force_conflicts,
        dry_run: options.dry_run == DryRun::Server,
    };
    let (begin, survey, mut made) = settle(context, wish, options, making).await?;
    let secret = wanted_identity(&survey.ensemble, &begin)?;
    let rest = make_rest(cluster, &survey, secret, begin.seal_first, making).await;
    made.extend(rest.map_err(|fault| half_made(context, &survey.ensemble.name, fault, making))?);
    Ok((survey, made))
}

/// All but the intent, in the order in which they need each other.
async fn make_rest(
    cluster: &Cluster,
    survey: &Survey,
    secret: Option<Secret>,
    seal_first: bool,
    making: Making,
) -> Result<Vec<Made>, Fault> {
    let (objects, versions) = (&survey.objects, &survey.versions);
    let mut made = cluster.apply(objects, versions, making).await?;
    if let Some(secret) = secret {
        made.push(cluster.make_identity(&secret, making).await?);
    }
    if seal_first {
        made.push(cluster.seal(&survey.ensemble.name, making).await?);
    }
    made.extend(cluster.apply_servers(objects, versions, making).await?);
    Ok(made)
}

fn say_made(context: &Context<'_>, name: &EnsembleName, made: &[Made], dry_run: DryRun) {
    let count = |change| made.iter().filter(|made| made.change == change).count();
    let counts = [
        (count(Change::Created), "created"),
        (count(Change::Configured), "configured"),
        (count(Change::Unchanged), "unchanged"),
    ];
    let some = counts.iter().filter(|(count, _)| 0 < *count);
    let part = |(count, word): &(usize, &str)| match (count, *word) {
        (count, "unchanged") => format!("{count} unchanged"),
        (1, word) => format!("1 object {word}"),
        (count, word) => format!("{count} objects {word}"),
    };
    let parts: Vec<String> = some.map(part).collect();
    let untouched = counts[0].0 + counts[1].0 == 0;
    let text = if untouched {
        " unchanged".to_owned()
    } else {
        format!(": {}", parts.join(", "))
    };
    let text = format!("ensemble/{name}{text}{}", dry_run.suffix());
    context.ui.status(&text);
}

/// Waits for the quorum and shows it. One that is there already is verified at the first look.
async fn finish(
    context: &Context<'_>,
    ensemble: &Ensemble,
    since: i64,
    options: &Options,
) -> Result<Exit, Error> {
    let seen = founding::wait(context, &ensemble.name, since, options.timeout).await?;
    let seen = complete(context, seen, options.timeout).await?;
    if options.output.is_for_people() {
        let view = EnsembleStatus::new(&seen, &health::assess(&seen));
        let text = render(&view, &Format::Table, true, context.ui.paper())?;
        let address = client_address(context, &ensemble.name, CLIENT_PORT)?;
        context
            .ui
            .data(&format!("{text}\nclients connect to {address}\n"))?;
    }
    Ok(Exit::Success)
}
