//! A small world to restart servers in: pods end, begin and come into step at some pace, and a leader is elected where a
//! majority of the voters can serve. Knows no rule.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::Membership;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::membership::ServerLine;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::fixture;
use crate::plan::rolling::tests::server::Life;
use crate::plan::rolling::tests::server::Server;
use crate::plan::scale::Goal;
use crate::plan::scale::tests::world::Dice;
use crate::plan::scale::tests::world::WAIT;

/// The image that all begin with.
pub(crate) const IMAGE: &str = "zookeeper:3.9.4";

/// Another one.
pub(crate) const NEWER: &str = "zookeeper:3.9.5";

/// How many looks things take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pace {
    /// Until a controller has seen a new template.
    pub(crate) late: u8,
    /// Until a pod that was made to go is gone.
    pub(crate) ending: u8,
    /// Until a new pod runs, beside the first.
    pub(crate) starting: u8,
    /// Until Kubernetes sees that it is ready, beside the first.
    pub(crate) ready: u8,
    /// Until there is a leader again.
    pub(crate) election: u8,
}

/// Pods that cannot come up.
#[derive(Clone, Debug)]
pub(crate) enum Bad {
    /// Those of this image: it cannot be pulled.
    Image(String),
    /// Those of this server that are made from now on: its process ends at once, each time.
    Next(ServerId),
}

pub(crate) type Servers = BTreeMap<ServerId, Server>;

#[derive(Clone, Debug)]
pub(crate) struct World {
    /// How it looks.
    pub(crate) seen: Observed,
    /// Seconds since it began.
    pub(crate) clock: i64,
    pub(crate) servers: Servers,
    pub(crate) list: Membership,
    pub(crate) leader: Option<ServerId>,
    /// Who led last: it leads again if it can.
    led: Option<ServerId>,
    /// For how many looks nobody leads although somebody could.
    pub(crate) election: u8,
    /// Processes that do not serve, whatever they are told.
    pub(crate) down: BTreeSet<ServerId>,
    /// Servers that serve and cannot be asked.
    pub(crate) mute: BTreeSet<ServerId>,
    pub(crate) bad: Option<Bad>,
    pub(crate) pace: Pace,
    /// Whether the NetworkPolicy is as the intent says.
    pub(crate) policy: bool,
    /// Servers whose disks are smaller than wished.
    pub(crate) small: BTreeSet<ServerId>,
    /// Where there are dice, pods come up by chance.
    pub(crate) dice: Option<Dice>,
}

impl World {
    /// An ensemble that is as it shall be.
    pub(crate) fn new(size: Goal, leader: ServerId) -> Self {
        let none = BTreeSet::new();
        Self::begun(size, Some(leader), &none, &none)
    }

    /// One that this server leads, where these do not serve, and these have pods of older templates.
    pub(crate) fn begun(
        size: Goal,
        leader: Option<ServerId>,
        down: &BTreeSet<ServerId>,
        old: &BTreeSet<ServerId>,
    ) -> Self {
        let mut world = Self::unseen(size);
        world.leader = leader;
        world.down.clone_from(down);
        for id in old {
            world.servers.get_mut(id).unwrap().made_from.mark = 0;
        }
        world.settle();
        world.show();
        world
    }

    fn unseen(size: Goal) -> Self {
        let server = |(id, role)| (id, Server::new(role, IMAGE));
        let servers: Servers = size.roles().into_iter().map(server).collect();
        let mut seen = fixture::ensemble(1, 1);
        let intent = Ensemble {
            replicas: size.voters,
            observers: size.observers,
            image: IMAGE.to_owned(),
            ..Ensemble::new(seen.name.clone())
        };
        (seen.intent, seen.sealed) = (Intent::Known(Box::new(intent)), Fact::Known(true));
        Self {
            seen,
            clock: 0,
            list: list(&servers),
            servers,
            leader: None,
            led: None,
            election: 0,
            down: BTreeSet::new(),
            mute: BTreeSet::new(),
            bad: None,
            pace: Pace::default(),
            policy: false,
            small: BTreeSet::new(),
            dice: None,
        }
    }

    pub(crate) fn intent(&self) -> &Ensemble {
        self.seen.ensemble().unwrap()
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self) {
        self.clock += WAIT;
        let (now, pace) = (self.clock, self.pace);
        for server in self.servers.values_mut() {
            let waits = self.dice.as_mut().is_some_and(|dice| dice.roll(2) == 0);
            if !waits || server.is_ending() {
                server.lives(now, pace);
            }
        }
        self.settle();
        self.elect();
        self.show();
    }

    /// Lets so much time pass that whoever can come up has.
    pub(crate) fn rest(&mut self) {
        (0..20).for_each(|_| self.pass());
    }

    /// After how many waits in a row nothing comes of it any more: an outage is given half a minute.
    pub(crate) fn patience(&self) -> usize {
        let Pace {
            late,
            ending,
            starting,
            ready,
            election,
        } = self.pace;
        let slow: u8 = [late, ending, starting, ready, election].iter().sum();
        match (&self.dice, self.leader) {
            (Some(_), _) => 80,
            (None, None) => 9 + usize::from(slow),
            (None, Some(_)) => 3 + usize::from(slow),
        }
    }

    /// Who led and cannot any more does not lead.
    pub(crate) fn settle(&mut self) {
        let before = self.leader;
        self.led = before.or(self.led);
        self.leader = before.filter(|id| self.has_majority() && self.can_serve(*id));
        if before.is_some() && self.leader.is_none() {
            self.election = self.pace.election;
        }
    }

    fn elect(&mut self) {
        match self.election {
            0 if self.leader.is_none() && self.has_majority() => {
                let able = self.able();
                let again = self.led.filter(|id| able.contains(id));
                self.leader = again.or(able.first().copied());
            }
            looks => self.election = looks.saturating_sub(1),
        }
    }

    /// Nobody leads for so many looks.
    pub(crate) fn depose(&mut self, looks: u8) {
        (self.leader, self.election) = (None, looks);
        self.show();
    }

    /// This one leads from now on, if it can.
    pub(crate) fn lead(&mut self, id: ServerId) {
        if self.able().contains(&id) && self.has_majority() {
            self.leader = Some(id);
            self.show();
        }
    }

    /// Servers go down.
    pub(crate) fn crash(&mut self, servers: impl IntoIterator<Item = ServerId>) {
        self.down.extend(servers);
        self.settle();
        self.show();
    }

    /// Everyone comes back, whatever kept them.
    pub(crate) fn recover(&mut self) {
        self.down.clear();
        self.mute.clear();
        self.bad = None;
        self.settle();
        self.show();
    }

    pub(crate) fn is_bad(&self, id: ServerId) -> bool {
        match &self.bad {
            Some(Bad::Image(image)) => self.servers[&id].made_from.image == *image,
            Some(Bad::Next(server)) => *server == id && 1 < self.servers[&id].pod,
            None => false,
        }
    }

    pub(crate) fn can_serve(&self, id: ServerId) -> bool {
        let lives = matches!(self.servers[&id].life, Life::Up | Life::Ending(_));
        lives && !self.down.contains(&id) && !self.is_bad(id)
    }

    /// The voters that can serve.
    pub(crate) fn able(&self) -> BTreeSet<ServerId> {
        let voters = self.list.voters().map(|(id, _)| id);
        voters.filter(|id| self.can_serve(*id)).collect()
    }

    fn has_majority(&self) -> bool {
        self.list.voters().count() < 2 * self.able().len()
    }
}

fn list(servers: &Servers) -> Membership {
    let line = |(id, server): (&ServerId, &Server)| {
        let host = address(*id);
        let role: Role = server.role;
        let line = ServerLine::of_convention(host);
        (*id, ServerLine { role, ..line })
    };
    Membership {
        version: Some(0x1_0000_0000),
        servers: servers.iter().map(line).collect(),
    }
}

pub(crate) fn address(id: ServerId) -> String {
    format!("10.0.0.{id}")
}
