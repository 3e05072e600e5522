//! Whether an ensemble may be created over what is there, and how: anew, on, or over kept disks.

use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::ServerId;
use crate::ensemble::difference::Difference;
use crate::ensemble::ground::Ground;
use crate::ensemble::observed::Intent;
use crate::ensemble::quorum::join;
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
    /// Services of others would send its traffic elsewhere, and theirs to it.
    #[error("{} would select this ensemble's pods, too: two ensembles would share an election", .0.join(", "))]
    Rivals(Vec<String>),
    /// The intent cannot be read.
    #[error("the ensemble's ConfigMap cannot be read: {0}")]
    Unreadable(String),
    /// Another ensemble was wished before.
    #[error("the ensemble exists and differs from the wish")]
    Different(Vec<Difference>),
    /// Kept disks are of another number of servers.
    #[error("kept disks are of an ensemble of servers {}, not of {wish}", join(.voters.iter().copied()))]
    OtherSize {
        /// The voters of the kept disks.
        voters: BTreeSet<ServerId>,
        /// The wished size.
        wish: u8,
    },
    /// Too few disks are left to carry the data.
    #[error("only the disks of servers {} are left of {}: fewer than a majority, so nobody knows what was written last", list(.left), list(.voters))]
    DisksGone {
        /// Whose disks are there.
        left: BTreeSet<ServerId>,
        /// Whose disks were.
        voters: BTreeSet<ServerId>,
    },
    /// Disks of a half-made ensemble, not all of them.
    #[error("of the disks of an unfinished ensemble only those of servers {} are left of {}, and an empty one must not vote beside them", list(.left), list(.voters))]
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
    #[error("disks of servers {} were kept, an ephemeral ensemble would leave them aside", list(.0))]
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
            Self::Strangers(_) | Self::Rivals(_) | Self::Unreadable(_) | Self::Different(_) => {
                false
            }
        }
    }
}

fn list(ids: &BTreeSet<ServerId>) -> String {
    if ids.is_empty() {
        "none".to_owned()
    } else {
        join(ids.iter().copied())
    }
}

/// Decides how to make `wish` over what is there.
///
/// # Errors
/// A refusal: nothing has been touched.
pub fn begin(wish: &Ensemble, ground: &Ground) -> Result<Begin, Refusal> {
    if !ground.strangers.is_empty() {
        return Err(Refusal::Strangers(ground.strangers.clone()));
    }
    if !ground.rivals.is_empty() {
        return Err(Refusal::Rivals(ground.rivals.clone()));
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
    if !goes_on {
        check_disks(wish, ground, founded, &voters)?;
    }
    let kept: BTreeSet<ServerId> = ground.claims.keys().copied().collect();
    let over_disks = !goes_on && !kept.is_empty();
    Ok(Begin {
        identity,
        seal_first: founded && !ground.sealed,
        lost: if over_disks && founded {
            voters.difference(&kept).copied().collect()
        } else {
            BTreeSet::new()
        },
        taken_back: if over_disks { kept } else { BTreeSet::new() },
    })
}

/// Who voted: as the newest marked disk says, else as the identity says, else as wished.
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

fn check_disks(
    wish: &Ensemble,
    ground: &Ground,
    founded: bool,
    voters: &BTreeSet<ServerId>,
) -> Result<(), Refusal> {
    let left: BTreeSet<ServerId> = ground
        .claims
        .keys()
        .copied()
        .filter(|id| voters.contains(id))
        .collect();
    if left.is_empty() && !founded {
        return Ok(());
    }
    if wish.is_ephemeral() && !left.is_empty() {
        return Err(Refusal::Ephemeral(left));
    }
    let (voters, wished) = (voters.clone(), wish.replicas.ids().collect::<BTreeSet<_>>());
    if founded && left.len() < quorum(voters.len()) {
        return Err(Refusal::DisksGone { left, voters });
    }
    if voters != wished {
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
mod tests {
    use super::*;
    use crate::ensemble::Size;
    use crate::ensemble::ground;
    use crate::ensemble::ground::KeptDisk;

    fn wish(replicas: u8) -> Ensemble {
        Ensemble {
            replicas: Size::try_from(replicas).unwrap(),
            ..Ensemble::new("zk".parse().unwrap())
        }
    }

    fn ids(ids: impl IntoIterator<Item = u8>) -> BTreeSet<ServerId> {
        ids.into_iter()
            .map(|id| ServerId::try_from(id).unwrap())
            .collect()
    }

    fn empty() -> Ground {
        Ground {
            intent: Intent::Absent,
            sealed: false,
            identity: None,
            claims: [].into(),
            strangers: vec![],
            rivals: vec![],
        }
    }

    /// What `delete` leaves of an ensemble of `voters`, with the disks of `left`.
    fn remains(voters: u8, left: &[u8], founded: bool) -> Ground {
        let disk = KeptDisk {
            founded: founded.then(|| "u".to_owned()),
            voters: if founded { ids(1..=voters) } else { ids([]) },
        };
        Ground {
            identity: Some(ground::Identity {
                uuid: "u".to_owned(),
                founders: ids(1..=voters),
            }),
            claims: ids(left.iter().copied())
                .into_iter()
                .map(|id| (id, disk.clone()))
                .collect(),
            ..empty()
        }
    }

    #[test]
    fn on_free_ground_a_new_identity() {
        let begin = begin(&wish(3), &empty()).unwrap();
        assert_eq!(
            begin,
            Begin {
                identity: Identity::New,
                seal_first: false,
                taken_back: ids([]),
                lost: ids([])
            }
        );
    }

    #[test]
    fn things_of_others_are_in_the_way() {
        let strangers = Ground {
            strangers: vec!["Service zk-client".to_owned()],
            ..empty()
        };
        assert_eq!(
            begin(&wish(3), &strangers).unwrap_err().to_string(),
            "Service zk-client is there and not this ensemble's"
        );
        let rivals = Ground {
            rivals: vec!["Service a".to_owned()],
            ..empty()
        };
        assert!(matches!(begin(&wish(3), &rivals), Err(Refusal::Rivals(_))));
    }

    #[test]
    fn the_same_wish_goes_on_and_another_is_refused_with_the_difference() {
        let half_made = Ground {
            intent: Intent::Known(Box::new(wish(3))),
            ..empty()
        };
        assert_eq!(begin(&wish(3), &half_made).unwrap().identity, Identity::New);
        let refusal = begin(&wish(5), &half_made).unwrap_err();
        assert!(
            matches!(refusal, Refusal::Different(differences) if differences[0].field == "replicas")
        );
        let unreadable = Ground {
            intent: Intent::Unreadable("x".to_owned()),
            ..empty()
        };
        assert!(matches!(
            begin(&wish(3), &unreadable),
            Err(Refusal::Unreadable(_))
        ));
    }

    /// Every subset of disks of every size: taken back exactly with a majority, and never founded again.
    #[test]
    fn founded_disks_are_taken_back_by_a_majority_and_sealed_first() {
        for voters in 1..=9_u8 {
            for mask in 1..(1_u32 << voters) {
                let left: Vec<u8> = (1..=voters)
                    .filter(|id| mask & (1 << (id - 1)) != 0)
                    .collect();
                let outcome = begin(&wish(voters), &remains(voters, &left, true));
                match outcome {
                    Ok(begin) => {
                        assert!(left.len() * 2 > usize::from(voters), "{left:?} of {voters}");
                        assert!(begin.seal_first);
                        assert_eq!(
                            begin.taken_back.len() + begin.lost.len(),
                            usize::from(voters)
                        );
                    }
                    Err(refusal) => {
                        assert!(
                            left.len() * 2 <= usize::from(voters),
                            "{left:?} of {voters}: {refusal}"
                        );
                        assert!(refusal.is_about_data());
                    }
                }
            }
        }
    }

    #[test]
    fn a_mark_on_a_single_disk_seals_even_if_the_intent_is_there() {
        let mut ground = remains(3, &[1, 2, 3], false);
        ground.intent = Intent::Known(Box::new(wish(3)));
        assert!(!begin(&wish(3), &ground).unwrap().seal_first);
        ground.claims.insert(
            ServerId::try_from(2).unwrap(),
            KeptDisk {
                founded: Some("u".to_owned()),
                voters: ids(1..=3),
            },
        );
        assert!(begin(&wish(3), &ground).unwrap().seal_first);
        ground.sealed = true;
        assert!(!begin(&wish(3), &ground).unwrap().seal_first);
    }

    #[test]
    fn unfinished_disks_go_on_all_together_or_not_at_all() {
        assert!(begin(&wish(3), &remains(3, &[1, 2, 3], false)).is_ok());
        assert!(begin(&wish(3), &remains(3, &[], false)).is_ok());
        assert!(matches!(
            begin(&wish(3), &remains(3, &[1, 3], false)),
            Err(Refusal::Unfinished { .. })
        ));
        assert!(matches!(
            begin(&wish(5), &remains(3, &[1, 2, 3], false)),
            Err(Refusal::OtherSize { .. })
        ));
    }

    #[test]
    fn kept_disks_want_their_own_size_and_no_ephemeral_ensemble() {
        assert!(matches!(
            begin(&wish(5), &remains(3, &[1, 2, 3], true)),
            Err(Refusal::OtherSize { .. })
        ));
        let ephemeral = Ensemble {
            storage: crate::ensemble::intent::Storage::Ephemeral,
            ..wish(3)
        };
        assert!(matches!(
            begin(&ephemeral, &remains(3, &[1, 2, 3], true)),
            Err(Refusal::Ephemeral(_))
        ));
        let sealed = Ground {
            sealed: true,
            ..empty()
        };
        assert!(matches!(
            begin(&wish(3), &sealed),
            Err(Refusal::DisksGone { .. })
        ));
    }

    #[test]
    fn a_lost_secret_is_made_again_from_the_disks_or_not_at_all() {
        let mut ground = remains(3, &[1, 2, 3], true);
        ground.identity = None;
        assert_eq!(
            begin(&wish(3), &ground).unwrap().identity,
            Identity::Restore("u".to_owned())
        );
        ground
            .claims
            .get_mut(&ServerId::try_from(1).unwrap())
            .unwrap()
            .founded = Some("v".to_owned());
        assert!(matches!(begin(&wish(3), &ground), Err(Refusal::Mixed(_))));
        let unmarked = Ground {
            identity: None,
            ..remains(3, &[1, 2, 3], false)
        };
        assert_eq!(begin(&wish(3), &unmarked), Err(Refusal::IdentityGone));
    }

    /// As `kubectl apply` of the printed manifests leaves it; and the same once it had a quorum.
    #[test]
    fn applied_without_its_secret_it_is_finished_with_a_new_identity() {
        let applied = Ground {
            intent: Intent::Known(Box::new(wish(3))),
            identity: None,
            ..remains(3, &[1, 2, 3], false)
        };
        assert_eq!(begin(&wish(3), &applied).unwrap().identity, Identity::New);
        let sealed = Ground {
            sealed: true,
            ..applied
        };
        assert_eq!(begin(&wish(3), &sealed), Err(Refusal::IdentityGone));
    }
}
