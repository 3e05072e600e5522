//! Every small ensemble, every goal, every set of servers that do not serve, every leader.

use std::collections::BTreeSet;

use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::quorum::Unverified;
use crate::plan::refusal::Refusal;
use crate::plan::run::Run;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::pairs;
use crate::plan::scale::tests::plan::End;
use crate::plan::scale::tests::plan::Plan;
use crate::plan::scale::tests::plan::arrive;
use crate::plan::scale::tests::plan::arrived;
use crate::plan::scale::tests::sizes;
use crate::plan::scale::tests::without_data;
use crate::plan::scale::tests::world::World;
use crate::plan::simulate;
use crate::plan::step::Reason;

/// One beginning: these do not serve, this one leads if a majority does.
struct Case {
    from: Goal,
    to: Goal,
    down: BTreeSet<ServerId>,
    leader: Option<ServerId>,
    /// Its number.
    number: usize,
}

impl Case {
    /// Voters that stay and do not serve.
    fn missing(&self) -> BTreeSet<ServerId> {
        let [have, wanted] = [self.from, self.to].map(|size| size.roles());
        let votes = |id: &ServerId| {
            let roles = [have.get(id), wanted.get(id)];
            roles == [Some(&Role::Participant); 2]
        };
        self.down.iter().copied().filter(votes).collect()
    }

    /// The end that is due while nobody comes back.
    fn check(&self, mut world: World) {
        let mut plan = Plan::new(self.to, &world);
        let end = plan.drive(&mut world);
        let same = self.from.roles() == self.to.roles();
        let wanted = |id: &ServerId| self.to.roles().contains_key(id);
        match (self.leader, end) {
            (None, End::Stuck(reason)) if same => {
                assert_eq!(reason, Reason::Quorum(Unverified::NoLeader));
            }
            (None, End::Refused(Refusal::NoQuorum(Unverified::NoLeader))) if !same => {}
            (Some(_), End::Done) if same => assert!(plan.steps.is_empty()),
            (Some(_), End::Refused(Refusal::Unsynced { missing, .. })) => {
                assert_eq!(missing, self.missing());
            }
            (Some(_), End::Stuck(Reason::Unsynced(late, _))) => {
                assert!(self.down.contains(&late) && wanted(&late));
            }
            (Some(_), End::Done) => assert!(!self.down.iter().any(wanted)),
            (_, end) => panic!("{end:?}: {plan:#?}\n{world:#?}"),
        }
        self.goes_on(plan, world);
    }

    /// Nothing was touched where it was refused; and once all are back, it goes on to the goal. What was not begun begins then
    /// as another case does, so that one of seven is enough.
    fn goes_on(&self, mut plan: Plan, mut world: World) {
        let refuses = self.leader.is_none() || !self.missing().is_empty();
        let idle = refuses || self.from.roles() == self.to.roles();
        assert_eq!(plan.steps.is_empty(), idle);
        if !idle || self.number.is_multiple_of(7) {
            world.recover();
            plan.arrive(&mut world);
        }
    }
}

/// Every set of these.
pub(crate) fn subsets(all: &[ServerId]) -> impl Iterator<Item = BTreeSet<ServerId>> {
    (0..1_u32 << all.len()).map(|mask| {
        let chosen = |(bit, id): (usize, &ServerId)| (mask >> bit & 1 == 1).then_some(*id);
        all.iter().enumerate().filter_map(chosen).collect()
    })
}

/// Every server that may lead while these are down; nobody if no majority of the voters is left.
pub(crate) fn leaders(from: Goal, down: &BTreeSet<ServerId>) -> Vec<Option<ServerId>> {
    let voters = from.voters.ids();
    let up: Vec<Option<ServerId>> = voters.filter(|id| !down.contains(id)).map(Some).collect();
    match from.voters.quorum() <= up.len() {
        true => up,
        false => vec![None],
    }
}

/// Every small ensemble with some servers down.
fn beginnings(mut each: impl FnMut(Goal, &BTreeSet<ServerId>, Option<ServerId>)) {
    for from in sizes(5, 2) {
        let all: Vec<ServerId> = from.roles().into_keys().collect();
        for down in subsets(&all) {
            for leader in leaders(from, &down) {
                each(from, &down, leader);
            }
        }
    }
}

#[test]
fn every_ensemble_with_every_server_down_comes_to_every_goal() {
    let mut number = 0;
    beginnings(|from, down, leader| {
        let mut world = World::new(from, leader.unwrap_or(id(1)));
        world.crash(down.iter().copied());
        world.pass();
        for to in sizes(5, 2) {
            let case = Case {
                from,
                to: Goal {
                    delete_data: number % 2 == 0,
                    ..to
                },
                down: down.clone(),
                leader,
                number,
            };
            case.check(world.clone());
            number += 1;
        }
    });
    println!("{number} cases of servers that are down");
}

/// What `--dry-run` shows is what is done.
#[test]
fn every_plan_is_foretold() {
    let mut cases = 0;
    for (from, to) in pairs(5, 2) {
        for leader in from.voters.ids() {
            let world = World::new(from, leader);
            let next = |seen: &_, run: &_| crate::plan::scale::next(&to, seen, run);
            let foretold = simulate::plan(world.seen.clone(), Run::default(), next);
            let steps = arrive(to, &mut world.clone()).steps;
            assert_eq!(foretold, Ok(simulate::Plan { steps, waits: None }));
            cases += 1;
        }
    }
    println!("{cases} plans foretold");
}

/// Disks that were kept go once that is asked for, and come back into use if their servers do.
#[test]
fn kept_disks_wait() {
    for size in sizes(3, 1) {
        let mut world = World::new(goal(3, 1), id(1));
        arrive(size, &mut world);
        assert_eq!(world.seen.disks.len(), 4);
        arrive(without_data(size), &mut world);
        assert_eq!(world.seen.disks.len(), size.roles().len());
        arrive(goal(3, 1), &mut world);
        arrived(&world, goal(3, 1));
    }
}
