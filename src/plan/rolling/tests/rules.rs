//! Single rules of whose turn it is: what each waits for, with its words. Not those of when a plan may begin.

use crate::ensemble::Observed;
use crate::ensemble::observed::Monitor;
use crate::ensemble::observed::Probe;
use crate::ensemble::observed::fixture::answer_mut;
use crate::plan::rolling::goes_on_without;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::restart;
use crate::plan::rolling::tests::order::restart_of;
use crate::plan::rolling::tests::plan::first;
use crate::plan::rolling::tests::server::Life;
use crate::plan::rolling::tests::world::World;
use crate::plan::run::Run;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::ids;
use crate::plan::scale::tests::plan::refused;
use crate::plan::scale::tests::plan::waits;
use crate::plan::step::Next;
use crate::plan::step::Step;

/// Server 2 leads, and all pods are old.
pub(crate) fn old(voters: u8, observers: u8) -> World {
    let size = goal(voters, observers);
    let all = size.roles().into_keys().collect();
    World::begun(size, Some(id(2)), &ids(&[]), &all)
}

/// What is decided of it, once something was changed.
fn after(world: &World, change: impl FnOnce(&mut Observed)) -> Next {
    first(&restart(), world, change)
}

pub(crate) fn leader(seen: &mut Observed) -> &mut Monitor {
    let answer = answer_mut(seen.members.get_mut(&id(2)).unwrap());
    answer.monitor.as_mut().unwrap()
}

pub(crate) fn restarts(number: u8, serves: bool, leads: bool) -> Next {
    Next::Do(Step::Restart {
        server: id(number),
        serves,
        leads,
    })
}

fn without_leader(world: &World, elapsed: i64) -> Next {
    let run = Run {
        elapsed,
        leaderless: Some(0),
        ..Run::default()
    };
    restart().next(&world.changes_of(&restart()), &world.seen, &run)
}

#[test]
fn the_lowest_goes_first_and_the_leader_last() {
    let mut world = old(3, 1);
    for (number, leads) in [(1, false), (3, false), (4, false), (2, true)] {
        let next = after(&world, |_| {});
        assert_eq!(next, restarts(number, true, leads));
        let server = world.servers.get_mut(&id(number)).unwrap();
        server.made_from = server.template.clone();
        world.show();
    }
}

#[test]
fn the_leader_counts_all() {
    let world = old(3, 0);
    let fewer = after(&world, |seen| leader(seen).synced_followers = Some(1));
    let text = "the leader has 1 of 2 followers in sync";
    assert_eq!(waits(fewer).to_string(), text);
    let voteless = after(&world, |seen| {
        leader(seen).synced_non_voting_followers = Some(1);
    });
    assert_eq!(waits(voteless).to_string(), text);
    let pending = after(&world, |seen| leader(seen).pending_syncs = Some(1));
    let text = "the leader brings 1 more into sync";
    assert_eq!(waits(pending).to_string(), text);
    let unknown = after(&world, |seen| leader(seen).pending_syncs = None);
    assert_eq!(unknown, restarts(1, true, false));
}

#[test]
fn a_leader_that_does_not_count_is_refused() {
    let world = old(3, 0);
    let text =
        "the leader does not say who follows it in sync: is `mntr` in 4lw.commands.whitelist?";
    let silent = after(&world, |seen| {
        answer_mut(seen.members.get_mut(&id(2)).unwrap()).monitor = None;
    });
    assert_eq!(refused(silent).to_string(), text);
    let partial = after(&world, |seen| leader(seen).synced_followers = None);
    assert_eq!(refused(partial).to_string(), text);
}

#[test]
fn who_serves_goes_only_if_all_go_by_the_list() {
    let world = old(3, 1);
    let text =
        |number: u8| format!("server {number} does not serve in sync by the ensemble's list");
    for number in [1, 3, 4] {
        let late = after(&world, |seen| {
            let answer = answer_mut(seen.members.get_mut(&id(number)).unwrap());
            answer.config.as_mut().unwrap().version = Some(1);
        });
        assert_eq!(waits(late).to_string(), text(number));
    }
}

#[test]
fn whoever_ends_ends_first() {
    let world = old(3, 0);
    let ends = |seen: &mut Observed| {
        let pod = seen.members.get_mut(&id(3)).unwrap().pod.as_mut();
        pod.unwrap().deleting = true;
    };
    let text = "the pods of server 3 end";
    assert_eq!(waits(after(&world, ends)).to_string(), text);
    let other = first(&restart_of(&[1]), &world, ends);
    assert_eq!(waits(other).to_string(), text);
}

#[test]
fn a_pod_that_is_not_ready_is_waited_for() {
    let unready = after(&old(3, 0), |seen| {
        let pod = seen.members.get_mut(&id(3)).unwrap().pod.as_mut();
        pod.unwrap().ready = false;
    });
    let text = "server 3 serves, and Kubernetes has not seen it ready yet";
    assert_eq!(waits(unready).to_string(), text);
}

#[test]
fn a_controller_that_is_late_is_waited_for() {
    let late = after(&old(3, 0), |seen| {
        let workload = seen.members.get_mut(&id(3)).unwrap().workload.as_mut();
        workload.unwrap().revision = None;
    });
    let text = "the controller of server 3 has not seen its newest template yet";
    assert_eq!(waits(late).to_string(), text);
}

/// A server cannot be asked: whether it serves is then the leader's word.
#[test]
fn who_cannot_be_asked_is_made_to_go_only_if_nobody_counts_it() {
    let mut world = old(3, 0);
    world.mute.extend([id(3)]);
    world.show();
    let counted = waits(after(&world, |_| {})).to_string();
    assert!(counted.starts_with("server 3 does not serve in sync"));
    let uncounted = after(&world, |seen| leader(seen).synced_followers = Some(1));
    assert_eq!(uncounted, restarts(3, false, false));
    let unknown = after(&world, |seen| leader(seen).synced_followers = None);
    assert!(matches!(unknown, Next::Wait(_)));
}

#[test]
fn an_observer_that_cannot_be_asked_has_no_vote_to_miss() {
    let mut world = old(3, 1);
    for mute in [4, 3] {
        world.mute.extend([id(mute)]);
        world.show();
        assert_eq!(after(&world, |_| {}), restarts(4, false, false));
    }
}

/// Nobody asks it of one that serves; if anybody did, it would be missed.
#[test]
fn who_is_counted_is_missed() {
    assert!(!goes_on_without(&old(3, 0).seen, id(1)));
}

/// Two of four are no majority, whatever their leader says.
#[test]
fn who_is_needed_for_a_majority_is_missed() {
    let mut world = old(4, 0);
    world.mute.extend([id(3), id(4)]);
    world.show();
    let next = after(&world, |seen| leader(seen).synced_followers = Some(1));
    assert!(waits(next).to_string().starts_with("server 3 does not"));
}

#[test]
fn an_outage_is_half_a_minute_without_a_leader() {
    let mut world = old(3, 0);
    world.depose(100);
    assert!(matches!(without_leader(&world, 29), Next::Wait(_)));
    assert_eq!(without_leader(&world, 30), restarts(1, false, false));
}

/// Who cannot be asked may serve; what does not run does not.
#[test]
fn in_an_outage_goes_only_who_is_known_not_to_serve() {
    let mut world = old(3, 0);
    world.depose(100);
    world.mute.extend([id(1), id(2)]);
    world.show();
    assert_eq!(without_leader(&world, 99), restarts(3, false, false));
    world.mute.extend([id(3)]);
    world.show();
    assert!(matches!(without_leader(&world, 99), Next::Wait(_)));
    world.servers.get_mut(&id(2)).unwrap().life = Life::Starting(9);
    world.show();
    assert_eq!(without_leader(&world, 99), restarts(2, false, false));
}

/// Nobody knows what a pod is made of whose label is gone.
#[test]
fn a_pod_without_a_revision_is_not_old() {
    let next = after(&old(3, 0), |seen| {
        for id in ids(&[2, 3]) {
            let pod = seen.members.get_mut(&id).unwrap().pod.as_mut();
            pod.unwrap().revision = None;
        }
    });
    assert_eq!(next, restarts(1, true, false));
    let gone = after(&old(3, 0), |seen| {
        let member = seen.members.get_mut(&id(1)).unwrap();
        (member.pod, member.probe) = (None, Probe::NotAsked);
        leader(seen).synced_followers = Some(1);
    });
    let text = "its pod does not exist yet";
    assert!(waits(gone).to_string().ends_with(text));
}

/// What is decided once all have been restarted that were to be, after something was changed.
fn in_the_end(order: &Order, change: fn(&mut Observed)) -> Next {
    let world = World::new(goal(3, 1), id(2));
    let mut run = Run::default();
    let servers = order.chosen(&world);
    run.did(&Step::Mark { servers });
    let mut seen = world.seen.clone();
    change(&mut seen);
    order.next(&world.changes_of(order), &seen, &run)
}

fn silent(seen: &mut Observed) {
    seen.members.get_mut(&id(4)).unwrap().probe = Probe::NotServing;
}

fn late(seen: &mut Observed) {
    answer_mut(seen.members.get_mut(&id(3)).unwrap()).config = None;
}

fn uncounted(seen: &mut Observed) {
    leader(seen).synced_followers = Some(1);
}

#[test]
fn done_is_what_the_servers_and_the_leader_say() {
    let after = |change| in_the_end(&restart(), change);
    assert_eq!(after(|_| {}), Next::Done);
    let said = |next| waits(next).to_string();
    assert!(said(after(silent)).starts_with("server 4 does not"));
    assert!(said(after(late)).starts_with("server 3 does not"));
    let text = "the leader has 1 of 2 followers in sync";
    assert_eq!(said(after(uncounted)), text);
}

#[test]
fn of_some_it_is_done_when_those_are() {
    let first = restart_of(&[1]);
    for change in [silent, late, uncounted] {
        assert_eq!(in_the_end(&first, change), Next::Done);
    }
    for (number, change) in [(4, silent as fn(&mut Observed)), (3, late)] {
        let next = in_the_end(&restart_of(&[1, number]), change);
        assert!(
            waits(next)
                .to_string()
                .starts_with(&format!("server {number} does not"))
        );
    }
}
