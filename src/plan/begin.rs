//! Whether an ensemble may be created over what is there, and how: anew, on, or over kept disks.

use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::ServerId;
use crate::ensemble::difference::Difference;
use crate::ensemble::ground::Ground;
use crate::ensemble::ground::KeptDisk;
use crate::ensemble::observed::Intent;
use crate::ensemble::quorum::servers;
use crate::ensemble::size::quorum;

/// How to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begin {
    /// What to do about the identity.
    pub identity: Identity,
    /// Whether to seal before any server starts: the disks have seen a quorum, so nobody founds another.
    pub seal_first: bool,
    /// Servers whose disks are taken back from a deleted ensemble.
    pub taken_back: BTreeSet<ServerId>,
    /// Servers that voted in that ensemble and whose disks are gone: they join the others.
    pub lost: BTreeSet<ServerId>,
}

/// What to do about the identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// It is there.
    Keep,
    /// Make a new one.
    New,
    /// Make the Secret again, with the UUID that the disks carry.
    Restore(String),
}

/// Why not to begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Things of others have the names.
    #[error("{} {} there and not this ensemble's", .0.join(", "), if .0.len() == 1 { "is" } else { "are" })]
    Strangers(Vec<String>),
    /// An ensemble of the name that somebody made by hand.
    #[error("an ensemble of this name was made by hand, not by kubectl zk: {} {} not this one's", .0.join(", "), if .0.len() == 1 { "is" } else { "are" })]
    ByHand(Vec<String>),
    /// Services of others would send its traffic elsewhere, and theirs to it.
    #[error("{} would select this ensemble's pods, too: two ensembles would share an election", .0.join(", "))]
    Rivals(Vec<String>),
    /// The intent cannot be read.
    #[error("the ensemble's ConfigMap cannot be read: {0}")]
    Unreadable(String),
    /// Another ensemble was wished before.
    #[error("the ensemble exists and differs from the wish")]
    Different(Vec<Difference>),
    /// Kept disks are of another number of servers. The highest voter's id tells of how many.
    #[error("kept disks are of an ensemble of {}, not of {wish}", servers(.voters.iter().copied()))]
    OtherSize {
        /// The voters of the kept disks.
        voters: BTreeSet<ServerId>,
        /// The wished size.
        wish: u8,
    },
    /// Too few disks are left to carry the data.
    #[error("of the disks of {} {} left: fewer than a majority, so nobody knows what was written last", servers(.voters.iter().copied()), remaining(.left))]
    DisksGone {
        /// Whose disks are there.
        left: BTreeSet<ServerId>,
        /// Whose disks were.
        voters: BTreeSet<ServerId>,
    },
    /// Disks of a half-made ensemble, not all of them.
    #[error("of the disks of an unfinished ensemble of {} {} left, and an empty one must not vote beside them", servers(.voters.iter().copied()), remaining(.left))]
    Unfinished {
        /// Whose disks are there.
        left: BTreeSet<ServerId>,
        /// Whose disks there shall be.
        voters: BTreeSet<ServerId>,
    },
    /// The disks are of different ensembles.
    #[error("the kept disks belong to different ensembles: {}", .0.iter().cloned().collect::<Vec<_>>().join(", "))]
    Mixed(BTreeSet<String>),
    /// The Secret is gone, and the disks do not say whose they are.
    #[error(
        "there are disks of an earlier ensemble, its identity (a Secret) is gone, and the disks do not carry it"
    )]
    IdentityGone,
    /// Disks would be left aside.
    #[error("the disks of {} were kept, an ephemeral ensemble would leave them aside", servers(.0.iter().copied()))]
    Ephemeral(BTreeSet<ServerId>),
}

impl Refusal {
    /// Whether `--discard-data` gets out of it.
    pub fn is_about_data(&self) -> bool {
        match self {
            Self::OtherSize { .. }
            | Self::DisksGone { .. }
            | Self::Unfinished { .. }
            | Self::Mixed(_)
            | Self::IdentityGone
            | Self::Ephemeral(_) => true,
            Self::Strangers(_)
            | Self::ByHand(_)
            | Self::Rivals(_)
            | Self::Unreadable(_)
            | Self::Different(_) => false,
        }
    }
}

fn remaining(ids: &BTreeSet<ServerId>) -> String {
    let named = servers(ids.iter().copied());
    match ids.len() {
        0 => "none is".to_owned(),
        1 => format!("only that of {named} is"),
        _ => format!("only those of {named} are"),
    }
}

/// The ensemble that is meant: who says nothing but the name means the one that is there, as it was begun.
pub fn meant(wish: &Ensemble, says_nothing: bool, there: &Intent) -> Ensemble {
    match there {
        Intent::Known(have) if says_nothing => (**have).clone(),
        // Who founded it is not the user's to say.
        Intent::Known(have) => Ensemble {
            founders: have.founders,
            ..wish.clone()
        },
        _ => wish.clone(),
    }
}

/// Objects of others that have names of ours, or would select our pods.
pub fn in_the_way(wish: &Ensemble, ground: &Ground) -> Option<Refusal> {
    let peer = format!("Service {}-peer-", wish.name);
    let strangers = || ground.strangers.clone();
    let by_hand = ground.intent == Intent::Absent
        && ground.strangers.iter().any(|name| name.starts_with(&peer));
    match ground {
        _ if by_hand => Some(Refusal::ByHand(strangers())),
        _ if !ground.strangers.is_empty() => Some(Refusal::Strangers(strangers())),
        _ if !ground.rivals.is_empty() => Some(Refusal::Rivals(ground.rivals.clone())),
        _ => None,
    }
}

/// Decides how to make `wish` over what is there.
///
/// # Errors
/// A refusal: nothing has been touched.
pub fn begin(wish: &Ensemble, ground: &Ground) -> Result<Begin, Refusal> {
    if let Some(refusal) = in_the_way(wish, ground) {
        return Err(refusal);
    }
    let goes_on = match &ground.intent {
        Intent::Unreadable(why) => return Err(Refusal::Unreadable(why.clone())),
        Intent::Known(have) if **have != *wish => {
            return Err(Refusal::Different(have.differences(wish)));
        }
        Intent::Known(_) => true,
        Intent::Absent => false,
    };
    let founded = ground.sealed || ground.claims.values().any(|disk| disk.founded.is_some());
    let identity = identity(ground, goes_on && !founded)?;
    let voters = voters(wish, ground);
    if goes_on {
        // Marks may be half written: the next quorum completes them.
        let there = ground.claims.keys().copied().collect();
        check_majority(wish, &there, founded, &voters)?;
    } else {
        check_disks(wish, ground, founded, &voters)?;
    }
    let kept = left(ground);
    let over_disks = !goes_on && !kept.is_empty();
    Ok(Begin {
        identity,
        seal_first: founded && !ground.sealed,
        lost: if over_disks && founded {
            voters.difference(&kept).copied().collect()
        } else {
            BTreeSet::new()
        },
        taken_back: if over_disks {
            let wished = wish.roles();
            kept.into_iter()
                .filter(|id| wished.contains_key(id))
                .collect()
        } else {
            BTreeSet::new()
        },
    })
}

/// Who voted: as a marked disk says, else as the identity says, else as wished.
fn voters(wish: &Ensemble, ground: &Ground) -> BTreeSet<ServerId> {
    let marked = ground
        .claims
        .values()
        .find(|disk| disk.founded.is_some() && !disk.voters.is_empty());
    let founders = ground.identity.as_ref().map(|identity| &identity.founders);
    let known = marked
        .map(|disk| &disk.voters)
        .or(founders.filter(|ids| !ids.is_empty()));
    known
        .cloned()
        .unwrap_or_else(|| wish.replicas.ids().collect())
}

/// Servers wait for the identity before they touch their disks: those of an ensemble that only `kubectl apply` has made so
/// far are empty. Were they not, each server would refuse the new identity.
fn identity(ground: &Ground, half_made: bool) -> Result<Identity, Refusal> {
    let marks = ground
        .claims
        .values()
        .filter_map(|disk| disk.founded.clone());
    let known = ground
        .identity
        .as_ref()
        .map(|identity| identity.uuid.clone());
    let uuids: BTreeSet<String> = marks.chain(known).collect();
    if 1 < uuids.len() {
        return Err(Refusal::Mixed(uuids));
    }
    match (&ground.identity, uuids.into_iter().next()) {
        (Some(_), _) => Ok(Identity::Keep),
        (None, Some(uuid)) => Ok(Identity::Restore(uuid)),
        (None, None) if ground.claims.is_empty() || half_made => Ok(Identity::New),
        (None, None) => Err(Refusal::IdentityGone),
    }
}

/// Whose disks are there. Once any carries a mark only those count: another was made empty since.
fn left(ground: &Ground) -> BTreeSet<ServerId> {
    let marked = ground.claims.values().any(|disk| disk.founded.is_some());
    let counts = |disk: &KeptDisk| !marked || disk.founded.is_some();
    let disks = ground.claims.iter().filter(|(_, disk)| counts(disk));
    disks.map(|(id, _)| *id).collect()
}

/// A founded ensemble that has lost a majority of its disks has nobody to join: whoever starts would wait for ever.
fn check_majority(
    wish: &Ensemble,
    disks: &BTreeSet<ServerId>,
    founded: bool,
    voters: &BTreeSet<ServerId>,
) -> Result<(), Refusal> {
    let left: BTreeSet<ServerId> = disks.intersection(voters).copied().collect();
    if founded && !wish.is_ephemeral() && left.len() < quorum(voters.len()) {
        let voters = voters.clone();
        return Err(Refusal::DisksGone { left, voters });
    }
    Ok(())
}

fn check_disks(
    wish: &Ensemble,
    ground: &Ground,
    founded: bool,
    voters: &BTreeSet<ServerId>,
) -> Result<(), Refusal> {
    let left: BTreeSet<ServerId> = left(ground).intersection(voters).copied().collect();
    if left.is_empty() && !founded {
        return Ok(());
    }
    if wish.is_ephemeral() && !left.is_empty() {
        return Err(Refusal::Ephemeral(left));
    }
    let (voters, wished) = (voters.clone(), wish.replicas.ids().collect::<BTreeSet<_>>());
    check_majority(wish, &left, founded, &voters)?;
    // There may be gaps: a scale that was cut off had removed some already, and one with a higher id not.
    if !voters.is_subset(&wished) || voters.last() != wished.last() {
        return Err(Refusal::OtherSize {
            voters,
            wish: wish.replicas.get(),
        });
    }
    if founded || left.len() == voters.len() {
        return Ok(());
    }
    Err(Refusal::Unfinished { left, voters })
}

#[cfg(test)]
mod tests;
