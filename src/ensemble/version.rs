//! ZooKeeper's version numbers.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

/// ZooKeeper's version, `3.9.5`; what follows in its own texts (a commit, a date) is of no meaning here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize)]
#[serde(into = "String")]
#[schemars(extend("pattern" = "^[0-9]+\\.[0-9]+\\.[0-9]+$"))]
pub struct Version(pub u8, pub u8, pub u8);

/// The text does not begin with three numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} does not begin with a version such as 3.9.5")]
pub struct InvalidVersion(String);

impl Version {
    /// The version in an image's tag, if it begins with one: `registry:5000/zookeeper:3.9.5-jre17@sha256:…`.
    pub fn of_image(image: &str) -> Option<Self> {
        tag(image)?.parse().ok()
    }
}

/// An image's tag, without a digest.
pub fn tag(image: &str) -> Option<&str> {
    let name = image.split_once('@').map_or(image, |(name, _)| name);
    let last = name.rsplit('/').next()?;
    last.split_once(':').map(|(_, tag)| tag)
}

impl FromStr for Version {
    type Err = InvalidVersion;

    fn from_str(text: &str) -> Result<Self, InvalidVersion> {
        let end = text
            .find(|c: char| c != '.' && !c.is_ascii_digit())
            .unwrap_or(text.len());
        let mut parts = text[..end].split('.').map(str::parse::<u8>);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(major)), Some(Ok(minor)), Some(Ok(patch))) => Ok(Self(major, minor, patch)),
            _ => Err(InvalidVersion(text.to_owned())),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_tags() {
        for (text, version) in [
            ("3.9.5-293c8", Version(3, 9, 5)),
            ("3.6.3--64", Version(3, 6, 3)),
            ("3.8.0-${x}", Version(3, 8, 0)),
        ] {
            assert_eq!(text.parse(), Ok(version));
        }
        assert!("3.9".parse::<Version>().is_err() && "x".parse::<Version>().is_err());
        assert_eq!(
            Version::of_image("r:5000/z:3.9.5-jre@sha256:0"),
            Some(Version(3, 9, 5))
        );
        assert_eq!(tag("r:5000/zookeeper"), None);
        assert_eq!(tag("zookeeper@sha256:0"), None);
    }

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
            assert_eq!(
                text.parse().ok(),
                expected.map(|(a, b, c)| Version(a, b, c)),
                "{text:?}"
            );
        }
    }
}
