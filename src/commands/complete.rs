//! `create`'s last part: members that the intent has and the servers' list has not yet, such as observers.

use std::time::Duration;

use crate::cluster::apply::Making;
use crate::commands::Context;
use crate::commands::drive::Drive;
use crate::commands::founding;
use crate::commands::members::Doing;
use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::error::Error;
use crate::plan::run::Run;
use crate::plan::scale;
use crate::plan::scale::Goal;
use crate::plan::step::Next;

/// Goes on with what an intent says and the members do not have yet, where nobody loses anything by it: `create` finishes so.
pub(crate) async fn complete(
    context: &Context<'_>,
    seen: Observed,
    timeout: Duration,
) -> Result<Observed, Error> {
    let have = seen.ensemble().cloned();
    let unfinished = |have: &Ensemble| {
        seen.committed()
            .is_some_and(|it| it.roles() != have.roles())
    };
    let Some(have) = have.filter(unfinished) else {
        return Ok(seen);
    };
    let goal = Goal {
        voters: have.replicas,
        observers: have.observers,
        delete_data: false,
    };
    let drive = Drive {
        context,
        name: &seen.name,
        doing: Doing::members(),
        next: move |seen: &Observed, run: &Run| -> Next { scale::next(&goal, seen, run) },
        wish: &Ensemble::clone,
        making: Making::default(),
        timeout,
    };
    let (now, plan) = drive.preview().await?;
    let steps = plan.steps;
    if steps.is_empty() || steps.iter().any(|step| step.takes_away(&now)) {
        return Ok(seen);
    }
    let driven = drive.run().await?;
    founding::seal(context, &driven.seen).await?;
    Ok(driven.seen)
}
