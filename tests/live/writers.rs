//! Two writers throughout a change of members: one has the list of the servers that stay, the other the clients' Service.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
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
    /// All servers come to have the same digest of all data, and nowhere have they had others for long.
    #[track_caller]
    fn has_same_data(&self, servers: &[u8]) {
        await_until("all servers have the same digest of all data", || {
            let noted: Vec<Noted> = servers.iter().map(|id| self.digests(*id)).collect();
            let same = is_same(&noted);
            same.unwrap_or_else(|zxid| panic!("data differs from {zxid:x} on: {noted:x?}"))
        });
    }

    #[track_caller]
    fn digests(&self, id: u8) -> Noted {
        let id = format!("--id={id}");
        let said = self.namespace.zk(&["exec", self.name, "hash", &id]).ok();
        let digest = |line: &str| {
            let (zxid, digest) = line.split_once(": ").unwrap();
            (u64::from_str_radix(zxid, 16).unwrap(), digest.to_owned())
        };
        said.lines().map(digest).collect()
    }
}

/// The digests of all data that a server has noted, by transaction: one in 128.
type Noted = BTreeMap<u64, String>;

/// Whether the newest digest that all servers have is the same. Wherever two noted one it must be the same, too, but for a
/// single one: who is sent a snapshot while others write is not told how far ahead of its transaction it is, and notes what
/// is not comparable for as long as the leader took to write it (`Learner.syncWithLeader`: `DataTree`'s digest of a snapshot
/// is on disk only). Data that differs is in all digests that follow, as they are sums over all nodes.
///
/// # Errors
/// Two in a row differ, the first at this transaction.
fn is_same(noted: &[Noted]) -> Result<bool, u64> {
    let zxids: BTreeSet<u64> = noted.iter().flat_map(|it| it.keys().copied()).collect();
    let at = |zxid: u64| -> Vec<&String> { noted.iter().filter_map(|it| it.get(&zxid)).collect() };
    let agree = |zxid: u64| at(zxid).windows(2).all(|pair| pair[0] == pair[1]);
    let shared: Vec<u64> = zxids
        .iter()
        .copied()
        .filter(|zxid| 1 < at(*zxid).len())
        .collect();
    let odd = |zxid: &u64| !agree(*zxid);
    for zxid in shared.iter().filter(|zxid| odd(zxid)) {
        println!("the digests noted at {zxid:x} differ");
    }
    if let Some(pair) = shared.windows(2).find(|pair| pair.iter().all(odd)) {
        return Err(pair[0]);
    }
    let last = zxids.iter().rfind(|zxid| at(**zxid).len() == noted.len());
    Ok(last.is_some_and(|zxid| agree(*zxid)))
}

#[test]
fn one_digest_in_between_may_differ_and_no_other() {
    let noted = |digests: &str| -> Noted {
        let digests = digests.chars().map(String::from);
        (1..)
            .zip(digests)
            .filter(|(_, digest)| digest != " ")
            .collect()
    };
    let same = |all: &[&str]| {
        let all: Vec<Noted> = all.iter().map(|digests| noted(digests)).collect();
        is_same(&all)
    };
    assert_eq!(same(&["abc", "abc", " bcd"]), Ok(true));
    assert_eq!(same(&["abcde", "axcxe"]), Ok(true));
    assert_eq!(same(&["abc", "abx"]), Ok(false));
    assert_eq!(same(&["abc", "   d"]), Ok(false));
    assert_eq!(same(&["abcd", "axyd"]), Err(2));
    assert_eq!(same(&["abcd", "  xy", "abcd"]), Err(3));
    assert_eq!(same(&["abcd ", "axyde", "    e"]), Err(2));
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
