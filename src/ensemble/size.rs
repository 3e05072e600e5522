//! How many servers vote, and what follows from it.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;

use crate::ensemble::ServerId;

/// A number of voters, from 1 to 9: more only slow every write down (ZooKeeper's administrator's guide).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Size(u8);

/// Why a text or number is not a size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an ensemble has 1 to 9 voting servers, not {0:?}")]
pub struct InvalidSize(String);

/// How many of `voters` must agree.
pub fn quorum(voters: usize) -> usize {
    voters / 2 + 1
}

impl Size {
    /// The size as a plain number.
    pub fn get(self) -> u8 {
        self.0
    }

    /// How many servers must agree.
    pub fn quorum(self) -> usize {
        quorum(self.0.into())
    }

    /// How many servers may be lost while the others serve on.
    pub fn tolerance(self) -> usize {
        usize::from(self.0) - self.quorum()
    }

    /// The ids of a new ensemble of this size: 1 to N.
    pub fn ids(self) -> impl Iterator<Item = ServerId> {
        (1..=self.0).filter_map(|number| ServerId::try_from(number).ok())
    }

    /// Why this size is a poor one, if it is.
    pub fn advice(self) -> Option<String> {
        self.0.is_multiple_of(2).then(|| {
            format!(
                "{} servers survive the loss of {}, as {} would: an even number adds a server that can fail, and no safety",
                self.0,
                self.tolerance(),
                self.0 - 1
            )
        })
    }
}

/// Three: the smallest ensemble that survives a loss.
impl Default for Size {
    fn default() -> Self {
        Self(3)
    }
}

impl TryFrom<u8> for Size {
    type Error = InvalidSize;

    fn try_from(number: u8) -> Result<Self, InvalidSize> {
        match number {
            1..=9 => Ok(Self(number)),
            _ => Err(InvalidSize(number.to_string())),
        }
    }
}

impl FromStr for Size {
    type Err = InvalidSize;

    fn from_str(text: &str) -> Result<Self, InvalidSize> {
        let number = text.parse::<u8>().ok().filter(|_| !text.starts_with('+'));
        number
            .and_then(|number| Self::try_from(number).ok())
            .ok_or_else(|| InvalidSize(text.to_owned()))
    }
}

impl From<Size> for u8 {
    fn from(size: Size) -> Self {
        size.0
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_of_every_size() {
        let expected = [
            (1, 1, 0),
            (2, 2, 0),
            (3, 2, 1),
            (4, 3, 1),
            (5, 3, 2),
            (6, 4, 2),
            (7, 4, 3),
            (8, 5, 3),
            (9, 5, 4),
        ];
        for (number, quorum, tolerance) in expected {
            let size = Size::try_from(number).unwrap();
            assert_eq!((size.quorum(), size.tolerance()), (quorum, tolerance));
            assert_eq!(size.advice().is_some(), number % 2 == 0);
            assert_eq!(size.ids().count(), usize::from(number));
        }
    }

    #[test]
    fn other_sizes_are_refused() {
        for text in ["0", "10", "-1", "+3", "three", ""] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
