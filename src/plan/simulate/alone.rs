//! What the world comes to when it is left alone. Must not know what was done to it.

use crate::ensemble::Member;
use crate::ensemble::Membership;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::Zxid;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Answer;
use crate::ensemble::observed::Monitor;
use crate::ensemble::observed::Pod;
use crate::ensemble::observed::Probe;

/// What shall run runs, in its role and in sync; what shall not is gone.
pub fn settle(seen: &mut Observed) {
    if let Some(list) = seen.committed().cloned() {
        settle_by(seen, &list);
    }
}

/// The same by a list that is known: of an ensemble of one nobody tells it while its server is restarted.
pub(super) fn settle_by(seen: &mut Observed, list: &Membership) {
    seen.members.retain(|id, member| {
        if member.workload.is_none() {
            (member.pod, member.probe) = (None, Probe::NotAsked);
        }
        member.workload.is_some() || list.servers.contains_key(id)
    });
    let leader = leader(seen, list);
    let members = seen.members.values_mut();
    for member in members.filter(|member| member.workload.is_some()) {
        let mode = mode(list, member.id, leader);
        member.pod = Some(running_pod(member));
        member.probe = Probe::Answered(Box::new(answer(list, mode)));
    }
    count_followers(seen, list, leader);
}

/// Who led goes on if it still votes; else the first voter that runs.
fn leader(seen: &Observed, list: &Membership) -> Option<ServerId> {
    let runs = |id: &ServerId| seen.members.get(id).is_some_and(|it| it.workload.is_some());
    let before = seen.leader().map(|(leader, _)| leader.id);
    let voters = list.voters().map(|(id, _)| id).filter(runs);
    voters.min_by_key(|id| Some(*id) != before)
}

fn mode(list: &Membership, id: ServerId, leader: Option<ServerId>) -> Mode {
    match list.servers.get(&id).map(|line| line.role) {
        _ if leader == Some(id) => Mode::Leader,
        Some(Role::Observer) => Mode::Observer,
        _ => Mode::Follower,
    }
}

fn running_pod(member: &Member) -> Pod {
    Pod {
        running: true,
        ready: true,
        was_started: true,
        waiting: None,
        unschedulable: None,
        last_end: None,
        ..member.pod.clone().unwrap_or_default()
    }
}

fn answer(list: &Membership, mode: Mode) -> Answer {
    Answer {
        mode,
        version: None,
        zxid: Zxid(list.version.unwrap_or_default()),
        latency: 0.0,
        connections: 0,
        outstanding: 0,
        znodes: 0,
        config: Some(list.clone()),
        monitor: None,
    }
}

fn count_followers(seen: &mut Observed, list: &Membership, leader: Option<ServerId>) {
    let follow = |voting: bool| {
        let followers = seen
            .serving()
            .filter(|(_, answer)| answer.mode == Mode::Follower);
        let counted =
            followers.filter(|(member, _)| list.servers.contains_key(&member.id) == voting);
        counted.count() as u64
    };
    let (voting, others) = (follow(true), follow(false));
    let monitor = Monitor {
        synced_followers: Some(voting + others),
        synced_non_voting_followers: Some(others),
        ..Monitor::default()
    };
    let member = leader.and_then(|id| seen.members.get_mut(&id));
    if let Some(Probe::Answered(answer)) = member.map(|member| &mut member.probe) {
        answer.monitor = Some(monitor);
    }
}
