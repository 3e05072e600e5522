//! Each refusal, with its words.

use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::Probe;
use crate::ensemble::observed::fixture::answer_mut;
use crate::plan::refusal::Refusal;
use crate::plan::run::Run;
use crate::plan::scale::next;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::ids;
use crate::plan::scale::tests::plan::Plan;
use crate::plan::scale::tests::plan::first;
use crate::plan::scale::tests::plan::refused;
use crate::plan::scale::tests::plan::waits;
use crate::plan::scale::tests::world::World;
use crate::plan::step::Next;
use crate::plan::step::Step;

fn world(voters: u8, observers: u8) -> World {
    World::new(goal(voters, observers), id(1))
}

#[test]
fn what_may_not_be_seen_is_not_changed() {
    let right = |right: &str| {
        let right = right.to_owned();
        first(goal(5, 0), world(3, 0), |seen| {
            seen.missing_rights = vec![right];
        })
    };
    assert_eq!(
        refused(right("list poddisruptionbudgets")).to_string(),
        "not all of it may be seen, these rights are missing: list poddisruptionbudgets"
    );
    assert!(matches!(right("list events"), Next::Do(_)));
    let intent = |intent| first(goal(5, 0), world(3, 0), |seen| seen.intent = intent);
    let garbled = Intent::Unreadable("it is garbled".to_owned());
    let text = refused(intent(garbled)).to_string();
    assert_eq!(text, "its intent cannot be read: it is garbled");
    let text = refused(intent(Intent::Absent)).to_string();
    assert_eq!(text, "its intent cannot be read: there is none");
}

#[test]
fn without_one_leader_that_tells_its_list_nothing_is_begun() {
    let begun = |change: fn(&mut Observed)| {
        let refusal = refused(first(goal(5, 0), world(3, 0), change));
        assert!(refusal.may_pass(), "{refusal}");
        refusal.to_string()
    };
    let no_quorum = "the ensemble has no quorum";
    let two = begun(|seen| answer_mut(seen.members.get_mut(&id(3)).unwrap()).mode = Mode::Leader);
    let told = format!("{no_quorum}: servers 1 and 3 both say that they lead");
    assert_eq!(two, told);
    let none =
        begun(|seen| answer_mut(seen.members.get_mut(&id(1)).unwrap()).mode = Mode::Follower);
    assert_eq!(none, format!("{no_quorum}: no server leads"));
    let no_config =
        "the leader does not tell its configuration: is `conf` in 4lw.commands.whitelist?";
    let silent = begun(|seen| answer_mut(seen.members.get_mut(&id(1)).unwrap()).config = None);
    assert_eq!(silent, format!("{no_quorum}: {no_config}"));
    let no_version = begun(|seen| {
        for member in seen.members.values_mut() {
            answer_mut(member).config.as_mut().unwrap().version = None;
        }
    });
    assert_eq!(no_version, format!("{no_quorum}: {no_config}"));
}

#[test]
fn the_arithmetic_of_those_that_stay() {
    let mut world = world(5, 0);
    world.crash([id(2), id(3)]);
    let grown = refused(next(&goal(7, 0), &world.seen, &Run::default()));
    assert_eq!(
        grown.to_string(),
        "servers 2 and 3 must stay and are not in sync: 3 of 5 voters are in sync, a majority is 3, no further one may be lost"
    );
    let shrunk = refused(next(&goal(2, 0), &world.seen, &Run::default()));
    assert!(
        matches!(shrunk, Refusal::Unsynced { missing, synced: 3, voters: 5 } if missing == ids(&[2]))
    );
    let leaves = next(&goal(1, 0), &world.seen, &Run::default());
    assert!(matches!(leaves, Next::Do(Step::Intend { .. })));
    let another_list = first(goal(5, 0), self::world(3, 0), |seen| {
        let answer = answer_mut(seen.members.get_mut(&id(2)).unwrap());
        answer.config.as_mut().unwrap().version = Some(1);
    });
    assert!(
        matches!(refused(another_list), Refusal::Unsynced { missing, .. } if missing == ids(&[2]))
    );
}

#[test]
fn who_is_superseded_is_told_the_other_goal() {
    let mut world = world(3, 0);
    let mut plan = Plan::new(goal(5, 0), &world);
    plan.until(&mut world, |step| matches!(step, Step::Intend { .. }));
    world.intend(goal(3, 2));
    let refusal = refused(plan.decide(&world));
    assert_eq!(
        refusal.to_string(),
        "someone else set the goal to 3 voters and 2 observers while this was under way"
    );
    assert!(!refusal.may_pass());
}

#[test]
fn the_seal_comes_first_and_with_a_quorum() {
    let unsealed = |seen: &mut Observed| seen.sealed = Fact::Known(false);
    assert_eq!(
        first(goal(5, 0), world(3, 0), unsealed),
        Next::Do(Step::Seal)
    );
    assert_eq!(
        first(goal(3, 0), world(3, 0), unsealed),
        Next::Do(Step::Seal)
    );
    let late = first(goal(3, 0), world(3, 0), |seen| {
        unsealed(seen);
        seen.members.get_mut(&id(2)).unwrap().probe = Probe::NotServing;
    });
    assert_eq!(waits(late).to_string(), "server 2 does not serve yet");
    let unknown = first(goal(3, 0), world(3, 0), |seen| seen.sealed = Fact::Unknown);
    assert_eq!(unknown, Next::Done);
}

#[test]
fn a_joiner_that_cannot_come_is_told_with_its_cause() {
    let mut world = world(3, 0);
    let mut plan = Plan::new(goal(5, 0), &world);
    plan.until(&mut world, |step| matches!(step, Step::Start { .. }));
    let reason = waits(plan.decide(&world)).to_string();
    let late = "server 4 does not follow the leader in sync yet";
    assert_eq!(reason, format!("{late}: its pod does not exist yet"));
    let joiner = world.seen.members.get_mut(&id(4)).unwrap();
    joiner.workload.as_mut().unwrap().failed_create = Some("exceeded quota: small".to_owned());
    let refusal = refused(plan.decide(&world));
    assert!(matches!(&refusal, Refusal::Stuck(stuck) if stuck.len() == 1 && stuck[0].0 == id(4)));
    let text = refusal.to_string();
    assert!(
        text.starts_with("server 4: its pod cannot be created: "),
        "{text}"
    );
    assert!(refusal.may_pass());
}
