//! What single steps make of the world, and what is not foretold. That plans are foretold is proven where they are made.

use super::*;
use crate::ensemble::Size;
use crate::ensemble::observed::fixture;
use crate::plan::rolling::tests::world::World;
use crate::plan::scale;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::goal;
use crate::plan::scale::tests::id;

#[test]
fn without_a_quorum_nobody_knows_what_comes_after() {
    let mut seen = fixture::ensemble(3, 0);
    seen.sealed = Fact::Known(true);
    let goal = Goal {
        voters: Size::default(),
        observers: 0,
        delete_data: false,
    };
    let next = |seen: &Observed, run: &Run| scale::next(&goal, seen, run);
    let plan = plan(seen, Run::default(), next).unwrap();
    assert!(plan.waits.is_some());
}

#[test]
fn who_is_made_anew_serves_once_the_world_is_left_alone() {
    let server = id(2);
    let restart = Step::Restart {
        server,
        serves: true,
        leads: false,
    };
    let empty = Step::Empty {
        server,
        force: false,
    };
    for (step, marked) in [(restart, true), (empty, false)] {
        let mut seen = World::new(goal(3, 0), id(1)).seen;
        perform(&mut seen, &step);
        assert!(seen.answer_of(server).is_none());
        let claim = seen.members[&server].claim.as_ref();
        assert_eq!(claim.map(|claim| claim.marked), Some(marked));
        settle(&mut seen);
        assert!(seen.verify().is_ok());
    }
}
