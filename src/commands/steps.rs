//! How a verb that drives a plan ends: with the steps that would be done, or with those that were and how it is now.

use crate::commands::Context;
use crate::commands::DryRun;
use crate::commands::drive::Driven;
use crate::ensemble::Observed;
use crate::error::Error;
use crate::error::Kind;
use crate::health;
use crate::plan::simulate::Plan;
use crate::plan::step::Step;
use crate::ui::Format;
use crate::ui::View;
use crate::ui::render;
use crate::ui::view::status::EnsembleStatus;
use crate::ui::view::steps::StepsView;

/// The steps of a plan that comes to its end.
///
/// # Errors
/// It does not: without a quorum nobody knows what comes after.
pub(crate) fn whole(
    context: &Context<'_>,
    seen: &Observed,
    plan: Plan,
) -> Result<Vec<Step>, Error> {
    let Some(reason) = plan.waits else {
        return Ok(plan.steps);
    };
    let name = &seen.name;
    let text = format!("what would be done to ensemble {name} cannot be told: {reason}");
    let status = context.in_namespace(&format!("kubectl zk status {name}"));
    Err(Error::new(Kind::Refused, text).hint(status))
}

/// Shows the steps of a dry run. `what` as in "ensemble/zk WHAT (dry run)".
pub(crate) fn planned(
    context: &Context<'_>,
    output: &Format,
    seen: &Observed,
    steps: Vec<Step>,
    (what, dry_run): (&str, DryRun),
) -> Result<(), Error> {
    let what = format!("{}{}", changed(&steps, what), dry_run.suffix());
    show(context, output, &StepsView::new(seen, steps, true))?;
    say(context, seen, &what);
    Ok(())
}

/// Shows how it is now, or, to machines, the steps that were done. `what` as in "ensemble/zk WHAT".
pub(crate) fn done(
    context: &Context<'_>,
    output: &Format,
    driven: &Driven,
    what: &str,
) -> Result<(), Error> {
    let Driven { seen, steps } = driven;
    say(context, seen, changed(steps, what));
    match output.is_for_people() {
        true => {
            let status = EnsembleStatus::new(seen, &health::assess(seen));
            show(context, output, &status)
        }
        false => show(context, output, &StepsView::new(seen, steps.clone(), false)),
    }
}

fn changed<'a>(steps: &[Step], what: &'a str) -> &'a str {
    if steps.is_empty() { "unchanged" } else { what }
}

fn say(context: &Context<'_>, seen: &Observed, what: &str) {
    let name = &seen.name;
    context.ui.status(&format!("ensemble/{name} {what}"));
}

fn show(context: &Context<'_>, output: &Format, view: &impl View) -> Result<(), Error> {
    let text = render(view, output, true, context.ui.paper())?;
    Ok(context.ui.data(&text)?)
}
