//! `restart`: has servers started again, one at a time, the leader last, while the others serve on.

use std::collections::BTreeSet;

use clap::Args;

use crate::cluster::apply::Making;
use crate::commands::Context;
use crate::commands::drive::Drive;
use crate::commands::members::Doing;
use crate::commands::members::RUN_AGAIN;
use crate::commands::rolled::Rolling;
use crate::commands::rolled::ours;
use crate::commands::rolled::warn_of_outage;
use crate::commands::steps::done;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::error::Error;
use crate::error::Exit;
use crate::plan::restart;
use crate::plan::restart::Whom;
use crate::plan::run::Run;

/// Restart the servers one at a time, the leader last: no acknowledged write is lost, and clients hardly notice
///
/// Who does not serve is restarted first; who serves, only while all others are in sync. The first that does not come back
/// ends it, and the others serve on. Interrupted, the same command goes on.
#[derive(Args, Debug)]
pub struct RestartArgs {
    /// The ensemble
    pub name: EnsembleName,
    /// Only this server (can be repeated); all if not given
    #[arg(long, value_name = "ID")]
    id: Vec<ServerId>,
    #[command(flatten)]
    how: Rolling,
}

/// Runs it.
///
/// # Errors
/// A refusal, before anything is touched; a fault; a server that does not come back; the deadline.
pub async fn run(context: &Context<'_>, args: RestartArgs) -> Result<Exit, Error> {
    let first = ours(context, &args.name, "restart").await?;
    let ids: BTreeSet<ServerId> = args.id.iter().copied().collect();
    let whom = match ids.is_empty() {
        true => Whom::All,
        false => Whom::These(ids),
    };
    let drive = Drive {
        context,
        name: &args.name,
        doing: Doing {
            what: "restart",
            stuck: "when the cause is mended, run the same command again".to_owned(),
            again: RUN_AGAIN.to_owned(),
        },
        next: |seen: &Observed, run: &Run| restart::next(&whom, seen, run),
        wish: &Ensemble::clone,
        making: Making::default(),
        timeout: args.how.timeout,
    };
    let (seen, plan) = drive.preview().await?;
    if args.how.is_dry_run() {
        return args.how.planned(context, &seen, plan, "restarted");
    }
    warn_of_outage(context, &first, &plan.steps);
    let driven = drive.run().await?;
    done(context, &args.how.output, &driven, "restarted")?;
    Ok(Exit::Success)
}
