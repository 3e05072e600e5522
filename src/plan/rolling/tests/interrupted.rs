//! Plans that are cut off after each step and each wait: a new run, which knows nothing of the first, leads on.

use crate::ensemble::observed::Intent;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::once;
use crate::plan::rolling::tests::order::orders;
use crate::plan::rolling::tests::order::remade;
use crate::plan::rolling::tests::order::replacement;
use crate::plan::rolling::tests::order::update_to;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::plan::arrive;
use crate::plan::rolling::tests::world::NEWER;
use crate::plan::rolling::tests::world::Pace;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::plan::End;
use crate::plan::scale::tests::sizes;

/// How fast things go: all at once, or nothing.
pub(crate) const PACES: [Pace; 2] = [
    Pace {
        late: 0,
        ending: 0,
        starting: 0,
        ready: 0,
        election: 0,
    },
    Pace {
        late: 2,
        ending: 2,
        starting: 1,
        ready: 1,
        election: 2,
    },
];

/// Every moment of the way.
pub(crate) fn every_moment(order: &Order, mut world: World, mut look: impl FnMut(&Plan, &World)) {
    let mut plan = Plan::new(order.clone(), &world);
    loop {
        look(&plan, &world);
        match plan.turn(&mut world) {
            None => {}
            Some(end) => return assert_eq!(end, End::Done, "{plan:#?}"),
        }
    }
}

/// Some worlds, the larger of them with a server of each kind, and all that can be asked for in them.
pub(crate) fn ways(mut each: impl FnMut(&Order, World)) {
    for (voters, observers) in [(1, 0), (2, 0), (3, 1), (4, 0), (5, 1)] {
        for leader in [1, voters] {
            for pace in PACES {
                let mut world = World::new(goal(voters, observers), id(leader));
                world.pace = pace;
                for order in orders(&world) {
                    each(&order, world.clone());
                }
            }
        }
    }
}

/// That an update has restarted nobody twice, and a replacement has taken one disk, however often it was begun.
pub(crate) fn has_done_no_more(order: &Order, before: &World, after: &World) {
    let disks = before.servers.values().zip(after.servers.values());
    let emptied = disks.filter(|(before, after)| before.disk.uid != after.disk.uid);
    match order {
        Order::Restart(_) => assert_eq!(emptied.count(), 0),
        Order::Update(_) => {
            once(&before.servers, after);
            assert_eq!(emptied.count(), 0);
        }
        Order::Replace(goal) => {
            assert_eq!(remade(&before.servers, after), [goal.id].into());
            assert_eq!(after.servers[&goal.id].disk.uid, 2);
        }
    }
}

#[test]
fn cut_off_anywhere_it_goes_on() {
    let mut cases = 0;
    ways(|order, before| {
        every_moment(order, before.clone(), |_, world| {
            let mut world = world.clone();
            arrive(order, &mut world);
            has_done_no_more(order, &before, &world);
            cases += 1;
        });
    });
    println!("{cases} plans cut off");
}

/// Between the disk and the pod of a server that is replaced: as long as the pod is there the disk is.
#[test]
fn cut_off_in_the_middle_of_a_step() {
    for size in sizes(5, 1).filter(|size| 3 <= size.voters.get()) {
        for server in size.roles().into_keys() {
            let mut world = World::new(size, id(2));
            let before = world.clone();
            world.servers.get_mut(&server).unwrap().disk.deleting = true;
            world.show();
            let order = replacement(server);
            arrive(&order, &mut world);
            has_done_no_more(&order, &before, &world);
        }
    }
}

/// Objects of some servers were applied, of others not yet.
#[test]
fn cut_off_between_two_objects() {
    let mut world = World::new(goal(5, 1), id(3));
    let order = update_to(NEWER, &world);
    let Order::Update(wish) = &order else { return };
    world.seen.intent = Intent::Known(wish.clone());
    let before = world.clone();
    for server in [2, 5] {
        let server = world.servers.get_mut(&id(server)).unwrap();
        server.renew(1, |template| template.image.clone_from(&wish.image));
    }
    world.show();
    arrive(&order, &mut world);
    has_done_no_more(&order, &before, &world);
}
