//! Data that a deleted ensemble left, and throwing it away.

use std::time::Duration;

use crate::cluster::remove;
use crate::cluster::remove::Thing;
use crate::commands::Context;
use crate::commands::DryRun;
use crate::ensemble::EnsembleName;
use crate::ensemble::ground::Ground;
use crate::ensemble::observed::Intent;
use crate::error::Error;
use crate::error::Kind;
use crate::execute;

/// How long disks may take to go.
const PATIENCE: Duration = Duration::from_secs(60);

/// Throws the remains of a deleted ensemble away, after asking. Says whether there were any.
///
/// # Errors
/// The ensemble is not deleted; nobody can be asked, or says no; a fault; disks that stay.
pub async fn discard(
    context: &Context<'_>,
    name: &EnsembleName,
    ground: &Ground,
    dry_run: DryRun,
) -> Result<bool, Error> {
    if ground.claims.is_empty() && ground.identity.is_none() && !ground.sealed
        || dry_run != DryRun::None
        || !ground.strangers.is_empty()
    {
        return Ok(false);
    }
    if !matches!(ground.intent, Intent::Absent) {
        let delete = context.in_namespace(&format!("kubectl zk delete {name} --delete-data"));
        return Err(Error::new(
            Kind::Refused,
            format!(
                "ensemble {name} exists: --discard-data only throws away what a deleted one left"
            ),
        )
        .hint(delete));
    }
    let things = idle(context, name).await?;
    let names: Vec<String> = things.iter().map(ToString::to_string).collect();
    let question = format!(
        "Throw away the data of ensemble {name} for ever ({}) in namespace {}, context {}?",
        names.join(", "),
        context.cluster.namespace,
        context.cluster.context
    );
    if !context.ui.confirm(&question)? {
        return Err(Error::new(Kind::Refused, "nothing was changed"));
    }
    // While the question stood, someone may have taken the data back.
    idle(context, name).await?;
    for thing in &things {
        context.cluster.remove(thing, false).await?;
    }
    execute::until(PATIENCE, || async {
        Ok::<_, Error>(
            context
                .cluster
                .things(name)
                .await?
                .is_empty()
                .then_some(true),
        )
    })
    .await
}

/// What is left of the ensemble, none of it in use.
async fn idle(context: &Context<'_>, name: &EnsembleName) -> Result<Vec<Thing>, Error> {
    let things = context.cluster.things(name).await?;
    let lives =
        |thing: &Thing| thing.kind == remove::Kind::StatefulSet || thing.name == name.intent();
    if things.iter().any(lives) || !context.cluster.pods_left(name).await?.is_empty() {
        let delete = context.in_namespace(&format!("kubectl zk delete {name}"));
        let text = format!("ensemble {name} is there: its data is in use");
        return Err(Error::new(Kind::Refused, text).hint(delete));
    }
    Ok(things)
}
