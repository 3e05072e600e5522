//! Every small ensemble, every set of servers that do not serve, every leader: each server is replaced, be it one that
//! serves; its disk may be new already, or must not be deleted.

use std::collections::BTreeSet;

use crate::ensemble::ServerId;
use crate::plan::refusal::Refusal;
use crate::plan::replace::Goal;
use crate::plan::rolling::tests::cases::Beginning;
use crate::plan::rolling::tests::cases::beginnings;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::remade;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale::tests::plan::End;
use crate::plan::step::Reason;

/// A beginning, and who is replaced.
struct Case<'a> {
    start: &'a Beginning,
    goal: Goal,
    /// Whether its disk is of before.
    marked: bool,
}

impl Case<'_> {
    fn is_down(&self) -> bool {
        self.start.down.contains(&self.goal.id)
    }

    /// The voters that serve, but for this one.
    fn others(&self) -> usize {
        let voters: BTreeSet<ServerId> = self.start.size.voters.ids().collect();
        let mut serving = &voters - &self.start.down;
        serving.remove(&self.goal.id);
        serving.len()
    }

    fn is_emptied(&self) -> bool {
        self.marked && self.goal.may_empty
    }

    /// The end that is due while nobody comes back.
    fn check(&self) {
        let mut world = self.start.world();
        let Goal { id, .. } = self.goal;
        world.servers.get_mut(&id).unwrap().disk.marked = self.marked;
        world.show();
        let before = world.servers.clone();
        let mut plan = Plan::new(Order::Replace(self.goal), &world);
        match plan.drive(&mut world) {
            End::Refused(Refusal::NoQuorum(_)) => assert_eq!(self.start.leader, None),
            End::Refused(Refusal::NoMajority { id: of, synced, .. }) => {
                assert_eq!((of, synced), (id, self.others()));
                assert!(self.others() < self.start.size.voters.quorum());
            }
            End::Stuck(Reason::Joining(late, _)) => assert!(late == id && self.is_down()),
            End::Done => assert!(!self.is_down()),
            end => panic!("{end:?}: {plan:#?}\n{world:#?}"),
        }
        let reached =
            self.others() >= self.start.size.voters.quorum() && self.start.leader.is_some();
        let gone = if reached && self.is_emptied() {
            [id].into()
        } else {
            BTreeSet::new()
        };
        assert_eq!(remade(&before, &world), gone, "{plan:#?}");
        self.goes_on(plan, world);
    }

    /// Once all are back it comes to its end, unless the others never are a majority.
    fn goes_on(&self, mut plan: Plan, mut world: World) {
        if self.start.number.is_multiple_of(7) && 3 <= self.start.size.voters.get() {
            world.recover();
            plan.arrive(&mut world);
            let uid = world.servers[&self.goal.id].disk.uid;
            assert_eq!(uid, 1 + u8::from(self.is_emptied()), "{plan:#?}");
        }
    }
}

/// What is old plays no part here, and stands for the disk: one of before, one that is new, one that must not be deleted.
fn kind(start: &Beginning) -> Option<usize> {
    let first = start.all().into_iter().take(start.old.len());
    let kind = start.old.len();
    (kind < 3 && start.old.iter().copied().eq(first)).then_some(kind)
}

#[test]
fn each_server_is_replaced() {
    let (mut number, mut cases) = (0, 0);
    beginnings(7, 1, |start| {
        let Some(kind) = kind(start) else { return };
        for id in start.all() {
            number += 1;
            if start.all().len() <= 4 || number % 5 == start.number % 5 {
                let may_empty = kind != 2;
                let goal = Goal { id, may_empty };
                let marked = kind != 1;
                Case {
                    start,
                    goal,
                    marked,
                }
                .check();
                cases += 1;
            }
        }
    });
    println!("{cases} replacements");
}
