//! Two runs at once, with different goals. A step is decided from a look and done later: the other run may have done much
//! between the two. What production asks of the world when it does a step is asked here: that the intent, and the note of who
//! leaves, are as they were seen (to write the intent, to stop and to remove), and that the list has its version. A step that
//! is not done in the time that servers have to write a list down is given up.

use std::collections::BTreeSet;

use crate::ensemble::ServerId;
use crate::ensemble::observed::Intent;
use crate::plan::refusal::Refusal;
use crate::plan::scale::GUARD;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::plan::End;
use crate::plan::scale::tests::plan::Plan;
use crate::plan::scale::tests::plan::arrive;
use crate::plan::scale::tests::plan::arrived;
use crate::plan::scale::tests::sampled::seed;
use crate::plan::scale::tests::without_data;
use crate::plan::scale::tests::witness::is_intended;
use crate::plan::scale::tests::world::Dice;
use crate::plan::scale::tests::world::World;
use crate::plan::step::Next;
use crate::plan::step::Step;

/// How many orders of each two runs are tried by chance.
const CASES: usize = 40;

/// More turns than two runs take.
const TURNS: usize = 400;

/// A step that was decided and not done yet.
#[derive(Clone, Debug)]
struct Pending {
    step: Step,
    at: i64,
    intent: Intent,
    leaving: BTreeSet<ServerId>,
}

impl Pending {
    /// Whether production would still do it.
    fn is_fresh(&self, world: &World) -> bool {
        let same = self.intent == world.seen.intent && self.leaving == world.seen.leaving;
        let compared = matches!(
            self.step,
            Step::Intend { .. } | Step::Stop { .. } | Step::Remove { .. }
        );
        world.clock - self.at < GUARD && (same || !compared)
    }
}

#[derive(Clone, Debug)]
struct Runner {
    plan: Plan,
    pending: Option<Pending>,
    end: Option<End>,
    /// How often it was told to come again.
    refused: usize,
}

impl Runner {
    fn new(goal: Goal, world: &World) -> Self {
        Self {
            plan: Plan::new(goal, world),
            pending: None,
            end: None,
            refused: 0,
        }
    }

    /// Looks and decides, or does what it decided. Whether it did something.
    fn turn(&mut self, world: &mut World) -> bool {
        if self.end.is_some() {
            return false;
        }
        if let Some(pending) = self.pending.take() {
            return self.perform(pending, world);
        }
        match self.plan.decide(world) {
            Next::Do(step) => self.pending = Some(pending(step, world)),
            Next::Wait(_) => world.pass(),
            Next::Refuse(refusal) if refusal.may_pass() && self.refused < 20 => {
                self.refused += 1;
                world.pass();
            }
            Next::Refuse(refusal) => self.end = Some(End::Refused(refusal)),
            Next::Done => self.end = Some(End::Done),
        }
        false
    }

    fn perform(&mut self, pending: Pending, world: &mut World) -> bool {
        let fresh = pending.is_fresh(world);
        if fresh {
            let step = pending.step;
            self.still_holds(world, &step);
            self.plan.perform(world, step);
        }
        fresh
    }

    /// What is compared before it is done holds when it is done.
    fn still_holds(&self, world: &World, step: &Step) {
        let stale = matches!(step, Step::Reconfigure { version, .. } if world.list.version != Some(*version));
        let strict = matches!(
            step,
            Step::Reconfigure { .. } | Step::Stop { .. } | Step::Remove { .. }
        );
        if strict && !stale {
            self.plan.check_but_intent(world, step);
        }
    }
}

fn pending(step: Step, world: &World) -> Pending {
    Pending {
        step,
        at: world.clock,
        intent: world.seen.intent.clone(),
        leaving: world.seen.leaving.clone(),
    }
}

/// Two runs, and what they came to.
struct Race {
    world: World,
    runners: [Runner; 2],
    /// Something was done after one said that all was done.
    late: bool,
}

impl Race {
    fn new(from: Goal, goals: [Goal; 2]) -> Self {
        let world = World::new(from, id(from.voters.get()));
        let runners = goals.map(|goal| Runner::new(goal, &world));
        Self {
            world,
            runners,
            late: false,
        }
    }

    fn turn(&mut self, which: usize) {
        let before = self.runners[1 - which].end.clone();
        let did = self.runners[which].turn(&mut self.world);
        let own = is_intended(&self.world.seen, self.runners[which].plan.goal);
        self.late |= did && before == Some(End::Done) && !own;
    }

    /// Both go on in this order, and then by turns.
    fn run(&mut self, order: impl Iterator<Item = usize>) {
        for which in order.chain([0, 1].into_iter().cycle()).take(TURNS) {
            self.turn(which);
            if self.runners.iter().all(|runner| runner.end.is_some()) {
                return self.check();
            }
        }
        panic!("no end: {:#?}", self.runners);
    }

    /// Whose goal is the intent has it; the other had it before, or knows that it has been superseded.
    fn check(&mut self) {
        let [first, second] = &self.runners;
        let (winner, loser) = match is_intended(&self.world.seen, first.plan.goal) {
            true => (first, second),
            false => (second, first),
        };
        let told = format!("{:#?}", self.runners);
        assert_eq!(winner.end, Some(End::Done), "{told}");
        let superseded = |end| matches!(end, &Some(End::Refused(Refusal::Superseded { .. })));
        assert!(
            loser.end == Some(End::Done) || superseded(&loser.end),
            "{told}"
        );
        match self.late {
            false => arrived(&self.world, winner.plan.goal),
            true => drop(arrive(winner.plan.goal, &mut self.world)),
        }
    }
}

/// Where they start, and where they want to go.
fn races() -> Vec<(Goal, [Goal; 2])> {
    let sizes = [(1, 0), (3, 0), (3, 1), (5, 0)].map(|(voters, more)| goal(voters, more));
    let mut races = Vec::new();
    for from in sizes {
        for one in sizes {
            let others = sizes.into_iter().filter(|it| it.roles() != one.roles());
            races.extend(others.map(|other| (from, [one, without_data(other)])));
        }
    }
    races
}

/// The other may have looked before; the first goes so far, then the other so far, then the first a little further.
#[test]
fn of_two_at_once_the_later_one_has_its_way() {
    let (mut cases, mut late) = (0, 0);
    for (from, goals) in races() {
        for (some, more) in (0..24).flat_map(|some| (1..24).map(move |more| (some, more))) {
            // Neighbours are much alike.
            if (some + more + cases) % 11 == 0 {
                let blocks = [(1, cases % 2), (0, some), (1, more), (0, 1 + cases % 5)];
                let order = blocks
                    .into_iter()
                    .flat_map(|(which, times)| vec![which; times]);
                let mut race = Race::new(from, goals);
                race.run(order);
                late += usize::from(race.late);
                cases += 1;
            }
        }
    }
    println!("{cases} orders of two runs, {late} with a step that came too late");
}

#[test]
fn of_two_at_once_in_any_order_one_has_its_way() {
    println!("PLAN_SEED={}", seed());
    let mut cases = 0;
    let mut dice = Dice::new(seed());
    for (from, goals) in races() {
        for _ in 0..CASES {
            let mut race = Race::new(from, goals);
            race.world.dice = Some(dice.clone());
            let mut blocks: Vec<(usize, u8)> = vec![(0, dice.roll(8))];
            blocks.extend((1..16).map(|block| (block % 2, 1 + dice.roll(9))));
            let turns = |(which, times): &(usize, u8)| vec![*which; usize::from(*times)];
            let order: Vec<usize> = blocks.iter().flat_map(turns).collect();
            race.run(order.into_iter());
            cases += 1;
        }
    }
    println!("{cases} orders of two runs by chance");
}

/// What the first decided is done late, when the other, which had looked before, has had its way: it must not have stopped
/// whom that step puts on the list.
#[test]
fn what_was_under_way_is_done_before_anyone_is_stopped() {
    let mut race = Race::new(goal(3, 0), [goal(5, 0), goal(3, 0)]);
    let order = [(0, 6), (1, 1), (0, 2), (1, 6), (0, 1)];
    race.run(
        order
            .into_iter()
            .flat_map(|(which, times)| vec![which; times]),
    );
}

/// The second run found its goal written down by one that was cut off.
#[test]
fn a_goal_that_was_found_is_superseded_too() {
    let (up, down) = (goal(5, 0), goal(1, 0));
    let mut world = World::new(goal(3, 0), id(1));
    world.intend(up);
    let mut found = Plan::new(up, &world);
    found.decide(&world);
    Plan::new(down, &world).until(&mut world, |step| matches!(step, Step::Intend { .. }));
    let superseded = Refusal::Superseded {
        voters: 1,
        observers: 0,
    };
    assert_eq!(found.decide(&world), Next::Refuse(superseded));
}
