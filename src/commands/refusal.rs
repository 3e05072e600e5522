//! What a refusal to create, ours or the API server's, means for whoever typed it.

use std::collections::BTreeSet;

use crate::cluster::Fault;
use crate::cluster::apply::Making;
use crate::commands::Context;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ensemble::trouble::said;
use crate::error::Error;
use crate::error::Kind;
use crate::plan::begin::Refusal;

/// A refusal with what to type next.
pub(crate) fn refused(
    context: &Context<'_>,
    ensemble: &Ensemble,
    exists: bool,
    refusal: Refusal,
) -> Error {
    let name = &ensemble.name;
    let error = Error::new(
        Kind::Refused,
        format!("cannot create ensemble {name}: {refusal}"),
    );
    if refusal.is_about_data() && exists {
        let delete = format!("kubectl zk delete {name} --delete-data");
        return error
            .hint("bring the disks back, if they can be had")
            .hint(format!(
                "or give the data up: {}",
                context.in_namespace(&delete)
            ));
    }
    if refusal.is_about_data() {
        let error = match &refusal {
            Refusal::OtherSize { voters, .. } => error.hint(format!(
                "take them back as they are: {}",
                context.in_namespace(&as_they_are(name, voters))
            )),
            _ => error,
        };
        return error.hint("--discard-data throws the kept data away and begins anew");
    }
    with_hints(context, error, name, refusal)
}

/// The name alone means the size that the disks remember; a scale that was cut off may have left a gap below its highest id.
fn as_they_are(name: &EnsembleName, voters: &BTreeSet<ServerId>) -> String {
    let highest = voters.last().map_or(0, |id| usize::from(id.get()));
    match highest == voters.len() {
        true => format!("kubectl zk create {name}"),
        false => format!("kubectl zk create {name} --replicas {highest}"),
    }
}

/// Objects of others are in the way of a verb.
pub(crate) fn in_the_way(
    context: &Context<'_>,
    verb: &str,
    ensemble: &Ensemble,
    refusal: Refusal,
) -> Error {
    let name = &ensemble.name;
    let error = Error::new(
        Kind::Refused,
        format!("cannot {verb} ensemble {name}: {refusal}"),
    );
    with_hints(context, error, name, refusal)
}

fn with_hints(context: &Context<'_>, error: Error, name: &EnsembleName, refusal: Refusal) -> Error {
    match refusal {
        Refusal::Different(differences) => differences.iter().fold(error, |error, difference| {
            error.hint(format!(
                "{}: {} -> {}{}",
                difference.field,
                difference.have,
                difference.want,
                verb_for(&difference.field)
            ))
        }),
        Refusal::Rivals(_) => error.hint("choose another namespace, or remove the Service"),
        Refusal::ByHand(_) => error
            .hint(context.in_namespace(&format!("kubectl zk status {name}")))
            .hint("choose another namespace: in this one its Services may find the pods of any other ensemble, too"),
        Refusal::Strangers(_) => error.hint("choose another name, or remove what is in the way"),
        Refusal::Unreadable(_) => error.hint(
            context.in_namespace(&format!("kubectl get configmap {} -o yaml", name.intent())),
        ),
        _ => error,
    }
}

/// What stands when the API server did not make all of it: a quota or a policy is in the way, or it was not to be reached.
pub(crate) fn half_made(
    context: &Context<'_>,
    name: &EnsembleName,
    fault: Fault,
    making: Making,
) -> Error {
    let said = fault.to_string();
    let refused = matches!(&fault, Fault::Forbidden(denied) if denied.right.is_none())
        || matches!(fault, Fault::Invalid(_));
    let lost = fault.is_uncertain();
    let mut error = Error::from(fault);
    if making.dry_run || !(refused || lost) {
        return error;
    }
    if lost {
        return error.hint("what was made stays: run the same command again to go on");
    }
    if let Some(quota) = said::quota(&said) {
        let describe = format!("kubectl describe resourcequota {quota}");
        error = error.hint(context.in_namespace(&describe));
    }
    error.hint(what_stays(context, name))
}

/// What to do with what was made of an ensemble that did not come up.
pub(crate) fn what_stays(context: &Context<'_>, name: &EnsembleName) -> String {
    let delete = context.in_namespace(&format!("kubectl zk delete {name}"));
    format!(
        "what was made stays; when the cause is mended, run the same command again, or remove it: {delete}"
    )
}

/// Which verb makes such a change.
fn verb_for(field: &str) -> &'static str {
    match field {
        "replicas" | "observers" => " (a change for `kubectl zk scale`)",
        "storage.claim.class" | "storage" | "placement.runAsUser" => {
            " (it is chosen once, by `create`: make another ensemble, of another name)"
        }
        _ => " (a change for `kubectl zk update`)",
    }
}
