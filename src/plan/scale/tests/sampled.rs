//! Larger ensembles in a world in which much goes wrong, by chance that can be had again.

use crate::ensemble::ServerId;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::plan::Plan;
use crate::plan::scale::tests::without_data;
use crate::plan::scale::tests::world::Dice;
use crate::plan::scale::tests::world::World;

const CASES: u64 = 2000;

/// From the environment, to run other cases than the usual ones.
pub(crate) fn seed() -> u64 {
    let seed = std::env::var("PLAN_SEED").ok();
    seed.and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

fn any_size(dice: &mut Dice) -> Goal {
    let [voters, observers, data] = [9, 4, 2].map(|sides| dice.roll(sides));
    match goal(voters + 1, observers) {
        size if data == 0 => size,
        size => without_data(size),
    }
}

fn any_server(world: &World, dice: &mut Dice) -> ServerId {
    let members = u8::try_from(world.seen.members.len()).unwrap();
    let chosen = usize::from(dice.roll(members));
    *world.seen.members.keys().nth(chosen).unwrap()
}

/// Something that goes wrong, or ends, or is meant otherwise.
fn event(plan: &mut Plan, world: &mut World, dice: &mut Dice) {
    let server = any_server(world, dice);
    match dice.roll(24) {
        0 | 1 => world.crash([server]),
        2..5 => world.recover(),
        5 => world.lose(server),
        6 => world.reconfigure(|_| {}),
        7 => *plan = Plan::new(plan.goal, world),
        8 => *plan = Plan::new(any_size(dice), world),
        _ => {}
    }
}

fn check(seed: u64) {
    let mut dice = Dice::new(seed);
    let from = any_size(&mut dice);
    let leader = id(dice.roll(from.voters.get()) + 1);
    let mut world = World::new(from, leader);
    world.dice = Some(dice.clone());
    let mut plan = Plan::new(any_size(&mut dice), &world);
    for _ in 0..dice.roll(40) {
        event(&mut plan, &mut world, &mut dice);
        if plan.turn(&mut world).is_some() {
            plan = Plan::new(plan.goal, &world);
            world.pass();
        }
    }
    world.heal();
    let mut plan = Plan::new(plan.goal, &world);
    plan.arrive(&mut world);
}

#[test]
fn whatever_goes_wrong_no_step_is_unsafe_and_the_last_goal_is_reached() {
    let first = seed() * CASES;
    println!("{CASES} cases with PLAN_SEED={}", seed());
    for seed in first..first + CASES {
        let told = std::panic::catch_unwind(|| check(seed));
        assert!(told.is_ok(), "case {seed}");
    }
}
