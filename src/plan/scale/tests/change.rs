//! What must hold before the list changes: who is in sync, of the old voters and of the new ones.

use std::collections::BTreeSet;

use crate::ensemble::Membership;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::roles::Roles;
use crate::plan::scale::tests::witness::VOTES;
use crate::plan::scale::tests::witness::Verdict;
use crate::plan::scale::tests::witness::holds;
use crate::plan::scale::tests::witness::in_step;
use crate::plan::scale::tests::witness::leading;
use crate::plan::scale::tests::witness::non_voting;
use crate::plan::scale::tests::witness::runs;

/// One change of the list, with who is in sync.
pub(crate) struct Change<'a> {
    leader: ServerId,
    list: &'a Membership,
    join: &'a Roles,
    leave: &'a BTreeSet<ServerId>,
    via: ServerId,
    touched: BTreeSet<ServerId>,
    voters: BTreeSet<ServerId>,
    synced: BTreeSet<ServerId>,
    joiners: BTreeSet<ServerId>,
}

impl<'a> Change<'a> {
    pub(crate) fn new(
        seen: &'a Observed,
        join: &'a Roles,
        leave: &'a BTreeSet<ServerId>,
        via: ServerId,
    ) -> Result<Self, &'static str> {
        let (leader, list) = leading(seen).ok_or("a change needs one leader")?;
        let voters: BTreeSet<ServerId> = list.voters().map(|(id, _)| id).collect();
        let joined = join.keys().filter(|id| !list.servers.contains_key(id));
        let synced = voters.iter().filter(|id| in_step(seen, list, **id, &VOTES));
        Ok(Self {
            touched: join.keys().chain(leave).copied().collect(),
            joiners: joined.copied().collect(),
            synced: synced.copied().collect(),
            leader,
            list,
            join,
            leave,
            via,
            voters,
        })
    }

    pub(crate) fn check(&self, seen: &Observed, wanted: &Roles, version: u64) -> Verdict {
        holds(self.list.version == Some(version), "the version is stated")?;
        self.leads_to(wanted)?;
        self.keeps_majorities(seen)?;
        let alone = self.touched.len() == 1 || !self.touched.contains(&self.leader);
        holds(alone, "the leader changes alone")?;
        let late = self.touched.contains(&self.leader);
        let last = !late || self.others_are_done(wanted);
        holds(last, "the leader changes last")?;
        let spared = self.synced.contains(&self.via) && !self.touched.contains(&self.via);
        let only = self.synced.is_subset(&self.touched);
        holds(spared || only, "who is asked is not changed")
    }

    /// Each change is one towards the goal; an observer may leave to come back as a voter.
    fn leads_to(&self, wanted: &Roles) -> Verdict {
        holds(!self.touched.is_empty(), "a change changes something")?;
        let have = |id: &ServerId| self.list.servers.get(id).map(|line| line.role);
        let towards = |(id, role): (&ServerId, &Role)| {
            wanted.get(id) == Some(role) && have(id) != Some(*role)
        };
        holds(self.join.iter().all(towards), "who joins is wanted so")?;
        let goes = |id: &ServerId| match have(id) {
            Some(Role::Observer) => wanted.get(id) != Some(&Role::Observer),
            Some(Role::Participant) => !wanted.contains_key(id),
            None => false,
        };
        holds(self.leave.iter().all(goes), "who leaves is not wanted so")
    }

    fn others_are_done(&self, wanted: &Roles) -> bool {
        let mut ids = self.list.servers.keys().chain(wanted.keys());
        ids.all(|id| {
            let line = self.list.servers.get(id).map(|line| line.role);
            *id == self.leader || line == wanted.get(id).copied()
        })
    }

    fn keeps_majorities(&self, seen: &Observed) -> Verdict {
        let votes = |(id, role): (&ServerId, &Role)| (*role == Role::Participant).then_some(*id);
        let new: BTreeSet<ServerId> = self.join.iter().filter_map(votes).collect();
        let stay: BTreeSet<ServerId> = &self.voters - &self.touched;
        let synced = stay.is_subset(&self.synced);
        holds(synced, "a voter that stays is in sync")?;
        let majority = |part: usize, all: usize| all < 2 * part;
        let old = majority(self.synced.len(), self.voters.len());
        holds(old, "a majority of the old voters is in sync")?;
        let follows = |id: &ServerId| in_step(seen, self.list, *id, &[Mode::Follower]);
        let ready = self.joiners.iter().all(follows);
        holds(ready, "who joins follows in sync")?;
        let stay = self.joiners.iter().all(|id| runs(seen, *id));
        holds(stay, "who joins has not been stopped")?;
        let counted = self.joiners.len() as u64 <= non_voting(seen);
        holds(counted, "the leader counts who joins")?;
        let after: BTreeSet<ServerId> = &(&self.voters - &self.touched) | &new;
        let carried = after.intersection(&(&self.synced | &self.joiners)).count();
        let new_majority = majority(carried, after.len());
        holds(new_majority, "a majority of the new voters is in sync")?;
        let mut promoted = new.iter().filter(|id| self.list.servers.contains_key(id));
        let observe = promoted.all(|id| in_step(seen, self.list, *id, &[Mode::Observer]));
        holds(observe, "who shall vote is in sync before")
    }
}
