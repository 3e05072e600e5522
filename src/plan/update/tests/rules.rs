//! The order of an update: the seal, the intent, disks, objects, and then servers; when it may begin, and when it ends.

use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::plan::refusal::Refusal;
use crate::plan::rolling::tests::order::Order;
use crate::plan::rolling::tests::order::remade;
use crate::plan::rolling::tests::order::update_to;
use crate::plan::rolling::tests::plan::Plan;
use crate::plan::rolling::tests::plan::arrive;
use crate::plan::rolling::tests::plan::first;
use crate::plan::rolling::tests::world::IMAGE;
use crate::plan::rolling::tests::world::NEWER;
use crate::plan::rolling::tests::world::World;
use crate::plan::run::Run;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;
use crate::plan::scale::tests::ids;
use crate::plan::scale::tests::plan::End;
use crate::plan::scale::tests::plan::refused;
use crate::plan::scale::tests::plan::waits;
use crate::plan::step::Next;
use crate::plan::step::Step;
use crate::plan::update::Changes;
use crate::plan::update::next;

fn world() -> World {
    World::new(goal(3, 0), id(1))
}

/// An update of the NetworkPolicy, which no pod knows of.
fn policy(world: &World) -> Order {
    Order::Update(Box::new(Ensemble {
        network_policy: true,
        ..world.intent().clone()
    }))
}

#[test]
fn each_step_comes_once_and_in_its_order() {
    let mut world = world();
    world.seen.sealed = Fact::Known(false);
    world.small = ids(&[1, 2, 3]);
    let plan = arrive(&update_to(NEWER, &world), &mut world);
    let told: Vec<String> = plan.steps.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "make the seal",
            "write the intent: image: zookeeper:3.9.4 -> zookeeper:3.9.5",
            "grow the disks of servers 1, 2 and 3 to 20Gi",
            "apply statefulset/1, statefulset/2, statefulset/3",
            "restart server 2",
            "restart server 3",
            "restart server 1, the leader",
        ]
    );
}

#[test]
fn what_needs_no_restart_restarts_nobody() {
    let mut world = world();
    let before = world.servers.clone();
    let plan = arrive(&policy(&world), &mut world);
    assert_eq!(plan.steps.len(), 2, "{plan:#?}");
    assert_eq!(remade(&before, &world), ids(&[]));
}

#[test]
fn what_is_so_is_done() {
    let world = world();
    let same = update_to(IMAGE, &world);
    assert_eq!(first(&same, &world, |_| {}), Next::Done);
    let mut down = world.clone();
    down.crash(ids(&[1, 2, 3]));
    assert_eq!(first(&same, &down, |_| {}), Next::Done);
    let mut scaling = world.clone();
    scaling.seen.leaving = ids(&[4]);
    assert_eq!(first(&same, &scaling, |_| {}), Next::Done);
}

/// Objects that someone changed are changed back, be there a quorum or not, and then it is done once all serve.
#[test]
fn objects_need_no_quorum() {
    let mut world = world();
    world.seen.intent = Intent::Known(Box::new(Ensemble {
        network_policy: true,
        ..world.intent().clone()
    }));
    let order = update_to(IMAGE, &world);
    world.crash(ids(&[2]));
    let mut plan = Plan::new(order, &world);
    let end = plan.drive(&mut world);
    assert!(matches!(end, End::Stuck(_)), "{end:?}");
    assert!(matches!(plan.steps[..], [Step::Apply { .. }]));
}

#[test]
fn what_changes_the_intent_or_restarts_begins_like_a_restart() {
    let changing = |seen: &mut Observed| seen.leaving = ids(&[4]);
    let world = world();
    for order in [policy(&world), update_to(NEWER, &world)] {
        let refusal = refused(first(&order, &world, changing));
        assert_eq!(refusal, Refusal::Scaling);
    }
    let cut_off = World::begun(goal(3, 0), Some(id(1)), &ids(&[]), &ids(&[2]));
    let same = update_to(IMAGE, &cut_off);
    assert_eq!(refused(first(&same, &cut_off, changing)), Refusal::Scaling);
}

#[test]
fn what_may_not_be_seen_is_not_updated() {
    let world = world();
    let unseen = first(&update_to(NEWER, &world), &world, |seen| {
        seen.missing_rights = vec!["list pods".to_owned()];
    });
    assert!(matches!(refused(unseen), Refusal::Unseen(_)));
}

/// Of two that change it at once the later one has its way.
#[test]
fn who_is_overtaken_is_told() {
    let mut world = world();
    let mut plan = Plan::new(update_to(NEWER, &world), &world);
    assert_eq!(plan.turn(&mut world), None);
    assert!(matches!(plan.steps[..], [Step::Wish { .. }]));
    let mut theirs = world.intent().clone();
    "zookeeper:3.9.6".clone_into(&mut theirs.image);
    world.seen.intent = Intent::Known(Box::new(theirs));
    let refusal = refused(plan.decide(&world));
    let text = "someone else changed the ensemble's intent while this was under way";
    assert_eq!(refusal.to_string(), text);
    assert!(!refusal.may_pass());
}

/// Where the intent is as wished already there is nothing to write, and another intent is another's.
#[test]
fn who_is_overtaken_before_the_first_step_is_told() {
    let world = world();
    let changes = world.changes(world.intent());
    let mut seen = world.seen.clone();
    if let Intent::Known(intent) = &mut seen.intent {
        intent.network_policy = true;
    }
    let next = next(&changes, &seen, &Run::default());
    assert_eq!(refused(next), Refusal::Overtaken);
}

/// A step that was done is not done again, though what differs was looked up before the first.
#[test]
fn what_was_done_is_remembered() {
    let mut world = world();
    world.small = ids(&[2]);
    let mut plan = Plan::new(update_to(NEWER, &world), &world);
    let mut kinds = Vec::new();
    while plan.steps.len() < 3 {
        assert_eq!(plan.turn(&mut world), None);
        kinds.push(plan.steps.len());
    }
    assert_eq!(kinds, [1, 2, 3]);
    world.pace.late = 2;
    let changes: &Changes = &plan.changes;
    assert!(!changes.intent.is_empty() && !changes.objects.is_empty());
    plan.arrive(&mut world);
}

#[test]
fn done_is_what_the_servers_say() {
    let mut world = world();
    let mut plan = Plan::new(policy(&world), &world);
    while plan.steps.len() < 2 {
        assert_eq!(plan.turn(&mut world), None);
    }
    world.crash([id(3)]);
    let text =
        "server 3 does not serve in sync by the ensemble's list: it runs, and looks for a quorum";
    assert_eq!(waits(plan.decide(&world)).to_string(), text);
    // Another run goes on with it, and waits for the same.
    let settled = Changes {
        have: world.seen.ensemble().cloned().map(Box::new),
        wish: world.seen.ensemble().cloned().map(Box::new),
        ..Changes::default()
    };
    world.seen.updating = true;
    let decided = next(&settled, &world.seen, &Run::default());
    assert_eq!(waits(decided).to_string(), text);
}
