//! Plans that are cut off, and worlds in which others have their hands: the same rules lead on, or back.

use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::pairs;
use crate::plan::scale::tests::plan::End;
use crate::plan::scale::tests::plan::Plan;
use crate::plan::scale::tests::plan::arrive;
use crate::plan::scale::tests::plan::arrived;
use crate::plan::scale::tests::without_data;
use crate::plan::scale::tests::world::World;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

fn last(size: Goal) -> ServerId {
    id(size.voters.get())
}

/// Every moment of the way from one size to another.
fn every_moment(from: Goal, to: Goal, mut look: impl FnMut(&Plan, &World)) {
    let mut world = World::new(from, last(from));
    let mut plan = Plan::new(to, &world);
    loop {
        look(&plan, &world);
        match plan.turn(&mut world) {
            None => {}
            Some(end) => return assert_eq!(end, End::Done),
        }
    }
}

#[test]
fn cut_off_anywhere_it_goes_on_or_back() {
    let mut cases = 0;
    for (from, to) in pairs(5, 2) {
        let to = match cases % 2 {
            0 => to,
            _ => without_data(to),
        };
        every_moment(from, to, |_, world| {
            arrive(to, &mut world.clone());
            arrive(from, &mut world.clone());
            cases += 2;
        });
    }
    println!("{cases} plans cut off");
}

/// The list is changed between a look and the step: in the same words, or without one of the servers.
#[test]
fn others_change_the_list_meanwhile() {
    let mut cases = 0;
    let sizes = [(1, 0), (3, 0), (3, 2), (5, 1)].map(|(voters, more)| goal(voters, more));
    for (from, to) in sizes
        .into_iter()
        .flat_map(|from| sizes.map(|to| (from, to)))
    {
        every_moment(from, to, |plan, world| {
            for id in [None]
                .into_iter()
                .chain(world.list.servers.keys().copied().map(Some))
            {
                changed_meanwhile(plan.clone(), world.clone(), id);
                cases += 1;
            }
        });
    }
    println!("{cases} lists changed by others");
}

fn changed_meanwhile(mut plan: Plan, mut world: World, removed: Option<ServerId>) {
    let next = plan.decide(&world);
    let leads = world.seen.leader().map(|(leader, _)| leader.id);
    let others = world.list.voters().any(|(id, _)| Some(id) != removed);
    if removed.is_none() || removed != leads && others {
        world.reconfigure(|list| list.servers.retain(|id, _| Some(*id) != removed));
    }
    if let Next::Do(step) = next {
        let version = world.list.version;
        plan.perform(&mut world, step);
        assert!(
            world.list.version == version || removed == leads,
            "{plan:#?}"
        );
    }
    plan.arrive(&mut world);
}

/// A server that is wanted comes again; one that is not takes no further part.
#[test]
fn a_stateful_set_is_deleted_by_hand() {
    let mut cases = 0;
    for (from, to) in pairs(4, 1) {
        every_moment(from, to, |plan, world| {
            for lost in world.seen.members.keys() {
                let (mut plan, mut world) = (plan.clone(), world.clone());
                world.lose(*lost);
                world.pass();
                cases += 1;
                after_a_loss(&mut plan, &mut world);
            }
        });
    }
    println!("{cases} StatefulSets deleted by hand");
}

fn after_a_loss(plan: &mut Plan, world: &mut World) {
    let begun = !plan.steps.is_empty();
    match plan.drive(world) {
        End::Done => {}
        End::Refused(refusal) => assert!(!begun && refusal.may_pass(), "{refusal}: {plan:#?}"),
        End::Stuck(Reason::Quorum(_)) => {
            let wanted = |id| plan.goal.roles().contains_key(&id);
            let lost = world.list.voters().any(|(id, _)| !wanted(id));
            assert!(lost && world.up().len() * 2 <= world.list.voters().count());
        }
        end @ End::Stuck(_) => panic!("{end:?}: {plan:#?}\n{world:#?}"),
    }
}

fn joiners(from: Goal, to: Goal) -> Vec<ServerId> {
    let have = from.roles();
    let wanted = to.roles().into_keys();
    wanted.filter(|id| !have.contains_key(id)).collect()
}

#[test]
fn a_joiner_crashes_before_it_is_on_the_list() {
    let grows = |(from, to): &(Goal, Goal)| !joiners(*from, *to).is_empty();
    for (from, to) in pairs(5, 2).filter(grows) {
        let mut world = World::new(from, last(from));
        let mut plan = Plan::new(to, &world);
        plan.until(&mut world, |step| matches!(step, Step::Start { .. }));
        let crashed = joiners(from, to)[0];
        world.crash([crashed]);
        let end = plan.drive(&mut world);
        assert!(matches!(end, End::Stuck(Reason::Joining(late, _)) if late == crashed));
        assert!(!world.list.servers.contains_key(&crashed));
        world.recover();
        plan.arrive(&mut world);
    }
}

#[test]
fn a_joiner_crashes_after_it_is_on_the_list() {
    let grows = |(from, to): &(Goal, Goal)| !joiners(*from, *to).is_empty();
    for (from, to) in pairs(5, 2).filter(grows) {
        let crashed = joiners(from, to)[0];
        let mut world = World::new(from, last(from));
        let mut plan = Plan::new(to, &world);
        while !world.list.servers.contains_key(&crashed) {
            assert_eq!(plan.turn(&mut world), None);
        }
        world.crash([crashed]);
        let end = plan.drive(&mut world);
        assert!(matches!(end, End::Stuck(_)), "{end:?}");
        let back = arrive_back(from, world.clone());
        assert!(back || to.roles()[&crashed] == Role::Participant);
        world.recover();
        plan.arrive(&mut world);
    }
}

/// Whether the size it had can be had again while the joiner is down; once it is back it can.
fn arrive_back(from: Goal, mut world: World) -> bool {
    let mut plan = Plan::new(from, &world);
    let end = plan.drive(&mut world);
    if end != End::Done {
        world.recover();
        plan.arrive(&mut world);
    }
    arrived(&world, from);
    end == End::Done
}
