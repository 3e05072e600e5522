//! The world as it was seen: Kubernetes' facts and the servers' own answers, joined per server. The only input of
//! `plan` and `health`. Knows nothing of how it was seen.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Membership;
use crate::ensemble::Mode;
use crate::ensemble::PeerService;
use crate::ensemble::ServerId;
use crate::ensemble::Version;
use crate::ensemble::Zxid;

/// One ensemble, as seen.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Its name.
    pub name: EnsembleName,
    /// Its namespace.
    pub namespace: String,
    /// When it was seen, in seconds since 1970.
    pub now: i64,
    /// When its oldest object was made, in seconds since 1970.
    pub created: Option<i64>,
    /// What it shall be.
    pub intent: Intent,
    /// Whether it is sealed (design: "The seal").
    pub sealed: Fact<bool>,
    /// How many pods its disruption budget keeps; none where there is no budget.
    pub budget: Fact<Option<i32>>,
    /// Servers that were told to go for good, and whose remains may still be there (design: "Scale down").
    pub leaving: BTreeSet<ServerId>,
    /// Whether the intent was changed by an update that has not come to its end.
    pub updating: bool,
    /// Servers that have a Service of their own.
    pub services: BTreeSet<ServerId>,
    /// Servers that have a disk, be it kept from before.
    pub disks: BTreeSet<ServerId>,
    /// Every server that any object or any server's own list names.
    pub members: BTreeMap<ServerId, Member>,
    /// Rights that were missing, each said once: `list persistentvolumeclaims`.
    pub missing_rights: Vec<String>,
}

/// The intent, if it can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// As the ensemble's ConfigMap says.
    Known(Box<Ensemble>),
    /// There is none: the ensemble was made by hand, or only its remains are there.
    Absent,
    /// It is there and cannot be read, with the reason.
    Unreadable(String),
}

/// Something that a right may be missing to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// Seen.
    Known(T),
    /// Not to be seen.
    Unknown,
}

impl<T: PartialEq> Fact<T> {
    /// Whether it was seen to be so.
    pub fn is(&self, value: &T) -> bool {
        matches!(self, Self::Known(known) if known == value)
    }
}

/// One server, as seen.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its id.
    pub id: ServerId,
    /// Its StatefulSet, of ensembles of ours.
    pub workload: Option<Workload>,
    /// Its pod.
    pub pod: Option<Pod>,
    /// Its disk.
    pub claim: Option<Claim>,
    /// The address of its peer Service.
    pub address: Option<String>,
    /// That Service, of ensembles made by hand.
    pub peer_service: Option<PeerService>,
    /// What it says itself.
    pub probe: Probe,
}

impl Member {
    /// A server of which nothing is known but its id.
    pub fn new(id: ServerId) -> Self {
        Self {
            id,
            workload: None,
            pod: None,
            claim: None,
            address: None,
            peer_service: None,
            probe: Probe::NotAsked,
        }
    }

    /// Whether its pod was made from an older template than its StatefulSet has now.
    pub fn is_old(&self) -> bool {
        let wanted = self.workload.as_ref().and_then(|it| it.revision.as_ref());
        let have = self.pod.as_ref().and_then(|pod| pod.revision.as_ref());
        wanted.is_some() && have.is_some() && wanted != have
    }

    /// What it says of itself, if it serves.
    pub fn answer(&self) -> Option<&Answer> {
        match &self.probe {
            Probe::Answered(answer) => Some(answer),
            _ => None,
        }
    }
}

/// The controller of a server's pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// The StatefulSet's name.
    pub name: String,
    /// How many pods it shall have; 1 unless someone scaled it.
    pub replicas: i32,
    /// The revision of its template (with `OnDelete`, `currentRevision` never moves); none until its controller has seen the
    /// newest one.
    pub revision: Option<String>,
    /// Why it could not create its pod: quota, admission.
    pub failed_create: Option<String>,
    /// When its template was marked for a restart last, in seconds since 1970.
    pub marked: Option<i64>,
}

/// A server's pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pod {
    /// Its name.
    pub name: String,
    /// Its uid: another pod of the same name has another.
    pub uid: String,
    /// Its container with the server.
    pub container: String,
    /// The node it is on.
    pub node: Option<String>,
    /// `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`.
    pub phase: String,
    /// Whether Kubernetes sends clients to it.
    pub ready: bool,
    /// Whether it is being deleted.
    pub deleting: bool,
    /// When it was to be gone, in seconds since 1970, if it is being deleted.
    pub due: Option<i64>,
    /// Why no node takes it.
    pub unschedulable: Option<String>,
    /// Whether room is being made for it: other pods are being evicted, or a cluster autoscaler adds a node.
    pub makes_room: bool,
    /// Why its node is not ready, as far as that may be seen.
    pub node_trouble: Option<String>,
    /// Why its container does not run: reason and message.
    pub waiting: Option<(String, String)>,
    /// Whether its container runs.
    pub running: bool,
    /// Whether the container that runs passed its startup probe.
    pub was_started: bool,
    /// How often its container was started again.
    pub restarts: i32,
    /// How its container ended last.
    pub last_end: Option<End>,
    /// The revision of the template it was made from.
    pub revision: Option<String>,
    /// The image of its container.
    pub image: String,
    /// When it was made, in seconds since 1970.
    pub created: Option<i64>,
    /// What makes it again, as kubectl names it: `deployment/zookeeper-1`.
    pub owner: Option<String>,
}

/// How a container ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Kubernetes' word: `Error`, `OOMKilled`, `Completed`.
    pub reason: String,
    /// The exit code.
    pub code: i32,
    /// The termination message: of our start script one sentence.
    pub message: String,
}

/// A server's disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The PersistentVolumeClaim's name.
    pub name: String,
    /// Its uid: another disk of the same name has another.
    pub uid: String,
    /// Whether it is being deleted.
    pub deleting: bool,
    /// Whether it is marked as one of a founded ensemble: a disk that was made since is not, until all is well again.
    pub marked: bool,
    /// `Pending`, `Bound`, `Lost`.
    pub phase: String,
    /// Why it is not bound, from its newest event.
    pub reason: Option<String>,
    /// Its capacity, or what was asked for, as Kubernetes writes it.
    pub size: String,
}

/// What a server says.
#[derive(Clone, Debug)]
pub enum Probe {
    /// There was no pod to ask, or it does not run.
    NotAsked,
    /// The user may not ask it: the missing right.
    Forbidden(String),
    /// It could not be asked, with the reason.
    Unreachable(String),
    /// It runs and does not serve: it looks for a quorum, or starts.
    NotServing,
    /// It serves.
    Answered(Box<Answer>),
}

/// A serving server's answers to `srvr`, `conf` and, of a leader or where all is asked for, `mntr`.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its role.
    pub mode: Mode,
    /// Its version.
    pub version: Option<Version>,
    /// The last transaction it has.
    pub zxid: Zxid,
    /// Average latency since it began to serve, in milliseconds.
    pub latency: f64,
    /// Open client connections.
    pub connections: u64,
    /// Requests that wait.
    pub outstanding: u64,
    /// Znodes.
    pub znodes: u64,
    /// The configuration it goes by; none if `conf` is not to be had.
    pub config: Option<Membership>,
    /// What only `mntr` says.
    pub monitor: Option<Monitor>,
}

/// From `mntr`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Monitor {
    /// Voters of the configuration.
    pub quorum_size: Option<u64>,
    /// A leader's followers in sync, those without a vote too.
    pub synced_followers: Option<u64>,
    /// A leader's followers in sync that have no vote.
    pub synced_non_voting_followers: Option<u64>,
    /// A leader's observers in sync.
    pub synced_observers: Option<u64>,
    /// A leader's learners that are being brought into sync.
    pub pending_syncs: Option<u64>,
    /// Watches.
    pub watches: Option<u64>,
    /// Bytes of all znodes, nearly.
    pub data_size: Option<u64>,
    /// Milliseconds since it began to serve.
    pub uptime: Option<u64>,
    /// Bytes of its data directory (`dirs`).
    pub disk: Option<u64>,
    /// Transactions whose digest differed from the leader's: must stay 0.
    pub digest_mismatches: Option<u64>,
}

impl Observed {
    /// Whether the plugin made it.
    pub fn is_ours(&self) -> bool {
        !matches!(self.intent, Intent::Absent)
    }

    /// The intent, if it is known.
    pub fn ensemble(&self) -> Option<&Ensemble> {
        match &self.intent {
            Intent::Known(ensemble) => Some(ensemble),
            _ => None,
        }
    }
}

#[cfg(test)]
pub(crate) mod fixture;
