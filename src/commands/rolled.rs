//! What the verbs that restart servers have in common: their flags, whom they look at first, and the word before an outage.
//! Must not know why servers are restarted.

use std::time::Duration;

use clap::Args;

use crate::cluster::observe::Asking;
use crate::commands::Context;
use crate::commands::DryRun;
use crate::commands::by_hand;
use crate::commands::status::not_found;
use crate::commands::steps::planned;
use crate::commands::steps::whole;
use crate::commands::values::duration;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::error::Error;
use crate::error::Exit;
use crate::plan::refusal::Refusal;
use crate::plan::run::readable;
use crate::plan::simulate::Plan;
use crate::plan::step::Step;
use crate::ui::Format;

/// How a rolling change is shown, and how long it may take.
#[derive(Args, Debug)]
pub(crate) struct Rolling {
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
    pub(crate) output: Format,
    /// How long it may take
    #[arg(long, default_value = "15m", value_name = "DURATION", value_parser = duration)]
    pub(crate) timeout: Duration,
}

impl Rolling {
    /// Whether nothing is to be done.
    pub(crate) fn is_dry_run(&self) -> bool {
        self.dry_run != DryRun::None
    }

    /// Shows the steps that would be done. `what` as in "ensemble/zk WHAT (dry run)".
    pub(crate) fn planned(
        &self,
        context: &Context<'_>,
        seen: &Observed,
        plan: Plan,
        what: &str,
    ) -> Result<Exit, Error> {
        let steps = whole(context, seen, plan)?;
        planned(context, &self.output, seen, steps, (what, self.dry_run))?;
        Ok(Exit::Success)
    }
}

/// The ensemble, if it is the plugin's and all of it may be seen.
///
/// # Errors
/// There is none of the name, or it was made by hand; a missing right; a fault.
pub(crate) async fn ours(
    context: &Context<'_>,
    name: &EnsembleName,
    verb: &str,
) -> Result<Observed, Error> {
    let seen = context.cluster.observe(name, Asking::default()).await?;
    let Some(seen) = seen else {
        return Err(not_found(context, name).await);
    };
    if let Some(Refusal::Unseen(_)) = readable(&seen) {
        context.cluster.see_whole(name).await?;
    }
    match seen.is_ours() {
        true => Ok(seen),
        false => Err(by_hand::refused(context, &seen, verb)),
    }
}

/// One voter or two have no majority without the one that is restarted.
pub(crate) fn warn_of_outage(context: &Context<'_>, seen: &Observed, steps: &[Step]) {
    let voters = seen.committed().map_or(0, |list| list.voters().count());
    let restarts = |step: &Step| matches!(step, Step::Restart { serves: true, .. });
    if (1..=2).contains(&voters) && steps.iter().any(restarts) {
        let noun = if voters == 1 { "voter" } else { "voters" };
        context.ui.warning(&format!(
            "with {voters} {noun} nothing can be written while one is restarted: three survive that"
        ));
    }
}
