//! Why a server does not serve, in one sentence, and whether that can heal by itself. Derived from what was seen alone.

mod pod;
pub(crate) mod said;

use std::fmt;

use crate::ensemble::Member;
use crate::ensemble::observed::Pod;
use crate::ensemble::observed::Probe;

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
            .or_else(|| self.damage(pod))
            .or_else(|| pod.trouble(now).map(|trouble| self.bound(pod, trouble)))
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
                Some(why) if said::is_young_namespace(why) => Trouble::passing(format!(
                    "its pod cannot be created yet: {}",
                    said::of_creation(why)
                )),
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

    /// Data that the server itself refuses: the others have all that was written.
    fn damage(&self, pod: &Pod) -> Option<Trouble> {
        let end = pod
            .last_end
            .as_ref()
            .filter(|_| !(pod.running && pod.has_started()))?;
        let what = format!("its data is damaged: {}", end.damage()?);
        Some(Trouble {
            what,
            lasting: true,
            fix: self.replacement(),
        })
    }

    /// A pod whose disk is bound to nodes that cannot take it waits for one of them to come back.
    fn bound(&self, pod: &Pod, trouble: Trouble) -> Trouble {
        let why = pod.unschedulable.as_deref().unwrap_or_default();
        let fix = self.replacement().filter(|_| said::is_bound(why));
        Trouble {
            fix: fix.or(trouble.fix),
            ..trouble
        }
    }

    /// The command that gives it an empty disk, of ensembles of ours.
    fn replacement(&self) -> Option<String> {
        let (id, workload) = (self.id, self.workload.as_ref()?);
        let name = workload.name.strip_suffix(&format!("-server-{id}"))?;
        Some(format!("kubectl zk replace {name} --id {id}"))
    }

    fn disk(&self, pod: &Pod, now: i64) -> Option<Trouble> {
        let claim = self.claim.as_ref()?;
        if claim.phase == "Lost" {
            return Some(Trouble {
                what: format!("its disk {} has lost its volume", claim.name),
                lasting: true,
                fix: self.replacement(),
            });
        }
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

#[cfg(test)]
mod tests;
