//! Does one step of a plan, as it was decided: no choice is made here. What is not known to be done is said, and looked at
//! again by whoever drives.

use std::collections::BTreeMap;

use tokio::time::Instant;

use crate::cluster::Cluster;
use crate::cluster::Fault;
use crate::cluster::Unreachable;
use crate::cluster::apply::Making;
use crate::cluster::change::Applied;
use crate::cluster::members::Undone;
use crate::cluster::servers::Set;
use crate::commands::Context;
use crate::commands::founding;
use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::membership::ServerLine;
use crate::ensemble::roles::Roles;
use crate::error::Error;
use crate::error::Kind;
use crate::plan::step::Step;
use crate::zookeeper::message::Change;
use crate::zookeeper::message::Reconfig;

/// How long a server that does not serve is given to end, in seconds: it has nothing to finish, as what it acknowledged is on
/// its disk, and if it is frozen it hears nobody.
const GRACE: u32 = 10;

/// What became of a step.
pub(crate) enum Outcome {
    /// It was done.
    Done,
    /// It is not known to be done, or was not: why. The next look decides.
    Look(String),
}

/// How steps are done.
#[derive(Clone, Copy)]
pub(crate) struct How {
    /// How objects are applied.
    pub(crate) making: Making,
    /// When the list is not to be changed any more by what was seen.
    pub(crate) by: Instant,
}

/// Does it. `wish` is what the ensemble shall be.
pub(crate) async fn perform(
    context: &Context<'_>,
    seen: &Observed,
    wish: &Ensemble,
    step: &Step,
    How { making, by }: How,
) -> Result<Outcome, Error> {
    let (cluster, name) = (context.cluster, &seen.name);
    match step {
        Step::Seal => founding::seal(context, seen).await.map(|()| Outcome::Done),
        Step::Intend { .. } => of_set(cluster.set_intent(seen, wish, &seen.leaving).await),
        Step::Budget { servers } => of(cluster.set_budget(wish, *servers, making).await),
        Step::Start { servers } => of(cluster.start_servers(wish, servers, making).await),
        Step::Reconfigure {
            join,
            leave,
            version,
            via,
        } => {
            let joining = lines(seen, join)?;
            let leaving = leave.iter().copied().collect();
            let change = incremental(joining, leaving, *version);
            let done = cluster.reconfigure(name, *via, &change, by).await;
            asked(context, seen, *via, done)
        }
        Step::Restate {
            server,
            version,
            via,
        } => {
            let joining = restated(seen, *server)?;
            let change = incremental(joining, Vec::new(), *version);
            let done = cluster.reconfigure(name, *via, &change, by).await;
            asked(context, seen, *via, done)
        }
        Step::Barrier { via } => {
            let done = cluster.barrier(name, *via, by).await;
            asked(context, seen, *via, done)
        }
        Step::Mark { servers } => of(cluster.mark_templates(name, servers).await),
        Step::Restart { server, serves, .. } => of(restart(cluster, seen, *server, *serves).await),
        Step::Wish { wish, .. } => of_set(cluster.set_wish(seen, wish).await),
        Step::Apply { objects, .. } => match cluster.apply_changed(wish, objects, making).await {
            Ok(Applied::Going(sets)) => {
                let why = format!("{} goes first, and is made again", sets.join(", "));
                Ok(Outcome::Look(why))
            }
            applied => of(applied.map(drop)),
        },
        Step::Grow { servers, size } => of(cluster.grow_disks(name, servers, size).await),
        Step::Empty { server, force } => of(empty(cluster, seen, *server, *force).await),
        Step::Stop { servers } => {
            let set = cluster.set_intent(seen, wish, servers).await;
            match of_set(set)? {
                Outcome::Done => of(cluster.stop_servers(name, servers).await),
                stale @ Outcome::Look(_) => Ok(stale),
            }
        }
        Step::Remove { services, disks } => {
            // The intent is compared first, too: what is to be removed may be wanted again.
            let same = of_set(cluster.set_intent(seen, wish, &seen.leaving).await)?;
            let Outcome::Done = same else {
                return Ok(same);
            };
            let gone = of(cluster.remove_remains(name, services, disks).await)?;
            let Outcome::Done = gone else {
                return Ok(gone);
            };
            of_set(cluster.set_intent(seen, wish, &[].into()).await)
        }
    }
}

/// The pod that was seen, and no other: by eviction if it serves.
async fn restart(
    cluster: &Cluster,
    seen: &Observed,
    id: ServerId,
    serves: bool,
) -> Result<(), Fault> {
    let Some(pod) = seen.members.get(&id).and_then(|member| member.pod.as_ref()) else {
        return Ok(());
    };
    match serves {
        true => cluster.evict(pod).await,
        false => cluster.delete_pod(pod, Some(GRACE)).await,
    }
}

/// The disk first: it goes once its pod does, and the next pod gets a new one.
async fn empty(cluster: &Cluster, seen: &Observed, id: ServerId, force: bool) -> Result<(), Fault> {
    let Some(member) = seen.members.get(&id) else {
        return Ok(());
    };
    if let Some(claim) = &member.claim {
        cluster.delete_claim(claim).await?;
    }
    match &member.pod {
        Some(pod) => cluster.delete_pod(pod, force.then_some(0)).await,
        None => Ok(()),
    }
}

fn of(result: Result<(), Fault>) -> Result<Outcome, Error> {
    match result {
        Ok(()) => Ok(Outcome::Done),
        Err(fault) if fault.may_pass() => Ok(Outcome::Look(fault.to_string())),
        Err(fault) => Err(fault.into()),
    }
}

fn of_set(result: Result<Set, Fault>) -> Result<Outcome, Error> {
    match result {
        Ok(Set::Stale) => {
            let why = "someone else has changed the ensemble's intent: looking again";
            Ok(Outcome::Look(why.to_owned()))
        }
        result => of(result.map(|_| ())),
    }
}

fn incremental(
    joining: BTreeMap<ServerId, ServerLine>,
    leaving: Vec<ServerId>,
    version: u64,
) -> Reconfig {
    Reconfig {
        change: Change::Incremental { joining, leaving },
        expected_version: Some(version),
    }
}

/// The lines of those that come, by their Services' addresses; of those whose role changes, their own with the new role.
fn lines(seen: &Observed, join: &Roles) -> Result<BTreeMap<ServerId, ServerLine>, Error> {
    let listed = |id: &ServerId| Some(seen.committed()?.servers.get(id)?.clone());
    let line = |(id, role): (&ServerId, &Role)| {
        let line = match listed(id) {
            Some(line) => line,
            None => ServerLine::of_convention(address(seen, *id)?),
        };
        Ok((
            *id,
            ServerLine {
                role: *role,
                ..line
            },
        ))
    };
    join.iter().map(line).collect()
}

fn restated(seen: &Observed, id: ServerId) -> Result<BTreeMap<ServerId, ServerLine>, Error> {
    let host = address(seen, id)?;
    let listed = seen.committed().and_then(|list| list.servers.get(&id));
    let line = listed
        .cloned()
        .unwrap_or_else(|| ServerLine::of_convention(host.clone()));
    Ok([(id, ServerLine { host, ..line })].into())
}

fn address(seen: &Observed, id: ServerId) -> Result<String, Error> {
    let member = seen.members.get(&id);
    let address = member.and_then(|member| member.address.clone());
    address.ok_or_else(|| {
        let service = seen.name.peer_service(id);
        Error::new(
            Kind::Cluster,
            format!("server {id} has no address: Service {service} has none, or is missing"),
        )
    })
}

/// What a server that was asked said, or did not say.
fn asked(
    context: &Context<'_>,
    seen: &Observed,
    via: ServerId,
    done: Result<(), Undone>,
) -> Result<Outcome, Error> {
    match done {
        Ok(()) => Ok(Outcome::Done),
        Err(why) if !why.is_final() => Ok(Outcome::Look(format!("server {via}: {why}"))),
        Err(Undone::Password(fault)) => Err(fault.into()),
        Err(why) => Err(undone(context, seen, via, &why)),
    }
}

fn undone(context: &Context<'_>, seen: &Observed, via: ServerId, why: &Undone) -> Error {
    let name = &seen.name;
    let text = format!("the members of ensemble {name} cannot be changed: server {via}: {why}");
    let mut error = Error::new(Kind::Cluster, text);
    if let Undone::Unreachable(Unreachable::Forbidden(denied)) = why {
        error = error.lacking(denied);
    }
    if why.is_denied() {
        let secret = name.identity();
        error = error.hint(format!("the servers do not take the password of Secret {secret}: was it made again? They learn a new one when they are restarted"));
    }
    error.hint(context.in_namespace(&format!("kubectl zk exec {name} conf")))
}
