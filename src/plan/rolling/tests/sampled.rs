//! Larger ensembles in a world in which much goes wrong, by chance that can be had again.

use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::orders;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::world::Bad;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::sampled::seed;
use crate::plan::scale::tests::world::Dice;

const CASES: u64 = 200;

/// A world of up to nine voters and three observers, some of their pods old and some of their disks new, where nothing is
/// fast.
fn any_world(dice: &mut Dice) -> World {
    let size = goal(1 + dice.roll(9), dice.roll(4));
    let mut world = World::new(size, id(1 + dice.roll(size.voters.get())));
    world.dice = Some(dice.clone());
    world.seen.sealed = Fact::Known(dice.roll(4) != 0);
    world.pace.late = dice.roll(3);
    world.pace.ending = dice.roll(3);
    world.pace.election = dice.roll(3);
    for server in world.servers.values_mut() {
        server.made_from.mark = dice.roll(3).min(1);
        server.disk.marked = dice.roll(5) != 0;
    }
    world.show();
    world
}

fn any_server(world: &World, dice: &mut Dice) -> ServerId {
    let all = u8::try_from(world.servers.len()).unwrap();
    let chosen = usize::from(dice.roll(all));
    *world.servers.keys().nth(chosen).unwrap()
}

fn any_order(world: &World, dice: &mut Dice) -> Order {
    let mut orders = orders(world);
    let which = dice.roll(u8::try_from(orders.len()).unwrap());
    orders.swap_remove(usize::from(which))
}

/// Something that goes wrong, or ends, or is meant otherwise.
fn event(plan: &mut Plan, world: &mut World, dice: &mut Dice) {
    let server = any_server(world, dice);
    match dice.roll(32) {
        0..3 => world.crash([server]),
        3..6 => world.recover(),
        6 => world.lead(server),
        7 => world.depose(dice.roll(9)),
        8 => world.bad = Some(Bad::Next(server)),
        9 => world.mute.extend([server]),
        10 => *plan = Plan::new(plan.order.clone(), world),
        11 => *plan = Plan::new(any_order(world, dice), world),
        _ => {}
    }
    world.show();
}

fn check(seed: u64) {
    let mut dice = Dice::new(seed);
    let mut world = any_world(&mut dice);
    let mut plan = Plan::new(any_order(&world, &mut dice), &world);
    for _ in 0..dice.roll(50) {
        event(&mut plan, &mut world, &mut dice);
        if plan.turn(&mut world).is_some() {
            plan = Plan::new(plan.order.clone(), &world);
            world.pass();
        }
    }
    world.recover();
    let mut plan = Plan::new(plan.order.clone(), &world);
    plan.arrive(&mut world);
}

#[test]
fn whatever_goes_wrong_no_step_is_unsafe_and_the_last_order_is_done() {
    let first = seed() * CASES;
    println!("{CASES} cases with PLAN_SEED={}", seed());
    for seed in first..first + CASES {
        let told = std::panic::catch_unwind(|| check(seed));
        assert!(told.is_ok(), "case {seed}");
    }
}
