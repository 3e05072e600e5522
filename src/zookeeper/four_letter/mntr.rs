//! `mntr`: every metric, one a line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use crate::ensemble::Mode;
use crate::ensemble::Version;

use crate::zookeeper::four_letter::lines::Plain;
use crate::zookeeper::four_letter::lines::object;

/// What every server's answer must hold before [`is_enough`] believes it.
const OF_ALL: &[&str] = &[
    "outstanding_requests",
    "num_alive_connections",
    "znode_count",
    "watch_count",
    "approximate_data_size",
];
/// What a leader's must hold as well. Those of 3.6 and later (`synced_non_voting_followers`, …) are
/// waited for only where there is `quorum_size`, which came with them.
const OF_LEADER: &[&str] = &["synced_followers", "pending_syncs"];
/// What a leader's of 3.6 and later must hold as well.
const OF_LEADER_SINCE_3_6: &[&str] = &[
    "learners",
    "synced_non_voting_followers",
    "synced_observers",
    "quorum_size",
    "uptime",
];

/// What a server's of 3.6 and later must hold as well before [`is_all`] believes it.
const OF_ALL_SINCE_3_6: &[&str] = &["uptime", "digest_mismatches_count", "quorum_size"];

/// The answer to `mntr`: keys with their `zk_`, and values as printed.
///
/// Keys are not all the server's own: some hold the names of the users' nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub struct Mntr {
    /// Every line, split at its first tab.
    #[schemars(with = "BTreeMap<String, Plain>")]
    pub values: BTreeMap<String, String>,
}

impl Mntr {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        let values = lines.map(|(key, value)| (key.to_owned(), value.trim_end().to_owned()));
        Self {
            values: values.collect(),
        }
    }

    /// The value of `key`, which is written without its `zk_`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.values.get(&format!("zk_{key}")).map(String::as_str)
    }

    /// The value of `key` as an integer. Prometheus' provider prints all as fractions: `7.0`, `1.6809112E7`.
    pub fn i64(&self, key: &str) -> Option<i64> {
        self.text(key)?
            .parse()
            .ok()
            .or_else(|| whole(self.f64(key)?))
    }

    /// The value of `key` as a number.
    pub fn f64(&self, key: &str) -> Option<f64> {
        self.text(key)?
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    /// What the server does.
    pub fn server_state(&self) -> Option<Mode> {
        self.text("server_state")?.parse().ok()
    }

    /// The server's version.
    pub fn version(&self) -> Option<Version> {
        self.text("version")?.parse().ok()
    }

    /// A leader's: followers in sync, those that do not vote among them.
    pub fn synced_followers(&self) -> Option<i64> {
        self.of_leader("synced_followers")
    }

    /// A leader's: followers in sync that are not yet, or no longer, members. Since 3.6.
    pub fn synced_non_voting_followers(&self) -> Option<i64> {
        self.of_leader("synced_non_voting_followers")
    }

    /// A leader's: observers in sync. Since 3.6.
    pub fn synced_observers(&self) -> Option<i64> {
        self.of_leader("synced_observers")
    }

    /// A leader's: all that are connected. Called `followers` before 3.6.
    pub fn learners(&self) -> Option<i64> {
        self.of_leader("learners")
            .or_else(|| self.of_leader("followers"))
    }

    /// How many servers vote. Since 3.6.
    pub fn quorum_size(&self) -> Option<i64> {
        self.i64("quorum_size")
    }

    /// A leader's: learners that are catching up.
    pub fn pending_syncs(&self) -> Option<i64> {
        self.of_leader("pending_syncs")
    }

    /// Milliseconds since the server began to lead, follow or observe. Since 3.6.
    pub fn uptime(&self) -> Option<i64> {
        self.i64("uptime")
    }

    /// Nodes in the data.
    pub fn znode_count(&self) -> Option<i64> {
        self.i64("znode_count")
    }

    /// Watches at this server.
    pub fn watch_count(&self) -> Option<i64> {
        self.i64("watch_count")
    }

    /// Size of the data, in bytes.
    pub fn approximate_data_size(&self) -> Option<i64> {
        self.i64("approximate_data_size")
    }

    /// Requests waiting.
    pub fn outstanding_requests(&self) -> Option<i64> {
        self.i64("outstanding_requests")
    }

    /// Open connections; the one that asks is among them.
    pub fn num_alive_connections(&self) -> Option<i64> {
        self.i64("num_alive_connections")
    }

    /// All values, numbers as such.
    pub fn to_json(&self) -> Value {
        object(&self.values)
    }

    /// Prometheus' provider prints some of a leader's gauges on followers too, where they mean nothing.
    fn of_leader(&self, key: &str) -> Option<i64> {
        self.i64(key)
            .filter(|_| self.server_state() == Some(Mode::Leader))
    }

    fn holds_enough(&self) -> bool {
        match self.server_state() {
            Some(Mode::Leader) => {
                self.has(OF_ALL) && self.has(OF_LEADER) && self.has(OF_LEADER_SINCE_3_6)
            }
            Some(_) => self.has(OF_ALL),
            None => false,
        }
    }

    fn has(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.text(key).is_some())
    }
}

/// A number without a fraction, if it is small enough to be exact.
fn whole(number: f64) -> Option<i64> {
    let exact = number.fract() == 0.0 && number.abs() < 2f64.powi(53);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is whole and below 2^53"
    )]
    exact.then_some(number as i64)
}

/// Whether what has come so far holds all that tells a leader's followers, and what every server counts.
///
/// For [`ask_until`](crate::zookeeper::four_letter::ask::ask_until): the whole answer has hundreds of lines and
/// no end mark. A line without its newline does not count.
pub fn is_enough(bytes: &[u8]) -> bool {
    so_far(bytes).holds_enough()
}

/// Whether it holds all that is ever shown of a server, too: where it does not, as before 3.6, the end is waited for.
pub fn is_all(bytes: &[u8]) -> bool {
    let mntr = so_far(bytes);
    mntr.holds_enough() && mntr.has(OF_ALL_SINCE_3_6)
}

fn so_far(bytes: &[u8]) -> Mntr {
    let end = bytes.iter().rposition(|&byte| byte == b'\n').unwrap_or(0);
    Mntr::parse(&String::from_utf8_lossy(&bytes[..end]))
}
