//! Plans as people read them: which steps, in which order, through whom, and what they take away.

use crate::ensemble::ServerId;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::plan::Plan;
use crate::plan::scale::tests::plan::arrive;
use crate::plan::scale::tests::without_data;
use crate::plan::scale::tests::world::World;
use crate::plan::step::Next;
use crate::plan::step::Step;

/// Whose vote or data goes is asked about.
#[test]
fn what_takes_away_is_known() {
    let taken = |from: Goal, to: Goal| -> Vec<String> {
        let mut world = World::new(from, id(1));
        let mut plan = Plan::new(to, &world);
        let mut taken = Vec::new();
        while plan.decide(&world) != Next::Done {
            if let Next::Do(step) = plan.decide(&world)
                && step.takes_away(&world.seen)
            {
                taken.push(step.to_string());
            }
            assert_eq!(plan.turn(&mut world), None);
        }
        taken
    };
    assert_eq!(taken(goal(3, 0), goal(5, 1)), [""; 0]);
    assert_eq!(taken(goal(3, 2), goal(3, 0)), [""; 0]);
    assert_eq!(
        taken(goal(3, 0), goal(2, 1)),
        ["reconfigure: server 3 observes"]
    );
    assert_eq!(
        taken(goal(3, 0), without_data(goal(2, 0))),
        [
            "reconfigure: server 3 leaves",
            "remove the Services of 3 and the disks of 3"
        ]
    );
}

#[track_caller]
fn plan(from: Goal, leader: ServerId, to: Goal, steps: &[&str]) {
    let done = arrive(to, &mut World::new(from, leader)).steps;
    let told: Vec<String> = done.iter().map(ToString::to_string).collect();
    assert_eq!(told, steps);
}

const BARRIER: &str = "commit a write under the new list of members";

#[test]
fn all_that_join_join_together() {
    let steps = [
        "set the goal: 5 voters and 1 observer",
        "set the disruption budget: 5 of 6 servers must be there",
        "start servers 4, 5 and 6 without a vote",
        "reconfigure: servers 4 and 5 vote, server 6 observes",
        BARRIER,
    ];
    plan(goal(3, 0), id(2), goal(5, 1), &steps);
}

#[test]
fn the_leader_leaves_last() {
    let steps = [
        "set the goal: 1 voter",
        "reconfigure: servers 2, 4 and 5 leave",
        "reconfigure: server 3 leaves",
        BARRIER,
        "stop servers 2, 3, 4 and 5",
        "remove the Services of 2, 3, 4 and 5 and the disks of 2, 3, 4 and 5",
        "set the disruption budget: 0 of 1 servers must be there",
    ];
    plan(goal(5, 0), id(3), without_data(goal(1, 0)), &steps);
    let steps = [
        "set the goal: 2 voters and 2 observers",
        "reconfigure: server 3 observes, server 5 leaves",
        "reconfigure: server 4 observes",
        BARRIER,
        "stop server 5",
        "remove the Services of 5",
        "set the disruption budget: 3 of 4 servers must be there",
    ];
    plan(goal(5, 0), id(4), goal(2, 2), &steps);
}

/// Observers do not count before they vote: where a majority needs them, they leave and follow first.
#[test]
fn observers_that_a_majority_needs_leave_first() {
    let steps = [
        "set the goal: 3 voters",
        "reconfigure: servers 2 and 3 leave",
        "reconfigure: servers 2 and 3 vote",
        BARRIER,
    ];
    plan(goal(1, 2), id(1), goal(3, 0), &steps);
    let steps = [
        "set the goal: 5 voters",
        "reconfigure: servers 4 and 5 vote",
        BARRIER,
    ];
    plan(goal(3, 2), id(3), goal(5, 0), &steps);
}

/// Who leads and leaves is not asked, unless nobody else can be.
#[test]
fn who_is_changed_is_not_asked() {
    let via = |world: &World, to: Goal| {
        let mut plan = Plan::new(to, world);
        plan.decide(world);
        let mut world = world.clone();
        plan.until(&mut world, |step| matches!(step, Step::Reconfigure { .. }));
        match plan.steps.last() {
            Some(Step::Reconfigure { via, .. }) => *via,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(via(&World::new(goal(3, 0), id(2)), goal(5, 0)), id(2));
    assert_eq!(via(&World::new(goal(3, 0), id(3)), goal(2, 0)), id(1));
    assert_eq!(via(&World::new(goal(3, 0), id(3)), goal(1, 0)), id(3));
}
