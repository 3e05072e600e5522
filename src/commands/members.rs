//! What a refusal to change the members means for whoever typed it. Must not know who refused.

use crate::commands::Context;
use crate::commands::founding;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::error::Error;
use crate::error::Kind;
use crate::plan::addresses;
use crate::plan::refusal::Refusal;

/// What is being done.
pub(crate) struct Doing<'a> {
    /// As in "cannot WHAT ensemble zk".
    pub(crate) what: &'a str,
    /// What to do when a server cannot come up.
    pub(crate) stuck: String,
    /// What goes on with it when it was cut off.
    pub(crate) again: String,
}

/// What goes on with most of what was cut off.
pub(crate) const RUN_AGAIN: &str = "run the same command again to go on";

impl Doing<'_> {
    /// What changes the list of members.
    pub(crate) fn members() -> Self {
        Self {
            what: "change the members of",
            stuck: "when the cause is mended, run the same command again, or scale back".to_owned(),
            again: RUN_AGAIN.to_owned(),
        }
    }
}

/// A refusal with what to type next.
pub(crate) async fn refused(
    context: &Context<'_>,
    seen: &Observed,
    refusal: &Refusal,
    doing: &Doing<'_>,
) -> Error {
    // A missing right is best named by what it is wanted for.
    if let Err(error) = founding::may_ask(context, seen).await {
        return error;
    }
    let text = format!("cannot {} ensemble {}: {refusal}", doing.what, seen.name);
    let error = Error::new(Kind::Refused, text);
    let in_namespace = |command: &str| context.in_namespace(command);
    let status = in_namespace(&format!("kubectl zk status {}", seen.name));
    let repair = in_namespace(&format!("kubectl zk repair {} --addresses", seen.name));
    match refusal {
        Refusal::Unseen(_) => match context.cluster.see_whole(&seen.name).await {
            Err(fault) => fault.into(),
            Ok(()) => error.hint("run the same command again"),
        },
        Refusal::Unreadable(_) => {
            let intent = seen.name.intent();
            error.hint(in_namespace(&format!(
                "kubectl get configmap {intent} -o yaml"
            )))
        }
        Refusal::Drifted(_) => error.hint(repair),
        Refusal::Unsynced { .. } if drifted(seen) => error.hint(repair),
        Refusal::Stuck(stuck) => {
            let error = match stuck.iter().find_map(|(id, _)| fix(seen, *id)) {
                Some(fix) => error.hint(in_namespace(&fix)),
                None => error,
            };
            error.hint(status).hint(doing.stuck.clone())
        }
        Refusal::Scaling => error.hint(status).hint("finish that first, as status says"),
        Refusal::NoMajority { voters: 1 | 2, .. } => error.hint(in_namespace(&format!(
            "kubectl zk scale {} --replicas 3",
            seen.name
        ))),
        Refusal::Ending { .. } => error.hint(status).hint("when it is back, run the same command again"),
        Refusal::NoMajority { .. } => error
            .hint(status)
            .hint("bring another server back first: emptied now, this one could take the last copy of what was written with it"),
        _ => error.hint(status),
    }
}

/// What mends what keeps a server from coming up.
fn fix(seen: &Observed, id: ServerId) -> Option<String> {
    let member = seen.members.get(&id)?;
    member.trouble(seen.now)?.fix
}

fn drifted(seen: &Observed) -> bool {
    let list = seen.committed();
    list.is_some_and(|list| !addresses::drifted(seen, list).is_empty())
}
