//! Ensembles that keep their data in the pods: a pod goes only while a majority of the others has what it has.

use crate::ensemble::Ensemble;
use crate::ensemble::intent::Storage;
use crate::ensemble::observed;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::Probe;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::restart;
use crate::plan::rolling::tests::order::restart_of;
use crate::plan::rolling::tests::order::update_to;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::plan::arrive;
use crate::plan::rolling::tests::plan::first;
use crate::plan::rolling::tests::rules::old;
use crate::plan::rolling::tests::rules::restarts;
use crate::plan::rolling::tests::world::Bad;
use crate::plan::rolling::tests::world::NEWER;
use crate::plan::rolling::tests::world::World;
use crate::plan::run::Run;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::ids;
use crate::plan::scale::tests::plan::End;
use crate::plan::scale::tests::plan::refused;
use crate::plan::scale::tests::sizes;
use crate::plan::step::Next;

fn ephemeral(mut world: World) -> World {
    let intent = Ensemble {
        storage: Storage::Ephemeral,
        ..world.intent().clone()
    };
    world.seen.intent = Intent::Known(Box::new(intent));
    world
}

#[test]
fn of_one_or_two_nobody_is_restarted() {
    for (voters, text) in [
        (
            1,
            "without server 1 there is no majority in sync: 0 of 1 voters are in sync, a majority is 1, there is no quorum",
        ),
        (
            2,
            "without server 1 there is no majority in sync: 1 of 2 voters are in sync, a majority is 2, there is no quorum",
        ),
    ] {
        let world = ephemeral(World::new(goal(voters, 1), id(1)));
        for order in [restart(), update_to(NEWER, &world)] {
            let refusal = refused(first(&order, &world, |_| {}));
            assert_eq!(refusal.to_string(), text);
        }
        let observer = restart_of(&[voters + 1]);
        arrive(&observer, &mut world.clone());
    }
}

/// What restarts nobody is no matter of where the data is.
#[test]
fn of_one_the_intent_may_change() {
    let mut world = ephemeral(World::new(goal(1, 0), id(1)));
    let wish = Ensemble {
        network_policy: true,
        ..world.intent().clone()
    };
    arrive(&Order::Update(Box::new(wish)), &mut world);
}

/// One that was down when it began, and serves now.
#[test]
fn of_two_nobody_is_restarted_later_either() {
    let size = goal(2, 0);
    let mut world = ephemeral(World::begun(size, None, &ids(&[1]), &ids(&[1, 2])));
    let mut plan = Plan::new(restart(), &world);
    plan.run.acted = true;
    world.recover();
    world.pass();
    assert!(matches!(plan.drive(&mut world), End::Refused(_)));
}

#[test]
fn of_three_and_more_all_are_restarted() {
    for size in sizes(5, 1).filter(|size| 3 <= size.voters.get()) {
        let mut world = ephemeral(World::new(size, id(2)));
        arrive(&restart(), &mut world);
        arrive(&update_to(NEWER, &world), &mut world);
    }
}

/// Nobody serves, and all of them may have what was written.
#[test]
fn in_an_outage_pods_stay() {
    let mut world = ephemeral(old(3, 0));
    world.depose(100);
    let before = world.servers.clone();
    let end = Plan::new(restart(), &world).drive(&mut world);
    assert!(matches!(end, End::Stuck(_)), "{end:?}");
    assert!(
        before
            .values()
            .zip(world.servers.values())
            .all(|(was, is)| was.pod == is.pod)
    );
}

/// A container that never ran has written nothing.
#[test]
fn pods_that_never_ran_are_made_anew() {
    let mut world = ephemeral(World::new(goal(3, 0), id(1)));
    let nowhere = "zookeeper:nowhere";
    world
        .servers
        .values_mut()
        .for_each(|server| server.has(nowhere));
    world.bad = Some(Bad::Image(nowhere.to_owned()));
    world.rest();
    arrive(&update_to(NEWER, &world), &mut world);
}

/// Of a container that ended nobody knows what it has written.
#[test]
fn pods_that_ran_once_stay() {
    let mut world = ephemeral(old(3, 0));
    world.depose(100);
    let run = Run {
        elapsed: 99,
        leaderless: Some(0),
        ..Run::default()
    };
    let after = |last_end: Option<observed::End>| {
        let mut seen = world.seen.clone();
        let member = seen.members.get_mut(&id(3)).unwrap();
        let pod = member.pod.as_mut().unwrap();
        (pod.running, pod.last_end) = (false, last_end);
        member.probe = Probe::NotAsked;
        restart().next(&world.changes_of(&restart()), &seen, &run)
    };
    assert_eq!(after(None), restarts(3, false, false));
    let ended = observed::End {
        reason: "Error".to_owned(),
        code: 137,
        message: String::new(),
    };
    assert!(matches!(after(Some(ended)), Next::Wait(_)));
}
