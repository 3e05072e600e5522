//! `conf`: configuration, members and their version.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use schemars::json_schema;
use serde_json::Value;

use crate::ensemble::ServerId;
use crate::ensemble::membership::InvalidMembership;
use crate::ensemble::membership::Membership;
use crate::ensemble::membership::ServerLine;
use crate::ensemble::membership::parse_config;
use crate::zookeeper::four_letter::lines::Plain;
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

/// Of what [`Conf::to_json`] gives.
impl JsonSchema for Conf {
    fn schema_name() -> Cow<'static, str> {
        "Conf".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The answer to `conf`: the server's settings, and the members beside them.",
            "type": "object",
            "properties": {
                "membership": {
                    "description": "The members; absent where the server has no list, as a standalone one.",
                    "type": "object",
                    "properties": {
                        "version": {
                            "description": "The list's version, in hexadecimal.",
                            "type": ["string", "null"],
                            "pattern": "^[0-9a-f]+$",
                        },
                        "servers": {
                            "description": "Every member by its id.",
                            "type": "object",
                            "propertyNames": {"pattern": "^[1-9][0-9]*$"},
                            "additionalProperties": generator.subschema_for::<ServerLine>(),
                        },
                    },
                    "required": ["version", "servers"],
                    "additionalProperties": false,
                },
                "membershipError": {"description": "Why the list cannot be read.", "type": "string"},
            },
            "additionalProperties": generator.subschema_for::<Plain>(),
        })
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
