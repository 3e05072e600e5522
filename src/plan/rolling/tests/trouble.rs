//! The first server that does not come back ends it, while the others serve on; and what ended it is mended by another update.

use crate::ensemble::ServerId;
use crate::plan::refusal::Refusal;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::remade;
use crate::plan::rolling::tests::order::restart;
use crate::plan::rolling::tests::order::update_to;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::plan::arrive;
use crate::plan::rolling::tests::witness::missing;
use crate::plan::rolling::tests::world::Bad;
use crate::plan::rolling::tests::world::IMAGE;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::plan::End;
use crate::plan::scale::tests::sizes;
use crate::plan::step::Step;

/// An image that is nowhere to be had.
const NOWHERE: &str = "zookeeper:nowhere";

fn everywhere(mut each: impl FnMut(Goal, ServerId)) {
    for size in sizes(5, 2) {
        for leader in size.voters.ids() {
            each(size, leader);
        }
    }
}

/// The one that is stuck. All others serve, if one may be lost.
#[track_caller]
fn stuck(order: Order, world: &mut World) -> ServerId {
    let end = Plan::new(order, world).drive(world);
    let End::Refused(Refusal::Stuck(stuck)) = &end else {
        panic!("{end:?}: {world:#?}");
    };
    let [(id, _)] = stuck[..] else {
        panic!("{stuck:?}");
    };
    if 3 <= world.intent().replicas.get() {
        assert!(world.leader.is_some(), "{world:#?}");
        assert_eq!(missing(&world.seen), [id].into(), "{world:#?}");
    }
    id
}

#[test]
fn an_image_that_is_not_there_costs_one_server_and_going_back_restarts_that_one() {
    everywhere(|size, leader| {
        let mut world = World::new(size, leader);
        let before = world.servers.clone();
        world.bad = Some(Bad::Image(NOWHERE.to_owned()));
        let id = stuck(update_to(NOWHERE, &world), &mut world);
        assert_eq!(remade(&before, &world), [id].into(), "{world:#?}");
        let before = world.servers.clone();
        arrive(&update_to(IMAGE, &world), &mut world);
        assert_eq!(remade(&before, &world), [id].into(), "{world:#?}");
    });
}

/// Whichever it is: who was restarted before serves, who comes after is left alone. Mended, it goes on.
#[test]
fn a_server_that_does_not_come_back_ends_it() {
    everywhere(|size, leader| {
        for bad in size.roles().into_keys() {
            let mut world = World::new(size, leader);
            let before = world.servers.clone();
            world.bad = Some(Bad::Next(bad));
            assert_eq!(stuck(restart(), &mut world), bad);
            let gone = remade(&before, &world);
            let first = size
                .roles()
                .into_keys()
                .filter(|id| *id <= bad || bad == leader);
            let expected = first.filter(|id| *id != leader || bad == leader);
            if 3 <= size.voters.get() {
                assert!(gone.into_iter().eq(expected), "{world:#?}");
            }
            world.recover();
            arrive(&restart(), &mut world);
        }
    });
}

/// Nobody serves, and waiting is in vain for each of them: another image mends it all the same.
#[test]
fn an_outage_of_all_is_mended_by_an_update() {
    for size in sizes(5, 2) {
        let mut world = World::new(size, size.voters.ids().next().unwrap());
        world
            .servers
            .values_mut()
            .for_each(|server| server.has(NOWHERE));
        world.bad = Some(Bad::Image(NOWHERE.to_owned()));
        world.rest();
        assert_eq!(world.leader, None);
        let before = world.servers.clone();
        arrive(&update_to(IMAGE, &world), &mut world);
        assert_eq!(remade(&before, &world).len(), size.roles().len());
    }
}

/// Some were broken before, and waiting is in vain for them: they are the first, and the others serve on meanwhile.
#[test]
fn who_is_broken_is_restarted_first() {
    for size in sizes(5, 2).filter(|size| 3 <= size.voters.get()) {
        for broken in size.roles().into_keys() {
            let mut world = World::new(size, size.voters.ids().last().unwrap());
            world.servers.get_mut(&broken).unwrap().has(NOWHERE);
            world.bad = Some(Bad::Image(NOWHERE.to_owned()));
            world.rest();
            let plan = arrive(&update_to("zookeeper:3.9.6", &world), &mut world);
            let Step::Restart { server, serves, .. } = &plan.steps[2] else {
                panic!("{plan:#?}");
            };
            assert_eq!((*server, *serves), (broken, false));
        }
    }
}
