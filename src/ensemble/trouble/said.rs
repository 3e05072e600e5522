//! What Kubernetes, containerd and Java say, made one short sentence. Knows their words, and nothing of servers.

use crate::ensemble::observed::End;

/// What Java says after its cause, and what tells nobody anything.
const NOISE: [&str; 6] = [
    "Error: Could not create the Java Virtual Machine.",
    "Error: A fatal exception has occurred. Program will exit.",
    "JMX disabled by user request",
    "Using config: ",
    " - INFO ",
    "Exiting JVM with code ",
];

/// Where `ZooKeeper` reads its data when it starts (`QuorumPeer.loadDataBase`): what it throws there is of the data.
const READS_DATA: &str = "QuorumPeer.loadDataBase(";

/// `0/3 nodes are available: 3 Insufficient cpu` of the scheduler's longer story.
pub(super) fn first_sentence(message: &str) -> &str {
    let first = message.split(". ").next().unwrap_or(message);
    first.trim_end_matches('.')
}

/// What the API server said to the StatefulSet's controller: `create Pod P in StatefulSet S failed error: …`.
pub(super) fn of_creation(message: &str) -> &str {
    let said = message
        .split_once(" failed error: ")
        .map_or(message, |(_, said)| said);
    let claim = said.strip_prefix("failed to create PVC ");
    claim
        .and_then(|rest| rest.split_once(": "))
        .map_or(said, |(_, said)| said)
}

/// The quota that forbids it: `exceeded quota: Q, …` or `failed quota: Q: …`.
pub(crate) fn quota(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("quota: ")?;
    rest.split([',', ':'])
        .next()
        .filter(|name| !name.is_empty() && !name.contains(' '))
}

/// The end of the kubelet's and containerd's chain: what was not found, or not reached.
pub(super) fn of_pull(message: &str) -> &str {
    let chain = ["ErrImagePull: ", "failed to resolve reference "];
    chain.iter().fold(message, |said, link| {
        let rest = said.split_once(link).map(|(_, rest)| rest);
        rest.map_or(said, |rest| match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once("\": ").map_or(rest, |(_, why)| why),
            None => rest,
        })
    })
}

/// The line of a termination message, or of a log's end, that says most: what an exception was caused by, or the last that
/// is no stack frame and no noise.
fn of_end(message: &str) -> &str {
    let tells = |line: &&str| {
        let frame = line.starts_with("at ") || line.starts_with("... ");
        !line.is_empty() && !frame && !NOISE.iter().any(|noise| line.contains(noise))
    };
    let mut lines = message.lines().map(str::trim).rev();
    let cause = lines
        .clone()
        .find_map(|line| line.strip_prefix("Caused by: "));
    cause.or_else(|| lines.find(tells)).unwrap_or_default()
}

impl End {
    /// Why its data cannot be read, if that is why it ended.
    pub(super) fn damage(&self) -> Option<&str> {
        let why = of_end(&self.message);
        let said = why.split_once("Exception: ").map_or(why, |(_, said)| said);
        (self.code != 0 && self.message.contains(READS_DATA)).then_some(said)
    }

    /// Why it ended, in one line.
    pub fn why(&self) -> &str {
        match (of_end(&self.message), self.reason.as_str()) {
            (_, "OOMKilled") => "it needed more memory than it may have",
            ("", reason) => reason,
            (message, _) => message,
        }
    }
}

/// Whether the start script missed a Service: a kubelet that was cut off from the API server learns of new ones late, and
/// each start of the container looks anew.
pub(super) fn is_too_early(message: &str) -> bool {
    message.starts_with("no Service address for server ")
}

/// Whether only the namespace's service account is missing: a new namespace has none for a moment, and controllers try again.
pub(super) fn is_young_namespace(message: &str) -> bool {
    message.contains("error looking up service account")
}

/// Whether nodes are refused because a disk is bound to others (the scheduler's words).
pub(super) fn is_bound(message: &str) -> bool {
    let words = [
        "volume node affinity conflict",
        "match PersistentVolume's node affinity",
    ];
    words.iter().any(|words| message.contains(words))
}

/// The ensemble whose identity is not there: of `secret "zk-identity" not found`.
pub(super) fn lost_identity(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("secret \"")?;
    rest.split_once("-identity\" not found")
        .map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheduler() {
        let text = "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3";
        let first = "0/3 nodes are available: 3 Insufficient cpu";
        assert_eq!(first_sentence(text), first);
        assert_eq!(first_sentence("0/3 nodes."), "0/3 nodes");
    }

    #[test]
    fn controllers_and_quotas() {
        let said =
            "persistentvolumeclaims \"d\" is forbidden: exceeded quota: tight, requested: p=1";
        for text in [
            format!("Create Claim d for Pod p in StatefulSet s failed error: {said}"),
            format!("Create Pod p in StatefulSet s failed error: failed to create PVC d: {said}"),
            said.to_owned(),
        ] {
            assert_eq!(of_creation(&text), said);
        }
        assert_eq!(quota(said), Some("tight"));
        assert_eq!(quota("failed quota: q: must specify cpu"), Some("q"));
        assert_eq!(quota("denied the request"), None);
    }

    #[test]
    fn pulls() {
        let chain = "failed to pull and unpack image \"docker.io/library/z:1\": failed to resolve reference \"docker.io/library/z:1\": docker.io/library/z:1: not found";
        assert_eq!(of_pull(chain), "docker.io/library/z:1: not found");
        let backs_off = format!("Back-off pulling image \"z:1\": ErrImagePull: {chain}");
        assert_eq!(of_pull(&backs_off), "docker.io/library/z:1: not found");
        assert_eq!(of_pull("i/o timeout"), "i/o timeout");
    }

    #[test]
    fn ends() {
        let java = "JMX disabled by user request\nUsing config: /data/conf/zoo.cfg\nUnrecognized option: -Xno\nError: Could not create the Java Virtual Machine.\nError: A fatal exception has occurred. Program will exit.\n";
        assert_eq!(of_end(java), "Unrecognized option: -Xno");
        assert_eq!(
            of_end("boom: why\n\tat a.B(C.java:1)\n\t... 3 more\n"),
            "boom: why"
        );
        assert_eq!(of_end(""), "");
    }

    #[test]
    fn damaged_data() {
        let end = |message: &str| End {
            reason: "Error".to_owned(),
            code: 1,
            message: message.to_owned(),
        };
        let said = "java.lang.RuntimeException: Unable to run quorum server\n\tat org.apache.zookeeper.server.quorum.QuorumPeer.loadDataBase(QuorumPeer.java:1204)\nCaused by: java.io.IOException: The current epoch, 1, is older than the last zxid, 17179869184\n\t... 4 common frames omitted\n2026-11-25 22:58:23,251 [myid:2] - INFO  [main:o.a.z.a.ZKAuditProvider@42] - ZooKeeper audit is disabled.\n2026-11-25 22:58:23,253 [myid:2] - ERROR [main:o.a.z.u.ServiceUtils@48] - Exiting JVM with code 1\n";
        let damaged = end(said);
        let why = "The current epoch, 1, is older than the last zxid, 17179869184";
        assert_eq!(damaged.damage(), Some(why));
        assert_eq!(damaged.why(), format!("java.io.IOException: {why}"));
        assert_eq!(end("java.io.IOException: disk full").damage(), None);
    }

    #[test]
    fn identities() {
        let text = "CreateContainerConfigError: secret \"my-zk-identity\" not found";
        assert_eq!(lost_identity(text), Some("my-zk"));
        assert_eq!(lost_identity("secret \"other\" not found"), None);
    }
}
