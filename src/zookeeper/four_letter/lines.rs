//! Lines of text to values: what the answers' parsers share.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

/// The trimmed rest of the line that starts with `label`.
pub(crate) fn after<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix(label))
        .map(str::trim)
}

/// The number after `label`.
pub(crate) fn number<T: std::str::FromStr>(text: &str, label: &str) -> Option<T> {
    after(text, label)?.parse().ok()
}

/// Three values with `/` between them.
pub(crate) fn triple<T: std::str::FromStr>(text: &str) -> Option<[T; 3]> {
    let parts: Vec<T> = text
        .split('/')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    parts.try_into().ok()
}

/// The `key=value` lines; lines without `=` are passed over.
pub(crate) fn pairs(text: &str) -> BTreeMap<String, String> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// A value that a server printed: a decimal number as such, `null` as null, all else as a text.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(missing_docs, reason = "the types say it")]
pub enum Plain {
    Number(f64),
    Text(String),
    Null,
}

/// A JSON object of numbers, where the text is one, and texts.
pub(crate) fn object(pairs: &BTreeMap<String, String>) -> Value {
    pairs
        .iter()
        .map(|(key, text)| (key.clone(), value(text)))
        .collect()
}

/// A decimal number as such, `null` as null, everything else as a text.
///
/// Of fractions only those as Java prints them, `4.5` and `1.6E7`: words that floating-point parsers
/// take (`inf`, `nan`), and digits around an `e` that may be a hash, stay texts.
pub(crate) fn value(text: &str) -> Value {
    let decimal = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"-.E".contains(&byte));
    let number = match text {
        "null" => Some(Value::Null),
        _ if !decimal => None,
        _ if text.contains('.') => text.parse::<f64>().ok().map(Value::from),
        _ => text.parse::<i64>().ok().map(Value::from),
    };
    number.unwrap_or_else(|| Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_plain_decimals_are_numbers() {
        for (text, expected) in [
            ("5", json!(5)),
            ("-1", json!(-1)),
            ("4.8951", json!(4.8951)),
            ("null", json!(null)),
            ("", json!("")),
            ("-", json!("-")),
            ("1.2.3", json!("1.2.3")),
            ("inf", json!("inf")),
            ("1.6809112E7", json!(16_809_112.0)),
            ("1E5", json!("1E5")),
            ("1e5", json!("1e5")),
            ("0x1", json!("0x1")),
            ("99999999999999999999", json!("99999999999999999999")),
        ] {
            assert_eq!(value(text), expected, "{text:?}");
        }
    }
}
