//! What a server does in the quorum, in ZooKeeper's words.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

/// A serving server's role in the quorum (`Mode:` of `srvr`). It says nothing about membership: a removed server goes on
/// as a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, JsonSchema, Serialize)]
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

impl Mode {
    /// ZooKeeper's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Follower => "follower",
            Self::Observer => "observer",
            Self::Standalone => "standalone",
            Self::ReadOnly => "read-only",
        }
    }
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
        f.pad(self.as_str())
    }
}
