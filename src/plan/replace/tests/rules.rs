//! Each refusal of a replacement with its words, and single rules: the seal, the force, the disk that is being filled.

use crate::ensemble::Observed;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::Pod;
use crate::ensemble::observed::Probe;
use crate::ensemble::observed::fixture::answer_mut;
use crate::plan::refusal::Refusal;
use crate::plan::rolling::tests::order::replacement;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::plan::first;
use crate::plan::rolling::tests::rules::leader;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::ids;
use crate::plan::scale::tests::plan::refused;
use crate::plan::scale::tests::plan::waits;
use crate::plan::step::Next;
use crate::plan::step::Step;

/// Server 2 leads.
fn world(voters: u8, observers: u8) -> World {
    World::new(goal(voters, observers), id(2))
}

fn empty(number: u8, force: bool) -> Next {
    let server = id(number);
    Next::Do(Step::Empty { server, force })
}

/// What is decided of server 3, once something was changed.
fn after(world: &World, change: impl FnOnce(&mut Observed)) -> Next {
    first(&replacement(id(3)), world, change)
}

fn pod(seen: &mut Observed, number: u8) -> &mut Pod {
    let member = seen.members.get_mut(&id(number)).unwrap();
    member.pod.as_mut().unwrap()
}

#[test]
fn what_may_not_be_seen_is_not_replaced() {
    let unseen = after(&world(3, 0), |seen| {
        seen.missing_rights = vec!["list pods".to_owned()];
    });
    assert!(matches!(refused(unseen), Refusal::Unseen(_)));
    let nobody = refused(first(&replacement(id(9)), &world(3, 0), |_| {}));
    assert_eq!(nobody.to_string(), "it has no server 9");
    let no_set = after(&world(3, 0), |seen| {
        seen.members.get_mut(&id(3)).unwrap().workload = None;
    });
    assert_eq!(refused(no_set).to_string(), "it has no server 3");
}

#[test]
fn nothing_is_emptied_while_members_change() {
    let leaving = after(&world(3, 0), |seen| seen.leaving = ids(&[4]));
    assert_eq!(refused(leaving), Refusal::Scaling);
    let shrinks = after(&world(3, 1), |seen| {
        if let Intent::Known(intent) = &mut seen.intent {
            intent.observers = 0;
        }
    });
    assert_eq!(refused(shrinks), Refusal::Scaling);
}

#[test]
fn the_others_are_a_majority() {
    let text = "without server 3 there is no majority in sync: 2 of 5 voters are in sync, a majority is 3, there is no quorum";
    let mut world = world(5, 0);
    world.crash(ids(&[4, 5]));
    let refusal = refused(after(&world, |_| {}));
    assert_eq!(refusal.to_string(), text);
    assert!(refusal.may_pass());
    world.recover();
    world.crash([id(4)]);
    assert_eq!(after(&world, |_| {}), empty(3, false));
}

/// A pod that is told to go still serves for a moment.
#[test]
fn who_is_about_to_go_is_no_part_of_a_majority() {
    let mut world = world(5, 0);
    world.crash([id(4)]);
    let ends = |seen: &mut Observed| pod(seen, 5).deleting = true;
    let refusal = refused(after(&world, ends));
    let text = "without server 3 there is no majority that stays: the pod of server 5 ends";
    assert_eq!(refusal.to_string(), text);
    assert!(refusal.may_pass());
    world.recover();
    assert_eq!(after(&world, ends), empty(3, false));
    let own = |seen: &mut Observed| pod(seen, 3).deleting = true;
    assert_eq!(after(&world, own), empty(3, false));
}

#[test]
fn who_cannot_be_asked_must_not_be_counted() {
    let mut world = world(3, 1);
    world.mute.extend(ids(&[3, 4]));
    world.show();
    let text = "server 3 cannot be asked, but the leader counts it in sync: it is its node's kubelet that is away, not the server";
    assert_eq!(refused(after(&world, |_| {})).to_string(), text);
    let uncounted = after(&world, |seen| leader(seen).synced_followers = Some(1));
    assert_eq!(uncounted, empty(3, false));
    let observer = first(&replacement(id(4)), &world, |_| {});
    assert_eq!(observer, empty(4, false));
}

#[test]
fn a_leader_that_does_not_count_is_refused() {
    let silent = after(&world(3, 0), |seen| leader(seen).synced_followers = None);
    assert_eq!(refused(silent), Refusal::NoMonitor);
}

#[test]
fn the_seal_comes_first() {
    for sealed in [Fact::Known(false), Fact::Unknown] {
        let next = after(&world(3, 0), |seen| seen.sealed = sealed);
        assert_eq!(next, Next::Do(Step::Seal));
    }
}

/// A pod on a node that does not answer is not waited for; nor is one that should have been gone for half a minute.
#[test]
fn a_node_that_is_away_is_not_waited_for() {
    let world = world(3, 0);
    let away = after(&world, |seen| {
        pod(seen, 3).node_trouble = Some("NotReady".to_owned());
    });
    assert_eq!(away, empty(3, true));
    for (late, force) in [(30, false), (31, true)] {
        let overdue = after(&world, |seen| pod(seen, 3).due = Some(seen.now - late));
        assert_eq!(overdue, empty(3, force));
    }
}

/// A disk without a mark is new, and is left alone: unless it is on its way out, or its server cannot come up.
#[test]
fn a_disk_that_is_being_filled_is_left_alone() {
    let mut world = world(3, 0);
    world.servers.get_mut(&id(3)).unwrap().disk.marked = false;
    world.crash([id(3)]);
    let text = "server 3 does not follow the leader in sync yet: it runs, and looks for a quorum";
    assert_eq!(waits(after(&world, |_| {})).to_string(), text);
    let goes = after(&world, |seen| {
        let claim = seen.members.get_mut(&id(3)).unwrap().claim.as_mut();
        claim.unwrap().deleting = true;
    });
    assert_eq!(goes, empty(3, false));
    let stuck = after(&world, |seen| {
        pod(seen, 3).waiting = Some(("ImagePullBackOff".to_owned(), String::new()));
    });
    assert_eq!(stuck, empty(3, false));
    let none = after(&world, |seen| {
        seen.members.get_mut(&id(3)).unwrap().claim = None;
    });
    assert_eq!(none, empty(3, false));
}

/// Once is enough, whatever becomes of it: a server that cannot come up ends it, the others' troubles do not.
#[test]
fn nothing_is_emptied_twice() {
    let mut world = world(3, 0);
    world.pace.ending = 1;
    let mut plan = Plan::new(replacement(id(3)), &world);
    assert_eq!(plan.turn(&mut world), None);
    assert_eq!(
        waits(plan.decide(&world)).to_string(),
        "the pods of server 3 end"
    );
    world.pass();
    world.crash(ids(&[1, 2]));
    assert!(matches!(plan.decide(&world), Next::Wait(_)));
    world.recover();
    world.pass();
    pod(&mut world.seen, 3).waiting = Some(("ImagePullBackOff".to_owned(), String::new()));
    world.seen.members.get_mut(&id(3)).unwrap().probe = Probe::NotAsked;
    assert!(matches!(refused(plan.decide(&world)), Refusal::Stuck(_)));
    world.rest();
    plan.arrive(&mut world);
}

/// Only of this one is it asked whether it serves.
#[test]
fn done_is_what_the_server_says() {
    let mut world = world(5, 1);
    world.servers.get_mut(&id(3)).unwrap().disk.marked = false;
    world.crash(ids(&[5, 6]));
    assert_eq!(after(&world, |_| {}), Next::Done);
    let late = after(&world, |seen| {
        let member = seen.members.get_mut(&id(3)).unwrap();
        let answer = answer_mut(member);
        answer.config.as_mut().unwrap().version = Some(1);
    });
    let text = "server 3 does not follow the leader in sync yet";
    assert_eq!(waits(late).to_string(), text);
}
