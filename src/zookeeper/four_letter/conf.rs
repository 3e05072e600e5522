//! `conf`: configuration, members and their version.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ensemble::ServerId;
use crate::ensemble::membership::InvalidMembership;
use crate::ensemble::membership::Membership;
use crate::ensemble::membership::parse_config;
use crate::zookeeper::four_letter::lines::number;
use crate::zookeeper::four_letter::lines::object;
use crate::zookeeper::four_letter::lines::pairs;

/// What stands before the members.
pub(crate) const MEMBERSHIP: &str = "membership:";

/// The answer to `conf`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conf {
    /// The keys before the members: `clientPort`, `dataDir`, `serverId`, …
    pub settings: BTreeMap<String, String>,
    /// The members, if the answer has them to the end, their version: a standalone server's has none,
    /// nor has one before 3.5.
    pub membership: Option<Result<Membership, InvalidMembership>>,
}

impl Conf {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        let (settings, members) = text.split_once(MEMBERSHIP).unwrap_or((text, ""));
        let whole = members
            .lines()
            .last()
            .is_some_and(|line| line.starts_with("version="));
        Self {
            settings: pairs(settings),
            membership: whole.then(|| parse_config(members)),
        }
    }

    /// The server's own id; none where it is 0, as a standalone server's is.
    pub fn server_id(&self) -> Option<ServerId> {
        self.settings.get("serverId")?.parse().ok()
    }

    /// The members that could be read.
    pub fn members(&self) -> Option<&Membership> {
        self.membership.as_ref()?.as_ref().ok()
    }

    /// The settings, numbers as such, and `membership`: the members, or why they cannot be read.
    pub fn to_json(&self) -> Value {
        let mut json = object(&self.settings);
        match &self.membership {
            Some(Ok(membership)) => json["membership"] = membership_json(membership),
            Some(Err(error)) => json["membershipError"] = Value::from(error.to_string()),
            None => {}
        }
        json
    }
}

/// The members by id, and the version as the servers write it, in hexadecimal.
fn membership_json(membership: &Membership) -> Value {
    let version = membership.version.map(|version| format!("{version:x}"));
    serde_json::json!({ "version": version, "servers": membership.servers })
}

/// Whether a text is the whole of a standalone server's settings: it stops at its id, which is 0.
pub(crate) fn ends_as_standalone(text: &str) -> bool {
    text.ends_with('\n')
        && text.lines().last() == Some("serverId=0")
        && number::<u16>(text, "clientPort=").is_some()
}
