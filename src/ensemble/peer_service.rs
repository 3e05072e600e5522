//! The Service at which the other servers reach one server, in an ensemble made by hand: whom it finds is all that says
//! which pod is that server.

use std::collections::BTreeMap;

/// A peer Service that somebody made by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerService {
    /// Its name: `zk-peer-1`.
    pub name: String,
    /// The labels by which it finds its pod; none where its endpoints are made by hand, too.
    pub selector: BTreeMap<String, String>,
    /// The pods that it finds, of whatever ensemble, but those that end or have ended: one, if all is well.
    pub pods: Vec<String>,
    /// The port of the server's election Service, where this one lacks it: a server line has one address for both.
    pub lacks: Option<i32>,
}

impl PeerService {
    /// The selector as kubectl's `-l` takes it: `name=zookeeper-pod,server=1`.
    pub fn query(&self) -> String {
        let terms = self.selector.iter();
        let terms: Vec<String> = terms.map(|(key, value)| format!("{key}={value}")).collect();
        terms.join(",")
    }
}
