//! Who belongs to the ensemble, as its servers write it: the dynamic configuration.
//!
//! Knows the text of server lines. Does not know where they came from, nor whether the servers live.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::ServerId;
use crate::ensemble::zxid::hexadecimal;

/// The servers of an ensemble and the version of that list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Membership {
    /// The zxid of the reconfiguration that made the list, written in hexadecimal after `version=`.
    pub version: Option<u64>,
    /// Every server by its id. Empty where a standalone server was asked.
    pub servers: BTreeMap<ServerId, ServerLine>,
}

/// What stands after `server.N=`: one server's addresses and role.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ServerLine {
    /// Host of both ports; an IPv6 address without its brackets.
    /// Where the line has several addresses: everything up to the last one's ports, as written.
    pub host: String,
    /// Where followers connect to the leader, by custom 2888.
    pub peer_port: u16,
    /// Where leaders are elected, by custom 3888.
    pub election_port: u16,
    /// Whether the server votes.
    pub role: Role,
    /// What stands after `;`: `2181`, or an address to listen on and the port.
    pub client: Option<String>,
}

/// Whether a server votes (`ZooKeeper`: `LearnerType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, JsonSchema, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It votes, in elections and on every write.
    #[default]
    Participant,
    /// It follows and serves, and never votes.
    Observer,
}

/// Why a text is not a membership.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMembership {
    /// The id after `server.` is none.
    #[error("server line {0:?}: the id is not a number from 1 to 255")]
    Id(String),
    /// The addresses are not in the form of a server line.
    #[error(
        "server line {0:?} is not of the form server.N=host:2888:3888[:participant|:observer][;[host:]2181]"
    )]
    Line(String),
    /// Two lines for one id.
    #[error("server {0} is listed twice")]
    Twice(ServerId),
    /// The version is not hexadecimal.
    #[error("configuration version {0:?} is not a hexadecimal number")]
    Version(String),
    /// Groups or weights: a majority of servers is then not what decides.
    #[error("{0:?}: hierarchical quorums (groups and weights) are not supported")]
    Hierarchical(String),
}

impl Membership {
    /// The servers that vote.
    pub fn voters(&self) -> impl Iterator<Item = (ServerId, &ServerLine)> {
        self.with_role(Role::Participant)
    }

    /// The servers that do not vote.
    pub fn observers(&self) -> impl Iterator<Item = (ServerId, &ServerLine)> {
        self.with_role(Role::Observer)
    }

    /// How many voters make a majority.
    pub fn quorum(&self) -> usize {
        self.voters().count() / 2 + 1
    }

    fn with_role(&self, role: Role) -> impl Iterator<Item = (ServerId, &ServerLine)> {
        let servers = self
            .servers
            .iter()
            .filter(move |(_, line)| line.role == role);
        servers.map(|(id, line)| (*id, line))
    }

    fn insert(&mut self, id: &str, line: &str) -> Result<(), InvalidMembership> {
        let id: ServerId = id
            .parse()
            .map_err(|_| InvalidMembership::Id(format!("server.{id}={line}")))?;
        match self.servers.insert(id, line.parse()?) {
            None => Ok(()),
            Some(_) => Err(InvalidMembership::Twice(id)),
        }
    }
}

/// Reads the content of `/zookeeper/config`, of a `zoo.cfg.dynamic.*` file, or the end of `conf`'s answer.
///
/// The lines may be in any order, end in CR LF, and the last one may lack its newline. Other keys are passed over.
pub fn parse_config(text: &str) -> Result<Membership, InvalidMembership> {
    let mut membership = Membership::default();
    for line in text.lines().map(str::trim) {
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        match key.trim().split_once('.') {
            Some(("server", id)) => membership.insert(id, value.trim())?,
            Some(("group" | "weight", _)) => {
                return Err(InvalidMembership::Hierarchical(line.to_owned()));
            }
            None if key.trim() == "version" => {
                membership.version = Some(parse_version(value.trim())?);
            }
            _ => {}
        }
    }
    Ok(membership)
}

fn parse_version(text: &str) -> Result<u64, InvalidMembership> {
    hexadecimal(text).ok_or_else(|| InvalidMembership::Version(text.to_owned()))
}

impl FromStr for Membership {
    type Err = InvalidMembership;

    fn from_str(text: &str) -> Result<Self, InvalidMembership> {
        parse_config(text)
    }
}

/// The text that the servers keep: a line for each server, and the version without a newline.
impl fmt::Display for Membership {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, line) in &self.servers {
            writeln!(f, "{}", line.with_id(*id))?;
        }
        self.version
            .map_or(Ok(()), |version| write!(f, "version={version:x}"))
    }
}

/// Whether two texts are one host: an IPv6 address has many spellings, and Java's (`fd00:0:0:0:0:0:0:1`) is not Kubernetes'
/// (`fd00::1`).
pub fn is_same_host(one: &str, other: &str) -> bool {
    let address = |text: &str| text.parse::<IpAddr>().ok();
    one == other || (address(one).is_some() && address(one) == address(other))
}

impl ServerLine {
    /// The whole line, `server.N=…`, as a reconfiguration wants it.
    pub fn with_id(&self, id: ServerId) -> String {
        format!("server.{id}={self}")
    }

    /// A voter's line with the convention's ports (design: "The world it makes").
    pub fn of_convention(host: String) -> Self {
        Self {
            host,
            peer_port: 2888,
            election_port: 3888,
            role: Role::Participant,
            client: Some("2181".to_owned()),
        }
    }

    /// The port that clients connect to.
    pub fn client_port(&self) -> Option<u16> {
        port(self.client.as_deref()?.rsplit(':').next()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let (addresses, client) = match text.split_once(';') {
            Some((addresses, client)) => (addresses, Some(parse_client(client)?)),
            None => (text, None),
        };
        let (addresses, role) = split_role(addresses.trim());
        let (host, peer_port, election_port) = split_ports(addresses)?;
        let host = parse_host(host)?;
        Some(Self {
            host,
            peer_port,
            election_port,
            role,
            client,
        })
    }
}

impl FromStr for ServerLine {
    type Err = InvalidMembership;

    fn from_str(text: &str) -> Result<Self, InvalidMembership> {
        Self::parse(text).ok_or_else(|| InvalidMembership::Line(text.to_owned()))
    }
}

/// What stands after `server.N=`; the role is always written, as the servers do.
impl fmt::Display for ServerLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            host,
            peer_port,
            election_port,
            role,
            client,
        } = self;
        if host.contains(':') && !host.contains('|') {
            write!(f, "[{host}]")?;
        } else {
            f.write_str(host)?;
        }
        write!(f, ":{peer_port}:{election_port}:{role}")?;
        client
            .as_ref()
            .map_or(Ok(()), |client| write!(f, ";{client}"))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Participant => "participant",
            Self::Observer => "observer",
        })
    }
}

/// Takes the role off the end; a line without one is a participant's. Case does not matter, as in the server.
fn split_role(addresses: &str) -> (&str, Role) {
    let (head, word) = addresses.rsplit_once(':').unwrap_or((addresses, ""));
    match word.trim() {
        word if word.eq_ignore_ascii_case("observer") => (head, Role::Observer),
        word if word.eq_ignore_ascii_case("participant") => (head, Role::Participant),
        _ => (addresses, Role::Participant),
    }
}

fn split_ports(address: &str) -> Option<(&str, u16, u16)> {
    let (rest, election_port) = address.rsplit_once(':')?;
    let (host, peer_port) = rest.rsplit_once(':')?;
    Some((host, port(peer_port)?, port(election_port)?))
}

/// A host of one address without brackets, or several addresses as they stand.
fn parse_host(text: &str) -> Option<String> {
    match text.rsplit_once('|') {
        Some((others, last)) => {
            let whole = others.split('|').all(|other| {
                split_ports(other).is_some_and(|(host, ..)| bare_host(host).is_some())
            });
            (whole && bare_host(last).is_some()).then(|| text.to_owned())
        }
        None => bare_host(text).map(str::to_owned),
    }
}

fn bare_host(text: &str) -> Option<&str> {
    let bracketed = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let host = bracketed.unwrap_or(text);
    let unfit = |c: char| c.is_whitespace() || c.is_control() || "[]|;,=#".contains(c);
    let fits =
        !host.is_empty() && !host.contains(unfit) && host.contains(':') == bracketed.is_some();
    fits.then_some(host)
}

fn parse_client(text: &str) -> Option<String> {
    let text = text.trim();
    let (host, number) = text.rsplit_once(':').unwrap_or(("*", text));
    port(number)?;
    bare_host(host).map(|_| text.to_owned())
}

fn port(text: &str) -> Option<u16> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
#[path = "membership_tests.rs"]
mod tests;
