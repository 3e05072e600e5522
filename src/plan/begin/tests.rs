//! Over which remains an ensemble is created, and over which not: small domains, each enumerated.

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

/// A scale from 5 to 3 had removed server 4, and not yet the leader, when all was deleted.
#[test]
fn kept_disks_of_a_scale_that_was_cut_off() {
    let mut ground = remains(5, &[1, 2, 3, 5], true);
    for disk in ground.claims.values_mut() {
        disk.voters = ids([1, 2, 3, 5]);
    }
    let begun = begin(&wish(5), &ground).unwrap();
    assert!(begun.seal_first && begun.lost.is_empty());
    for size in [3, 4, 6] {
        let refused = begin(&wish(size), &ground);
        assert!(matches!(refused, Err(Refusal::OtherSize { .. })), "{size}");
    }
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

#[test]
fn a_name_alone_means_the_ensemble_that_is_there() {
    let there = Intent::Known(Box::new(wish(5)));
    assert_eq!(meant(&wish(3), true, &there), wish(5));
    assert_eq!(meant(&wish(3), false, &there), wish(3));
    assert_eq!(meant(&wish(3), true, &Intent::Absent), wish(3));
}

/// What `delete --delete-data`, cut off, leaves; and disks that were made again, empty, since the others were marked.
#[test]
fn a_founded_ensemble_without_a_majority_of_its_disks_is_refused_even_if_its_intent_is_there() {
    let there = Intent::Known(Box::new(wish(3)));
    let cut_off = Ground {
        intent: there.clone(),
        sealed: true,
        ..empty()
    };
    assert!(matches!(
        begin(&wish(3), &cut_off),
        Err(Refusal::DisksGone { .. })
    ));
    let mut made_again = remains(3, &[1, 2, 3], true);
    for id in ids([2, 3]) {
        made_again.claims.insert(id, KeptDisk::default());
    }
    assert!(matches!(
        begin(&wish(3), &made_again),
        Err(Refusal::DisksGone { .. })
    ));
    made_again.intent = there;
    assert!(
        begin(&wish(3), &made_again).is_ok(),
        "marks may be half written"
    );
    let ephemeral = Ensemble {
        storage: crate::ensemble::intent::Storage::Ephemeral,
        ..wish(3)
    };
    let there = Ground {
        intent: Intent::Known(Box::new(ephemeral.clone())),
        sealed: true,
        ..empty()
    };
    assert!(begin(&ephemeral, &there).is_ok());
}
