//! How `create` begins: looks at what is there, lets `plan::begin` decide, and takes the name.

use std::cell::RefCell;

use crate::cluster::apply::Made;
use crate::cluster::apply::Making;
use crate::cluster::ground::Survey;
use crate::commands::Context;
use crate::commands::create::Options;
use crate::commands::kept;
use crate::commands::refusal::refused;
use crate::ensemble::Ensemble;
use crate::ensemble::observed::Intent;
use crate::ensemble::quorum::servers;
use crate::error::Error;
use crate::error::Kind;
use crate::execute;
use crate::plan::begin;
use crate::plan::begin::Begin;

/// How often the ground is looked at again because someone else was quicker.
const TRIES: usize = 5;

/// Looks, decides, and takes the name; looks again where someone else was quicker.
pub(crate) async fn settle(
    context: &Context<'_>,
    wish: &Ensemble,
    options: &Options,
    making: Making,
) -> Result<(Begin, Survey, Vec<Made>), Error> {
    for _ in 0..TRIES {
        let survey = survey(context, wish, options).await?;
        let ensemble = &survey.ensemble;
        if options.discard_data
            && kept::discard(context, &ensemble.name, &survey.ground, options.dry_run).await?
        {
            continue;
        }
        let exists = !matches!(survey.ground.intent, Intent::Absent);
        let begin = begin::begin(ensemble, &survey.ground)
            .map_err(|refusal| refused(context, ensemble, exists, refusal))?;
        say_begin(context, &begin);
        if exists {
            return Ok((begin, survey, Vec::new()));
        }
        match context
            .cluster
            .take_name(&survey.objects.intent, making)
            .await
        {
            Ok(made) => return Ok((begin, survey, vec![made])),
            Err(fault) if fault.is_already_exists() => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Err(Error::new(
        Kind::Cluster,
        format!(
            "ConfigMap {} comes and goes: is someone else creating or deleting this ensemble?",
            wish.name
        ),
    ))
}

/// Looks at what is there, once nothing of it is being deleted any more.
async fn survey(
    context: &Context<'_>,
    wish: &Ensemble,
    options: &Options,
) -> Result<Survey, Error> {
    let going = RefCell::new(Vec::new());
    let look = || async {
        let meant = |there: &Intent| begin::meant(wish, options.says_nothing, there);
        let survey = context.cluster.survey(&wish.name, meant).await?;
        if survey.going.is_empty() {
            return Ok(Some(survey));
        }
        if going.replace(survey.going.clone()) != survey.going {
            let text = format!("waiting until it is deleted: {}", survey.going.join(", "));
            context.ui.status(&text);
        }
        Ok(None)
    };
    // Not by `until`: who listens to signals cannot be asked a question any more.
    let result = execute::within(options.timeout, look).await;
    result.map_err(|error: Error| match (error.kind, going.borrow().first()) {
        (Kind::Deadline, Some(thing)) => {
            Error::new(Kind::Deadline, format!("{thing} is still being deleted"))
                .caused_by(error)
                .hint(context.in_namespace(&format!("kubectl get {thing} -o yaml")))
        }
        _ => error,
    })
}

fn say_begin(context: &Context<'_>, begin: &Begin) {
    if !begin.taken_back.is_empty() {
        context.ui.status(&format!(
            "taking back the disks of {} with their data",
            servers(begin.taken_back.iter().copied())
        ));
    }
    if !begin.lost.is_empty() {
        context.ui.warning(&format!(
            "the disks of {} are gone: what replaces them is filled by the others",
            servers(begin.lost.iter().copied())
        ));
    }
}
