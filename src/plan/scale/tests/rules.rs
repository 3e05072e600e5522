//! Single rules: what each waits for, with its words, and what each does.

use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Monitor;
use crate::ensemble::observed::fixture::answer_mut;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::ids;
use crate::plan::scale::tests::plan::Plan;
use crate::plan::scale::tests::plan::before_the_change;
use crate::plan::scale::tests::plan::first;
use crate::plan::scale::tests::plan::refused;
use crate::plan::scale::tests::plan::waits;
use crate::plan::scale::tests::world::World;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

fn world(voters: u8, observers: u8) -> World {
    World::new(goal(voters, observers), id(1))
}

fn leader(seen: &mut Observed) -> &mut Monitor {
    let answer = answer_mut(seen.members.get_mut(&id(1)).unwrap());
    answer.monitor.as_mut().unwrap()
}

/// What the leader says counts, beside what each server says of itself.
#[test]
fn the_leader_counts_who_is_in_sync() {
    let (mut plan, world) = before_the_change(goal(3, 0), goal(5, 0));
    let mut after = |change: fn(&mut Observed)| {
        let mut world = world.clone();
        change(&mut world.seen);
        plan.decide(&world)
    };
    let uncounted = after(|seen| leader(seen).synced_non_voting_followers = Some(1));
    let text = "the leader has 1 of 2 joining servers in sync";
    assert_eq!(waits(uncounted).to_string(), text);
    let unsynced = after(|seen| leader(seen).synced_followers = Some(3));
    let text = "the leader has 1 of 2 followers in sync";
    assert_eq!(waits(unsynced).to_string(), text);
    let silent = refused(after(|seen| {
        answer_mut(seen.members.get_mut(&id(1)).unwrap()).monitor = None;
    }));
    let text =
        "the leader does not say who follows it in sync: is `mntr` in 4lw.commands.whitelist?";
    assert_eq!(silent.to_string(), text);
    assert!(!silent.may_pass());
}

#[test]
fn who_joins_follows_by_the_list() {
    let (mut plan, world) = before_the_change(goal(3, 0), goal(4, 1));
    let mut joiner = |change: fn(&mut crate::ensemble::observed::Answer)| {
        let mut world = world.clone();
        change(answer_mut(world.seen.members.get_mut(&id(5)).unwrap()));
        waits(plan.decide(&world))
    };
    assert_eq!(
        joiner(|it| it.mode = Mode::Observer),
        Reason::Joining(id(5), None)
    );
    assert_eq!(joiner(|it| it.config = None), Reason::Joining(id(5), None));
    let another = joiner(|it| it.config.as_mut().unwrap().version = Some(1));
    assert_eq!(another, Reason::Joining(id(5), None));
}

#[test]
fn an_observer_votes_once_it_is_in_sync() {
    for from in [goal(1, 1), goal(3, 1)] {
        let to = goal(from.voters.get() + 1, 0);
        let (mut plan, mut world) = before_the_change(from, to);
        let observer = id(to.voters.get());
        world.crash([observer]);
        let reason = waits(plan.decide(&world));
        assert!(matches!(reason, Reason::Unsynced(late, _) if late == observer));
        assert_eq!(
            reason.to_string(),
            format!(
                "server {observer} does not serve in sync by the ensemble's list: it runs, and looks for a quorum"
            )
        );
    }
}

/// Voters that leave need not be in sync, but for the majority of the old list.
#[test]
fn a_majority_of_the_old_voters_is_in_sync() {
    let of_another = |seen: &mut Observed, number: u8| {
        let answer = answer_mut(seen.members.get_mut(&id(number)).unwrap());
        answer.config.as_mut().unwrap().version = Some(1);
    };
    let (mut plan, mut world) = before_the_change(goal(4, 0), goal(1, 0));
    of_another(&mut world.seen, 4);
    assert!(matches!(plan.decide(&world), Next::Do(_)));
    of_another(&mut world.seen, 3);
    let text = "the leader has 1 of 2 followers in sync";
    assert_eq!(waits(plan.decide(&world)).to_string(), text);
}

#[test]
fn what_is_begun_waits_for_who_stays() {
    let (mut plan, mut world) = before_the_change(goal(5, 0), goal(3, 0));
    world.crash([id(2)]);
    let late = waits(plan.decide(&world));
    assert!(matches!(late, Reason::Unsynced(late, _) if late == id(2)));
    world.crash([id(3), id(4)]);
    let none = waits(plan.decide(&world)).to_string();
    assert_eq!(none, "no server leads");
}

/// From a fresh run on: the earlier one may have been cut off the moment after its change.
#[test]
fn who_leaves_has_time_to_write_the_list_down() {
    let (mut plan, mut world) = before_the_change(goal(5, 0), goal(3, 1));
    plan.until(&mut world, |step| matches!(step, Step::Reconfigure { .. }));
    world.pass();
    let mut fresh = Plan::new(goal(3, 1), &world);
    let told = "the servers have a few seconds to write the new list of members to their disks";
    assert_eq!(waits(fresh.decide(&world)).to_string(), told);
    world.clock += 9;
    assert_eq!(waits(fresh.decide(&world)), Reason::Guard);
    world.clock += 1;
    assert!(matches!(
        fresh.decide(&world),
        Next::Do(Step::Barrier { .. })
    ));
    world.crash([id(4)]);
    let late = waits(fresh.decide(&world));
    assert!(matches!(late, Reason::Unsynced(late, _) if late == id(4)));
}

/// The list alone does not say that a voter votes no more.
#[test]
fn who_observes_says_so() {
    let mut world = world(3, 0);
    let mut plan = Plan::new(goal(2, 1), &world);
    plan.until(&mut world, |step| matches!(step, Step::Reconfigure { .. }));
    world.pass();
    let still_follows = answer_mut(world.seen.members.get_mut(&id(3)).unwrap());
    still_follows.mode = Mode::Follower;
    assert_eq!(waits(plan.decide(&world)), Reason::Unsynced(id(3), None));
}

#[test]
fn a_write_counts_under_its_list_alone() {
    let mut world = world(5, 0);
    let mut plan = Plan::new(goal(3, 0), &world);
    plan.until(&mut world, |step| matches!(step, Step::Barrier { .. }));
    assert!(
        matches!(plan.decide(&world), Next::Do(Step::Stop { servers }) if servers == ids(&[4, 5]))
    );
    world.reconfigure(|_| {});
    world.pass();
    assert_eq!(waits(plan.decide(&world)), Reason::Guard);
    world.clock += 10;
    assert!(matches!(
        plan.decide(&world),
        Next::Do(Step::Barrier { .. })
    ));
}

/// Servers that were told to go, seen by a run that wants them again, or that finds them on the list.
#[test]
fn who_was_told_to_go_goes() {
    let mut world = world(5, 0);
    let mut plan = Plan::new(goal(3, 0), &world);
    plan.until(&mut world, |step| matches!(step, Step::Stop { .. }));
    let mut back = Plan::new(goal(5, 0), &world);
    back.until(&mut world, |step| matches!(step, Step::Intend { .. }));
    let text = "the pods of servers 4 and 5 end";
    assert_eq!(waits(back.decide(&world)).to_string(), text);
    let mut again = world.clone();
    again.perform(&Step::Start { servers: ids(&[4]) });
    assert_eq!(
        back.decide(&again),
        Next::Do(Step::Stop { servers: ids(&[4]) })
    );
    world.pass();
    let forget = Step::Remove {
        services: ids(&[]),
        disks: ids(&[]),
    };
    assert_eq!(forget.to_string(), "forget the servers that went");
    assert_eq!(back.decide(&world), Next::Do(forget.clone()));
    let listed = first(goal(3, 0), self::world(3, 0), |seen| {
        seen.leaving = ids(&[3]);
    });
    assert_eq!(listed, Next::Do(forget));
}

#[test]
fn the_budget_is_made_and_mended() {
    let kept = |kept| {
        first(goal(3, 1), world(3, 1), |seen| {
            seen.budget = Fact::Known(kept);
        })
    };
    let set = Next::Do(Step::Budget { servers: 4 });
    assert_eq!(kept(Some(3)), Next::Done);
    for wrong in [None, Some(2), Some(4)] {
        assert_eq!(kept(wrong), set);
    }
}

#[test]
fn done_is_what_the_servers_say() {
    let mut world = world(1, 0);
    let mut plan = Plan::new(goal(1, 1), &world);
    plan.until(&mut world, |step| matches!(step, Step::Barrier { .. }));
    assert_eq!(plan.decide(&world), Next::Done);
    world.crash([id(2)]);
    assert!(matches!(waits(plan.decide(&world)), Reason::Unsynced(late, _) if late == id(2)));
    world.crash([id(1)]);
    assert!(matches!(waits(plan.decide(&world)), Reason::Quorum(_)));
}

/// Each voter says that it follows; the leader says otherwise.
#[test]
fn done_is_what_the_leader_says() {
    let mut world = world(1, 0);
    let mut plan = Plan::new(goal(2, 0), &world);
    plan.until(&mut world, |step| matches!(step, Step::Barrier { .. }));
    leader(&mut world.seen).synced_followers = Some(0);
    let text = "the leader has 0 of 1 followers in sync";
    assert_eq!(waits(plan.decide(&world)).to_string(), text);
}
