//! Label selectors (apimachinery's `labels.Parse`), read so that a misspelt one is refused before anything is asked. Knows
//! their form; what they select is the API server's to say.

use crate::commands::values::label;
use crate::commands::values::label_key;

/// A selector that makes sense, as it was written.
pub(crate) fn selector(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    for requirement in requirements(text) {
        check(requirement.trim())?;
    }
    Ok(text.to_owned())
}

/// What is between the commas outside parentheses.
fn requirements(text: &str) -> Vec<&str> {
    let mut inside = false;
    text.split(|c| {
        inside = c == '(' || inside && c != ')';
        c == ',' && !inside
    })
    .collect()
}

fn check(requirement: &str) -> Result<(), String> {
    if let Some((key, values)) = set(requirement) {
        return values.iter().try_for_each(|value| pair(key, value));
    }
    if let Some(key) = requirement.strip_prefix('!') {
        return label_key(key.trim()).map(|_| ());
    }
    if let Some((key, number)) = requirement.split_once(['<', '>']) {
        return compared(requirement, key, number);
    }
    match requirement.split_once('=') {
        Some((key, value)) => pair(
            key.strip_suffix('!').unwrap_or(key),
            value.strip_prefix('=').unwrap_or(value),
        ),
        None if requirement.is_empty() || requirement.contains([' ', '(', ')']) => {
            Err(unknown(requirement))
        }
        None => label_key(requirement).map(|_| ()),
    }
}

/// `KEY in (A,B)`: the key and the values.
fn set(requirement: &str) -> Option<(&str, Vec<&str>)> {
    let (left, values) = requirement.strip_suffix(')')?.split_once('(')?;
    let left = left.trim_end();
    let key = left.strip_suffix(" notin").or(left.strip_suffix(" in"))?;
    Some((key, values.split(',').collect()))
}

fn pair(key: &str, value: &str) -> Result<(), String> {
    let key = label_key(key.trim())?;
    label(&format!("{key}={}", value.trim())).map(|_| ())
}

fn compared(requirement: &str, key: &str, number: &str) -> Result<(), String> {
    label_key(key.trim())?;
    match number.trim().parse::<i64>() {
        Ok(_) => Ok(()),
        Err(_) => Err(unknown(requirement)),
    }
}

fn unknown(requirement: &str) -> String {
    format!(
        "{requirement:?} is not a requirement: KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY>N or KEY<N"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kubectl_takes() {
        for text in [
            "",
            "a",
            "!a",
            "a=",
            "a=b",
            "a==b",
            "a != b",
            "x.y/z=b,c",
            "a in (b, c),d notin (e)",
            "a>1,b<2",
        ] {
            assert_eq!(selector(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_it_refuses() {
        for text in [
            ",", "a,", "=b", "a b", "a in b", "a in (b", "a=b c", "a=b=c", "a>x", "a/b/c=d", "!",
            "a=(b)",
        ] {
            assert!(selector(text).is_err(), "{text}");
        }
    }
}
