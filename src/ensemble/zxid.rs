//! The number of a transaction: an epoch and a counter. Knows what may be compared, not who said it.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;
use serde::Serializer;

/// A transaction's number: the epoch in the high 32 bits, the counter in the low 32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(extend("pattern" = "^0x[0-9a-f]{1,16}$"))]
pub struct Zxid(#[schemars(with = "String")] pub u64);

/// Why a text is not a zxid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a zxid is a hexadecimal number of at most 16 digits, such as 0x100000004, not {0:?}")]
pub struct InvalidZxid(String);

impl Zxid {
    /// Which leader's reign it belongs to: one more at each election.
    pub fn epoch(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// How many transactions that leader had proposed.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the low half is what is asked for"
    )]
    pub fn counter(self) -> u32 {
        self.0 as u32
    }
}

/// By how many transactions `follower` is behind `leader`; 0 if it was asked later and is ahead.
///
/// `None` when their epochs differ: right after an election the leader shows 0x100000000
/// where its followers still show 0x0, and the difference of the two means nothing.
pub fn lag(leader: Zxid, follower: Zxid) -> Option<u64> {
    (leader.epoch() == follower.epoch()).then(|| leader.0.saturating_sub(follower.0))
}

impl FromStr for Zxid {
    type Err = InvalidZxid;

    fn from_str(text: &str) -> Result<Self, InvalidZxid> {
        let digits = text.strip_prefix("0x").unwrap_or(text);
        hexadecimal(digits)
            .map(Self)
            .ok_or_else(|| InvalidZxid(text.to_owned()))
    }
}

/// The value of hexadecimal digits and nothing else: no sign, no blank, no prefix.
pub(crate) fn hexadecimal(digits: &str) -> Option<u64> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(digits, 16).ok().filter(|_| plain)
}

impl fmt::Display for Zxid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

impl Serialize for Zxid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn epoch_and_counter_are_the_two_halves() {
        let zxid = "0x20000012f".parse::<Zxid>().unwrap();
        assert_eq!((zxid.epoch(), zxid.counter()), (2, 0x12f));
        assert_eq!(zxid.to_string(), "0x20000012f");
    }

    #[test]
    fn only_hexadecimal_numbers() {
        for text in [
            "",
            "0x",
            "+1",
            "0x+1",
            "-1",
            " 1",
            "g",
            "0x10000000000000000",
        ] {
            assert!(text.parse::<Zxid>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_lag_is_never_taken_across_epochs() {
        let zxid = |text: &str| text.parse::<Zxid>().unwrap();
        assert_eq!(lag(zxid("100000005"), zxid("100000002")), Some(3));
        assert_eq!(lag(zxid("100000002"), zxid("100000005")), Some(0));
        assert_eq!(lag(zxid("100000000"), zxid("0")), None);
        assert_eq!(lag(zxid("100000000"), zxid("200000000")), None);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(number: u64) {
            prop_assert_eq!(Zxid(number).to_string().parse::<Zxid>(), Ok(Zxid(number)));
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = text.parse::<Zxid>();
        }
    }
}
