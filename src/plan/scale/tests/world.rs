//! A small world to plan in: servers go down, come back, and come into step at once or by chance. Knows no rule.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ensemble::Member;
use crate::ensemble::Membership;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::ServerLine;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::Probe;
use crate::ensemble::observed::fixture;
use crate::ensemble::observed::fixture::answer_mut;
use crate::plan::scale::Goal;
use crate::plan::simulate;
use crate::plan::step::Step;

/// How long a wait lasts, in seconds: less than the guard.
pub(crate) const WAIT: i64 = 5;

/// Chance that can be had again.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// One of `0..sides`.
    pub(crate) fn roll(&mut self, sides: u8) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u8::try_from((self.0 >> 16) % u64::from(sides)).unwrap()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) seen: Observed,
    /// Servers that do not serve whatever they are told.
    pub(crate) down: BTreeSet<ServerId>,
    /// Seconds since it began.
    pub(crate) clock: i64,
    /// The list as it was committed last.
    pub(crate) list: Membership,
    /// Where there are dice, servers come into step by chance.
    pub(crate) dice: Option<Dice>,
}

impl World {
    /// An ensemble that is as it shall be.
    pub(crate) fn new(size: Goal, leader: ServerId) -> Self {
        let mut seen = fixture::ensemble(1, 1);
        let servers: BTreeSet<ServerId> = size.roles().into_keys().collect();
        simulate::perform(
            &mut seen,
            &Step::Budget {
                servers: servers.len(),
            },
        );
        simulate::perform(&mut seen, &Step::Start { servers });
        let list = list(&seen, size);
        seen.sealed = Fact::Known(true);
        lead(&mut seen, &list, leader);
        simulate::settle(&mut seen);
        let mut world = Self {
            seen,
            down: BTreeSet::new(),
            clock: 0,
            list,
            dice: None,
        };
        world.intend(size);
        world
    }

    pub(crate) fn intend(&mut self, size: Goal) {
        if let Intent::Known(ensemble) = &mut self.seen.intent {
            (ensemble.replicas, ensemble.observers) = (size.voters, size.observers);
        }
    }

    /// Does a step. False if the list is not the one that the step was meant for.
    pub(crate) fn perform(&mut self, step: &Step) -> bool {
        if let Step::Reconfigure { version, .. } = step
            && (self.list.version != Some(*version) || self.seen.leader().is_none())
        {
            return false;
        }
        simulate::perform(&mut self.seen, step);
        self.note();
        self.hush();
        true
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self) {
        self.clock += WAIT;
        let before = self.dice.is_some().then(|| self.seen.members.clone());
        self.settle();
        if let (Some(dice), Some(before)) = (&mut self.dice, before) {
            for (id, member) in before {
                if dice.roll(2) == 0 {
                    self.seen.members.insert(id, member);
                }
            }
        }
        self.hush();
    }

    /// Servers go down.
    pub(crate) fn crash(&mut self, servers: impl IntoIterator<Item = ServerId>) {
        self.down.extend(servers);
        self.hush();
    }

    /// Everyone comes back.
    pub(crate) fn recover(&mut self) {
        self.down.clear();
        self.settle();
    }

    /// Someone deletes a StatefulSet by hand.
    pub(crate) fn lose(&mut self, id: ServerId) {
        if let Some(member) = self.seen.members.get_mut(&id) {
            (member.workload, member.probe) = (None, Probe::NotAsked);
        }
    }

    /// Someone else changes the list.
    pub(crate) fn reconfigure(&mut self, change: impl FnOnce(&mut Membership)) {
        let Some(leader) = self.seen.leader().map(|(leader, _)| leader.id) else {
            return;
        };
        let mut list = self.list.clone();
        list.version = list.version.map(|version| version + 0x10);
        change(&mut list);
        lead(&mut self.seen, &list, leader);
        self.note();
    }

    /// Everyone comes back, and whoever is on the list has a StatefulSet again.
    pub(crate) fn heal(&mut self) {
        let runs = |id: &ServerId| {
            let member = self.seen.members.get(id);
            member.is_some_and(|member| member.workload.is_some())
        };
        let servers: BTreeSet<ServerId> = self.list.servers.keys().copied().collect();
        let servers = servers.into_iter().filter(|id| !runs(id)).collect();
        simulate::perform(&mut self.seen, &Step::Start { servers });
        self.recover();
    }

    /// The voters of the list that can serve.
    pub(crate) fn up(&self) -> BTreeSet<ServerId> {
        let runs = |id: &ServerId| {
            let member = self.seen.members.get(id);
            member.is_some_and(|it| it.workload.is_some()) && !self.down.contains(id)
        };
        let voters = self.list.voters().map(|(id, _)| id);
        voters.filter(runs).collect()
    }

    fn has_majority(&self) -> bool {
        self.list.voters().count() < 2 * self.up().len()
    }

    fn note(&mut self) {
        let list = self.seen.leader().and_then(|(_, it)| it.config.as_ref());
        if let Some(list) = list.filter(|list| self.list.version < list.version) {
            self.list = list.clone();
        }
    }

    /// All that can serve serve by the list, if there is a quorum.
    fn settle(&mut self) {
        let held = self.hold();
        if self.has_majority() {
            self.elect();
            simulate::settle(&mut self.seen);
        }
        for (id, mut member) in held {
            let gone = member.workload.is_none();
            if gone {
                (member.pod, member.probe) = (None, Probe::NotAsked);
            }
            if !gone || self.list.servers.contains_key(&id) {
                self.seen.members.insert(id, member);
            }
        }
        self.hush();
    }

    fn hold(&mut self) -> BTreeMap<ServerId, Member> {
        let down = &self.down;
        let held = self.seen.members.extract_if(.., |id, _| down.contains(id));
        held.collect()
    }

    /// Who led and is gone, or led beside another, leads no more.
    fn elect(&mut self) {
        let up = self.up();
        let leaders = self.seen.leaders();
        let leads = matches!(leaders[..], [leader] if up.contains(&leader.id));
        let next = match leaders[..] {
            [leader] if !leads => up.iter().find(|id| **id != leader.id),
            _ => up.iter().next(),
        };
        if let Some(next) = next.copied().filter(|_| !leads) {
            for member in self.seen.members.values_mut() {
                member.probe = Probe::NotServing;
            }
            lead(&mut self.seen, &self.list, next);
        }
    }

    /// Who is down says nothing; without a majority nobody serves.
    fn hush(&mut self) {
        let alone = !self.has_majority();
        for (id, member) in &mut self.seen.members {
            if (alone || self.down.contains(id)) && member.answer().is_some() {
                member.probe = Probe::NotServing;
            }
        }
    }
}

fn list(seen: &Observed, size: Goal) -> Membership {
    let line = |(id, role)| {
        let address = seen.members.get(&id)?.address.clone()?;
        let line = format!("{address}:2888:3888:{role};2181");
        Some((id, line.parse::<ServerLine>().ok()?))
    };
    Membership {
        version: Some(0x1_0000_0000),
        servers: size.roles().into_iter().filter_map(line).collect(),
    }
}

/// This server leads by this list.
fn lead(seen: &mut Observed, list: &Membership, leader: ServerId) {
    let mut one = fixture::ensemble(1, 1);
    let mut member = one.members.pop_first().map(|(_, member)| member).unwrap();
    let answer = answer_mut(&mut member);
    (answer.mode, answer.config) = (Mode::Leader, Some(list.clone()));
    for other in seen.members.values_mut() {
        if let Probe::Answered(answer) = &mut other.probe
            && answer.mode == Mode::Leader
        {
            answer.mode = Mode::Follower;
        }
    }
    seen.members.get_mut(&leader).unwrap().probe = member.probe;
}
