//! What the server answers, in memory: each function reads one frame's body.
//!
//! Bytes left over are passed over: newer servers append fields.

use crate::zookeeper::message::record::Acl;
use crate::zookeeper::message::record::Credentials;
use crate::zookeeper::message::record::SessionPassword;
use crate::zookeeper::message::record::Stat;
use crate::zookeeper::message::record::text;
use crate::zookeeper::wire::Decoder;
use crate::zookeeper::wire::Malformed;

/// The answer to [`Connect`](crate::zookeeper::message::Connect).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// How long the session may be silent, in milliseconds; not above 0 when the session has expired.
    pub timeout_ms: i32,
    /// The session; id 0 when it has expired.
    pub credentials: Credentials,
    /// Whether the server has no quorum and only reads.
    pub read_only: bool,
}

impl Connected {
    /// Reads the answer to a connect request, which has no header.
    pub fn decode(body: &[u8]) -> Result<Self, Malformed> {
        let mut decoder = Decoder::new(body);
        decoder.int()?;
        let timeout_ms = decoder.int()?;
        let id = decoder.long()?;
        let password = SessionPassword::new(decoder.buffer()?.unwrap_or_default());
        // Servers before 3.4 end here.
        let read_only = !decoder.is_empty() && decoder.bool()?;
        Ok(Self {
            timeout_ms,
            credentials: Credentials { id, password },
            read_only,
        })
    }
}

/// What stands before each reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The request it answers.
    pub xid: i32,
    /// The last transaction that the server has seen.
    pub zxid: i64,
    /// 0, or a [`Code`](crate::zookeeper::error::Code)'s number; no record follows then.
    pub error: i32,
}

impl Header {
    /// Reads the header; the record is what the decoder has left.
    pub fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            xid: decoder.int()?,
            zxid: decoder.long()?,
            error: decoder.int()?,
        })
    }
}

/// To ping, auth, delete and closeSession: nothing.
pub fn nothing(_: &mut Decoder<'_>) -> Result<(), Malformed> {
    Ok(())
}

/// To create and sync: a path.
pub fn path(decoder: &mut Decoder<'_>) -> Result<String, Malformed> {
    text(decoder)
}

/// To exists, setData and setACL: the node's numbers.
pub fn stat(decoder: &mut Decoder<'_>) -> Result<Stat, Malformed> {
    Stat::decode(decoder)
}

/// To getData and reconfig: data and the node's numbers. Null data is empty.
pub fn data(decoder: &mut Decoder<'_>) -> Result<(Vec<u8>, Stat), Malformed> {
    let data = decoder.buffer()?.unwrap_or_default().to_vec();
    Ok((data, Stat::decode(decoder)?))
}

/// To getChildren2: names, in no order, and the node's numbers.
pub fn children(decoder: &mut Decoder<'_>) -> Result<(Vec<String>, Stat), Malformed> {
    Ok((decoder.vector(text)?, Stat::decode(decoder)?))
}

/// To getACL: the access list and the node's numbers.
pub fn acl(decoder: &mut Decoder<'_>) -> Result<(Vec<Acl>, Stat), Malformed> {
    Ok((decoder.vector(Acl::decode)?, Stat::decode(decoder)?))
}
