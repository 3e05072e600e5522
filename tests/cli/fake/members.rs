//! A member list that reconfigurations change, and what it makes of each server. Joiners follow at once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::fake::server::Server;

const BAD_VERSION: i32 = -103;

/// The list all servers go by.
#[derive(Clone, Debug)]
pub(crate) struct Members {
    /// Every member by its id, and whether it votes.
    pub(crate) votes: BTreeMap<u8, bool>,
    pub(crate) version: u64,
    pub(crate) leader: u8,
    /// What the next reconfigurations are answered with instead.
    pub(crate) refusals: Vec<i32>,
    /// The next reconfiguration is done, and its answer is lost.
    pub(crate) drops_answer: bool,
}

impl Members {
    /// So many voters and observers.
    pub(crate) fn new(voters: u8, observers: u8, leader: u8) -> Self {
        Self {
            votes: (1..=voters + observers)
                .map(|id| (id, id <= voters))
                .collect(),
            version: 0x1_0000_0000,
            leader,
            refusals: Vec::new(),
            drops_answer: false,
        }
    }

    /// `JOINING|LEAVING|VERSION`: carries it out; the new list, or the error's number.
    pub(crate) fn reconfigure(&mut self, change: &str) -> Result<String, i32> {
        let mut parts = change.split('|');
        let [joining, leaving, version] = [(); 3].map(|()| parts.next().unwrap());
        if !self.refusals.is_empty() {
            return Err(self.refusals.remove(0));
        }
        if version.parse() != Ok(self.version) {
            return Err(BAD_VERSION);
        }
        for id in leaving.split(',').filter_map(|id| id.parse().ok()) {
            self.votes.remove(&id);
        }
        for line in joining.split(',').filter(|line| !line.is_empty()) {
            let (id, rest) = line
                .strip_prefix("server.")
                .unwrap()
                .split_once('=')
                .unwrap();
            self.votes
                .insert(id.parse().unwrap(), rest.contains(":participant"));
        }
        self.version += 1;
        if self.votes.get(&self.leader) != Some(&true) {
            self.leader = *self.votes.iter().find(|(_, votes)| **votes).unwrap().0;
        }
        Ok(self.lines())
    }

    /// The list as servers write it.
    pub(crate) fn lines(&self) -> String {
        let mut text = String::new();
        for (id, votes) in &self.votes {
            let role = if *votes { "participant" } else { "observer" };
            let _ = writeln!(text, "server.{id}=10.96.0.{id}:2888:3888:{role};2181");
        }
        text + &format!("version={:x}", self.version)
    }

    /// What a server of this id is, where so many run.
    pub(crate) fn server(&self, id: u8, running: usize) -> Server {
        let voters = self.votes.values().filter(|votes| **votes).count();
        let outside = running.saturating_sub(self.votes.len());
        Server {
            lines: Some(self.lines()),
            observes: self.votes.get(&id) == Some(&false),
            outside,
            ..Server::new(id == self.leader, u8::try_from(voters).unwrap())
        }
    }
}
