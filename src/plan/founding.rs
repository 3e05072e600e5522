//! What to do next while a new ensemble comes up: wait, seal it, or give up with the cause.

use std::collections::BTreeSet;

use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::size::quorum;
use crate::ensemble::trouble::Trouble;

/// How long the cause of an earlier failure may still be seen after it was mended, in seconds: the controllers try again
/// within this time.
const PATIENCE: i64 = 10;

/// How the wait goes.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// When the command began, in seconds since 1970: younger pods are of its making.
    pub began: i64,
    /// How long the wait has lasted, in seconds.
    pub waited: i64,
    /// Those that were tried again.
    pub retried: BTreeSet<ServerId>,
}

/// What to do next. Decided again from a fresh look after each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing yet: why the quorum is not verified.
    Wait(Unverified),
    /// Make the seal, and mark the disks.
    Seal,
    /// Have these tried again at once: they failed before the wait began, and the cause may be mended.
    Retry(BTreeSet<ServerId>),
    /// These servers cannot come up by themselves.
    Stop(Vec<(ServerId, Trouble)>),
    /// Verified and sealed; who leads.
    Done(ServerId),
}

/// Decides the next step.
///
/// The seal comes with the first quorum, not with the last server: from the first acknowledged write on, a server with an
/// empty disk must not vote. Where the seal may not be seen, it is made in every round, and once more by whoever is told
/// [`Next::Done`]: making it twice does no harm.
///
/// What was wrong before the command began may have been mended since: it is tried again once, and gets a moment to show it.
pub fn next(seen: &Observed, wait: &Waiting) -> Next {
    let why = match seen.verify() {
        Ok(leader) if seen.sealed != Fact::Known(false) => return Next::Done(leader),
        _ if has_quorum(seen) && !seen.sealed.is(&true) => return Next::Seal,
        Ok(leader) => return Next::Done(leader),
        Err(why) => why,
    };
    let fresh = |member: &Member| {
        let pod = member.pod.as_ref().filter(|pod| !pod.deleting);
        pod.is_some_and(|pod| Some(wait.began) <= pod.created)
    };
    let stuck: Vec<_> = seen
        .members
        .values()
        .filter_map(|member| Some((member, member.trouble(seen.now)?)))
        .filter(|(_, trouble)| trouble.lasting)
        .collect();
    let old = stuck.iter().map(|(member, _)| *member);
    let again: BTreeSet<ServerId> = old
        .filter(|member| !fresh(member) && !wait.retried.contains(&member.id))
        .filter(|member| may_be_renewed(seen, member))
        .map(|member| member.id)
        .collect();
    if !again.is_empty() {
        return Next::Retry(again);
    }
    let lasting: Vec<_> = stuck
        .into_iter()
        .filter(|(member, _)| fresh(member) || PATIENCE <= wait.waited)
        .map(|(member, trouble)| (member.id, trouble))
        .collect();
    if lasting.is_empty() {
        Next::Wait(why)
    } else {
        Next::Stop(lasting)
    }
}

/// Whether no data goes with the pod: it is on a disk of its own, or the pod's container never ran.
fn may_be_renewed(seen: &Observed, member: &Member) -> bool {
    let on_a_disk = seen.ensemble().is_some_and(|it| !it.is_ephemeral());
    let pod = member.pod.as_ref();
    on_a_disk || pod.is_none_or(|pod| !pod.running && pod.last_end.is_none() && pod.restarts == 0)
}

/// Whether one server leads and a majority of its configuration serves by that same configuration.
fn has_quorum(seen: &Observed) -> bool {
    let Some((_, leader)) = seen.leader() else {
        return false;
    };
    let Some(config) = &leader.config else {
        return false;
    };
    let agrees = |id: &ServerId| {
        seen.answer_of(*id)
            .is_some_and(|answer| answer.votes() && answer.config.as_ref() == Some(config))
    };
    let voters: Vec<ServerId> = config.voters().map(|(id, _)| id).collect();
    !voters.is_empty() && quorum(voters.len()) <= voters.iter().filter(|id| agrees(id)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Mode;
    use crate::ensemble::intent::Storage;
    use crate::ensemble::observed::Intent;
    use crate::ensemble::observed::Pod;
    use crate::ensemble::observed::Probe;
    use crate::ensemble::observed::Workload;
    use crate::ensemble::observed::fixture;

    /// What is decided once all were tried again.
    fn go(seen: &Observed, waited: i64) -> Next {
        let wait = Waiting {
            began: seen.now - waited,
            waited,
            retried: seen.members.keys().copied().collect(),
        };
        next(seen, &wait)
    }

    /// Every number of serving servers of every size, every leader.
    #[test]
    fn seals_at_the_first_majority_and_ends_with_the_last_voter() {
        for size in 1..=9_u8 {
            for serving in 0..=size {
                let mut seen = fixture::ensemble(size, serving);
                let sealing = go(&seen, PATIENCE);
                seen.sealed = Fact::Unknown;
                let unseen = go(&seen, PATIENCE);
                seen.sealed = Fact::Known(true);
                let sealed = go(&seen, PATIENCE);
                if serving * 2 <= size {
                    assert!(
                        matches!(sealing, Next::Wait(_)),
                        "{serving} of {size}: {sealing:?}"
                    );
                    assert!(matches!(sealed, Next::Wait(_)));
                } else {
                    assert_eq!(sealing, Next::Seal);
                    let done = matches!(unseen, Next::Done(_));
                    assert_eq!(done, serving == size, "{unseen:?}");
                    assert!(done || unseen == Next::Seal, "{unseen:?}");
                    assert_eq!(
                        matches!(sealed, Next::Done(_)),
                        serving == size,
                        "{serving} of {size}: {sealed:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn stops_with_the_cause_and_seals_before_it_stops() {
        let mut seen = fixture::ensemble(3, 2);
        let last = seen.members.values_mut().last().unwrap();
        last.workload = Some(Workload {
            name: "zk-server-3".to_owned(),
            replicas: 1,
            revision: None,
            failed_create: Some("exceeded quota".to_owned()),
            marked: None,
        });
        last.pod = None::<Pod>;
        assert_eq!(go(&seen, PATIENCE), Next::Seal);
        seen.sealed = Fact::Known(true);
        assert!(
            matches!(go(&seen, PATIENCE), Next::Stop(stuck) if stuck[0].1.what.contains("quota"))
        );
    }

    #[test]
    fn two_leaders_and_differing_lists_are_no_quorum() {
        let mut seen = fixture::ensemble(3, 3);
        for member in seen.members.values_mut() {
            fixture::answer_mut(member).mode = Mode::Leader;
        }
        assert!(matches!(
            go(&seen, PATIENCE),
            Next::Wait(Unverified::TwoLeaders(_))
        ));
        let mut seen = fixture::ensemble(3, 3);
        seen.sealed = Fact::Known(true);
        fixture::answer_mut(seen.members.values_mut().last().unwrap()).config = None;
        assert!(matches!(
            go(&seen, PATIENCE),
            Next::Wait(Unverified::Differs(_))
        ));
        let mut seen = fixture::ensemble(3, 3);
        seen.sealed = Fact::Known(true);
        fixture::answer_mut(seen.members.values_mut().next().unwrap())
            .monitor
            .as_mut()
            .unwrap()
            .synced_followers = Some(1);
        assert!(matches!(
            go(&seen, PATIENCE),
            Next::Wait(Unverified::Unsynced {
                synced: 1,
                wanted: 2
            })
        ));
    }

    #[test]
    fn what_was_wrong_before_gets_a_moment() {
        let mut seen = fixture::ensemble(3, 0);
        let first = seen.members.values_mut().next().unwrap();
        first.pod = None;
        first.workload = Some(Workload {
            name: "zk-server-1".to_owned(),
            replicas: 0,
            revision: None,
            failed_create: None,
            marked: None,
        });
        let first = *seen.members.keys().next().unwrap();
        let first_look = Waiting {
            began: seen.now,
            ..Waiting::default()
        };
        let begun = next(&seen, &first_look);
        assert_eq!(begun, Next::Retry([first].into()));
        let waits = |waited| matches!(go(&seen, waited), Next::Wait(_));
        assert!(waits(0) && waits(PATIENCE - 1) && !waits(PATIENCE));
    }

    #[test]
    fn what_fails_in_a_pod_of_its_own_making_is_final_at_once() {
        let mut seen = fixture::ensemble(3, 0);
        seen.now = 100;
        let first = seen.members.values_mut().next().unwrap();
        let pod = first.pod.as_mut().unwrap();
        pod.waiting = Some(("ImagePullBackOff".to_owned(), String::new()));
        (pod.running, pod.was_started, pod.created) = (false, false, Some(90));
        first.probe = Probe::NotAsked;
        let began = |began| {
            let wait = Waiting {
                began,
                ..Waiting::default()
            };
            next(&seen, &wait)
        };
        assert!(matches!(began(90), Next::Stop(_)), "{:?}", began(90));
        assert!(matches!(began(91), Next::Retry(_)), "{:?}", began(91));
    }

    /// A crashed container's data is in its pod where there are no disks, and goes with it.
    #[test]
    fn a_pod_that_holds_data_is_never_made_anew() {
        let retries = |ephemeral: bool, ran: bool| {
            let mut seen = fixture::ensemble(3, 0);
            let Intent::Known(ensemble) = &mut seen.intent else {
                panic!("the fixture has an intent");
            };
            if ephemeral {
                ensemble.storage = Storage::Ephemeral;
            }
            let first = seen.members.values_mut().next().unwrap();
            let pod = first.pod.as_mut().unwrap();
            pod.waiting = Some(("ImagePullBackOff".to_owned(), String::new()));
            (pod.running, pod.was_started, pod.restarts) = (false, false, i32::from(ran));
            first.probe = Probe::NotAsked;
            let wait = Waiting {
                began: seen.now,
                ..Waiting::default()
            };
            matches!(next(&seen, &wait), Next::Retry(_))
        };
        assert!(retries(false, true) && retries(false, false) && retries(true, false));
        assert!(!retries(true, true));
    }
}
