//! The words with small answers: `envi`, `dirs`, `wchs`, `isro`, `ruok`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::zookeeper::four_letter::lines::Plain;
use crate::zookeeper::four_letter::lines::number;
use crate::zookeeper::four_letter::lines::object;
use crate::zookeeper::four_letter::lines::pairs;

/// The answer to `envi`.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub struct Envi {
    /// Java's system properties, and the host's name.
    #[schemars(with = "BTreeMap<String, Plain>")]
    pub values: BTreeMap<String, String>,
}

impl Envi {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        Self {
            values: pairs(text),
        }
    }

    /// All values, numbers as such.
    pub fn to_json(&self) -> Value {
        object(&self.values)
    }
}

/// The answer to `dirs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Dirs {
    /// Bytes in snapshots; wrong before 3.8.4 and 3.9.2 (ZOOKEEPER-4730).
    pub datadir_size: Option<u64>,
    /// Bytes in transaction logs.
    pub logdir_size: Option<u64>,
}

impl Dirs {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        Self {
            datadir_size: number(text, "datadir_size:"),
            logdir_size: number(text, "logdir_size:"),
        }
    }
}

/// The answer to `wchs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Wchs {
    /// Connections that watch.
    pub connections: Option<u64>,
    /// Paths that are watched.
    pub paths: Option<u64>,
    /// Watches altogether.
    pub watches: Option<u64>,
}

impl Wchs {
    /// Reads `1 connections watching 2 paths` and `Total watches:3`.
    pub fn parse(text: &str) -> Self {
        let first: Vec<&str> = text
            .lines()
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let (connections, paths) = match first[..] {
            [connections, "connections", "watching", paths, "paths"] => {
                (connections.parse().ok(), paths.parse().ok())
            }
            _ => (None, None),
        };
        Self {
            connections,
            paths,
            watches: number(text, "Total watches:"),
        }
    }
}

/// The answer to `isro`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Isro {
    /// `rw`: it has a quorum.
    ReadWrite,
    /// `ro`: it has none, and only reads.
    ReadOnly,
    /// `null`: it does not serve.
    NotServing,
    /// Something else.
    Unknown,
}

impl Isro {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "rw" => Self::ReadWrite,
            "ro" => Self::ReadOnly,
            "null" => Self::NotServing,
            _ => Self::Unknown,
        }
    }
}

/// The answer to `ruok`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Ruok {
    /// Whether it was `imok`.
    pub imok: bool,
}

impl Ruok {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        Self {
            imok: text.trim() == "imok",
        }
    }
}
