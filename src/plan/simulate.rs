//! A world that does what it is told and in which nothing fails: what `--dry-run` walks through with the planner that the
//! real run uses. Knows what each step makes of the world; not which step comes next.

mod alone;

use std::collections::BTreeSet;

use crate::ensemble::Member;
use crate::ensemble::Membership;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::ServerLine;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::Probe;
use crate::ensemble::observed::Workload;
use crate::ensemble::size::Size;
use crate::plan::refusal::Refusal;
use crate::plan::run::Run;
use crate::plan::scale::GUARD;
pub use crate::plan::simulate::alone::settle;
use crate::plan::simulate::alone::settle_by;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// More steps and waits than any plan has.
const MOST: usize = 200;

/// What would be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps, in their order.
    pub steps: Vec<Step>,
    /// What it waits for in vain: without a quorum nobody knows what comes after.
    pub waits: Option<Reason>,
}

/// Every step from here to the goal.
///
/// # Errors
/// The refusal that the plan ends in.
pub fn plan(
    mut seen: Observed,
    mut run: Run,
    next: impl Fn(&Observed, &Run) -> Next,
) -> Result<Plan, Refusal> {
    let (mut steps, mut waits, mut list) = (Vec::new(), None, None);
    for _ in 0..MOST {
        list = committed(&seen).or(list);
        run.look(&seen, run.elapsed);
        let decided = next(&seen, &run);
        waits = None;
        match decided {
            Next::Done => break,
            Next::Refuse(refusal) => return Err(refusal),
            Next::Wait(reason) => {
                waits = Some(reason);
                if let Some(list) = &list {
                    settle_by(&mut seen, list);
                }
                run.elapsed += GUARD;
            }
            Next::Do(step) => {
                perform(&mut seen, &step);
                run.did(&step);
                steps.push(step);
            }
        }
    }
    Ok(Plan { steps, waits })
}

/// What a step makes of the world at once.
pub fn perform(seen: &mut Observed, step: &Step) {
    match step {
        Step::Seal => {
            seen.sealed = Fact::Known(true);
            let claims = seen.members.values_mut().filter_map(|it| it.claim.as_mut());
            claims.for_each(|claim| claim.marked = true);
        }
        Step::Intend { voters, observers } => intend(seen, *voters, *observers),
        Step::Budget { servers } => {
            let kept = i32::try_from(*servers).unwrap_or(i32::MAX) - 1;
            seen.budget = Fact::Known(Some(kept));
        }
        Step::Start { servers } => servers.iter().for_each(|id| start(seen, *id)),
        Step::Reconfigure { join, leave, .. } => change_list(seen, |list, addresses| {
            list.servers.retain(|id, _| !leave.contains(id));
            for (id, role) in join {
                let line = list.servers.remove(id);
                let line = line.unwrap_or_else(|| ServerLine::of_convention(addresses(*id)));
                list.servers.insert(
                    *id,
                    ServerLine {
                        role: *role,
                        ..line
                    },
                );
            }
        }),
        Step::Restate { server, .. } => change_list(seen, |list, addresses| {
            if let Some(line) = list.servers.get_mut(server) {
                line.host = addresses(*server);
            }
        }),
        Step::Barrier { .. } | Step::Grow { .. } => {}
        Step::Wish { wish, .. } => seen.intent = Intent::Known(wish.clone()),
        Step::Mark { servers } => renew(seen, servers),
        Step::Apply { servers, same, .. } => {
            renew(seen, servers);
            let members = seen.members.values_mut();
            let back = members.filter(|member| same.contains(&member.id));
            back.for_each(come_back);
        }
        Step::Restart { server, .. } | Step::Empty { server, .. } => {
            let Some(member) = seen.members.get_mut(server) else {
                return;
            };
            make_again(member);
            if let (Step::Empty { .. }, Some(claim)) = (step, &mut member.claim) {
                (claim.marked, claim.deleting) = (false, false);
            }
        }
        Step::Stop { servers } => {
            seen.leaving.clone_from(servers);
            let members = seen.members.values_mut();
            let stopped = members.filter(|member| servers.contains(&member.id));
            stopped.for_each(|member| member.workload = None);
        }
        Step::Remove { services, disks } => {
            seen.leaving.clear();
            seen.services.retain(|id| !services.contains(id));
            seen.disks.retain(|id| !disks.contains(id));
        }
    }
}

/// Templates that no pod has yet.
fn renew(seen: &mut Observed, servers: &BTreeSet<ServerId>) {
    let members = seen.members.values_mut();
    let renewed = members.filter(|member| servers.contains(&member.id));
    for workload in renewed.filter_map(|member| member.workload.as_mut()) {
        let before = workload.revision.take().unwrap_or_default();
        workload.revision = Some(before + "+");
    }
}

/// The template that its pod is of.
fn come_back(member: &mut Member) {
    let revision = member.pod.as_ref().and_then(|pod| pod.revision.clone());
    if let Some(workload) = &mut member.workload {
        workload.revision = revision;
    }
}

/// Another pod by the newest template; it does not serve yet.
fn make_again(member: &mut Member) {
    let revision = member.workload.as_ref().and_then(|it| it.revision.clone());
    member.probe = Probe::NotAsked;
    if let Some(pod) = &mut member.pod {
        (pod.revision, pod.running, pod.ready, pod.deleting) = (revision, false, false, false);
        (pod.waiting, pod.last_end, pod.unschedulable) = (None, None, None);
        pod.created = None;
    }
}

fn committed(seen: &Observed) -> Option<Membership> {
    seen.committed().cloned()
}

fn intend(seen: &mut Observed, voters: usize, observers: usize) {
    let voters = u8::try_from(voters)
        .ok()
        .and_then(|number| Size::try_from(number).ok());
    let observers = u8::try_from(observers).unwrap_or_default();
    if let (Some(voters), Intent::Known(have)) = (voters, &seen.intent) {
        seen.intent = Intent::Known(Box::new(have.scaled(voters, observers)));
    }
}

fn start(seen: &mut Observed, id: ServerId) {
    let name = seen.name.stateful_set(id);
    let member = seen.members.entry(id).or_insert_with(|| Member::new(id));
    member.workload = Some(Workload {
        name,
        replicas: 1,
        revision: None,
        failed_create: None,
        marked: None,
    });
    member
        .address
        .get_or_insert_with(|| format!("address-of-{id}"));
    seen.services.insert(id);
    seen.disks.insert(id);
}

/// The leader goes by the new list at once; the others once the world is left alone.
fn change_list(
    seen: &mut Observed,
    change: impl FnOnce(&mut Membership, &dyn Fn(ServerId) -> String),
) {
    let Some(mut list) = committed(seen) else {
        return;
    };
    let address = |id: ServerId| {
        let member = seen.members.get(&id);
        member
            .and_then(|member| member.address.clone())
            .unwrap_or_default()
    };
    change(&mut list, &address);
    list.version = list.version.map(|version| version + 1);
    let leads = seen.leader().map(|(leader, _)| leader.id);
    let leader = leads.and_then(|id| seen.members.get_mut(&id));
    if let Some(Probe::Answered(answer)) = leader.map(|member| &mut member.probe) {
        answer.config = Some(list);
    }
}

#[cfg(test)]
mod tests;
