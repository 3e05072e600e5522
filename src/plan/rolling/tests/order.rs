//! What a user asks for, and what the world is once it is so. Plans nothing.

use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::plan::replace;
use crate::plan::restart;
use crate::plan::restart::Whom;
use crate::plan::rolling::tests::server::Server;
use crate::plan::rolling::tests::server::Template;
use crate::plan::rolling::tests::witness::leader;
use crate::plan::rolling::tests::witness::missing;
use crate::plan::rolling::tests::world::NEWER;
use crate::plan::rolling::tests::world::Servers;
use crate::plan::rolling::tests::world::World;
use crate::plan::run::Run;
use crate::plan::scale::tests::ids;
use crate::plan::step::Next;
use crate::plan::update;
use crate::plan::update::Changes;

#[derive(Clone, Debug)]
pub(crate) enum Order {
    Restart(Whom),
    Update(Box<Ensemble>),
    Replace(replace::Goal),
}

/// The restart of all.
pub(crate) fn restart() -> Order {
    Order::Restart(Whom::All)
}

/// The restart of these.
pub(crate) fn restart_of(numbers: &[u8]) -> Order {
    Order::Restart(Whom::These(ids(numbers)))
}

/// The replacement of a server, with leave to delete its disk.
pub(crate) fn replacement(id: ServerId) -> Order {
    let may_empty = true;
    Order::Replace(replace::Goal { id, may_empty })
}

/// The update to an image.
pub(crate) fn update_to(image: &str, world: &World) -> Order {
    Order::Update(Box::new(Ensemble {
        image: image.to_owned(),
        ..world.intent().clone()
    }))
}

impl Order {
    /// The planner's word.
    pub(crate) fn next(&self, changes: &Changes, seen: &Observed, run: &Run) -> Next {
        match self {
            Self::Restart(whom) => restart::next(whom, seen, run),
            Self::Update(_) => update::next(changes, seen, run),
            Self::Replace(goal) => replace::next(*goal, seen, run),
        }
    }

    /// Who is restarted if they are old.
    pub(crate) fn chosen(&self, world: &World) -> BTreeSet<ServerId> {
        match self {
            Self::Restart(Whom::These(ids)) => ids.clone(),
            Self::Restart(Whom::All) | Self::Update(_) => world.servers.keys().copied().collect(),
            Self::Replace(_) => BTreeSet::new(),
        }
    }

    /// That it is so, and that all serve.
    #[track_caller]
    pub(crate) fn is_done(&self, world: &World) {
        let old = old(world);
        assert!(old.is_disjoint(&self.chosen(world)), "old: {world:#?}");
        assert!(leader(&world.seen).is_some(), "{world:#?}");
        assert!(missing(&world.seen).is_empty(), "{world:#?}");
        match self {
            Self::Restart(_) => {}
            Self::Update(wish) => {
                assert_eq!(world.intent(), &**wish);
                assert_eq!(world.changes(wish), settled(wish), "{world:#?}");
                assert_eq!(self.again(world), Next::Done, "{world:#?}");
            }
            Self::Replace(_) => assert_eq!(self.again(world), Next::Done, "{world:#?}"),
        }
    }

    /// What a new run would do first, but for the seal: who finds nothing to do while nobody leads makes none.
    fn again(&self, world: &World) -> Next {
        let changes = world.changes_of(self);
        let mut seen = world.seen.clone();
        seen.sealed = Fact::Known(true);
        self.next(&changes, &seen, &Run::default())
    }
}

fn settled(wish: &Ensemble) -> Changes {
    Changes {
        have: Some(Box::new(wish.clone())),
        wish: Some(Box::new(wish.clone())),
        ..Changes::default()
    }
}

/// Servers whose pods are of older templates.
pub(crate) fn old(world: &World) -> BTreeSet<ServerId> {
    let old = world.servers.iter().filter(|(_, server)| server.is_old());
    old.map(|(id, _)| *id).collect()
}

/// Servers that have other pods than before.
pub(crate) fn remade(before: &Servers, after: &World) -> BTreeSet<ServerId> {
    let both = before.iter().zip(after.servers.values());
    let other = both.filter(|((_, before), after)| before.pod != after.pod);
    other.map(|((id, _), _)| *id).collect()
}

/// That nobody has had more than one new pod.
#[track_caller]
pub(crate) fn once(before: &Servers, after: &World) {
    let both = before.values().zip(after.servers.values());
    let most = both.map(|(before, after)| after.pod - before.pod).max();
    assert!(most <= Some(1), "{after:#?}");
}

impl World {
    /// What differs from a wish, as a command would find it before its first step.
    pub(crate) fn changes(&self, wish: &Ensemble) -> Changes {
        let differs = |template: &Template| template.image != wish.image;
        let renewed = self.servers.iter();
        let renewed = renewed.filter(|(_, server)| differs(&server.template));
        let comes_back = |server: &Server| {
            let image = wish.image.clone();
            server.made_from
                == Template {
                    image,
                    ..server.template.clone()
                }
        };
        let (same, templates): (Vec<_>, Vec<_>) =
            renewed.partition(|(_, server)| comes_back(server));
        let ids = |servers: Vec<(&ServerId, &Server)>| -> BTreeSet<ServerId> {
            servers.into_iter().map(|(id, _)| *id).collect()
        };
        let (same, templates) = (ids(same), ids(templates));
        let policy = self.policy != wish.network_policy;
        let mut objects: Vec<String> = policy
            .then(|| "networkpolicy/zk".to_owned())
            .into_iter()
            .collect();
        let sets = same.union(&templates);
        objects.extend(sets.map(|id| format!("statefulset/{id}")));
        let intent = self.intent().differences(wish);
        let small = &self.small;
        Changes {
            have: self.seen.ensemble().cloned().map(Box::new),
            wish: Some(Box::new(wish.clone())),
            intent: intent.iter().map(ToString::to_string).collect(),
            objects,
            templates,
            same,
            disks: (!small.is_empty()).then(|| (small.clone(), "20Gi".to_owned())),
        }
    }

    pub(crate) fn changes_of(&self, order: &Order) -> Changes {
        match order {
            Order::Update(wish) => self.changes(wish),
            _ => Changes::default(),
        }
    }
}

/// A restart of all and of one, an update to another image, and the replacement of each server that others can fill.
pub(crate) fn orders(world: &World) -> Vec<Order> {
    let mut orders = vec![restart(), restart_of(&[1]), update_to(NEWER, world)];
    if 3 <= world.intent().replicas.get() {
        orders.extend(world.servers.keys().map(|id| replacement(*id)));
    }
    orders
}
