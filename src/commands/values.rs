//! How the values of flags are read. Each gives the value, or what is wrong with the text.

use std::time::Duration;

use jiff::SignedDuration;

use crate::ensemble::placement::Toleration;
use crate::error::Error;
use crate::error::Kind;
use crate::manifest::labels;

/// A user id, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User(pub Option<i64>);

/// Whether a text may name an image.
pub(crate) fn check_image(image: &str) -> Result<(), Error> {
    let odd = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || c.is_ascii_uppercase() && !image.contains(['/', ':', '@'])
    };
    if image.is_empty() || image.contains(odd) {
        return Err(Error::new(
            Kind::Usage,
            format!("{image:?} is not the name of an image"),
        )
        .hint("for example --image zookeeper:3.9.5"));
    }
    Ok(())
}

/// A key and its value; none where it is to be removed, as `kubectl label` has it.
pub type Edit = (String, Option<String>);

/// `KEY=VALUE`, or `KEY-`, with a key that a label or an annotation may have.
pub(crate) fn keyed(text: &str) -> Result<Edit, String> {
    let (key, value) = match (text.split_once('='), text.strip_suffix('-')) {
        (Some((key, value)), _) => (key, Some(value.to_owned())),
        (None, Some(key)) => (key, None),
        (None, None) => ("", None),
    };
    match key.is_empty() {
        true => Err("KEY=VALUE is expected".to_owned()),
        false => Ok((label_key(key)?, value)),
    }
}

/// `KEY=VALUE`, or `KEY-`, with a key and a value that a label may have.
pub(crate) fn label(text: &str) -> Result<Edit, String> {
    let (key, value) = keyed(text)?;
    let may_be = |value: &String| value.is_empty() || labels::is_label_value(value);
    match value.as_ref().filter(|value| !may_be(value)) {
        None => Ok((key, value)),
        Some(value) => Err(format!(
            "{value:?} cannot be a label's value: at most 63 letters, digits, '-', '_' and '.'"
        )),
    }
}

/// The name of an object.
pub(crate) fn object_name(text: &str) -> Result<String, String> {
    match labels::is_object_name(text) {
        true => Ok(text.to_owned()),
        false => {
            Err("the name of an object has lower-case letters, digits, '-' and '.' only".to_owned())
        }
    }
}

/// A label's key.
pub(crate) fn label_key(text: &str) -> Result<String, String> {
    match labels::is_label_key(text) {
        true => Ok(text.to_owned()),
        false => Err(format!(
            "{text:?} cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"
        )),
    }
}

/// `10.0.0.0/8`.
pub(crate) fn cidr(text: &str) -> Result<String, String> {
    let valid = text.split_once('/').and_then(|(address, bits)| {
        let address: std::net::IpAddr = address.parse().ok()?;
        let bits: u8 = bits.parse().ok()?;
        (bits <= if address.is_ipv4() { 32 } else { 128 }).then_some(())
    });
    valid
        .map(|()| text.to_owned())
        .ok_or_else(|| "a CIDR is expected, such as 10.0.0.0/8".to_owned())
}

/// `cluster.local`.
pub(crate) fn dns_name(text: &str) -> Result<String, String> {
    if labels::is_object_name(text) {
        return Ok(text.to_owned());
    }
    Err("a DNS name is expected, such as cluster.local".to_owned())
}

/// `KEY`, `KEY=VALUE`, `KEY:EFFECT`, `KEY=VALUE:EFFECT` or `*`.
pub(crate) fn toleration(text: &str) -> Result<Toleration, String> {
    if text == "*" {
        return Ok(Toleration {
            key: None,
            value: None,
            effect: None,
        });
    }
    let (taint, effect) = match text.split_once(':') {
        Some((taint, effect)) => (taint, Some(effect)),
        None => (text, None),
    };
    if effect
        .is_some_and(|effect| !["NoSchedule", "PreferNoSchedule", "NoExecute"].contains(&effect))
    {
        return Err("an effect is NoSchedule, PreferNoSchedule or NoExecute".to_owned());
    }
    let (key, value) = taint
        .split_once('=')
        .map_or((taint, None), |(key, value)| (key, Some(value)));
    if key.is_empty() {
        return Err("a taint has a key".to_owned());
    }
    Ok(Toleration {
        key: Some(key.to_owned()),
        value: value.map(str::to_owned),
        effect: effect.map(str::to_owned),
    })
}

/// A user id, or `none`.
pub(crate) fn user(text: &str) -> Result<User, String> {
    match text {
        "none" => Ok(User(None)),
        "0" => Err("ZooKeeper does not run as root".to_owned()),
        _ => text
            .parse()
            .ok()
            .filter(|uid| 0 < *uid)
            .map(|uid| User(Some(uid)))
            .ok_or_else(|| "a user id or none is expected".to_owned()),
    }
}

/// Reads `90s`, `5m`, `1h30m`: a unit is needed, as in kubectl.
///
/// # Errors
/// What is wrong with the text.
pub fn duration(text: &str) -> Result<Duration, String> {
    let parsed: SignedDuration = text
        .parse()
        .map_err(|_| "a duration has a unit: 90s, 5m, 1h30m".to_owned())?;
    Duration::try_from(parsed).map_err(|_| "a duration is not negative".to_owned())
}

/// How long something may take: as [`duration`], and more than nothing.
pub(crate) fn patience(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        Duration::ZERO => Err("a server needs more than no time to answer".to_owned()),
        some => Ok(some),
    }
}

/// A number of things, 0 too.
pub(crate) fn count(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_| "a number from 0 on is expected".to_owned())
}
