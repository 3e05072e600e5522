//! `cons`: every connection and its session.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde::Serializer;
use serde_json::Value;

use crate::zookeeper::four_letter::lines::Plain;
use crate::zookeeper::four_letter::lines::value;

/// The answer to `cons`.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Cons {
    /// All connections, in no order.
    pub connections: Vec<Connection>,
}

/// A connection to the client port, as `cons` and `stat` print it.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
pub struct Connection {
    /// Address and port of the client.
    pub client: String,
    /// The server's own names and values: `queued`, `recved`, `sent`, `sid`, `lop`, `to`, …
    #[schemars(flatten, with = "BTreeMap<String, Plain>")]
    pub fields: BTreeMap<String, String>,
}

impl Cons {
    /// Reads what is there.
    pub fn parse(text: &str) -> Self {
        Self {
            connections: connections(text),
        }
    }
}

impl Connection {
    /// The session's id as printed, `0x…`; none for a connection that only asks a four-letter word.
    pub fn session(&self) -> Option<&str> {
        self.fields.get("sid").map(String::as_str)
    }

    /// Reads ` /127.0.0.1:53900[1](queued=0,recved=4,sent=5,…)`.
    fn parse(line: &str) -> Option<Self> {
        let (head, rest) = line.trim().strip_prefix('/')?.split_once('(')?;
        let (client, _) = head.rsplit_once('[')?;
        let pairs = rest
            .strip_suffix(')')?
            .split(',')
            .filter_map(|pair| pair.split_once('='));
        let fields = pairs
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        Some(Self {
            client: client.to_owned(),
            fields,
        })
    }
}

/// Every line of `text` that is a connection.
pub(crate) fn connections(text: &str) -> Vec<Connection> {
    text.lines().filter_map(Connection::parse).collect()
}

impl Serialize for Connection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let client = ("client".to_owned(), Value::from(self.client.as_str()));
        let fields = self
            .fields
            .iter()
            .map(|(key, text)| (key.clone(), value(text)));
        serializer.collect_map(std::iter::once(client).chain(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_and_bare_connections() {
        let text = " /[0:0:0:0:0:0:0:1]:53900[1](queued=0,recved=4,sid=0x1000023eaea0000,lop=GETC)\r\n /127.0.0.1:1[0](queued=0,recved=1,sent=0)\n\n";
        let cons = Cons::parse(text);
        insta::assert_snapshot!(
            serde_json::to_string(&cons).unwrap(),
            @r#"{"connections":[{"client":"[0:0:0:0:0:0:0:1]:53900","lop":"GETC","queued":0,"recved":4,"sid":"0x1000023eaea0000"},{"client":"127.0.0.1:1","queued":0,"recved":1,"sent":0}]}"#
        );
        assert_eq!(cons.connections[0].session(), Some("0x1000023eaea0000"));
        assert_eq!(cons.connections[1].session(), None);
    }
}
