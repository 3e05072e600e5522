//! Kubernetes' quantities: `500m`, `1Gi`, `2e3` (k8s.io/apimachinery, `resource.Quantity`).

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;

/// A quantity that is more than nothing, in the words it was given in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quantity {
    text: String,
    thousandths: i128,
}

/// Why a text is not a quantity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a quantity: a number above 0 with a suffix such as m, M, G, Mi or Gi")]
pub struct InvalidQuantity(String);

impl Quantity {
    /// Whole units (bytes, cores), rounded down.
    pub fn units(&self) -> i128 {
        self.thousandths / 1000
    }

    /// Mebibytes, rounded down.
    pub fn mebibytes(&self) -> i128 {
        self.units() >> 20
    }

    /// A quantity of so many mebibytes.
    pub fn of_mebibytes(number: i128) -> Self {
        Self {
            text: match number % 1024 {
                0 => format!("{}Gi", number / 1024),
                _ => format!("{number}Mi"),
            },
            thousandths: (number << 20) * 1000,
        }
    }
}

/// In thousandths.
fn multiplier(suffix: &str) -> Option<i128> {
    let kilo = |power: u32| Some(1000_i128.pow(power + 1));
    let kibi = |power: u32| Some(1000_i128 << (10 * power));
    match suffix {
        "m" => Some(1),
        "" => Some(1000),
        "k" => kilo(1),
        "M" => kilo(2),
        "G" => kilo(3),
        "T" => kilo(4),
        "P" => kilo(5),
        "E" => kilo(6),
        "Ki" => kibi(1),
        "Mi" => kibi(2),
        "Gi" => kibi(3),
        "Ti" => kibi(4),
        "Pi" => kibi(5),
        "Ei" => kibi(6),
        exponent => {
            let power: u32 = exponent.strip_prefix(['e', 'E'])?.parse().ok()?;
            (power <= 18).then(|| 1000 * 10_i128.pow(power))
        }
    }
}

fn thousandths(text: &str) -> Option<i128> {
    let digits = |c: char| c.is_ascii_digit();
    let end = text.find(|c| !digits(c) && c != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') || 18 < number.len() {
        return None;
    }
    let scale = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    let scaled: i128 = format!("{whole}{fraction}").parse().ok()?;
    scaled
        .checked_mul(multiplier(suffix)?)
        .map(|value| value / scale)
}

impl FromStr for Quantity {
    type Err = InvalidQuantity;

    fn from_str(text: &str) -> Result<Self, InvalidQuantity> {
        let thousandths = thousandths(text)
            .filter(|&value| 0 < value)
            .ok_or_else(|| InvalidQuantity(text.to_owned()))?;
        Ok(Self {
            text: text.to_owned(),
            thousandths,
        })
    }
}

impl TryFrom<String> for Quantity {
    type Error = InvalidQuantity;

    fn try_from(text: String) -> Result<Self, InvalidQuantity> {
        text.parse()
    }
}

impl From<Quantity> for String {
    fn from(quantity: Quantity) -> Self {
        quantity.text
    }
}

/// Equal amounts are equal, however they are written.
impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.thousandths == other.thousandths
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.thousandths.cmp(&other.thousandths)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kubernetes_forms() {
        for (text, units) in [
            ("1", 1),
            ("1Gi", 1 << 30),
            ("1.5Gi", 3 << 29),
            ("2k", 2000),
            ("2e3", 2000),
            (".5M", 500_000),
            ("1500m", 1),
        ] {
            assert_eq!(text.parse::<Quantity>().unwrap().units(), units, "{text}");
        }
        assert_eq!(
            "1024Mi".parse::<Quantity>().unwrap(),
            "1Gi".parse().unwrap()
        );
        assert_eq!(Quantity::of_mebibytes(614).mebibytes(), 614);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            ".",
            "0",
            "0Gi",
            "-1",
            "1 Gi",
            "1gi",
            "1KB",
            "Gi",
            "1.2.3",
            "1e99",
            "99999999999999999999",
        ] {
            assert!(text.parse::<Quantity>().is_err(), "{text}");
        }
    }
}
