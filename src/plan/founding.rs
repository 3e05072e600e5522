//! What to do next while a new ensemble comes up: wait, seal it, or give up with the cause.

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

/// What to do next. Decided again from a fresh look after each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing yet: why the quorum is not verified.
    Wait(Unverified),
    /// Make the seal, and mark the disks.
    Seal,
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
/// `waited` is how long the wait has lasted, in seconds: what was wrong before may have been mended since, and gets a moment
/// to show it.
pub fn next(seen: &Observed, waited: i64) -> Next {
    let why = match seen.verify() {
        Ok(leader) if seen.sealed != Fact::Known(false) => return Next::Done(leader),
        _ if has_quorum(seen) && !seen.sealed.is(&true) => return Next::Seal,
        Ok(leader) => return Next::Done(leader),
        Err(why) => why,
    };
    let stuck = |member: &Member| {
        let trouble = member.trouble(seen.now).filter(|trouble| trouble.lasting)?;
        let fresh = member
            .pod
            .as_ref()
            .is_some_and(|pod| pod.created >= Some(seen.now - waited));
        (fresh || PATIENCE <= waited).then_some((member.id, trouble))
    };
    let lasting: Vec<_> = seen.members.values().filter_map(stuck).collect();
    if lasting.is_empty() {
        Next::Wait(why)
    } else {
        Next::Stop(lasting)
    }
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
    use crate::ensemble::observed::Pod;
    use crate::ensemble::observed::Workload;
    use crate::ensemble::observed::fixture;

    /// Every number of serving servers of every size, every leader.
    #[test]
    fn seals_at_the_first_majority_and_ends_with_the_last_voter() {
        for size in 1..=9_u8 {
            for serving in 0..=size {
                let mut seen = fixture::ensemble(size, serving);
                let sealing = next(&seen, PATIENCE);
                seen.sealed = Fact::Unknown;
                let unseen = next(&seen, PATIENCE);
                seen.sealed = Fact::Known(true);
                let sealed = next(&seen, PATIENCE);
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
        });
        last.pod = None::<Pod>;
        assert_eq!(next(&seen, PATIENCE), Next::Seal);
        seen.sealed = Fact::Known(true);
        assert!(
            matches!(next(&seen, PATIENCE), Next::Stop(stuck) if stuck[0].1.what.contains("quota"))
        );
    }

    #[test]
    fn two_leaders_and_differing_lists_are_no_quorum() {
        let mut seen = fixture::ensemble(3, 3);
        for member in seen.members.values_mut() {
            fixture::answer_mut(member).mode = Mode::Leader;
        }
        assert!(matches!(
            next(&seen, PATIENCE),
            Next::Wait(Unverified::TwoLeaders(_))
        ));
        let mut seen = fixture::ensemble(3, 3);
        seen.sealed = Fact::Known(true);
        fixture::answer_mut(seen.members.values_mut().last().unwrap()).config = None;
        assert!(matches!(
            next(&seen, PATIENCE),
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
            next(&seen, PATIENCE),
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
        });
        let waits = |waited| matches!(next(&seen, waited), Next::Wait(_));
        assert!(waits(0) && waits(PATIENCE - 1) && !waits(PATIENCE));
    }
}
