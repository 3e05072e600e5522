//! The node under which a client sees everything: what stands behind the servers in a connection string.
//!
//! Knows ZooKeeper's rules for paths (`org.apache.zookeeper.common.PathUtils.validatePath`, 3.9); not whether the node is there.

use std::fmt;
use std::str::FromStr;

/// A valid chroot. None, which is also written `/`, means that clients see the whole tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chroot(String);

/// Why a text is no chroot. `@` counts from 1, in characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidChroot {
    /// Nothing, or something else first.
    #[error("a path begins with /")]
    Relative,
    /// A slash last.
    #[error("a path does not end with /")]
    TrailingSlash,
    /// Two slashes side by side.
    #[error("a path has no empty node (// @{0})")]
    EmptyNode(usize),
    /// `.` or `..`.
    #[error("a path has no node named {node} (@{at})")]
    DotNode {
        /// `.` or `..`.
        node: &'static str,
        /// Where it begins.
        at: usize,
    },
    /// A character that ZooKeeper does not take.
    #[error("ZooKeeper does not take the character U+{code:04X} (@{at})")]
    Character {
        /// Its code point.
        code: u32,
        /// Where it is.
        at: usize,
    },
}

impl Chroot {
    /// The path; none where the whole tree is seen.
    pub fn path(&self) -> Option<&str> {
        Some(self.0.as_str()).filter(|path| !path.is_empty())
    }

    /// The nodes that must be there, from the top: `/a` and `/a/b` of `/a/b`.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        let ends = self.0.match_indices('/').map(|(at, _)| at).skip(1);
        let whole = self.path().map(str::len);
        ends.chain(whole).map(|end| &self.0[..end])
    }
}

impl FromStr for Chroot {
    type Err = InvalidChroot;

    fn from_str(text: &str) -> Result<Self, InvalidChroot> {
        let Some(names) = text.strip_prefix('/') else {
            return Err(InvalidChroot::Relative);
        };
        if names.is_empty() {
            return Ok(Self::default());
        }
        if names.ends_with('/') {
            return Err(InvalidChroot::TrailingSlash);
        }
        let mut at = 2;
        for name in names.split('/') {
            check(name, at)?;
            at += name.chars().count() + 1;
        }
        Ok(Self(text.to_owned()))
    }
}

/// One node's name, which begins at this place.
fn check(name: &str, at: usize) -> Result<(), InvalidChroot> {
    match name {
        "" => Err(InvalidChroot::EmptyNode(at)),
        "." => Err(InvalidChroot::DotNode { node: ".", at }),
        ".." => Err(InvalidChroot::DotNode { node: "..", at }),
        _ => match name.chars().zip(at..).find(|(c, _)| is_unfit(*c)) {
            Some((c, at)) => Err(InvalidChroot::Character { code: c.into(), at }),
            None => Ok(()),
        },
    }
}

/// Java counts in UTF-16, so a character beyond U+FFFF is two surrogates, which are refused.
fn is_unfit(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..)
}

/// What stands at the end of a connection string: nothing, or the path.
impl fmt::Display for Chroot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_validate_path_takes() {
        for text in [
            "/a",
            "/a/b/c",
            "/kafka",
            "/...",
            "/a..",
            "/..a",
            "/.a/b.",
            "/a b",
            "/a,b:1",
            "/é",
            "/日本",
            "/\u{a0}",
            "/\u{d7ff}",
            "/\u{f900}",
            "/\u{ffef}",
            "/zookeeper",
        ] {
            let chroot: Chroot = text.parse().unwrap();
            assert_eq!(
                (chroot.path(), chroot.to_string()),
                (Some(text), text.to_owned())
            );
        }
    }

    #[test]
    fn what_validate_path_refuses() {
        for (text, why) in [
            ("", "a path begins with /"),
            ("a", "a path begins with /"),
            ("a/b", "a path begins with /"),
            (" /a", "a path begins with /"),
            ("/a/", "a path does not end with /"),
            ("//", "a path does not end with /"),
            ("//a", "a path has no empty node (// @2)"),
            ("/a//b", "a path has no empty node (// @4)"),
            ("/.", "a path has no node named . (@2)"),
            ("/./a", "a path has no node named . (@2)"),
            ("/a/.", "a path has no node named . (@4)"),
            ("/..", "a path has no node named .. (@2)"),
            ("/é/../b", "a path has no node named .. (@4)"),
            ("/a\0", "ZooKeeper does not take the character U+0000 (@3)"),
            (
                "/\u{1}",
                "ZooKeeper does not take the character U+0001 (@2)",
            ),
            (
                "/a/b\n",
                "ZooKeeper does not take the character U+000A (@5)",
            ),
            (
                "/\u{1f}",
                "ZooKeeper does not take the character U+001F (@2)",
            ),
            (
                "/\u{7f}",
                "ZooKeeper does not take the character U+007F (@2)",
            ),
            (
                "/\u{9f}",
                "ZooKeeper does not take the character U+009F (@2)",
            ),
            (
                "/\u{e000}",
                "ZooKeeper does not take the character U+E000 (@2)",
            ),
            (
                "/\u{f8ff}",
                "ZooKeeper does not take the character U+F8FF (@2)",
            ),
            (
                "/\u{fff0}",
                "ZooKeeper does not take the character U+FFF0 (@2)",
            ),
            (
                "/\u{ffff}",
                "ZooKeeper does not take the character U+FFFF (@2)",
            ),
            ("/😀", "ZooKeeper does not take the character U+1F600 (@2)"),
        ] {
            let error = text.parse::<Chroot>().unwrap_err();
            assert_eq!(error.to_string(), why, "{text:?}");
        }
    }

    #[test]
    fn the_root_is_none() {
        let root: Chroot = "/".parse().unwrap();
        assert_eq!((root.path(), root.to_string()), (None, String::new()));
        assert_eq!(root.nodes().count(), 0);
        assert_eq!(root, Chroot::default());
    }

    #[test]
    fn every_node_on_the_way() {
        let chroot: Chroot = "/a/bé/c".parse().unwrap();
        assert_eq!(
            chroot.nodes().collect::<Vec<_>>(),
            ["/a", "/a/bé", "/a/bé/c"]
        );
    }
}
