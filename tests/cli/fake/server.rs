//! One server: how it is, and what it would say. Must not know the others.

use crate::fake::ensemble::Mood;

/// One server.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) mood: Mood,
    pub(crate) leads: bool,
    /// The voters of the list it goes by.
    pub(crate) voters: u8,
    /// How many of them do not follow, if it leads.
    pub(crate) late: usize,
    pub(crate) zxid: &'static str,
    /// Words that its whitelist lacks.
    pub(crate) unlisted: &'static [&'static str],
    /// Whether the AdminServer answers.
    pub(crate) admin: bool,
    /// What stands at the end of every line of its answers.
    pub(crate) tail: &'static str,
    /// The list it goes by, where it is not simply so many voters.
    pub(crate) lines: Option<String>,
    /// Whether it only observes.
    pub(crate) observes: bool,
    /// How many servers follow it without being on the list.
    pub(crate) outside: usize,
}

impl Server {
    /// One of `voters` that serves.
    pub(crate) fn new(leads: bool, voters: u8) -> Self {
        Self {
            mood: Mood::Serves,
            leads,
            voters,
            late: 0,
            zxid: "0x100000004",
            unlisted: &[],
            admin: true,
            tail: "",
            lines: None,
            observes: false,
            outside: 0,
        }
    }

    /// That of a pod that nobody described.
    pub(crate) fn of(pod: &str) -> Self {
        Self::new(id(pod) == "2", 3)
    }
}

/// `2` of `zk-server-2-0`.
pub(crate) fn id(pod: &str) -> &str {
    let name = pod.strip_suffix("-0").unwrap_or(pod);
    name.rsplit('-').next().unwrap()
}
