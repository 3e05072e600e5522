//! Every small ensemble, every set of servers that do not serve, every leader, every set of old pods: the intent changes, the
//! templates of all or of some, or neither.

use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Intent;
use crate::plan::rolling::tests::cases::Beginning;
use crate::plan::rolling::tests::cases::beginnings;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::once;
use crate::plan::rolling::tests::order::remade;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::world::NEWER;
use crate::plan::rolling::tests::world::Servers;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::tests::plan::End;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// A beginning, and what shall be.
struct Case<'a> {
    start: &'a Beginning,
    /// Whether the intent is another one.
    intent: bool,
    /// Whose templates differ.
    templates: BTreeSet<ServerId>,
}

impl Case<'_> {
    fn new(start: &Beginning) -> Case<'_> {
        let templates = match start.number % 3 {
            0 => BTreeSet::new(),
            1 => start.all(),
            _ => start.some(),
        };
        Case {
            start,
            intent: start.number % 4 < 3,
            templates,
        }
    }

    /// An earlier update may have been cut off: the intent, or some of the objects, are as they shall be.
    fn world(&self) -> World {
        let mut world = self.start.world();
        for (id, server) in &mut world.servers {
            if !self.templates.contains(id) {
                server.has(NEWER);
            }
        }
        if !self.intent {
            world.seen.intent = Intent::Known(wish(&world));
        }
        let number = self.start.number;
        world.policy = number.is_multiple_of(2);
        if number.is_multiple_of(5) {
            world.small = self.start.all();
        }
        world.show();
        world
    }

    /// Those that are to get new pods.
    fn due(&self) -> BTreeSet<ServerId> {
        &self.start.old | &self.templates
    }

    /// Those that get them while nobody comes back.
    fn reached(&self) -> BTreeSet<ServerId> {
        match self.start.leader {
            Some(_) if !self.start.down.is_empty() => &self.due() & &self.start.down,
            _ => self.due(),
        }
    }

    /// The one that is waited for while nobody comes back, if there is anything to do.
    fn late(&self, steps: &[Step]) -> Option<ServerId> {
        let idle = steps.is_empty() && self.due().is_empty();
        match self.start.leader {
            _ if idle => None,
            None => self.start.all().first().copied(),
            Some(_) => self.start.down.first().copied(),
        }
    }

    /// The end that is due while nobody comes back.
    fn check(&self) {
        let mut world = self.world();
        let before = world.servers.clone();
        let mut plan = Plan::new(Order::Update(wish(&world)), &world);
        match (plan.drive(&mut world), self.late(&plan.steps)) {
            (End::Stuck(Reason::Unsynced(id, _)), Some(late)) => assert_eq!(id, late),
            (End::Done, None) => {}
            (end, _) => panic!("{end:?}: {plan:#?}\n{before:#?}"),
        }
        assert_eq!(remade(&before, &world), self.reached(), "{plan:#?}");
        self.goes_on(plan, world, &before);
    }

    /// Once all are back it comes to its end. One of seven is enough.
    fn goes_on(&self, mut plan: Plan, mut world: World, before: &Servers) {
        if self.start.number.is_multiple_of(7) {
            world.recover();
            plan.arrive(&mut world);
            once(before, &world);
            assert_eq!(remade(before, &world), self.due(), "{plan:#?}");
        }
    }
}

fn wish(world: &World) -> Box<Ensemble> {
    Box::new(Ensemble {
        image: NEWER.to_owned(),
        network_policy: true,
        ..world.intent().clone()
    })
}

#[test]
fn every_update_comes_to_its_end() {
    let mut cases = 0;
    beginnings(4, 97, |start| {
        Case::new(start).check();
        cases += 1;
    });
    println!("{cases} updates");
}
