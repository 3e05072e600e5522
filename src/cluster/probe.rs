//! Asks one server what it says of itself. Every failure is a value, and none takes longer than the deadline.

use std::time::Duration;

use futures::future::join;

use crate::cluster::Dial;
use crate::cluster::Unreachable;
use crate::cluster::dial::Stream;
use crate::ensemble::Membership;
use crate::ensemble::Mode;
use crate::ensemble::Zxid;
use crate::ensemble::connect_string::CLIENT_PORT;
use crate::ensemble::observed::Answer;
use crate::ensemble::observed::Monitor;
use crate::ensemble::observed::Probe;
use crate::zookeeper::four_letter::ask::Silence;
use crate::zookeeper::four_letter::ask::ask;
use crate::zookeeper::four_letter::ask::ask_until;
use crate::zookeeper::four_letter::conf::Conf;
use crate::zookeeper::four_letter::mntr;
use crate::zookeeper::four_letter::mntr::Mntr;
use crate::zookeeper::four_letter::small::Dirs;
use crate::zookeeper::four_letter::srvr::Srvr;
use crate::zookeeper::four_letter::word::Word;
use crate::zookeeper::session::ConnectOptions;
use crate::zookeeper::session::Session;

/// How much is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Nothing: Kubernetes' facts alone.
    Nothing,
    /// `srvr` and `conf` of all, `mntr` of the leader: it is the dear one.
    Brief,
    /// `mntr` and `dirs` of all.
    Full,
}

/// What the server in this pod says, within the deadline.
pub(crate) async fn probe(dial: &dyn Dial, pod: &str, depth: Depth, deadline: Duration) -> Probe {
    match tokio::time::timeout(deadline, answer(dial, pod, depth, deadline)).await {
        Ok(Ok(answer)) => Probe::Answered(Box::new(answer)),
        Ok(Err(probe)) => probe,
        Err(_) => Probe::Unreachable(format!("no answer within {deadline:?}")),
    }
}

async fn answer(
    dial: &dyn Dial,
    pod: &str,
    depth: Depth,
    deadline: Duration,
) -> Result<Answer, Probe> {
    let asker = Asker {
        dial,
        pod,
        deadline,
    };
    // `srvr` alone first: it counts connections, and another question at the same time would be one.
    let srvr = Srvr::parse(&asker.text(Word::Srvr).await?);
    let Some(mode) = srvr.mode else {
        return Err(Probe::NotServing);
    };
    let dear = depth == Depth::Full || mode == Mode::Leader;
    let monitor = async {
        if dear {
            asker.monitor(depth).await
        } else {
            None
        }
    };
    let (config, monitor) = join(asker.config(), monitor).await;
    Ok(Answer {
        config,
        monitor,
        ..from_srvr(&srvr, mode)
    })
}

/// One server, and how to ask it.
struct Asker<'a> {
    dial: &'a dyn Dial,
    pod: &'a str,
    deadline: Duration,
}

impl Asker<'_> {
    async fn dial(&self) -> Result<Box<dyn Stream>, Probe> {
        self.dial
            .dial(self.pod, CLIENT_PORT, self.deadline)
            .await
            .map_err(unreachable)
    }

    async fn text(&self, word: Word) -> Result<String, Probe> {
        let bytes = ask(self.dial().await?, word, self.deadline)
            .await
            .map_err(silence)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// By `conf`; where that is not whitelisted, by a session, as any client may read it.
    async fn config(&self) -> Option<Membership> {
        let stream = self.dial().await.ok()?;
        match ask(stream, Word::Conf, self.deadline).await {
            Ok(bytes) => Conf::parse(&String::from_utf8_lossy(&bytes))
                .members()
                .cloned(),
            Err(Silence::NotWhitelisted) => self.config_by_session().await,
            Err(_) => None,
        }
    }

    async fn config_by_session(&self) -> Option<Membership> {
        let stream = self.dial().await.ok()?;
        let options = ConnectOptions {
            deadline: self.deadline,
            ..ConnectOptions::default()
        };
        let mut session = Session::connect(stream, &options).await.ok()?;
        let config = session
            .get_config()
            .await
            .ok()
            .filter(|config| !config.servers.is_empty());
        // Whether the server heard the farewell changes nothing for us.
        let _ = session.close().await;
        config
    }

    async fn monitor(&self, depth: Depth) -> Option<Monitor> {
        let all = depth == Depth::Full;
        let enough = if all { mntr::is_all } else { mntr::is_enough };
        let (numbers, disk) = join(
            async {
                ask_until(self.dial().await.ok()?, Word::Mntr, self.deadline, enough)
                    .await
                    .ok()
            },
            async {
                if all {
                    self.text(Word::Dirs).await.ok()
                } else {
                    None
                }
            },
        )
        .await;
        let mut monitor = from_mntr(&Mntr::parse(&String::from_utf8_lossy(&numbers?)));
        let disk = disk.map(|text| Dirs::parse(&text));
        monitor.disk =
            disk.and_then(|dirs| Some(dirs.datadir_size? + dirs.logdir_size.unwrap_or(0)));
        Some(monitor)
    }
}

fn from_srvr(srvr: &Srvr, mode: Mode) -> Answer {
    let count = |number: Option<i64>| {
        number
            .and_then(|number| u64::try_from(number).ok())
            .unwrap_or(0)
    };
    Answer {
        mode: if srvr.read_only { Mode::ReadOnly } else { mode },
        version: srvr.version,
        zxid: srvr.zxid.unwrap_or(Zxid(0)),
        latency: srvr.latency.map_or(0.0, |latency| latency.avg),
        // Our own question is a connection, too.
        connections: count(srvr.connections).saturating_sub(1),
        outstanding: count(srvr.outstanding),
        znodes: count(srvr.node_count),
        config: None,
        monitor: None,
    }
}

fn from_mntr(mntr: &Mntr) -> Monitor {
    let number = |key: &str| mntr.i64(key).and_then(|number| u64::try_from(number).ok());
    Monitor {
        quorum_size: number("quorum_size"),
        synced_followers: number("synced_followers"),
        synced_non_voting_followers: number("synced_non_voting_followers"),
        synced_observers: number("synced_observers"),
        pending_syncs: number("pending_syncs"),
        watches: number("watch_count"),
        data_size: number("approximate_data_size"),
        uptime: number("uptime"),
        disk: None,
        digest_mismatches: number("digest_mismatches_count"),
    }
}

fn unreachable(why: Unreachable) -> Probe {
    match why {
        Unreachable::Forbidden(denied) => Probe::Forbidden(denied.rule()),
        other => Probe::Unreachable(other.to_string()),
    }
}

fn silence(silence: Silence) -> Probe {
    match silence {
        Silence::NotServing => Probe::NotServing,
        // What stands behind it are containerd's words about its own plumbing.
        Silence::Refused(_) => Probe::Unreachable("connection refused".to_owned()),
        other => Probe::Unreachable(other.to_string()),
    }
}
