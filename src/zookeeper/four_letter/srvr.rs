//! `srvr`: version, mode, latency and last zxid.

use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::Mode;
use crate::ensemble::Version;
use crate::ensemble::zxid::Zxid;
use crate::zookeeper::four_letter::lines::after;
use crate::zookeeper::four_letter::lines::number;
use crate::zookeeper::four_letter::lines::triple;

/// The answer to `srvr`.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct Srvr {
    /// Version and build, as printed.
    pub version_text: Option<String>,
    /// The version's three numbers.
    pub version: Option<Version>,
    /// Request latency since the start or the last `srst`, in milliseconds.
    pub latency: Option<Latency>,
    /// Packets received.
    pub received: Option<i64>,
    /// Packets sent.
    pub sent: Option<i64>,
    /// Open connections; the one that asks is among them.
    pub connections: Option<i64>,
    /// Requests waiting.
    pub outstanding: Option<i64>,
    /// The last transaction.
    pub zxid: Option<Zxid>,
    /// What the server does. A server removed from the ensemble still says `follower`.
    pub mode: Option<Mode>,
    /// Whether it has no quorum and serves read-only clients alone.
    pub read_only: bool,
    /// How many nodes its data has.
    pub node_count: Option<i64>,
    /// Sizes of proposals in bytes; the leader's alone, −1 before the first.
    pub proposal_sizes: Option<ProposalSizes>,
}

/// Request latency in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Latency {
    pub min: f64,
    pub avg: f64,
    pub max: f64,
}

/// Sizes of proposals in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProposalSizes {
    pub last: i64,
    pub min: i64,
    pub max: i64,
}

impl Srvr {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        let version_text = after(text, "Zookeeper version:");
        let latency = after(text, "Latency min/avg/max:").and_then(triple);
        let sizes = after(text, "Proposal sizes last/min/max:").and_then(triple);
        Self {
            version: version_text.and_then(|text| text.parse().ok()),
            version_text: version_text.map(str::to_owned),
            latency: latency.map(|[min, avg, max]| Latency { min, avg, max }),
            received: number(text, "Received:"),
            sent: number(text, "Sent:"),
            connections: number(text, "Connections:"),
            outstanding: number(text, "Outstanding:"),
            zxid: number(text, "Zxid:"),
            mode: number(text, "Mode:"),
            read_only: after(text, "READ-ONLY mode").is_some(),
            node_count: number(text, "Node count:"),
            proposal_sizes: sizes.map(|[last, min, max]| ProposalSizes { last, min, max }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_only_server_says_so_twice() {
        let srvr =
            Srvr::parse("READ-ONLY mode; serving only read-only clients\r\nMode: read-only\r\n");
        assert_eq!((srvr.read_only, srvr.mode), (true, Some(Mode::ReadOnly)));
        assert_eq!(srvr.node_count, None);
    }
}
