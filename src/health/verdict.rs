//! The verdict: one word, and the arithmetic behind it (zookeeper's administrator's guide: a majority of voters decides).

use schemars::JsonSchema;

use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Probe;
use crate::ensemble::size::quorum;

/// How an ensemble is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum Verdict {
    /// Every voter serves, in sync, and it survives what its size survives.
    Healthy,
    /// It serves, and a voter is missing or behind.
    Degraded,
    /// It does not serve: no leader, or no majority.
    #[schemars(rename = "no quorum")]
    NoQuorum,
    /// The servers may not be asked, or none of them could be, or none tells who votes.
    Unknown,
}

impl Verdict {
    /// As people and machines read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::NoQuorum => "no quorum",
            Self::Unknown => "unknown",
        }
    }
}

/// The verdict and the numbers behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The word.
    pub verdict: Verdict,
    /// Who leads.
    pub leader: Option<ServerId>,
    /// How many say that they lead.
    pub leaders: usize,
    /// How many servers vote: as the servers say, else as intended, else as many as there are.
    pub voters: usize,
    /// How many of them serve in sync; none where it is not known who votes.
    pub in_sync: Option<usize>,
    /// How many servers serve, whether they vote or not.
    pub serving: usize,
    /// How many more may fail while it serves on; none where it does not serve.
    pub survives: Option<usize>,
    /// Whether someone leads, as servers follow, who could not be asked.
    pub unseen_leader: bool,
}

/// Judges the quorum.
pub fn summarize(seen: &Observed) -> Summary {
    let voters = voter_count(seen);
    let in_sync = seen.voters_in_sync().len();
    let serving = seen.serving().count();
    let untold = 0 < serving && !seen.knows_voters();
    let leader = seen.leader().map(|(member, _)| member.id);
    let unseen_leader = seen.leaders().is_empty() && follows(seen);
    let serves = (leader.is_some() || unseen_leader) && quorum(voters) <= in_sync;
    let verdict = match seen.verify() {
        Ok(_) if half_made(seen) => Verdict::Degraded,
        Ok(_) => Verdict::Healthy,
        Err(_) if seen.standalone().is_some() && seen.members.len() == 1 => Verdict::Healthy,
        Err(_) if seen.standalone().is_some() => Verdict::Degraded,
        Err(_) if untold => Verdict::Unknown,
        Err(_) if serves || unseen_leader => Verdict::Degraded,
        Err(_) if blind(seen) => Verdict::Unknown,
        Err(_) => Verdict::NoQuorum,
    };
    let unasked = verdict == Verdict::Unknown && serving == 0;
    Summary {
        verdict,
        leader,
        leaders: seen.leaders().len(),
        voters,
        in_sync: (!untold && !unasked).then_some(in_sync),
        serving,
        survives: (serves && !untold).then(|| in_sync - quorum(voters)),
        unseen_leader,
    }
}

impl Summary {
    /// `healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure`
    pub fn line(&self) -> String {
        let leader = match (self.leader, self.leaders) {
            (Some(id), _) => format!("leader {id}"),
            (None, 0) if self.unseen_leader => "a leader that could not be asked".to_owned(),
            (None, 0) => "no leader".to_owned(),
            (None, several) => format!("{several} leaders"),
        };
        let Some(in_sync) = self.in_sync else {
            if self.serving == 0 {
                return "unknown · the servers could not be asked".to_owned();
            }
            let serve = format!("{} of {} servers serve", self.serving, self.voters);
            return ["unknown", &leader, &serve, "who votes is not known"].join(" · ");
        };
        let sync = format!("{in_sync} of {} voters in sync", self.voters);
        let survives = match self.survives {
            Some(0) => "survives no further failure".to_owned(),
            Some(1) => "survives 1 more failure".to_owned(),
            Some(number) => format!("survives {number} more failures"),
            None if self.unseen_leader => "not all could be asked".to_owned(),
            None => format!("needs {} to serve", quorum(self.voters)),
        };
        let word = self.verdict.as_str();
        match self.verdict {
            Verdict::Unknown => format!("{word} · the servers could not be asked"),
            _ => [word, &leader, &sync, &survives].join(" · "),
        }
    }
}

fn voter_count(seen: &Observed) -> usize {
    let committed = seen
        .committed()
        .map(|config| config.voters().count())
        .filter(|&count| 0 < count);
    let intended = seen
        .ensemble()
        .map(|ensemble| ensemble.replicas.get().into());
    // A standalone server has no list: it is the only voter.
    let alone = seen
        .serving()
        .any(|(_, answer)| answer.mode == Mode::Standalone)
        .then_some(1);
    committed
        .or(alone)
        .or(intended)
        .unwrap_or(seen.members.len())
}

/// Whether a server follows: there is a leader then, even if it could not be asked.
fn follows(seen: &Observed) -> bool {
    let follows = |mode| matches!(mode, Mode::Follower | Mode::Observer);
    seen.serving().any(|(_, answer)| follows(answer.mode))
}

/// It has a quorum and was never sealed, so its creation is not finished.
fn half_made(seen: &Observed) -> bool {
    seen.is_ours() && seen.sealed == Fact::Known(false)
}

/// Whether none of those that might serve said anything.
fn blind(seen: &Observed) -> bool {
    let denied = |probe: &Probe| matches!(probe, Probe::Forbidden(_));
    let mut probes = seen.members.values().map(|member| &member.probe);
    probes.any(denied) && seen.serving().next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::observed::fixture;

    #[track_caller]
    fn line(size: u8, serving: u8, expected: &str) {
        let mut seen = fixture::ensemble(size, serving);
        seen.sealed = Fact::Known(true);
        assert_eq!(summarize(&seen).line(), expected);
    }

    #[test]
    fn lines() {
        line(
            3,
            3,
            "healthy · leader 1 · 3 of 3 voters in sync · survives 1 more failure",
        );
        line(
            3,
            2,
            "degraded · leader 1 · 2 of 3 voters in sync · survives no further failure",
        );
        line(
            3,
            1,
            "no quorum · no leader · 0 of 3 voters in sync · needs 2 to serve",
        );
        line(
            5,
            5,
            "healthy · leader 1 · 5 of 5 voters in sync · survives 2 more failures",
        );
        line(
            1,
            1,
            "healthy · leader 1 · 1 of 1 voters in sync · survives no further failure",
        );
    }

    #[test]
    fn who_follows_has_a_leader() {
        let mut seen = fixture::ensemble(3, 3);
        seen.sealed = Fact::Known(true);
        let first = seen.members.values_mut().next().unwrap();
        first.probe = Probe::Unreachable("no answer in time".to_owned());
        assert_eq!(
            summarize(&seen).line(),
            "degraded · a leader that could not be asked · 2 of 3 voters in sync · survives no further failure"
        );
    }

    #[test]
    fn who_votes_may_not_be_known() {
        let mut seen = fixture::ensemble(3, 3);
        for member in seen.members.values_mut() {
            fixture::answer_mut(member).config = None;
        }
        let summary = summarize(&seen);
        assert_eq!((summary.verdict, summary.in_sync), (Verdict::Unknown, None));
        assert_eq!(
            summary.line(),
            "unknown · leader 1 · 3 of 3 servers serve · who votes is not known"
        );
    }

    #[test]
    fn a_standalone_server_votes_alone() {
        let mut seen = fixture::ensemble(1, 1);
        let answer = fixture::answer_mut(seen.members.values_mut().next().unwrap());
        (answer.mode, answer.config) = (Mode::Standalone, None);
        assert_eq!(
            summarize(&seen).line(),
            "healthy · leader 1 · 1 of 1 voters in sync · survives no further failure"
        );
        seen.members
            .extend(fixture::ensemble(3, 0).members.into_iter().skip(1));
        assert_eq!(summarize(&seen).verdict, Verdict::Degraded);
    }

    #[test]
    fn an_unsealed_ensemble_is_not_finished() {
        assert_eq!(
            summarize(&fixture::ensemble(3, 3)).verdict,
            Verdict::Degraded
        );
    }

    #[test]
    fn who_may_not_ask_does_not_know() {
        let mut seen = fixture::ensemble(3, 0);
        for member in seen.members.values_mut() {
            member.probe = Probe::Forbidden("create pods/portforward".to_owned());
        }
        assert_eq!(summarize(&seen).in_sync, None);
        assert_eq!(
            summarize(&seen).line(),
            "unknown · the servers could not be asked"
        );
    }
}
