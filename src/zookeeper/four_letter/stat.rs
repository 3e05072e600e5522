//! `stat`: as `srvr`, and the connected clients.

use schemars::JsonSchema;
use serde::Serialize;

use crate::zookeeper::four_letter::cons::Connection;
use crate::zookeeper::four_letter::cons::connections;
use crate::zookeeper::four_letter::srvr::Srvr;

/// The answer to `stat`.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Stat {
    /// What `srvr` says as well.
    #[serde(flatten)]
    pub srvr: Srvr,
    /// The connected clients, in no order.
    pub clients: Vec<Connection>,
}

impl Stat {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        Self {
            srvr: Srvr::parse(text),
            clients: connections(text),
        }
    }
}
