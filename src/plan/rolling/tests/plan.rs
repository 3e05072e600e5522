//! One run of a planner in the small world, watched by the witness.

use crate::ensemble::Observed;
use crate::plan::refusal::Refusal;
use crate::plan::rolling::tests::change::Change;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::witness::Witness;
use crate::plan::rolling::tests::world::World;
use crate::plan::run::Run;
use crate::plan::scale::tests::plan::End;
use crate::plan::step::Next;
use crate::plan::step::Step;
use crate::plan::update::Changes;

/// More steps and waits than any plan has, be its world slow.
const TURNS: usize = 600;

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) order: Order,
    pub(crate) changes: Changes,
    pub(crate) run: Run,
    pub(crate) steps: Vec<Step>,
    began: i64,
    witness: Witness,
    turns: usize,
    /// How many waits in a row were in vain, and how many are too many.
    waits: usize,
    pub(crate) patience: usize,
}

impl Plan {
    pub(crate) fn new(order: Order, world: &World) -> Self {
        let changes = world.changes_of(&order);
        Self {
            run: Run::default(),
            steps: Vec::new(),
            began: world.clock,
            witness: Witness::new(order.clone(), Change::new(changes.clone())),
            changes,
            order,
            turns: 0,
            waits: 0,
            patience: world.patience(),
        }
    }

    /// Looks, and decides.
    #[track_caller]
    pub(crate) fn decide(&mut self, world: &World) -> Next {
        let elapsed = world.clock - self.began;
        self.run.look(&world.seen, elapsed);
        self.witness.look(&world.seen, elapsed);
        let next = self.order.next(&self.changes, &world.seen, &self.run);
        if let Next::Do(step) = &next {
            self.check(world, step);
        }
        next
    }

    /// That nothing forbids the step.
    #[track_caller]
    fn check(&self, world: &World, step: &Step) {
        if let Err(rule) = self.witness.check(&world.seen, step) {
            let Self { order, steps, .. } = self;
            panic!("{rule}: {step:?}\n{order:?} after {steps:#?}\n{world:#?}");
        }
    }

    pub(crate) fn perform(&mut self, world: &mut World, step: Step) {
        world.perform(&step);
        self.witness.did(&step);
        self.run.did(&step);
        self.steps.push(step);
    }

    /// Does one step, or waits once.
    #[track_caller]
    pub(crate) fn turn(&mut self, world: &mut World) -> Option<End> {
        self.turns += 1;
        assert!(self.turns < TURNS, "no end: {self:#?}\n{world:#?}");
        match self.decide(world) {
            Next::Done => return Some(End::Done),
            Next::Refuse(refusal) => return Some(End::Refused(refusal)),
            Next::Wait(reason) if self.patience <= self.waits => return Some(End::Stuck(reason)),
            Next::Wait(_) => (self.waits, ()) = (self.waits + 1, world.pass()),
            Next::Do(step) => (self.waits, ()) = (0, self.perform(world, step)),
        }
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

    /// Goes on to its end, which is that it is so. What may pass is waited for, as the command does, but not what would be in
    /// vain: it waits for that no longer than ten seconds.
    #[track_caller]
    pub(crate) fn arrive(&mut self, world: &mut World) {
        let mut end = self.drive(world);
        let mut waits = 0;
        while let End::Refused(refusal) = &end
            && refusal.may_pass()
            && !matches!(refusal, Refusal::Stuck(_))
            && waits < self.patience
        {
            waits += 1;
            world.pass();
            end = self.drive(world);
        }
        assert_eq!(end, End::Done, "{self:#?}\n{world:#?}");
        // Who was not asked for may come up later.
        if self.steps.is_empty() || world.dice.is_some() {
            world.rest();
        }
        self.order.is_done(world);
    }
}

/// A new run, to its end, which is that it is so.
#[track_caller]
pub(crate) fn arrive(order: &Order, world: &mut World) -> Plan {
    let mut plan = Plan::new(order.clone(), world);
    plan.arrive(world);
    plan
}

/// The first decision of a new run, after something was changed.
pub(crate) fn first(order: &Order, world: &World, change: impl FnOnce(&mut Observed)) -> Next {
    let mut seen = world.seen.clone();
    change(&mut seen);
    order.next(&world.changes_of(order), &seen, &Run::default())
}
