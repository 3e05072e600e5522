//! The requests we send and the replies they get, in memory.
//!
//! Knows each message's fields. Does not know streams, time, or which reply belongs to which request.

pub mod record;
pub mod reply;

use std::collections::BTreeMap;

use crate::ensemble::ServerId;
use crate::ensemble::membership::Membership;
use crate::ensemble::membership::ServerLine;
use crate::zookeeper::message::record::Acl;
use crate::zookeeper::message::record::Credentials;
use crate::zookeeper::wire::Encoder;

/// The xid that a server's watch events carry.
pub const WATCH_XID: i32 = -1;
/// The xid of pings, both ways.
pub const PING_XID: i32 = -2;
/// The xid of authentication, both ways.
pub const AUTH_XID: i32 = -4;

/// The node that holds the membership.
pub const CONFIG_NODE: &str = "/zookeeper/config";

/// One request. It has no `Debug`, as one of them holds a password.
#[derive(Clone, Copy)]
pub enum Request<'a> {
    /// Shows that the client lives.
    Ping,
    /// Adds a user to the session.
    AuthDigest {
        /// The user's name; `super` is the superuser.
        user: &'a str,
        /// The user's password.
        password: &'a str,
    },
    /// Makes a node.
    Create {
        /// Where.
        path: &'a str,
        /// Its data.
        data: &'a [u8],
        /// Who may do what with it.
        acl: &'a [Acl],
        /// How long it lives, and whether it is numbered.
        mode: CreateMode,
    },
    /// Removes a node without children.
    Delete {
        /// Which.
        path: &'a str,
        /// Only if its data has this version; −1 is any.
        version: i32,
    },
    /// Asks for a node's `Stat`.
    Exists {
        /// Which.
        path: &'a str,
    },
    /// Asks for a node's data.
    GetData {
        /// Which.
        path: &'a str,
    },
    /// Replaces a node's data.
    SetData {
        /// Which.
        path: &'a str,
        /// The data.
        data: &'a [u8],
        /// Only if its data has this version; −1 is any.
        version: i32,
    },
    /// Asks for a node's access list.
    GetAcl {
        /// Which.
        path: &'a str,
    },
    /// Replaces a node's access list.
    SetAcl {
        /// Which.
        path: &'a str,
        /// Who may do what with it.
        acl: &'a [Acl],
        /// Only if its access list has this version; −1 is any.
        version: i32,
    },
    /// Asks for the names of a node's children, and its `Stat`.
    GetChildren2 {
        /// Which.
        path: &'a str,
    },
    /// Has the server catch up with the leader.
    Sync {
        /// Any path.
        path: &'a str,
    },
    /// Changes the ensemble's members.
    Reconfig(&'a Reconfig),
    /// Ends the session, and with it its ephemeral nodes.
    CloseSession,
}

/// How long a node lives, and whether its name gets a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreateMode {
    /// Until it is deleted.
    Persistent,
    /// Until the session ends.
    Ephemeral,
    /// Until it is deleted; its name ends in a number.
    PersistentSequential,
    /// Until the session ends; its name ends in a number.
    EphemeralSequential,
}

/// A change of the ensemble's members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconfig {
    /// What changes.
    pub change: Change,
    /// Only if the configuration has this version ([`Membership::version`]).
    pub expected_version: Option<u64>,
}

/// What changes in the ensemble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Some servers come, are changed in place, or go.
    Incremental {
        /// Those that come; one that is a member already gets this line instead of its own.
        joining: BTreeMap<ServerId, ServerLine>,
        /// Those that go.
        leaving: Vec<ServerId>,
    },
    /// These servers and no others; the version in it is not looked at.
    Members(Membership),
}

impl Request<'_> {
    /// The servers' name for it (`org.apache.zookeeper.ZooDefs.OpCode`), for errors.
    pub fn name(&self) -> &'static str {
        self.operation().0
    }

    /// The whole request as it goes on the wire, answered under the same `xid`.
    pub fn frame(&self, xid: i32) -> Vec<u8> {
        let mut encoder = Encoder::default();
        encoder.int(xid).int(self.operation().1);
        self.encode(&mut encoder);
        encoder.frame()
    }

    fn operation(&self) -> (&'static str, i32) {
        match self {
            Self::Create { .. } => ("create", 1),
            Self::Delete { .. } => ("delete", 2),
            Self::Exists { .. } => ("exists", 3),
            Self::GetData { .. } => ("getData", 4),
            Self::SetData { .. } => ("setData", 5),
            Self::GetAcl { .. } => ("getACL", 6),
            Self::SetAcl { .. } => ("setACL", 7),
            Self::Sync { .. } => ("sync", 9),
            Self::Ping => ("ping", 11),
            Self::GetChildren2 { .. } => ("getChildren2", 12),
            Self::Reconfig(_) => ("reconfig", 16),
            Self::AuthDigest { .. } => ("auth", 100),
            Self::CloseSession => ("closeSession", -11),
        }
    }

    fn encode(&self, encoder: &mut Encoder) {
        match *self {
            Self::Ping | Self::CloseSession => encoder,
            Self::AuthDigest { user, password } => {
                let secret = format!("{user}:{password}");
                encoder
                    .int(0)
                    .ustring(Some("digest"))
                    .ustring(Some(&secret))
            }
            Self::Create {
                path,
                data,
                acl,
                mode,
            } => {
                encoder.ustring(Some(path)).buffer(Some(data));
                encoder.vector(acl, Acl::encode).int(mode.flags())
            }
            Self::Delete { path, version } => encoder.ustring(Some(path)).int(version),
            // The boolean asks for a watch, which we never do.
            Self::Exists { path } | Self::GetData { path } | Self::GetChildren2 { path } => {
                encoder.ustring(Some(path)).bool(false)
            }
            Self::SetData {
                path,
                data,
                version,
            } => encoder.ustring(Some(path)).buffer(Some(data)).int(version),
            Self::GetAcl { path } | Self::Sync { path } => encoder.ustring(Some(path)),
            Self::SetAcl { path, acl, version } => encoder
                .ustring(Some(path))
                .vector(acl, Acl::encode)
                .int(version),
            Self::Reconfig(reconfig) => reconfig.encode(encoder),
        };
    }
}

impl CreateMode {
    /// `org.apache.zookeeper.CreateMode.toFlag`.
    fn flags(self) -> i32 {
        match self {
            Self::Persistent => 0,
            Self::Ephemeral => 1,
            Self::PersistentSequential => 2,
            Self::EphemeralSequential => 3,
        }
    }
}

impl Reconfig {
    /// Null, not an empty text, stands for "none of these": the server tells the two forms apart by it.
    fn encode<'e>(&self, encoder: &'e mut Encoder) -> &'e mut Encoder {
        let version = self.expected_version.map_or(-1, u64::cast_signed);
        let [joining, leaving, members] = self.change.texts();
        encoder
            .ustring(joining.as_deref())
            .ustring(leaving.as_deref())
            .ustring(members.as_deref())
            .long(version)
    }
}

impl Change {
    /// What joins, what leaves, and all members.
    fn texts(&self) -> [Option<String>; 3] {
        match self {
            Self::Incremental { joining, leaving } => {
                [comma_list(lines(joining)), comma_list(leaving), None]
            }
            Self::Members(membership) => [None, None, comma_list(lines(&membership.servers))],
        }
    }
}

fn lines(servers: &BTreeMap<ServerId, ServerLine>) -> impl Iterator<Item = String> {
    servers.iter().map(|(id, line)| line.with_id(*id))
}

fn comma_list<T: ToString>(items: impl IntoIterator<Item = T>) -> Option<String> {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    (!items.is_empty()).then(|| items.join(","))
}

/// The first message on a connection, which has no xid.
pub struct Connect<'a> {
    /// How long the session may be silent, in milliseconds; the server chooses within its bounds.
    pub timeout_ms: i32,
    /// The session to go on with, or none for a new one.
    pub resume: Option<&'a Credentials>,
    /// The last zxid the client saw: a server that is behind it refuses.
    pub last_zxid_seen: i64,
    /// Whether a server without a quorum will do.
    pub read_only: bool,
}

impl Connect<'_> {
    /// The whole message as it goes on the wire.
    pub fn frame(&self) -> Vec<u8> {
        let id = self.resume.map_or(0, |credentials| credentials.id);
        let password = self
            .resume
            .map_or(&[0; 16][..], |credentials| credentials.password.bytes());
        let mut encoder = Encoder::default();
        encoder
            .int(0)
            .long(self.last_zxid_seen)
            .int(self.timeout_ms)
            .long(id);
        encoder.buffer(Some(password)).bool(self.read_only);
        encoder.frame()
    }
}

#[cfg(test)]
mod tests;
