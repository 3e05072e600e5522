//! When a restart may begin, each refusal with its words, and what marking is.

use crate::ensemble::Member;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::fixture::answer_mut;
use crate::plan::refusal::Refusal;
use crate::plan::rolling::tests::order::restart;
use crate::plan::rolling::tests::order::restart_of;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::plan::first;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::ids;
use crate::plan::scale::tests::plan::End;
use crate::plan::scale::tests::plan::refused;
use crate::plan::step::Next;
use crate::plan::step::Step;

fn world(voters: u8, observers: u8) -> World {
    World::new(goal(voters, observers), id(1))
}

fn mark(numbers: &[u8]) -> Next {
    let servers = ids(numbers);
    Next::Do(Step::Mark { servers })
}

#[test]
fn what_may_not_be_seen_is_not_restarted() {
    let refusal = |change: fn(&mut Observed)| refused(first(&restart(), &world(3, 0), change));
    let unseen = refusal(|seen| seen.missing_rights = vec!["list pods".to_owned()]);
    assert!(matches!(unseen, Refusal::Unseen(_)));
    let by_hand = refusal(|seen| seen.intent = Intent::Absent);
    assert!(matches!(by_hand, Refusal::Unreadable(_)));
}

#[test]
fn only_servers_that_are_there_are_restarted() {
    let refusal = refused(first(&restart_of(&[2, 5, 7]), &world(3, 1), |_| {}));
    assert_eq!(refusal.to_string(), "it has no servers 5 and 7");
    let gone = first(&restart_of(&[2]), &world(3, 0), |seen| {
        seen.members.get_mut(&id(2)).unwrap().workload = None;
    });
    assert_eq!(refused(gone).to_string(), "it has no server 2");
    let none = first(&restart(), &world(3, 0), |seen| seen.members.clear());
    assert_eq!(refused(none), Refusal::NoServer(ids(&[])));
}

/// A StatefulSet is not everything that has an id.
#[test]
fn all_are_those_that_have_a_stateful_set() {
    let next = first(&restart(), &world(3, 0), |seen| {
        let stray = Member::new(id(9));
        seen.members.insert(id(9), stray);
    });
    assert_eq!(next, mark(&[1, 2, 3]));
}

#[test]
fn nothing_begins_while_members_change() {
    let text = "a change of its members is not finished";
    let leaving = first(&restart(), &world(3, 0), |seen| seen.leaving = ids(&[4]));
    assert_eq!(refused(leaving).to_string(), text);
    let grows = first(&restart(), &world(3, 0), |seen| {
        if let Intent::Known(intent) = &mut seen.intent {
            intent.observers = 1;
        }
    });
    assert_eq!(refused(grows).to_string(), text);
}

#[test]
fn nothing_begins_without_one_leader() {
    let two = first(&restart(), &world(3, 0), |seen| {
        answer_mut(seen.members.get_mut(&id(3)).unwrap()).mode = Mode::Leader;
    });
    let text = "the ensemble has no quorum: servers 1 and 3 both say that they lead";
    assert_eq!(refused(two).to_string(), text);
}

#[test]
fn nothing_begins_while_an_address_is_another() {
    let moved = first(&restart(), &world(3, 0), |seen| {
        seen.members.get_mut(&id(2)).unwrap().address = Some("10.9.9.9".to_owned());
    });
    let text = "the list of members has another address of server 2 than its Service";
    assert_eq!(refused(moved).to_string(), text);
}

#[test]
fn who_serves_does_not_go_beside_one_that_does_not() {
    let mut world = world(5, 1);
    world.crash(ids(&[2, 6]));
    let beside = refused(first(&restart_of(&[1, 2]), &world, |_| {}));
    assert_eq!(
        beside.to_string(),
        "server 6 is not in sync, and another one must not go away beside it: 4 of 5 voters are in sync, a majority is 3, 1 more may be lost"
    );
    assert!(beside.may_pass());
    assert_eq!(first(&restart_of(&[2]), &world, |_| {}), mark(&[2]));
    assert_eq!(first(&restart_of(&[2, 6]), &world, |_| {}), mark(&[2, 6]));
}

#[test]
fn the_seal_comes_first_and_with_a_quorum() {
    let unsealed = |seen: &mut Observed| seen.sealed = Fact::Known(false);
    let world = world(3, 0);
    assert_eq!(first(&restart(), &world, unsealed), Next::Do(Step::Seal));
    let unknown = |seen: &mut Observed| seen.sealed = Fact::Unknown;
    assert_eq!(first(&restart(), &world, unknown), mark(&[1, 2, 3]));
    let mut down = world.clone();
    down.crash(ids(&[1, 2, 3]));
    assert_eq!(first(&restart(), &down, unsealed), mark(&[1, 2, 3]));
}

/// What was cut off is gone on with; who was not chosen plays no part.
#[test]
fn who_is_old_is_not_marked() {
    let begun = World::begun(goal(3, 0), Some(id(1)), &ids(&[]), &ids(&[3]));
    let next = first(&restart(), &begun, |_| {});
    assert!(matches!(next, Next::Do(Step::Restart { server, .. }) if server == id(3)));
    assert_eq!(first(&restart_of(&[1, 2]), &begun, |_| {}), mark(&[1, 2]));
}

/// Whoever joins the chosen later, or goes, is no matter once it has begun.
#[test]
fn what_has_begun_is_not_refused() {
    let mut world = world(5, 0);
    let mut plan = Plan::new(restart_of(&[1, 2]), &world);
    assert_eq!(plan.turn(&mut world), None);
    world.crash([id(5)]);
    let end = plan.drive(&mut world);
    assert!(matches!(end, End::Stuck(_)), "{end:?}");
    world.recover();
    plan.arrive(&mut world);
}
