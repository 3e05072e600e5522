//! Every set of servers whose Services have other addresses than the list says, in every small ensemble, with every leader.

use std::collections::BTreeSet;

use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::fixture::answer_mut;
use crate::ensemble::quorum::voters;
use crate::plan::addresses::drifted;
use crate::plan::addresses::next;
use crate::plan::refusal::Refusal;
use crate::plan::run::Run;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::exhaustive::subsets;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::ids;
use crate::plan::scale::tests::plan::refused;
use crate::plan::scale::tests::sizes;
use crate::plan::scale::tests::world::World;
use crate::plan::step::Next;
use crate::plan::step::Step;

/// More steps and waits than it takes.
const ROUNDS: usize = 60;

fn moved(size: Goal, leader: ServerId, servers: &BTreeSet<ServerId>) -> World {
    let mut world = World::new(size, leader);
    for id in servers {
        let member = world.seen.members.get_mut(id).unwrap();
        member.address = Some(format!("new-{id}"));
    }
    world
}

/// Each step restates one line that differs, the leader's after the others, through a server that the step is not about.
fn check(world: &World, step: &Step, wrote: bool) {
    let seen = &world.seen;
    let leader = seen.leader().map(|(leader, _)| leader.id).unwrap();
    let by_it = |id: &ServerId| {
        let answer = seen.answer_of(*id);
        answer.is_some_and(|it| it.votes() && it.config.as_ref() == Some(&world.list))
    };
    assert!(voters(&world.list).iter().all(by_it), "all are in sync");
    let differs = drifted(seen, &world.list);
    match step {
        Step::Restate {
            server,
            version,
            via,
        } => {
            assert!(differs.contains(server) && world.list.version == Some(*version));
            assert!(
                *server != leader || differs.len() == 1,
                "the leader is last"
            );
            assert!(by_it(via) && (via != server || voters(&world.list).len() == 1));
        }
        Step::Barrier { via } => assert!(differs.is_empty() && by_it(via) && !wrote),
        other => panic!("{other:?}"),
    }
}

/// How many lines were restated.
fn drive(world: &mut World) -> usize {
    let (mut run, mut restated, mut wrote) = (Run::default(), 0, false);
    for _ in 0..ROUNDS {
        run.look(&world.seen, world.clock);
        match next(&world.seen, &run) {
            Next::Done => {
                assert_eq!(wrote, 0 < restated, "a write comes last");
                return restated;
            }
            Next::Wait(_) => world.pass(),
            Next::Refuse(refusal) => panic!("{refusal}"),
            Next::Do(step) => {
                check(world, &step, wrote);
                assert!(world.perform(&step));
                run.did(&step);
                wrote = matches!(step, Step::Barrier { .. });
                restated += usize::from(!wrote);
            }
        }
    }
    panic!("no end: {world:#?}");
}

#[test]
fn every_address_comes_to_the_list() {
    let mut cases = 0;
    for size in sizes(5, 1) {
        let all: Vec<ServerId> = size.roles().into_keys().collect();
        for servers in subsets(&all) {
            for leader in size.voters.ids() {
                let mut world = moved(size, leader, &servers);
                assert_eq!(drive(&mut world), servers.len());
                let stated = |id: &ServerId| world.list.servers[id].host == format!("new-{id}");
                assert!(all.iter().all(|id| stated(id) == servers.contains(id)));
                cases += 1;
            }
        }
    }
    println!("{cases} sets of addresses");
}

/// The refusal of a first look, after something was changed; the address of server 2 differs.
#[track_caller]
fn refusal(change: impl FnOnce(&mut Observed)) -> Refusal {
    let mut world = moved(goal(3, 0), id(1), &ids(&[2]));
    change(&mut world.seen);
    refused(next(&world.seen, &Run::default()))
}

#[test]
fn what_cannot_be_stated_is_refused() {
    let no_intent = refusal(|seen| seen.intent = Intent::Absent);
    assert_eq!(no_intent, Refusal::Unreadable("there is none".to_owned()));
    let observes = refusal(|seen| {
        answer_mut(seen.members.get_mut(&id(3)).unwrap()).mode = Mode::Observer;
    });
    assert!(matches!(observes, Refusal::Unsynced { missing, .. } if missing == ids(&[3])));
    let no_address = refusal(|seen| {
        let member = seen.members.get_mut(&id(2)).unwrap();
        member.address = None;
        let list = answer_mut(member).config.as_mut().unwrap();
        list.servers.get_mut(&id(2)).unwrap().host = "elsewhere".to_owned();
    });
    let text = "server 2 has no address: its Service is missing";
    assert_eq!(no_address.to_string(), text);
    let no_leader = refusal(|seen| {
        answer_mut(seen.members.get_mut(&id(1)).unwrap()).mode = Mode::Follower;
    });
    assert!(matches!(no_leader, Refusal::NoQuorum(_)));
}
