//! What goes wrong in the middle of a plan, at each of its moments: servers crash, another one leads, nobody leads, controllers
//! are late and pods end slowly.

use crate::ensemble::ServerId;
use crate::plan::rolling::tests::interrupted::every_moment;
use crate::plan::rolling::tests::interrupted::has_done_no_more;
use crate::plan::rolling::tests::interrupted::ways;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::once;
use crate::plan::rolling::tests::order::orders;
use crate::plan::rolling::tests::order::remade;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::plan::arrive;
use crate::plan::rolling::tests::world::Pace;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::step::Step;

fn makes_go(step: &Step) -> bool {
    matches!(step, Step::Restart { .. } | Step::Empty { .. })
}

/// Goes on for a while in a world where something is wrong; what is refused is tried again.
fn struggles(plan: &mut Plan, world: &mut World, turns: usize) {
    for _ in 0..turns {
        if plan.turn(world).is_some() {
            world.pass();
        }
    }
}

/// Another one of them at each moment.
fn any(servers: impl IntoIterator<Item = ServerId>, number: usize) -> ServerId {
    let servers: Vec<ServerId> = servers.into_iter().collect();
    servers[number % servers.len()]
}

#[test]
fn a_server_crashes_and_comes_back() {
    let mut cases = 0;
    ways(|order, before| {
        every_moment(order, before.clone(), |plan, world| {
            let (mut plan, mut world) = (plan.clone(), world.clone());
            world.crash([any(before.servers.keys().copied(), cases)]);
            struggles(&mut plan, &mut world, 4);
            world.recover();
            plan.patience += 6;
            plan.arrive(&mut world);
            cases += 1;
        });
    });
    println!("{cases} crashes");
}

#[test]
fn another_one_leads() {
    let mut cases = 0;
    ways(|order, before| {
        every_moment(order, before.clone(), |plan, world| {
            let (mut plan, mut world) = (plan.clone(), world.clone());
            world.lead(any(before.able(), cases));
            plan.arrive(&mut world);
            has_done_no_more(order, &before, &world);
            cases += 1;
        });
    });
    println!("{cases} changes of the leader");
}

/// As long as there may be an election nobody is made to go.
#[test]
fn an_election_is_waited_for() {
    let mut cases = 0;
    ways(|order, before| {
        every_moment(order, before.clone(), |plan, world| {
            let (mut plan, mut world) = (plan.clone(), world.clone());
            plan.decide(&world);
            world.depose(5);
            waits_for_a_leader(&mut plan, &mut world);
            plan.arrive(&mut world);
            cases += 1;
        });
    });
    println!("{cases} elections");
}

fn waits_for_a_leader(plan: &mut Plan, world: &mut World) {
    let gone = plan.steps.iter().filter(|step| makes_go(step)).count();
    while world.leader.is_none() {
        struggles(plan, world, 1);
        let now = plan.steps.iter().filter(|step| makes_go(step)).count();
        assert!(gone == now || 30 <= plan.run.leaderless(), "{plan:#?}");
    }
}

/// For longer than an election takes: who says that it does not serve is restarted, and all come back.
#[test]
fn nobody_leads_for_long() {
    let mut cases = 0;
    ways(|order, before| {
        every_moment(order, before.clone(), |plan, world| {
            let (mut plan, mut world) = (plan.clone(), world.clone());
            world.depose(14);
            plan.patience += 20;
            plan.arrive(&mut world);
            cases += 1;
        });
    });
    println!("{cases} outages");
}

/// Everything slow in its own time.
fn paces() -> impl Iterator<Item = Pace> {
    let looks = |number: u8, place: u32| number / 3_u8.pow(place) % 3;
    (0..3_u8.pow(5)).map(move |number| Pace {
        late: looks(number, 0),
        ending: looks(number, 1),
        starting: looks(number, 2),
        ready: looks(number, 3),
        election: looks(number, 4),
    })
}

#[test]
fn slow_worlds_come_to_the_same() {
    let mut cases = 0;
    for pace in paces() {
        for size in [goal(1, 0), goal(3, 1)] {
            let mut world = World::new(size, id(1));
            world.pace = pace;
            let mut orders = orders(&world);
            let turn = cases % orders.len();
            orders.rotate_left(turn);
            orders.truncate(3);
            for order in orders {
                slowly(&order, &world);
                cases += 1;
            }
        }
    }
    println!("{cases} plans in slow worlds");
}

fn slowly(order: &Order, before: &World) {
    let mut world = before.clone();
    let plan = arrive(order, &mut world);
    once(&before.servers, &world);
    let gone = plan.steps.iter().filter(|step| makes_go(step)).count();
    assert_eq!(remade(&before.servers, &world).len(), gone, "{plan:#?}");
    has_done_no_more(order, before, &world);
}
