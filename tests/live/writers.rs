//! Two writers throughout a change of members: one has the list of the servers that stay, the other the clients' Service.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;
use std::time::Instant;

use serde_json::Value;

use crate::ensemble::Ensemble;
use crate::ensemble::Writing;
use crate::ensemble::start_writing;

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
    /// No two servers have different digests of all data at the same transaction; and it was found out of some.
    #[track_caller]
    fn has_same_data(&self, servers: &[u8]) {
        let ids: Vec<String> = servers.iter().map(|id| format!("--id={id}")).collect();
        let mut hash = vec!["exec", self.name, "hash", "-o", "json"];
        hash.extend(ids.iter().map(String::as_str));
        let said: Value = serde_json::from_str(&self.namespace.zk(&hash).ok()).unwrap();
        let answers = said["items"].as_array().unwrap().iter();
        let digests = answers.flat_map(|item| item["answer"].as_str().unwrap().lines());
        let mut all = BTreeMap::new();
        for line in digests {
            let (zxid, digest) = line.split_once(": ").unwrap();
            let first = *all.entry(zxid).or_insert(digest);
            assert_eq!(first, digest, "at transaction {zxid}");
        }
        assert!(!all.is_empty());
    }
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
