//! What the servers' answers together say of the quorum. Derived from what was seen alone; asks no one.

use std::collections::BTreeSet;

use crate::ensemble::Member;
use crate::ensemble::Membership;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Answer;
use crate::ensemble::zxid;

/// Why a quorum is not verified (yet).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// Nobody leads.
    #[error("no server leads")]
    NoLeader,
    /// More than one says that it leads: a hand-off, or worse.
    #[error("servers {0} both say that they lead")]
    TwoLeaders(String),
    /// The leader does not tell its configuration.
    #[error("the leader does not tell its configuration: is `conf` in 4lw.commands.whitelist?")]
    NoConfig,
    /// A voter does not serve.
    #[error("server {0} does not serve yet")]
    Missing(ServerId),
    /// A voter goes by another list, or another version of it.
    #[error("server {0} goes by another configuration than the leader")]
    Differs(ServerId),
    /// The leader has fewer followers in sync than voters.
    #[error("the leader has {synced} of {wanted} followers in sync")]
    Unsynced {
        /// Voting followers in sync.
        synced: u64,
        /// Voters but for the leader.
        wanted: u64,
    },
}

impl Observed {
    /// The servers that serve, with their answers.
    pub fn serving(&self) -> impl Iterator<Item = (&Member, &Answer)> {
        self.members
            .values()
            .filter_map(|member| Some((member, member.answer()?)))
    }

    /// The servers that say that they lead. More than one is seen for a moment during a hand-off.
    pub fn leaders(&self) -> Vec<&Member> {
        let leads = |mode| matches!(mode, Mode::Leader | Mode::Standalone);
        self.serving()
            .filter(|(_, answer)| leads(answer.mode))
            .map(|(member, _)| member)
            .collect()
    }

    /// The only leader.
    pub fn leader(&self) -> Option<(&Member, &Answer)> {
        match self.leaders()[..] {
            [leader] => Some((leader, leader.answer()?)),
            _ => None,
        }
    }

    /// The committed configuration: the leader's, else the newest that a serving server goes by.
    pub fn committed(&self) -> Option<&Membership> {
        let leaders = self.leader().and_then(|(_, answer)| answer.config.as_ref());
        leaders.or_else(|| {
            self.serving()
                .filter_map(|(_, answer)| answer.config.as_ref())
                .max_by_key(|config| config.version)
        })
    }

    /// The leader of a verified quorum: one leader, every voter of its configuration serves by the same list at the same
    /// version, and all of them are in sync.
    ///
    /// # Errors
    /// The first of these that does not hold.
    pub fn verify(&self) -> Result<ServerId, Unverified> {
        let (leader, answer) = match &self.leaders()[..] {
            [] => return Err(Unverified::NoLeader),
            [leader] => (leader.id, leader.answer().ok_or(Unverified::NoLeader)?),
            many => {
                return Err(Unverified::TwoLeaders(join(
                    many.iter().map(|member| member.id),
                )));
            }
        };
        let config = answer.config.as_ref().ok_or(Unverified::NoConfig)?;
        for (id, _) in config.voters() {
            let voter = self
                .answer_of(id)
                .filter(|answer| answer.votes())
                .ok_or(Unverified::Missing(id))?;
            if voter.config.as_ref() != Some(config) {
                return Err(Unverified::Differs(id));
            }
        }
        let wanted = config.voters().count().saturating_sub(1) as u64;
        match answer.voting_followers() {
            Some(synced) if synced < wanted => Err(Unverified::Unsynced { synced, wanted }),
            _ => Ok(leader),
        }
    }

    /// A server's answer, if it serves.
    pub fn answer_of(&self, id: ServerId) -> Option<&Answer> {
        self.members.get(&id)?.answer()
    }

    /// Whether a server plays its part by the very list that the leader goes by, and what part that is.
    pub fn is_in_step(&self, id: ServerId, role: Role) -> bool {
        let list = self.leader().and_then(|(_, leader)| leader.config.as_ref());
        let plays = |answer: &Answer| match role {
            Role::Participant => answer.votes(),
            Role::Observer => answer.mode == Mode::Observer,
        };
        let answer = self.answer_of(id).filter(|answer| plays(answer));
        list.is_some() && answer.is_some_and(|answer| answer.config.as_ref() == list)
    }

    /// The servers of the leader's list that do not play their parts by it.
    pub fn out_of_step(&self) -> BTreeSet<ServerId> {
        let list = self.leader().and_then(|(_, leader)| leader.config.as_ref());
        let lines = list.into_iter().flat_map(|list| &list.servers);
        let late = lines.filter(|(id, line)| !self.is_in_step(**id, line.role));
        late.map(|(id, _)| *id).collect()
    }

    /// Whether it is known who votes: a server told the list, or is standalone, which has none and nobody beside it.
    pub fn knows_voters(&self) -> bool {
        self.committed().is_some() || self.standalone().is_some()
    }

    /// The only server that leads, if it does so without an ensemble.
    pub fn standalone(&self) -> Option<ServerId> {
        let (leader, answer) = self.leader()?;
        (answer.mode == Mode::Standalone).then_some(leader.id)
    }

    /// The voters of the committed configuration that serve as such: a follower serves once it is in sync.
    pub fn voters_in_sync(&self) -> BTreeSet<ServerId> {
        if let Some(id) = self.standalone() {
            return [id].into();
        }
        let Some(config) = self.committed() else {
            return BTreeSet::new();
        };
        let serves = |id: &ServerId| self.answer_of(*id).is_some_and(Answer::votes);
        config.voters().map(|(id, _)| id).filter(serves).collect()
    }

    /// How many transactions a server is behind the leader. None where they are in different epochs, whose counters cannot be
    /// compared; but a leader that has none in its epoch yet has nothing that a follower could lack.
    pub fn lag(&self, id: ServerId) -> Option<u64> {
        let (_, leader) = self.leader()?;
        let answer = self.answer_of(id)?;
        let fresh = leader.zxid.counter() == 0 && answer.mode == Mode::Follower;
        zxid::lag(leader.zxid, answer.zxid).or(fresh.then_some(0))
    }
}

impl Answer {
    /// Whether it takes part in the quorum.
    pub fn votes(&self) -> bool {
        matches!(self.mode, Mode::Leader | Mode::Follower | Mode::Standalone)
    }

    /// A leader's followers in sync that have a vote.
    pub fn voting_followers(&self) -> Option<u64> {
        let monitor = self.monitor.as_ref()?;
        Some(
            monitor
                .synced_followers?
                .saturating_sub(monitor.synced_non_voting_followers.unwrap_or(0)),
        )
    }
}

/// Ids as people read them: `1, 2 and 3`.
pub fn join(ids: impl Iterator<Item = ServerId>) -> String {
    let mut words: Vec<String> = ids.map(|id| id.to_string()).collect();
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
        None => String::new(),
    }
}

/// Servers as people read them: `server 1`, `servers 1, 2 and 3`.
pub fn servers(ids: impl ExactSizeIterator<Item = ServerId>) -> String {
    let noun = if ids.len() == 1 { "server" } else { "servers" };
    format!("{noun} {}", join(ids))
}

/// The ids of a list's voters.
pub fn voters(config: &Membership) -> BTreeSet<ServerId> {
    config.voters().map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Zxid;
    use crate::ensemble::observed::fixture;
    use crate::ensemble::observed::fixture::answer_mut;

    #[track_caller]
    fn lag(leader: u64, follower: u64) -> Option<u64> {
        let mut seen = fixture::ensemble(3, 3);
        let [first, second] = [1, 2].map(|id| ServerId::try_from(id).unwrap());
        answer_mut(seen.members.get_mut(&first).unwrap()).zxid = Zxid(leader);
        answer_mut(seen.members.get_mut(&second).unwrap()).zxid = Zxid(follower);
        seen.lag(second)
    }

    #[test]
    fn counters_are_compared_within_an_epoch() {
        assert_eq!(lag(0x1_0000_0009, 0x1_0000_0004), Some(5));
        assert_eq!(lag(0x1_0000_0004, 0x1_0000_0009), Some(0));
        assert_eq!(lag(0x2_0000_0001, 0x1_0000_0004), None);
        assert_eq!(lag(0x2_0000_0000, 0x1_0000_0004), Some(0));
    }
}
