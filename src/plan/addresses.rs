//! How the member list comes to have the addresses that the servers' Services have: each differing line is stated again, one
//! at a time, the leader's last, as its own text is what makes it step down (`ZooKeeper`: `Leader.getDesignatedLeader`).

use std::collections::BTreeSet;

use crate::ensemble::Membership;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::is_same_host;
use crate::ensemble::observed::Answer;
use crate::ensemble::quorum::Unverified;
use crate::plan::refusal::Refusal;
use crate::plan::run::Run;
use crate::plan::run::readable;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// Decides the next step.
pub fn next(seen: &Observed, run: &Run) -> Next {
    if let Some(refusal) = readable(seen) {
        return Next::Refuse(refusal);
    }
    let leader = seen.leader();
    let Some((leader, config)) =
        leader.and_then(|(it, answer)| Some((it, answer.config.as_ref()?)))
    else {
        let why = seen.verify().err().unwrap_or(Unverified::NoConfig);
        return undecided(run, Refusal::NoQuorum(why.clone()), Reason::Quorum(why));
    };
    let silent: BTreeSet<ServerId> = silent(seen, config).collect();
    if let Some(first) = silent.first().copied() {
        let voters = config.voters().count();
        let refusal = Refusal::Unsynced {
            synced: voters - silent.len(),
            missing: silent,
            voters,
        };
        return undecided(run, refusal, Reason::Unsynced(first, None));
    }
    let drifted = drifted(seen, config);
    let next = drifted.iter().min_by_key(|id| **id == leader.id);
    match (next, config.version) {
        (Some(id), Some(version)) => restate(seen, *id, version, leader.id),
        (Some(_), None) => Next::Refuse(Refusal::NoQuorum(Unverified::NoConfig)),
        (None, version) if run.changed && run.barrier != version => {
            Next::Do(Step::Barrier { via: leader.id })
        }
        (None, _) => Next::Done,
    }
}

/// What was begun waits; what was not is refused.
fn undecided(run: &Run, refusal: Refusal, reason: Reason) -> Next {
    match run.changed {
        true => Next::Wait(reason),
        false => Next::Refuse(refusal),
    }
}

/// Voters that do not serve as such by this version of the list, be its text theirs or not.
fn silent(seen: &Observed, config: &Membership) -> impl Iterator<Item = ServerId> {
    let plays = |answer: &Answer| {
        let version = answer.config.as_ref().and_then(|config| config.version);
        answer.votes() && version == config.version
    };
    let voters = config.voters().map(|(id, _)| id);
    voters.filter(move |id| !seen.answer_of(*id).is_some_and(plays))
}

/// Servers whose line is not their Service's address, or not the same in all servers' lists.
pub fn drifted(seen: &Observed, config: &Membership) -> BTreeSet<ServerId> {
    let mut lists = seen
        .serving()
        .filter_map(|(_, answer)| answer.config.as_ref());
    let all: Vec<&Membership> = lists
        .by_ref()
        .filter(|it| it.version == config.version)
        .collect();
    let differs = |(id, line): &(&ServerId, &crate::ensemble::membership::ServerLine)| {
        let address = seen
            .members
            .get(id)
            .and_then(|member| member.address.as_ref());
        let elsewhere = all.iter().any(|list| list.servers.get(id) != Some(line));
        elsewhere || address.is_some_and(|address| !is_same_host(address, &line.host))
    };
    let lines = config.servers.iter().filter(differs);
    lines.map(|(id, _)| *id).collect()
}

fn restate(seen: &Observed, id: ServerId, version: u64, leader: ServerId) -> Next {
    let has_address = seen
        .members
        .get(&id)
        .is_some_and(|member| member.address.is_some());
    if !has_address {
        return Next::Refuse(Refusal::NoAddress([id].into()));
    }
    let others = seen.voters_in_sync();
    let other = others.into_iter().find(|other| *other != leader);
    let via = match id == leader {
        true => other.unwrap_or(leader),
        false => leader,
    };
    Next::Do(Step::Restate {
        server: id,
        version,
        via,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::observed::fixture;
    use crate::ensemble::observed::fixture::answer_mut;

    fn id(number: u8) -> ServerId {
        ServerId::try_from(number).unwrap()
    }

    fn ensemble() -> Observed {
        fixture::ensemble(3, 3)
    }

    fn moved(seen: &mut Observed, number: u8) {
        seen.members.get_mut(&id(number)).unwrap().address = Some("10.9.9.9".to_owned());
    }

    #[test]
    fn nothing_differs() {
        assert_eq!(next(&ensemble(), &Run::default()), Next::Done);
    }

    #[test]
    fn the_leaders_line_is_the_last_and_goes_through_another() {
        let mut seen = ensemble();
        moved(&mut seen, 1);
        let restate = |server, via| {
            Next::Do(Step::Restate {
                server: id(server),
                version: 0x1_0000_0000,
                via: id(via),
            })
        };
        assert_eq!(next(&seen, &Run::default()), restate(1, 2));
        moved(&mut seen, 3);
        assert_eq!(next(&seen, &Run::default()), restate(3, 1));
    }

    #[test]
    fn a_text_that_differs_at_the_same_version_is_stated_again() {
        let mut seen = ensemble();
        let answer = answer_mut(seen.members.get_mut(&id(2)).unwrap());
        let line = answer.config.as_mut().unwrap().servers.get_mut(&id(2));
        "10.9.9.9".clone_into(&mut line.unwrap().host);
        assert!(matches!(
            next(&seen, &Run::default()),
            Next::Do(Step::Restate { server, .. }) if server == id(2)
        ));
    }

    #[test]
    fn nothing_is_begun_without_all_and_what_was_begun_waits() {
        let mut seen = fixture::ensemble(3, 2);
        moved(&mut seen, 2);
        let begun = Run {
            changed: true,
            ..Run::default()
        };
        assert!(matches!(
            next(&seen, &Run::default()),
            Next::Refuse(Refusal::Unsynced { .. })
        ));
        assert!(matches!(next(&seen, &begun), Next::Wait(_)));
    }

    #[test]
    fn a_write_under_the_new_list_is_the_last_step() {
        let version = Some(0x1_0000_0000);
        let mut run = Run {
            changed: true,
            version,
            ..Run::default()
        };
        let barrier = Step::Barrier { via: id(1) };
        assert_eq!(next(&ensemble(), &run), Next::Do(barrier.clone()));
        run.did(&barrier);
        assert_eq!(next(&ensemble(), &run), Next::Done);
    }
}
