//! What `--dry-run` shows is what is done in a world in which nothing fails: who does not serve comes back by itself.

use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::plan::rolling::tests::cases::beginnings;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::orders;
use crate::plan::rolling::tests::order::update_to;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::world::NEWER;
use crate::plan::rolling::tests::world::World;
use crate::plan::run::Run;
use crate::plan::scale::tests::plan::End;
use crate::plan::simulate;
use crate::plan::step::Step;

/// What is done when all come back at the first wait.
fn done(order: &Order, world: &World) -> Result<Vec<Step>, End> {
    let mut world = world.clone();
    let mut plan = Plan::new(order.clone(), &world);
    loop {
        let clock = world.clock;
        match plan.turn(&mut world) {
            Some(End::Done) => return Ok(plan.steps),
            Some(end) => return Err(end),
            None if world.clock != clock => world.recover(),
            None => {}
        }
    }
}

fn check(order: &Order, world: &World) {
    let changes = world.changes_of(order);
    let next = |seen: &_, run: &Run| order.next(&changes, seen, run);
    let foretold = simulate::plan(world.seen.clone(), Run::default(), next);
    let foretold = foretold.map_err(End::Refused);
    let done = done(order, world).map(|steps| simulate::Plan { steps, waits: None });
    assert_eq!(foretold, done, "{order:?}: {world:#?}");
}

#[test]
fn every_plan_is_foretold() {
    let mut cases = 0;
    beginnings(4, 61, |start| {
        if start.leader.is_some() {
            let world = start.world();
            let orders = orders(&world);
            for (number, order) in orders.iter().enumerate() {
                let turn = start.number % orders.len();
                if world.servers.len() <= 2 || number == turn {
                    check(order, &world);
                    cases += 1;
                }
            }
        }
    });
    println!("{cases} plans foretold");
}

#[test]
fn a_new_disk_and_the_seal_are_foretold() {
    beginnings(2, 997, |start| {
        if start.leader.is_some() {
            let mut world = start.world();
            world.seen.sealed = Fact::Known(false);
            for server in world.servers.values_mut() {
                server.disk.marked = server.pod % 2 == 0;
            }
            world.small = start.all();
            world.show();
            for order in orders(&world) {
                check(&order, &world);
            }
        }
    });
}

/// An update that nobody but one, who does not come up with it, has come to run: back, that one alone is restarted.
#[test]
fn the_way_back_is_foretold() {
    let mut cases = 0;
    beginnings(4, 61, |start| {
        let mut world = start.world();
        let back = update_to(&world.intent().image.clone(), &world);
        let Order::Update(wish) = update_to(NEWER, &world) else {
            unreachable!()
        };
        world.seen.intent = Intent::Known(wish);
        for server in world.servers.values_mut() {
            NEWER.clone_into(&mut server.template.image);
        }
        let bad = start.down.first().filter(|_| start.leader.is_some());
        let Some(bad) = bad.and_then(|id| world.servers.get_mut(id)) else {
            return;
        };
        bad.made_from = bad.template.clone();
        world.show();
        check(&back, &world);
        cases += 1;
    });
    println!("{cases} ways back foretold");
    assert!(10 < cases);
}
