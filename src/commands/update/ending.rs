//! How an update ends: only once nobody else has changed what it rolled, and with a note that it is so. Must not know what was
//! updated.

use std::cell::RefCell;

use crate::cluster::observe::Asking;
use crate::cluster::servers::Set;
use crate::commands::Context;
use crate::commands::founding;
use crate::commands::update::UpdateArgs;
use crate::commands::update::go_on;
use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::error::Error;
use crate::error::Kind;
use crate::execute;
use crate::plan::refusal::Refusal;

/// Notes that all servers run what is wished, which nobody may have changed meanwhile.
///
/// # Errors
/// Someone else has changed the intent or the StatefulSets; a fault; the deadline.
pub(super) async fn end(
    context: &Context<'_>,
    args: &UpdateArgs,
    wish: &Ensemble,
    seen: &mut Observed,
) -> Result<(), Error> {
    if !seen.updating {
        return Ok(());
    }
    let compared = Box::pin(context.cluster.compare(wish, args.force_conflicts)).await?;
    if compared.iter().any(|it| it.template.is_some()) {
        return Err(changed(context, args));
    }
    let looked = RefCell::new(seen.clone());
    let ended = execute::until(args.how.timeout, || async {
        let last = looked.borrow().clone();
        match context.cluster.end_update(&last, wish).await {
            Ok(Set::Done) => Ok(Some(())),
            Ok(Set::Stale) => {
                looked.replace(look(context, args, wish).await?);
                Ok(None)
            }
            Err(fault) if fault.may_pass() => Ok(None),
            Err(fault) => Err(Error::from(fault)),
        }
    });
    ended.await.map_err(|error| match error.kind {
        Kind::Deadline | Kind::Interrupted | Kind::Terminated => error.hint(go_on(context, args)),
        _ => error,
    })?;
    seen.updating = false;
    Ok(())
}

/// How it is now; it must be as wished still.
async fn look(
    context: &Context<'_>,
    args: &UpdateArgs,
    wish: &Ensemble,
) -> Result<Observed, Error> {
    let now = context.cluster.observe(&args.name, Asking::default());
    let now = Box::pin(now).await?;
    let now = now.ok_or_else(|| founding::gone(context, &args.name))?;
    match now.ensemble() == Some(wish) {
        true => Ok(now),
        false => Err(refused(context, args, &Refusal::Overtaken.to_string())),
    }
}

fn changed(context: &Context<'_>, args: &UpdateArgs) -> Error {
    let error = refused(
        context,
        args,
        "someone else changed its StatefulSets while this was under way",
    );
    let diff = format!("kubectl zk diff {}", args.name);
    error
        .hint(context.in_namespace(&diff))
        .hint(go_on(context, args))
}

fn refused(context: &Context<'_>, args: &UpdateArgs, why: &str) -> Error {
    let text = format!("cannot update ensemble {}: {why}", args.name);
    let status = context.in_namespace(&format!("kubectl zk status {}", args.name));
    Error::new(Kind::Refused, text).hint(status)
}
