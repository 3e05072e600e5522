//! The number of a server: the convention's `server: N`, ZooKeeper's `myid`.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

/// A server's id, from 1 to 255 (ZooKeeper's administrator's guide, "myid").
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize,
)]
#[serde(try_from = "u8")]
pub struct ServerId(#[schemars(range(min = 1))] u8);

/// Why a text or number is not a server id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a server id is a number from 1 to 255, not {0:?}")]
pub struct InvalidServerId(String);

impl ServerId {
    /// The id as a plain number.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for ServerId {
    type Error = InvalidServerId;

    fn try_from(number: u8) -> Result<Self, InvalidServerId> {
        match number {
            0 => Err(InvalidServerId(number.to_string())),
            _ => Ok(Self(number)),
        }
    }
}

impl FromStr for ServerId {
    type Err = InvalidServerId;

    fn from_str(text: &str) -> Result<Self, InvalidServerId> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = text
            .parse::<u8>()
            .ok()
            .filter(|&number| digits && 0 < number);
        number
            .map(Self)
            .ok_or_else(|| InvalidServerId(text.to_owned()))
    }
}

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_from_1_to_255() {
        for text in ["1", "9", "255"] {
            assert_eq!(text.parse::<ServerId>().unwrap().to_string(), text);
        }
        for text in ["", "0", "256", "-1", "+1", "one", " 1", "1 "] {
            assert!(text.parse::<ServerId>().is_err(), "{text:?}");
        }
    }
}
