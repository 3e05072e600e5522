//! What messages are made of: a node's numbers, its access list, a session's credentials.

use std::fmt;

use serde::Serialize;

use crate::zookeeper::wire::Decoder;
use crate::zookeeper::wire::Encoder;
use crate::zookeeper::wire::Malformed;

/// What the server knows of a node (`org.apache.zookeeper.data.Stat`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stat {
    /// The zxid that created it.
    pub czxid: i64,
    /// The zxid that last changed its data.
    pub mzxid: i64,
    /// When it was created, in milliseconds since 1970.
    pub ctime: i64,
    /// When its data last changed, in milliseconds since 1970.
    pub mtime: i64,
    /// How often its data changed.
    pub version: i32,
    /// How often its children changed.
    pub cversion: i32,
    /// How often its access list changed.
    pub aversion: i32,
    /// The session that it dies with, or 0.
    pub ephemeral_owner: i64,
    /// The size of its data, in bytes.
    pub data_length: i32,
    /// How many children it has.
    pub num_children: i32,
    /// The zxid that last changed its children.
    pub pzxid: i64,
}

impl Stat {
    pub(crate) fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            czxid: decoder.long()?,
            mzxid: decoder.long()?,
            ctime: decoder.long()?,
            mtime: decoder.long()?,
            version: decoder.int()?,
            cversion: decoder.int()?,
            aversion: decoder.int()?,
            ephemeral_owner: decoder.long()?,
            data_length: decoder.int()?,
            num_children: decoder.int()?,
            pzxid: decoder.long()?,
        })
    }
}

/// One line of an access list (`org.apache.zookeeper.data.ACL`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Acl {
    /// What is allowed: the sum of [`Acl::READ`], [`Acl::WRITE`], …
    pub perms: i32,
    /// How the user is known: `world`, `auth`, `digest`, `ip`, …
    pub scheme: String,
    /// The user, in the scheme's own form.
    pub id: String,
}

impl Acl {
    /// May read the data and list the children.
    pub const READ: i32 = 1;
    /// May replace the data.
    pub const WRITE: i32 = 2;
    /// May make children.
    pub const CREATE: i32 = 4;
    /// May remove children.
    pub const DELETE: i32 = 8;
    /// May replace the access list.
    pub const ADMIN: i32 = 16;
    /// All of it.
    pub const ALL: i32 = 31;

    /// Allows everybody what `perms` says.
    pub fn world(perms: i32) -> Self {
        Self {
            perms,
            scheme: "world".to_owned(),
            id: "anyone".to_owned(),
        }
    }

    pub(crate) fn encode(encoder: &mut Encoder, acl: &Self) {
        encoder
            .int(acl.perms)
            .ustring(Some(&acl.scheme))
            .ustring(Some(&acl.id));
    }

    pub(crate) fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            perms: decoder.int()?,
            scheme: text(decoder)?,
            id: text(decoder)?,
        })
    }
}

/// A text where null is the same as empty.
pub(crate) fn text(decoder: &mut Decoder<'_>) -> Result<String, Malformed> {
    decoder
        .ustring()
        .map(|text| text.unwrap_or_default().to_owned())
}

/// What lets a client go on with a session on another connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The session's id; servers print it in hexadecimal.
    pub id: i64,
    /// The secret that the server gave out for it.
    pub password: SessionPassword,
}

/// A session's secret, which no text ever shows.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionPassword(Vec<u8>);

impl SessionPassword {
    /// Keeps the bytes of a server's answer.
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SessionPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
