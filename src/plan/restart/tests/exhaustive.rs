//! Every small ensemble, every set of servers that do not serve, every leader, every set of old pods: all are restarted, or
//! some.

use std::collections::BTreeSet;

use crate::ensemble::ServerId;
use crate::plan::refusal::Refusal;
use crate::plan::restart::Whom;
use crate::plan::rolling::tests::cases::Beginning;
use crate::plan::rolling::tests::cases::beginnings;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::once;
use crate::plan::rolling::tests::order::remade;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::world::Servers;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::tests::plan::End;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// A beginning, and who shall be restarted.
struct Case<'a> {
    start: &'a Beginning,
    whom: Whom,
    chosen: BTreeSet<ServerId>,
}

impl Case<'_> {
    /// The chosen that serve, were nobody to stop.
    fn serves(&self) -> bool {
        let Beginning { leader, down, .. } = self.start;
        leader.is_some() && !self.chosen.is_subset(down)
    }

    /// Who must not be missing beside them.
    fn beside(&self) -> BTreeSet<ServerId> {
        &self.start.down - &self.chosen
    }

    fn is_refused(&self) -> bool {
        self.serves() && !self.beside().is_empty()
    }

    /// Those that are to get new pods: the old ones of a restart that was cut off, or all.
    fn due(&self) -> BTreeSet<ServerId> {
        let old = &self.start.old & &self.chosen;
        if old.is_empty() {
            self.chosen.clone()
        } else {
            old
        }
    }

    /// What was cut off is not marked again.
    fn is_marked(&self) -> bool {
        self.start.old.is_disjoint(&self.chosen) && !self.is_refused()
    }

    /// Those that get them while nobody comes back.
    fn reached(&self) -> BTreeSet<ServerId> {
        let Beginning { leader, down, .. } = self.start;
        match leader {
            _ if self.is_refused() => BTreeSet::new(),
            Some(_) if !down.is_empty() => &self.due() & down,
            _ => self.due(),
        }
    }

    /// The one that is waited for while nobody comes back.
    fn late(&self) -> Option<ServerId> {
        let Beginning { leader, down, .. } = self.start;
        match leader {
            None => self.chosen.first().copied(),
            Some(_) => (&self.chosen & down).first().copied(),
        }
    }

    /// The end that is due while nobody comes back.
    fn check(&self) {
        let mut world = self.start.world();
        let before = world.servers.clone();
        let mut plan = Plan::new(Order::Restart(self.whom.clone()), &world);
        match (plan.drive(&mut world), self.late()) {
            (End::Refused(Refusal::Beside { missing, .. }), _) => {
                assert!(self.is_refused() && plan.steps.is_empty());
                assert_eq!(missing, self.beside());
            }
            (End::Stuck(Reason::Unsynced(id, _)), Some(late)) => assert_eq!(id, late),
            (End::Done, None) => {}
            (end, _) => panic!("{end:?}: {plan:#?}\n{before:#?}"),
        }
        assert_eq!(remade(&before, &world), self.reached(), "{plan:#?}");
        let steps = plan.steps.iter();
        let marks = steps.filter(|step| matches!(step, Step::Mark { .. }));
        assert_eq!(marks.count(), usize::from(self.is_marked()), "{plan:#?}");
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

fn check(start: &Beginning, whom: Whom) {
    let chosen = match &whom {
        Whom::All => start.all(),
        Whom::These(ids) => ids.clone(),
    };
    let case = Case {
        start,
        whom,
        chosen,
    };
    case.check();
}

#[test]
fn all_are_restarted() {
    let mut cases = 0;
    beginnings(4, 71, |start| {
        check(start, Whom::All);
        cases += 1;
    });
    println!("{cases} restarts of all");
}

#[test]
fn some_are_restarted() {
    let mut cases = 0;
    beginnings(4, 89, |start| {
        let some = start.some();
        if !some.is_empty() {
            check(start, Whom::These(some));
            cases += 1;
        }
    });
    println!("{cases} restarts of some");
}
