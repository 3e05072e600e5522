//! One run of the planner in a world, watched; and what the world must be once it says that it is done.

use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::plan::refusal::Refusal;
use crate::plan::run::Run;
use crate::plan::scale::Goal;
use crate::plan::scale::next;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::witness::Verdict;
use crate::plan::scale::tests::witness::Witness;
use crate::plan::scale::tests::witness::covers;
use crate::plan::scale::tests::witness::is_intended;
use crate::plan::scale::tests::witness::present;
use crate::plan::scale::tests::world::World;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// More steps and waits than any plan has, be its world slow.
const TURNS: usize = 400;

/// How a run ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    Refused(Refusal),
    /// It waits, and nothing comes of it.
    Stuck(Reason),
}

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) goal: Goal,
    pub(crate) run: Run,
    pub(crate) steps: Vec<Step>,
    began: i64,
    witness: Witness,
    turns: usize,
    /// How many waits in a row were in vain, and how many are too many.
    waits: usize,
    patience: usize,
}

impl Plan {
    pub(crate) fn new(goal: Goal, world: &World) -> Self {
        Self {
            goal,
            run: Run::default(),
            steps: Vec::new(),
            began: world.clock,
            witness: Witness::new(goal),
            turns: 0,
            waits: 0,
            patience: if world.dice.is_some() { 40 } else { 5 },
        }
    }

    /// Looks, and decides.
    #[track_caller]
    pub(crate) fn decide(&mut self, world: &World) -> Next {
        let elapsed = world.clock - self.began;
        self.run.look(&world.seen, elapsed);
        self.witness.look(&world.seen, elapsed);
        let next = next(&self.goal, &world.seen, &self.run);
        if let Next::Do(step) = &next {
            self.check(world, step);
        }
        next
    }

    /// That nothing forbids the step.
    #[track_caller]
    pub(crate) fn check(&self, world: &World, step: &Step) {
        self.holds(world, step, self.witness.check(&world.seen, step));
    }

    /// That nothing but another's goal forbids the step.
    #[track_caller]
    pub(crate) fn check_but_intent(&self, world: &World, step: &Step) {
        self.holds(
            world,
            step,
            self.witness.check_but_intent(&world.seen, step),
        );
    }

    #[track_caller]
    fn holds(&self, world: &World, step: &Step, verdict: Verdict) {
        if let Err(rule) = verdict {
            let Self { goal, steps, .. } = self;
            panic!("{rule}: {step:?}\nto {goal:?} after {steps:#?}\n{world:#?}");
        }
    }

    /// Does a step, or learns that it was too late for it.
    pub(crate) fn perform(&mut self, world: &mut World, step: Step) {
        if world.perform(&step) {
            self.witness.did(&step);
            self.run.did(&step);
            self.steps.push(step);
        }
    }

    /// Does one step, or waits once. The budget covers afterwards whom it covered before.
    #[track_caller]
    pub(crate) fn turn(&mut self, world: &mut World) -> Option<End> {
        self.turns += 1;
        assert!(self.turns < TURNS, "no end: {self:#?}\n{world:#?}");
        let covered = |world: &World| covers(&world.seen, present(&world.seen).len());
        let before = covered(world);
        match self.decide(world) {
            Next::Done => {
                let served = self.steps.is_empty() || self.witness.is_served(&world.seen);
                assert!(served, "done before all serve: {self:#?}\n{world:#?}");
                return Some(End::Done);
            }
            Next::Refuse(refusal) => return Some(End::Refused(refusal)),
            Next::Wait(reason) if self.patience <= self.waits => return Some(End::Stuck(reason)),
            Next::Wait(_) => (self.waits, ()) = (self.waits + 1, world.pass()),
            Next::Do(step) => (self.waits, ()) = (0, self.perform(world, step)),
        }
        assert!(
            !before || covered(world),
            "the budget is too low: {self:#?}"
        );
        None
    }

    #[track_caller]
    pub(crate) fn drive(&mut self, world: &mut World) -> End {
        self.waits = 0;
        loop {
            if let Some(end) = self.turn(world) {
                return end;
            }
        }
    }

    /// Goes on until a step of this kind was done.
    #[track_caller]
    pub(crate) fn until(&mut self, world: &mut World, kind: fn(&Step) -> bool) {
        while !self.steps.last().is_some_and(kind) {
            assert_eq!(self.turn(world), None, "{self:#?}");
        }
    }

    /// Goes on to its end, which is the goal; what may pass is waited for, as the command does.
    #[track_caller]
    pub(crate) fn arrive(&mut self, world: &mut World) {
        let mut end = self.drive(world);
        while let End::Refused(refusal) = &end
            && refusal.may_pass()
            && self.waits < self.patience
        {
            let waits = self.waits + 1;
            world.pass();
            end = self.drive(world);
            self.waits += waits;
        }
        assert_eq!(end, End::Done, "{self:#?}\n{world:#?}");
        arrived(world, self.goal);
    }
}

/// A new run, to its end, which is the goal.
#[track_caller]
pub(crate) fn arrive(goal: Goal, world: &mut World) -> Plan {
    let mut plan = Plan::new(goal, world);
    plan.arrive(world);
    plan
}

/// That the world is as the goal says, and that there is nothing more to do.
#[track_caller]
pub(crate) fn arrived(world: &World, goal: Goal) {
    let (seen, wanted) = (&world.seen, goal.roles());
    let is_wanted = |id: &ServerId| wanted.contains_key(id);
    assert_eq!(world.list.roles(), wanted, "the list: {world:#?}");
    assert!(is_intended(seen, goal), "the intent: {world:#?}");
    assert!(present(seen).iter().eq(wanted.keys()), "{world:#?}");
    assert!(seen.services.iter().eq(wanted.keys()), "{world:#?}");
    assert!(!goal.delete_data || seen.disks.iter().all(is_wanted));
    assert!(wanted.keys().all(|id| seen.disks.contains(id)));
    assert!(seen.leaving.is_empty(), "the note: {world:#?}");
    let kept = i32::try_from(wanted.len()).unwrap() - 1;
    assert_eq!(seen.budget, Fact::Known(Some(kept)), "{world:#?}");
    let again = next(&goal, seen, &Run::default());
    assert_eq!(again, Next::Done, "{world:#?}");
}

/// The first decision, after something was changed.
pub(crate) fn first(to: Goal, mut world: World, change: impl FnOnce(&mut Observed)) -> Next {
    change(&mut world.seen);
    next(&to, &world.seen, &Run::default())
}

#[track_caller]
pub(crate) fn refused(next: Next) -> Refusal {
    match next {
        Next::Refuse(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
pub(crate) fn waits(next: Next) -> Reason {
    match next {
        Next::Wait(reason) => reason,
        other => panic!("{other:?}"),
    }
}

/// A run that has come to the change of the list, and the world that it is in.
pub(crate) fn before_the_change(from: Goal, to: Goal) -> (Plan, World) {
    let mut world = World::new(from, id(1));
    let mut plan = Plan::new(to, &world);
    loop {
        match plan.decide(&world) {
            Next::Do(Step::Reconfigure { .. }) => return (plan, world),
            _ => assert_eq!(plan.turn(&mut world), None),
        }
    }
}
