//! What keeps a pod from running, by Kubernetes' facts about it. Knows nothing of what its server says.

use crate::ensemble::observed::Pod;
use crate::ensemble::trouble::PATIENCE;
use crate::ensemble::trouble::Trouble;
use crate::ensemble::trouble::said;

/// The start script's exit code for what cannot heal by itself (`EX_CONFIG` of sysexits.h).
pub(super) const REFUSED: i32 = 78;

/// How long a kubelet may go without learning of a new Service once it lost the API server, in seconds: it asks again after
/// up to 30 s, with as much again by chance (client-go, `Reflector`), and each start of the container looks anew.
const LATE_SERVICE: i64 = 120;

impl Pod {
    /// Seconds since it was made.
    pub(super) fn age(&self, now: i64) -> i64 {
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

    pub(super) fn trouble(&self, now: i64) -> Option<Trouble> {
        self.placement(now)
            .or_else(|| self.image_trouble(now))
            .or_else(|| self.crash(now))
            .or_else(|| self.setup(now))
    }

    /// Something that may pass; what is known of its node, and where to look.
    pub(super) fn silent(&self, what: String) -> Trouble {
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

    /// What our start script refuses is final at once, unless its kubelet did not know all Services yet, which it learns in
    /// a while; of other crashes the second one. Started again, it still tells why it refused, until it comes up.
    fn crash(&self, now: i64) -> Option<Trouble> {
        let end = self.last_end.as_ref()?;
        if self.running && (end.code != REFUSED || self.has_started()) {
            return None;
        }
        let why = end.why();
        let in_vain = match end.code {
            REFUSED if said::is_too_early(&end.message) => LATE_SERVICE < self.age(now),
            REFUSED => true,
            _ => 1 <= self.restarts,
        };
        let what = match end.code {
            REFUSED => format!("it refuses to start: {why}"),
            code => format!("it ended with exit code {code}: {why}"),
        };
        let previous = if self.running { " --previous" } else { "" };
        Some(Trouble {
            what,
            lasting: !self.running && in_vain,
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
