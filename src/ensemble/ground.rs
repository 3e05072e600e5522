//! What is there already under the names that an ensemble would take: remains of an earlier one, things of others.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ensemble::ServerId;
use crate::ensemble::observed::Intent;

/// Everything that `create` looks at before it touches anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The intent of the ensemble that has this name.
    pub intent: Intent,
    /// Whether the seal is there.
    pub sealed: bool,
    /// The identity, if its Secret is there.
    pub identity: Option<Identity>,
    /// The disks by server.
    pub claims: BTreeMap<ServerId, KeptDisk>,
    /// Objects of wanted names that are not this ensemble's: `Service zk-client`.
    pub strangers: Vec<String>,
    /// Services of others that would select its pods.
    pub rivals: Vec<String>,
}

/// The identity's Secret, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The ensemble's UUID.
    pub uuid: String,
    /// The ids that were to found it.
    pub founders: BTreeSet<ServerId>,
}

/// A disk, as its PersistentVolumeClaim describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptDisk {
    /// The UUID of the ensemble that it saw founded. None: no quorum was ever verified.
    pub founded: Option<String>,
    /// The voters when it was marked.
    pub voters: BTreeSet<ServerId>,
}
