//! Why a server does not serve, in one sentence, and whether that can heal by itself. Derived from what was seen alone.

use std::fmt;

use crate::ensemble::Member;
use crate::ensemble::observed::Pod;
use crate::ensemble::observed::Probe;

/// The start script's exit code for what cannot heal by itself (`EX_CONFIG` of sysexits.h).
const REFUSED: i32 = 78;

/// How long a pod may be without a node before that counts as final, in seconds: a scheduler that waits for a volume, or
/// for another pod to go, says "unschedulable" for a moment, too.
const PATIENCE: i64 = 20;

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
                    Some(Trouble::passing(format!("it does not answer: {why}")))
                }
                Probe::NotServing => Some(Trouble::passing(
                    "it runs, and looks for a quorum".to_owned(),
                )),
                _ => None,
            })
    }

    fn without_pod(&self) -> Trouble {
        match &self.workload {
            Some(workload) => match &workload.failed_create {
                Some(why) => Trouble::lasting(
                    format!("its pod cannot be created: {why}"),
                    format!("kubectl describe statefulset {}", workload.name),
                ),
                None if workload.replicas == 0 => Trouble::lasting(
                    format!("StatefulSet {} was scaled to 0", workload.name),
                    format!("kubectl scale statefulset {} --replicas 1", workload.name),
                ),
                None => Trouble::passing("its pod does not exist yet".to_owned()),
            },
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

    /// Whether its server has been up before, or long enough that its silence means something.
    pub fn has_started(&self) -> bool {
        self.ready || self.was_started
    }

    fn trouble(&self, now: i64) -> Option<Trouble> {
        self.placement(now)
            .or_else(|| self.image_trouble())
            .or_else(|| self.crash())
            .or_else(|| self.setup(now))
    }

    fn describe(&self) -> String {
        format!("kubectl describe pod {}", self.name)
    }

    fn placement(&self, now: i64) -> Option<Trouble> {
        let why = self.unschedulable.as_ref()?;
        Some(Trouble {
            what: format!("no node takes its pod: {why}"),
            lasting: self.age(now) > PATIENCE,
            fix: Some(self.describe()),
        })
    }

    /// A failed pull is final once the kubelet backs off, or if the registry said no.
    fn image_trouble(&self) -> Option<Trouble> {
        let (reason, message) = self.waiting.as_ref()?;
        let said_no = ["not found", "denied", "unauthorized", "forbidden"]
            .iter()
            .any(|word| message.to_lowercase().contains(word));
        let lasting = match reason.as_str() {
            "ErrImagePull" => said_no,
            "ImagePullBackOff" | "InvalidImageName" | "ErrImageNeverPull" => true,
            _ => return None,
        };
        let what = format!(
            "image {} cannot be pulled: {}",
            self.image,
            if message.is_empty() { reason } else { message }
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
        let why = match (end.message.trim(), end.reason.as_str()) {
            ("", "OOMKilled") => "it needed more memory than it may have".to_owned(),
            ("", reason) => reason.to_owned(),
            (message, _) => message.to_owned(),
        };
        let what = match end.code {
            REFUSED => format!("it refuses to start: {why}"),
            code => format!("it ended with exit code {code}: {why}"),
        };
        let fix = format!("kubectl logs {} --previous", self.name);
        Some(Trouble {
            what,
            lasting: !self.running && (end.code == REFUSED || 2 <= self.restarts),
            fix: Some(fix),
        })
    }

    /// A container that cannot be made: a missing Secret, a volume that cannot be mounted.
    fn setup(&self, now: i64) -> Option<Trouble> {
        let (reason, message) = self.waiting.as_ref()?;
        let expected = ["ContainerCreating", "PodInitializing", ""].contains(&reason.as_str());
        (!expected).then(|| Trouble {
            what: format!("its container cannot be made: {reason}: {message}"),
            lasting: self.age(now) > PATIENCE,
            fix: Some(self.describe()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::ServerId;
    use crate::ensemble::observed::Claim;
    use crate::ensemble::observed::End;
    use crate::ensemble::observed::Workload;

    fn member(pod: Pod) -> Member {
        let mut member = Member::new(ServerId::try_from(1).unwrap());
        member.pod = Some(Pod {
            name: "zk-server-1-0".to_owned(),
            image: "zookeeper:x".to_owned(),
            created: Some(0),
            ..pod
        });
        member
    }

    #[track_caller]
    fn check(member: &Member, now: i64, what: &str, lasting: bool) {
        let trouble = member.trouble(now).unwrap();
        assert_eq!((trouble.what.as_str(), trouble.lasting), (what, lasting));
    }

    fn waiting(reason: &str, message: &str) -> Member {
        member(Pod {
            waiting: Some((reason.to_owned(), message.to_owned())),
            node: Some("n1".to_owned()),
            ..Pod::default()
        })
    }

    fn ended(code: i32, reason: &str, message: &str, restarts: i32) -> Member {
        let end = End {
            reason: reason.to_owned(),
            code,
            message: message.to_owned(),
        };
        member(Pod {
            last_end: Some(end),
            restarts,
            node: Some("n1".to_owned()),
            ..Pod::default()
        })
    }

    #[test]
    fn pods_without_a_node() {
        let pod = member(Pod {
            unschedulable: Some("0/3 nodes".to_owned()),
            ..Pod::default()
        });
        check(&pod, 20, "no node takes its pod: 0/3 nodes", false);
        check(&pod, 21, "no node takes its pod: 0/3 nodes", true);
        assert_eq!(pod.stage(), Stage::Pending);
        let claim = Claim {
            name: "data".to_owned(),
            phase: "Pending".to_owned(),
            reason: Some("no class".to_owned()),
            size: String::new(),
        };
        check(
            &Member {
                claim: Some(claim),
                ..pod
            },
            21,
            "its disk data is not to be had: no class",
            true,
        );
    }

    #[test]
    fn images() {
        check(
            &waiting("ErrImagePull", "tag not found"),
            0,
            "image zookeeper:x cannot be pulled: tag not found",
            true,
        );
        check(
            &waiting("ErrImagePull", "i/o timeout"),
            99,
            "image zookeeper:x cannot be pulled: i/o timeout",
            false,
        );
        check(
            &waiting("ImagePullBackOff", ""),
            0,
            "image zookeeper:x cannot be pulled: ImagePullBackOff",
            true,
        );
        assert_eq!(waiting("ContainerCreating", "").trouble(99), None);
        check(
            &waiting("CreateContainerConfigError", "no secret"),
            21,
            "its container cannot be made: CreateContainerConfigError: no secret",
            true,
        );
    }

    #[test]
    fn crashes() {
        check(
            &ended(78, "Error", "this disk belongs to 'b 1', not to 'a 1'\n", 0),
            0,
            "it refuses to start: this disk belongs to 'b 1', not to 'a 1'",
            true,
        );
        check(
            &ended(1, "Error", "boom", 1),
            0,
            "it ended with exit code 1: boom",
            false,
        );
        check(
            &ended(1, "Error", "boom", 2),
            0,
            "it ended with exit code 1: boom",
            true,
        );
        check(
            &ended(137, "OOMKilled", "", 2),
            0,
            "it ended with exit code 137: it needed more memory than it may have",
            true,
        );
        assert_eq!(ended(1, "Error", "", 2).stage(), Stage::Crashed);
    }

    #[test]
    fn a_refusal_is_told_until_the_next_start_succeeds() {
        let starting = |code, was_started| {
            let mut member = ended(code, "Error", "this disk is b's", 1);
            let pod = member.pod.as_mut().unwrap();
            (pod.running, pod.was_started) = (true, was_started);
            member
        };
        let refused = starting(REFUSED, false);
        assert_eq!(refused.stage(), Stage::Starting);
        check(
            &refused,
            100,
            "it refuses to start: this disk is b's",
            false,
        );
        assert_eq!(starting(REFUSED, true).trouble(100), None);
        assert_eq!(starting(1, false).trouble(100), None);
    }

    #[test]
    fn servers_without_a_pod() {
        let mut member = Member::new(ServerId::try_from(1).unwrap());
        check(&member, 0, "it has neither a StatefulSet nor a pod", false);
        let workload = Workload {
            name: "zk-server-1".to_owned(),
            replicas: 1,
            revision: None,
            failed_create: Some("exceeded quota".to_owned()),
        };
        member.workload = Some(workload.clone());
        check(
            &member,
            0,
            "its pod cannot be created: exceeded quota",
            true,
        );
        member.workload = Some(Workload {
            failed_create: None,
            ..workload.clone()
        });
        check(&member, 0, "its pod does not exist yet", false);
        member.workload = Some(Workload {
            failed_create: None,
            replicas: 0,
            ..workload
        });
        check(&member, 0, "StatefulSet zk-server-1 was scaled to 0", true);
    }

    #[test]
    fn stages_of_a_start() {
        let running = Pod {
            node: Some("n1".to_owned()),
            running: true,
            ..Pod::default()
        };
        let mut member = member(running);
        member.probe = Probe::Unreachable("refused".to_owned());
        assert_eq!((member.stage(), member.trouble(0)), (Stage::Starting, None));
        member.probe = Probe::NotServing;
        assert_eq!(member.stage(), Stage::Looking);
    }
}
