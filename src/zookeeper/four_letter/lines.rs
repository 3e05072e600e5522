//! Lines of text to values: what the answers' parsers share.

use std::collections::BTreeMap;

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

/// A JSON object of numbers, where the text is one, and texts.
pub(crate) fn object(pairs: &BTreeMap<String, String>) -> Value {
    pairs
        .iter()
        .map(|(key, text)| (key.clone(), value(text)))
        .collect()
}

/// A plain decimal number as such, `null` as null, everything else as a text.
///
/// Words that floating-point parsers take (`inf`, `nan`) and exponents stay texts.
pub(crate) fn value(text: &str) -> Value {
    let plain = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte));
    match (text, plain) {
        ("null", _) => Value::Null,
        (_, true) => decimal(text).unwrap_or_else(|| Value::from(text)),
        (_, false) => Value::from(text),
    }
}

fn decimal(text: &str) -> Option<Value> {
    let integer = text.parse::<i64>().ok().map(Value::from);
    integer.or_else(|| {
        text.parse::<f64>()
            .ok()
            .filter(|_| text.contains('.'))
            .map(Value::from)
    })
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
            ("1e5", json!("1e5")),
            ("0x1", json!("0x1")),
            ("99999999999999999999", json!("99999999999999999999")),
        ] {
            assert_eq!(value(text), expected, "{text:?}");
        }
    }
}
