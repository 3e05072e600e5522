//! What a refusal to create means for whoever typed it.

use crate::commands::Context;
use crate::ensemble::Ensemble;
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
                context.in_namespace(&format!(
                    "kubectl zk create {name} --replicas {}",
                    voters.len()
                ))
            )),
            _ => error,
        };
        return error.hint("--discard-data throws the kept data away and begins anew");
    }
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

/// Which verb makes such a change.
fn verb_for(field: &str) -> &'static str {
    match field {
        "replicas" => " (a change for `kubectl zk scale`, which comes with a later version)",
        _ => " (a change for `kubectl zk update`, which comes with a later version)",
    }
}
