//! The member list on its way to the goal: what changes next, and whether a majority of the old list and of the new one is
//! in sync (ZooKeeper, "Dynamic reconfiguration"; observers never count).

use std::collections::BTreeSet;

use crate::ensemble::Member;
use crate::ensemble::Membership;
use crate::ensemble::Mode;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Answer;
use crate::ensemble::quorum;
use crate::ensemble::quorum::Unverified;
use crate::ensemble::roles::Roles;
use crate::ensemble::size;
use crate::plan::refusal::Refusal;
use crate::plan::scale::Look;
use crate::plan::step::Next;
use crate::plan::step::Reason;
use crate::plan::step::Step;

/// One change of the list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    /// Who comes, or gets another role.
    pub(crate) join: Roles,
    /// Who goes.
    pub(crate) leave: BTreeSet<ServerId>,
}

impl Change {
    /// Those that lose their vote, or their place.
    fn touches(&self, id: ServerId) -> bool {
        self.leave.contains(&id) || self.join.contains_key(&id)
    }
}

impl Look<'_> {
    /// The committed list: the only leader's. What followers say is not enough to change it by.
    pub(crate) fn config(&self) -> Option<&Membership> {
        let (_, leader) = self.seen.leader()?;
        leader.config.as_ref().filter(|it| it.version.is_some())
    }

    pub(crate) fn voters(&self) -> BTreeSet<ServerId> {
        self.config().map(quorum::voters).unwrap_or_default()
    }

    /// Voters of the list that serve as such, by the very list that the leader goes by.
    pub(crate) fn synced_voters(&self) -> BTreeSet<ServerId> {
        let voters = self.voters().into_iter();
        voters
            .filter(|id| self.is_in_step(*id, Answer::votes))
            .collect()
    }

    fn is_in_step(&self, id: ServerId, plays: impl Fn(&Answer) -> bool) -> bool {
        let answer = self.seen.answer_of(id);
        answer.is_some_and(|answer| plays(answer) && answer.config.as_ref() == self.config())
    }

    /// Voters that stay voters and are not in sync.
    pub(crate) fn unsynced(&self) -> impl Iterator<Item = ServerId> {
        let synced = self.synced_voters();
        let stay = self.voters().into_iter().filter(|id| self.is_voter(*id));
        stay.filter(move |id| !synced.contains(id))
    }

    /// What is to change of the list, if anything is: the leader in a change of its own, after the others.
    pub(crate) fn change(&self, config: &Membership) -> Option<Change> {
        let have = config.roles();
        let differs = |(id, role): &(&ServerId, &Role)| have.get(id) != Some(role);
        let join = self.wanted.iter().filter(differs);
        let gone = |id: &&ServerId| !self.wanted.contains_key(id);
        let mut change = Change {
            join: join.map(|(id, role)| (*id, *role)).collect(),
            leave: have.keys().filter(gone).copied().collect(),
        };
        if let Some((leader, _)) = self.seen.leader()
            && change.touches(leader.id)
            && 1 < change.join.len() + change.leave.len()
        {
            change.join.remove(&leader.id);
            change.leave.remove(&leader.id);
        }
        (!change.join.is_empty() || !change.leave.is_empty()).then_some(change)
    }

    /// Whether everybody is where it must be before the list changes.
    pub(crate) fn may_reconfigure(&self, change: &Change) -> Result<(), Next> {
        if let Some(id) = self.unsynced().next() {
            return Err(self.waits(id, Reason::Unsynced));
        }
        let (_, answer) = self.seen.leader().ok_or_else(|| self.waits_for_quorum())?;
        let monitor = answer.monitor.as_ref();
        let monitor = monitor.ok_or(Next::Refuse(Refusal::NoMonitor))?;
        let wanted = self.synced_voters().len().saturating_sub(1) as u64;
        let synced = answer.voting_followers().unwrap_or(0);
        if synced < wanted {
            let why = Unverified::Unsynced { synced, wanted };
            return Err(Next::Wait(Reason::Quorum(why)));
        }
        let observes = |answer: &Answer| answer.mode == Mode::Observer;
        let mut promoted = self.promoted(change).into_iter();
        if let Some(id) = promoted.find(|id| !self.is_in_step(*id, observes)) {
            return Err(self.waits(id, Reason::Unsynced));
        }
        let joiners: Vec<ServerId> = self.joiners(change).collect();
        let late = joiners.iter().find(|id| !self.follows(**id));
        if let Some(id) = late {
            return Err(self.waits(*id, Reason::Joining));
        }
        let wanted = joiners.len() as u64;
        match monitor.synced_non_voting_followers.unwrap_or(0) {
            synced if synced < wanted => Err(Next::Wait(Reason::Uncounted { synced, wanted })),
            _ => Ok(()),
        }
    }

    /// The change, if a majority of both lists is in sync with it. Observers that shall vote do not count before they do:
    /// where they are needed for the majority they leave the list first, and follow without a vote.
    pub(crate) fn allowed(&self, config: &Membership, change: Change) -> Next {
        let synced = self.synced_voters();
        let joiners: BTreeSet<ServerId> = self.joiners(&change).collect();
        let after = self.voters_after(&change);
        let carried = after
            .iter()
            .filter(|id| synced.contains(id) || joiners.contains(id))
            .count();
        let needed = size::quorum(self.voters().len());
        if synced.len() < needed {
            let [synced, wanted] = [synced.len(), needed].map(|count| count as u64 - 1);
            return Next::Wait(Reason::Quorum(Unverified::Unsynced { synced, wanted }));
        }
        if size::quorum(after.len()) <= carried {
            return self.reconfiguration(config, change);
        }
        let leave = self.promoted(&change);
        let join = Roles::new();
        self.reconfiguration(config, Change { join, leave })
    }

    fn reconfiguration(&self, config: &Membership, change: Change) -> Next {
        let leader = self.seen.leader().map(|(leader, _)| leader.id);
        // A leader that leaves drops whoever asks it.
        let stays = |id: &ServerId| !change.touches(*id);
        let via = leader.filter(stays);
        let via = via.or_else(|| self.synced_voters().into_iter().find(stays));
        match (via.or(leader), config.version) {
            (Some(via), Some(version)) => Next::Do(Step::Reconfigure {
                join: change.join,
                leave: change.leave,
                version,
                via,
            }),
            _ => self.waits_for_quorum(),
        }
    }

    fn voters_after(&self, change: &Change) -> BTreeSet<ServerId> {
        let mut after = self.voters();
        after.retain(|id| !change.touches(*id));
        let votes = change
            .join
            .iter()
            .filter(|(_, role)| **role == Role::Participant);
        after.extend(votes.map(|(id, _)| *id));
        after
    }

    /// Observers that shall vote.
    fn promoted(&self, change: &Change) -> BTreeSet<ServerId> {
        let observers = self.config().into_iter().flat_map(Membership::observers);
        let votes = |id: &ServerId| change.join.get(id) == Some(&Role::Participant);
        observers.map(|(id, _)| id).filter(votes).collect()
    }

    /// Those that come from outside of the list.
    fn joiners(&self, change: &Change) -> impl Iterator<Item = ServerId> {
        let listed = |id: &ServerId| self.config().is_some_and(|it| it.servers.contains_key(id));
        let ids = change.join.keys().copied();
        ids.filter(move |id| !listed(id))
    }

    /// A joiner in sync follows without being on the list, and has learnt the list.
    fn follows(&self, id: ServerId) -> bool {
        self.is_in_step(id, |answer| answer.mode == Mode::Follower)
    }

    /// Whether every wanted server plays its part by the committed list; if not, whom to wait for.
    pub(crate) fn all_in_step(&self) -> Option<Next> {
        let late = self.wanted.iter().find(|(id, role)| {
            let plays = |answer: &Answer| match role {
                Role::Participant => answer.votes(),
                Role::Observer => answer.mode == Mode::Observer,
            };
            !self.is_in_step(**id, plays)
        });
        late.map(|(id, _)| self.waits(*id, Reason::Unsynced))
    }

    pub(crate) fn waits_for_quorum(&self) -> Next {
        let why = self.seen.verify().err();
        Next::Wait(Reason::Quorum(why.unwrap_or(Unverified::NoConfig)))
    }

    /// Waiting for a server, with what keeps it; in vain where that cannot pass by itself.
    fn waits(&self, id: ServerId, reason: impl Fn(ServerId, Option<String>) -> Reason) -> Next {
        let member = self.seen.members.get(&id);
        let trouble = member.and_then(|member: &Member| member.trouble(self.seen.now));
        match trouble {
            Some(trouble) if trouble.lasting => {
                Next::Refuse(Refusal::Stuck(vec![(id, trouble.what)]))
            }
            trouble => Next::Wait(reason(id, trouble.map(|trouble| trouble.what))),
        }
    }
}
