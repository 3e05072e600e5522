//! `srvr`: version, mode, latency and last zxid.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::ensemble::zxid::Zxid;
use crate::zookeeper::four_letter::lines::after;
use crate::zookeeper::four_letter::lines::number;
use crate::zookeeper::four_letter::lines::triple;

/// The answer to `srvr`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Srvr {
    /// Version and build, as printed.
    pub version_text: Option<String>,
    /// The version's three numbers.
    pub version: Option<(u8, u8, u8)>,
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
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Latency {
    pub min: f64,
    pub avg: f64,
    pub max: f64,
}

/// Sizes of proposals in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProposalSizes {
    pub last: i64,
    pub min: i64,
    pub max: i64,
}

/// What a server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Proposes writes.
    Leader,
    /// Acknowledges writes.
    Follower,
    /// Learns of writes.
    Observer,
    /// Is alone, and cannot be reconfigured.
    Standalone,
    /// Has no quorum and only reads.
    ReadOnly,
}

/// Why a text is not a mode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a mode is leader, follower, observer, standalone or read-only, not {0:?}")]
pub struct UnknownMode(String);

impl Srvr {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        let version_text = after(text, "Zookeeper version:");
        let latency = after(text, "Latency min/avg/max:").and_then(triple);
        let sizes = after(text, "Proposal sizes last/min/max:").and_then(triple);
        Self {
            version: version_text.and_then(version),
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

/// The three numbers at the head of a version; what follows differs from build to build.
pub(crate) fn version(text: &str) -> Option<(u8, u8, u8)> {
    let mut parts = text.splitn(3, '.');
    let (major, minor, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    Some((
        major.parse().ok()?,
        minor.parse().ok()?,
        rest[..end].parse().ok()?,
    ))
}

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        match text {
            "leader" => Ok(Self::Leader),
            "follower" => Ok(Self::Follower),
            "observer" => Ok(Self::Observer),
            "standalone" => Ok(Self::Standalone),
            "read-only" => Ok(Self::ReadOnly),
            _ => Err(UnknownMode(text.to_owned())),
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Leader => "leader",
            Self::Follower => "follower",
            Self::Observer => "observer",
            Self::Standalone => "standalone",
            Self::ReadOnly => "read-only",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_every_build_are_read() {
        for (text, expected) in [
            (
                "3.9.5-293c895a8d966a3ecb92872be4a1daf87d725da2, built on 2026-02-11 20:18 UTC",
                Some((3, 9, 5)),
            ),
            (
                "3.6.3--6401e4ad2087061bc6b9f80dec2d69f2e3c8660a, built on 04/08/2021 16:35 GMT",
                Some((3, 6, 3)),
            ),
            ("3.8.0-${mvngit.commit.id}, built on", Some((3, 8, 0))),
            ("3.10.0", Some((3, 10, 0))),
            ("3.9", None),
            ("", None),
            ("a.b.c", None),
            ("3.9.é", None),
        ] {
            assert_eq!(version(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_read_only_server_says_so_twice() {
        let srvr =
            Srvr::parse("READ-ONLY mode; serving only read-only clients\r\nMode: read-only\r\n");
        assert_eq!((srvr.read_only, srvr.mode), (true, Some(Mode::ReadOnly)));
        assert_eq!(srvr.node_count, None);
    }
}
