//! Two writers throughout a change of members: one has the list of the servers that stay, the other the clients' Service.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;
use std::time::Instant;

use serde_json::Value;

use crate::ensemble::Ensemble;
use crate::ensemble::Writing;
use crate::ensemble::start_writing;
use crate::run::await_until;

/// Slow enough to leave the servers time for other things, and to read everything back at once.
const PACE: [&str; 2] = ["--pause", "40"];

/// How many more acknowledgements of each show that it has gone on.
const GONE_ON: usize = 10;

/// Both writers.
pub(crate) struct Writers<'a> {
    zk: &'a Ensemble<'a>,
    both: [(&'static str, Writing); 2],
    /// When the last lap began, and after how many lines of each journal.
    lap: Cell<(Instant, [usize; 2])>,
}

impl Ensemble<'_> {
    /// Starts both; `stay` are servers that are there, at their addresses, from the first to the last moment.
    #[track_caller]
    pub(crate) fn start_writers(&self, stay: impl IntoIterator<Item = u8>) -> Writers<'_> {
        let service = format!("{}-client", self.name);
        let service = self.namespace.field("service", &service, ".spec.clusterIP");
        let list = stay.into_iter().map(|id| self.address(id)).collect();
        let writers = Writers {
            zk: self,
            both: [
                ("list", start_writing(&list, "/a", &PACE)),
                ("Service", start_writing(&[service].into(), "/b", &PACE)),
            ],
            lap: Cell::new((Instant::now(), [0; 2])),
        };
        writers.lap("start");
        writers
    }
}

impl Ensemble<'_> {
    /// All servers have the same digest of all data at the newest transaction that all have one of. The digest is a sum over
    /// all nodes (`DataTree`'s `AdHash`): data that differs keeps it different, and what a server noted while it replayed its
    /// log over a snapshot that was taken while others wrote does not.
    #[track_caller]
    fn has_same_data(&self, servers: &[u8]) {
        await_until("all servers have the same digest of all data", || {
            let digests: Vec<_> = servers.iter().map(|id| self.digests(*id)).collect();
            is_same_at_last(&digests)
        });
    }

    /// A server's digests by transaction: one in 128.
    #[track_caller]
    fn digests(&self, id: u8) -> BTreeMap<u64, String> {
        let id = format!("--id={id}");
        let said = self.namespace.zk(&["exec", self.name, "hash", &id]).ok();
        let digest = |line: &str| {
            let (zxid, digest) = line.split_once(": ")?;
            Some((u64::from_str_radix(zxid, 16).ok()?, digest.to_owned()))
        };
        said.lines().filter_map(digest).collect()
    }
}

/// At the newest transaction that all know; says where else they differ. False, if there is none.
fn is_same_at_last(all: &[BTreeMap<u64, String>]) -> bool {
    let Some((first, others)) = all.split_first() else {
        return false;
    };
    let common = |zxid: &&u64| others.iter().all(|other| other.contains_key(zxid));
    let same = |zxid: &u64| others.iter().all(|other| other[zxid] == first[zxid]);
    let common: Vec<&u64> = first.keys().filter(common).collect();
    for zxid in common.iter().filter(|zxid| !same(zxid)) {
        println!("the digests noted at transaction {zxid:x} differ");
    }
    common.last().is_some_and(|zxid| same(zxid))
}

#[test]
fn data_that_differs_at_last_is_not_the_same() {
    let noted = |digests: &[(u64, &str)]| {
        let digests = digests.iter();
        digests
            .map(|(zxid, digest)| (*zxid, (*digest).to_owned()))
            .collect()
    };
    let one: BTreeMap<_, _> = noted(&[(1, "a"), (2, "b"), (3, "c")]);
    assert!(is_same_at_last(&[
        one.clone(),
        noted(&[(1, "x"), (2, "b")])
    ]));
    assert!(!is_same_at_last(&[
        one.clone(),
        noted(&[(1, "a"), (2, "x")])
    ]));
    assert!(!is_same_at_last(&[
        one.clone(),
        one.clone(),
        noted(&[(3, "x")])
    ]));
    assert!(!is_same_at_last(&[one, noted(&[(4, "a")])]));
}

impl Writers<'_> {
    /// Waits until each has gone on.
    #[track_caller]
    pub(crate) fn await_more(&self) {
        for (_, writing) in &self.both {
            writing.await_more(GONE_ON);
        }
    }

    /// Says how long the last change took, and the longest time without an acknowledgement in it.
    #[track_caller]
    pub(crate) fn lap(&self, what: &str) {
        let (began, from) = self.lap.get();
        let took = began.elapsed().as_secs_f64();
        self.await_more();
        let journals = [0, 1].map(|which| self.both[which].1.written.journal());
        let [list, service] = [0, 1].map(|which| stall(&journals[which], from[which]));
        println!("{what}: {took:.1} s; longest stall: list {list:.2} s, Service {service:.2} s");
        let lines = journals.map(|journal| journal.lines().count());
        self.lap.set((Instant::now(), lines));
    }

    /// Stops both; all that was acknowledged must be there, through every server.
    #[track_caller]
    pub(crate) fn stop(self, what: &str) {
        let servers = self.zk.ids();
        self.zk.has_same_data(&servers);
        for (by, writing) in self.both {
            let written = writing.stop();
            for id in &servers {
                self.zk.verify_at(*id, &written);
            }
            println!("{what}, {by}: {}", self.zk.verify(&written).trim());
        }
    }
}

/// The longest time between two acknowledgements, in seconds, from this line of a journal on.
fn stall(journal: &str, from: usize) -> f64 {
    let lines = journal.lines().skip(from.saturating_sub(1));
    let known = lines.filter(|line| !line.contains("unknown"));
    let at = |line: &str| serde_json::from_str::<Value>(line).ok()?["ms"].as_u64();
    let times: Vec<u64> = known.filter_map(at).collect();
    let gaps = times.windows(2).map(|pair| pair[1] - pair[0]);
    Duration::from_millis(gaps.max().unwrap_or(0)).as_secs_f64()
}
