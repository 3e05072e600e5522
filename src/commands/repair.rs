//! `repair`: mends what no other verb mends. So far: addresses in the member list that are not the Services' any more.

use std::time::Duration;

use clap::Args;

use crate::cluster::apply::Making;
use crate::cluster::observe::Asking;
use crate::commands::Context;
use crate::commands::DryRun;
use crate::commands::by_hand;
use crate::commands::drive::Drive;
use crate::commands::members::Doing;
use crate::commands::status::not_found;
use crate::commands::steps::done;
use crate::commands::steps::planned;
use crate::commands::steps::whole;
use crate::commands::values::duration;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::error::Error;
use crate::error::Exit;
use crate::plan::addresses;
use crate::ui::Format;

/// Mend what the servers themselves do not: addresses that are not their Services' any more
///
/// A Service that was deleted and made again has another address; servers learn it when they restart, and then differ in
/// their member lists. Each such line is stated again by a reconfiguration, one at a time.
#[derive(Args, Debug)]
pub struct RepairArgs {
    /// The ensemble
    pub name: EnsembleName,
    /// State addresses again that differ from the Services'
    #[arg(long, required = true)]
    addresses: bool,
    /// Only say which steps would be done, and change nothing
    #[arg(long, value_enum, default_value = "none", hide_default_value = true, num_args = 0..=1, require_equals = true, default_missing_value = "client", value_name = "none|client|server")]
    dry_run: DryRun,
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
    #[arg(long, default_value = "5m", value_name = "DURATION", value_parser = duration)]
    timeout: Duration,
}

/// Runs it.
///
/// # Errors
/// A refusal, before anything is touched; a fault; the deadline.
pub async fn run(context: &Context<'_>, args: RepairArgs) -> Result<Exit, Error> {
    let first = context
        .cluster
        .observe(&args.name, Asking::default())
        .await?;
    let Some(first) = first else {
        return Err(not_found(context, &args.name).await);
    };
    if !first.is_ours() {
        return Err(by_hand::refused(context, &first, "repair"));
    }
    let drive = Drive {
        context,
        name: &args.name,
        doing: Doing::members(),
        next: addresses::next,
        wish: &Ensemble::clone,
        making: Making::default(),
        timeout: args.timeout,
    };
    let (seen, plan) = drive.preview().await?;
    if args.dry_run != DryRun::None {
        let steps = whole(context, &seen, plan)?;
        let what = ("repaired", args.dry_run);
        planned(context, &args.output, &seen, steps, what)?;
        return Ok(Exit::Success);
    }
    let driven = drive.run().await?;
    done(context, &args.output, &driven, "repaired")?;
    Ok(Exit::Success)
}
