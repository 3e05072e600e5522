//! What the verbs that restart servers have in common: whom they look at first, and the word before an outage. Must not know
//! why servers are restarted.

use crate::cluster::observe::Asking;
use crate::commands::Context;
use crate::commands::by_hand;
use crate::commands::status::not_found;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::error::Error;
use crate::plan::refusal::Refusal;
use crate::plan::run::readable;
use crate::plan::step::Step;

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
