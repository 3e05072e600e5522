//! Why a server does not serve, in one sentence, and whether that can heal by itself. Derived from what was seen alone.

pub(crate) mod said;

use std::fmt;

use crate::ensemble::Member;
use crate::ensemble::observed::Pod;
use crate::ensemble::observed::Probe;

/// The start script's exit code for what cannot heal by itself (`EX_CONFIG` of sysexits.h).
const REFUSED: i32 = 78;

/// How long a pod may be without a node, or without its container, before that counts as final, in seconds: a scheduler
/// that waits for a volume, or for another pod to go, says "unschedulable" for a moment, too.
const PATIENCE: i64 = 12;

/// How far a server has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It has no pod.
    NoPod,
    /// Its pod has no node.
    Pending,
    /// Its node pulls the image and mounts the volumes.
    Preparing,
    /// Its container is down, and will be started again.
    Crashed,
    /// Its container runs, its port does not answer yet.
    Starting,
    /// It runs and cannot be asked, with the reason.
    Unreachable(String),
    /// It answers, and looks for a quorum.
    Looking,
    /// It serves, in ZooKeeper's word for its role.
    Serving(&'static str),
    /// It may not be asked.
    Unknown,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPod => "no pod",
            Self::Pending => "pending",
            Self::Preparing => "preparing",
            Self::Crashed => "crashed",
            Self::Starting => "starting",
            Self::Unreachable(_) => "unreachable",
            Self::Looking => "looking",
            Self::Serving(mode) => mode,
            Self::Unknown => "unknown",
        })
    }
}

/// Why a server does not serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// One sentence without its full stop.
    pub what: String,
    /// Whether waiting is in vain.
    pub lasting: bool,
    /// What to type to see or mend it.
    pub fix: Option<String>,
}

impl Trouble {
    fn passing(what: String) -> Self {
        Self {
            what,
            lasting: false,
            fix: None,
        }
    }

    fn lasting(what: String, fix: String) -> Self {
        Self {
            what,
            lasting: true,
            fix: Some(fix),
        }
    }
}

impl Member {
    /// How far it has come.
    pub fn stage(&self) -> Stage {
        let Some(pod) = &self.pod else {
            return Stage::NoPod;
        };
        match &self.probe {
            Probe::Answered(answer) => Stage::Serving(answer.mode.as_str()),
            Probe::NotServing => Stage::Looking,
            Probe::Unreachable(why) if pod.ready => Stage::Unreachable(why.clone()),
            Probe::Forbidden(_) => Stage::Unknown,
            _ if pod.node.is_none() => Stage::Pending,
            Probe::Unreachable(why) if pod.running && pod.has_started() => {
                Stage::Unreachable(why.clone())
            }
            _ if pod.running => Stage::Starting,
            _ if pod.last_end.is_some() => Stage::Crashed,
            _ => Stage::Preparing,
        }
    }

    /// Why it does not serve; nothing if it does, or if it only needs a moment. `now` in seconds since 1970.
    pub fn trouble(&self, now: i64) -> Option<Trouble> {
        if self.answer().is_some() {
            return None;
        }
        let Some(pod) = &self.pod else {
            return Some(self.without_pod());
        };
        self.disk(pod, now)
            .or_else(|| pod.trouble(now))
            .or_else(|| match &self.probe {
                Probe::Unreachable(why) if pod.has_started() => {
                    Some(pod.silent(format!("it does not answer: {why}")))
                }
                Probe::NotServing => Some(Trouble {
                    what: "it runs, and looks for a quorum".to_owned(),
                    lasting: false,
                    fix: Some(format!("kubectl logs {}", pod.name)),
                }),
                _ => None,
            })
    }

    fn without_pod(&self) -> Trouble {
        match &self.workload {
            Some(workload) => match &workload.failed_create {
                Some(why) => Trouble::lasting(
                    format!("its pod cannot be created: {}", said::of_creation(why)),
                    match said::quota(why) {
                        Some(quota) => format!("kubectl describe resourcequota {quota}"),
                        None => format!("kubectl describe statefulset {}", workload.name),
                    },
                ),
                None if workload.replicas == 0 => Trouble::lasting(
                    format!("StatefulSet {} was scaled to 0", workload.name),
                    format!("kubectl scale statefulset {} --replicas 1", workload.name),
                ),
                None => Trouble::passing("its pod does not exist yet".to_owned()),
            },
            None => self.without_workload(),
        }
    }

    fn without_workload(&self) -> Trouble {
        match &self.peer_service {
            Some(service) if !service.selector.is_empty() => Trouble {
                what: format!("there is no pod that Service {} selects", service.name),
                lasting: false,
                fix: Some(format!("kubectl get pods -l {}", service.query())),
            },
            Some(_) => Trouble::passing("it has no pod".to_owned()),
            None => Trouble::passing("it has neither a StatefulSet nor a pod".to_owned()),
        }
    }

    fn disk(&self, pod: &Pod, now: i64) -> Option<Trouble> {
        let claim = self.claim.as_ref()?;
        let why = claim.reason.as_ref()?;
        let waits = claim.phase != "Bound" && pod.node.is_none();
        (waits && pod.age(now) > PATIENCE).then(|| {
            Trouble::lasting(
                format!("its disk {} is not to be had: {why}", claim.name),
                format!("kubectl describe pvc {}", claim.name),
            )
        })
    }
}

impl Pod {
    /// Seconds since it was made.
    fn age(&self, now: i64) -> i64 {
        self.created.map_or(0, |created| now - created)
    }

    /// Whether its containers have ended for ever: a pod that was evicted, or did its work.
    pub fn has_ended(&self) -> bool {
        ["Succeeded", "Failed"].contains(&self.phase.as_str())
    }

    /// Whether its server has been up before, or long enough that its silence means something.
    pub fn has_started(&self) -> bool {
        self.ready || self.was_started
    }

    fn trouble(&self, now: i64) -> Option<Trouble> {
        self.placement(now)
            .or_else(|| self.image_trouble(now))
            .or_else(|| self.crash())
            .or_else(|| self.setup(now))
    }

    /// Something that may pass; what is known of its node, and where to look.
    fn silent(&self, what: String) -> Trouble {
        let (what, fix) = match (&self.node, &self.node_trouble) {
            (Some(node), Some(why)) => (
                format!("{what}; node {node} is not ready: {why}"),
                format!("kubectl describe node {node}"),
            ),
            _ => (what, self.describe()),
        };
        Trouble {
            what,
            lasting: false,
            fix: Some(fix),
        }
    }

    fn describe(&self) -> String {
        format!("kubectl describe pod {}", self.name)
    }

    /// No node takes it: not final where room is being made.
    fn placement(&self, now: i64) -> Option<Trouble> {
        let why = said::first_sentence(self.unschedulable.as_ref()?);
        let makes_room = if self.makes_room {
            " (a node is being made ready for it)"
        } else {
            ""
        };
        Some(Trouble {
            what: format!("no node takes its pod: {why}{makes_room}"),
            lasting: !self.makes_room && self.age(now) > PATIENCE,
            fix: Some(self.describe()),
        })
    }

    /// A failed pull is final once the kubelet backs off, if the registry said no, or after a while.
    fn image_trouble(&self, now: i64) -> Option<Trouble> {
        let (reason, message) = self.waiting.as_ref()?;
        let said_no = ["not found", "denied", "unauthorized", "forbidden"]
            .iter()
            .any(|word| message.to_lowercase().contains(word));
        let lasting = match reason.as_str() {
            "ErrImagePull" => said_no || self.age(now) > PATIENCE,
            "ImagePullBackOff" | "InvalidImageName" | "ErrImageNeverPull" => true,
            _ => return None,
        };
        let what = format!(
            "image {} cannot be pulled: {}",
            self.image,
            if message.is_empty() {
                reason
            } else {
                said::of_pull(message)
            }
        );
        Some(Trouble {
            what,
            lasting,
            fix: Some(self.describe()),
        })
    }

    /// What our start script refuses is final at once; of other crashes the second one. Started again, it still tells why
    /// it refused, until it comes up.
    fn crash(&self) -> Option<Trouble> {
        let end = self.last_end.as_ref()?;
        if self.running && (end.code != REFUSED || self.has_started()) {
            return None;
        }
        let why = end.why();
        let what = match end.code {
            REFUSED => format!("it refuses to start: {why}"),
            code => format!("it ended with exit code {code}: {why}"),
        };
        let previous = if self.running { " --previous" } else { "" };
        Some(Trouble {
            what,
            lasting: !self.running && (end.code == REFUSED || 1 <= self.restarts),
            fix: Some(format!("kubectl logs {}{previous}", self.name)),
        })
    }

    /// A container that cannot be made (a missing Secret, say), or that its node does not make.
    fn setup(&self, now: i64) -> Option<Trouble> {
        let patient = self.age(now) <= PATIENCE;
        let none = (String::new(), String::new());
        let (reason, message) = self.waiting.as_ref().unwrap_or(&none);
        if ["ContainerCreating", "PodInitializing", ""].contains(&reason.as_str()) {
            let late = !patient && self.is_unmade();
            let place = self.node.as_ref().filter(|_| late)?;
            return Some(self.silent(format!("node {place} has not made its container yet")));
        }
        // `create` makes the identity again, as the disks remember it.
        let fix = match said::lost_identity(message) {
            Some(ensemble) => format!("kubectl zk create {ensemble}"),
            None => self.describe(),
        };
        Some(Trouble {
            what: format!("its container cannot be made: {reason}: {message}"),
            lasting: !patient,
            fix: Some(fix),
        })
    }

    /// Whether it has a node, and its container never ran.
    pub fn is_unmade(&self) -> bool {
        self.node.is_some() && !self.running && self.last_end.is_none()
    }
}

#[cfg(test)]
mod tests;
