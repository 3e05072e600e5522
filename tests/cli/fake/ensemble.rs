//! The servers: what each answers at its ports, over streams in memory.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use futures::future::BoxFuture;
use kubectl_zk::cluster::Dial;
use kubectl_zk::cluster::Unreachable;
use kubectl_zk::cluster::denied::Denied;
use kubectl_zk::cluster::dial::Stream;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::io::DuplexStream;

use crate::fake::bell::Bell;
use crate::fake::members::Members;
use crate::fake::nobody::Nobody;
use crate::fake::server::Server;
use crate::fake::server::id;
use crate::fake::session;
use crate::fake::session::Tree;
use crate::fake::texts;

/// How a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It answers.
    Serves,
    /// It looks for a quorum: so many questions long, then it serves.
    Looks(usize),
    /// Nothing listens.
    Refuses,
    /// It accepts and says nothing.
    Hangs,
    /// It closes without a word.
    Closes,
    /// A right to reach it is missing.
    Forbidden,
    /// It follows, and its node's kubelet is away: nobody can ask it.
    Away,
}

/// Servers by pod. Pods that nobody described are of an ensemble of three that serves, led by server 2. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Zoo(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    servers: BTreeMap<String, Server>,
    /// Addresses outside the cluster at which a server answers.
    outside: BTreeSet<String>,
    tree: Tree,
    /// The list, where reconfigurations may change it.
    members: Option<Members>,
    /// The servers that may be asked then.
    running: BTreeSet<u8>,
    asked: Vec<String>,
    bell: Bell,
}

impl Inner {
    fn note(&mut self, asked: String) {
        self.asked.push(asked);
        self.bell.ring();
    }

    /// How many voters do not follow.
    fn late(&self, members: &Members) -> usize {
        let follows = |mood| matches!(mood, Mood::Serves | Mood::Forbidden | Mood::Away);
        let voters = members.votes.iter().filter(|(_, votes)| **votes);
        let others = voters.filter(|(id, _)| **id != members.leader);
        let servers = others.map(|(id, _)| self.servers.get(&format!("zk-server-{id}-0")));
        let late = servers.filter(|server| server.is_some_and(|it| !follows(it.mood)));
        late.count()
    }
}

impl Zoo {
    /// Changes the server in a pod.
    pub(crate) fn change(&self, pod: &str, change: impl FnOnce(&mut Server)) {
        let mut server = self.server(pod);
        change(&mut server);
        let mut inner = self.0.lock().unwrap();
        inner.servers.insert(pod.to_owned(), server);
    }

    /// The pod was made again: its server is another process, if it runs.
    pub(crate) fn born(&self, pod: &str, runs: bool) {
        let mut inner = self.0.lock().unwrap();
        let listed = inner.members.is_some();
        match inner.servers.get_mut(pod) {
            _ if runs && listed => drop(inner.servers.remove(pod)),
            Some(server) if runs => server.mood = Mood::Serves,
            None if runs => {}
            _ => {
                drop(inner);
                self.change(pod, |server| server.mood = Mood::Refuses);
            }
        }
    }

    /// Sets how server `id` of `zk` is.
    pub(crate) fn mood(&self, id: u8, mood: Mood) {
        self.change(&format!("zk-server-{id}-0"), |server| server.mood = mood);
    }

    /// `zk` has so many servers, all serving, led by the first.
    pub(crate) fn size(&self, voters: u8) {
        for id in 1..=voters {
            self.change(&format!("zk-server-{id}-0"), |server| {
                *server = Server::new(id == 1, voters);
            });
        }
    }

    /// The servers go by this list from now on, and change it as they are told.
    pub(crate) fn goes_by(&self, members: Members) {
        self.0.lock().unwrap().members = Some(members);
    }

    /// The list, to be looked at and changed.
    pub(crate) fn members<T>(&self, change: impl FnOnce(&mut Members) -> T) -> T {
        change(self.0.lock().unwrap().members.as_mut().unwrap())
    }

    /// From outside the cluster a server answers at this address.
    pub(crate) fn answers_at(&self, address: &str) {
        self.0.lock().unwrap().outside.insert(address.to_owned());
    }

    /// The nodes of all servers, to be looked at and changed.
    pub(crate) fn tree<T>(&self, change: impl FnOnce(&mut Tree) -> T) -> T {
        change(&mut self.0.lock().unwrap().tree)
    }

    /// What was asked so far: `POD WORD`.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().asked.clone()
    }

    /// Waits until a server was asked so often: `POD WORD`, since the beginning.
    pub(crate) async fn until_asked(&self, question: &str, times: usize) {
        let bell = self.0.lock().unwrap().bell.clone();
        bell.until(|| times <= self.times_asked(question)).await;
    }

    /// How often a server was asked: `POD WORD`.
    pub(crate) fn times_asked(&self, question: &str) -> usize {
        let asked = self.asked();
        asked.iter().filter(|asked| *asked == question).count()
    }

    fn server(&self, pod: &str) -> Server {
        let mut inner = self.0.lock().unwrap();
        if let Some(server) = inner.servers.get(pod) {
            return server.clone();
        }
        match (inner.members.clone(), id(pod).parse()) {
            (Some(members), Ok(id)) => {
                inner.running.insert(id);
                Server {
                    late: inner.late(&members),
                    ..members.server(id, inner.running.len())
                }
            }
            _ => Server::of(pod),
        }
    }

    /// The server as it is for this question; one that looks comes a step nearer to serving.
    fn question(&self, pod: &str, word: &str) -> Server {
        self.0.lock().unwrap().note(format!("{pod} {word}"));
        let server = self.server(pod);
        if let (Mood::Looks(left), "srvr") = (server.mood, word) {
            let next = match left {
                0 | 1 => Mood::Serves,
                left => Mood::Looks(left - 1),
            };
            self.change(pod, |server| server.mood = next);
        }
        server
    }

    async fn talk(self, pod: String, port: u16, mut stream: DuplexStream) {
        if self.server(&pod).mood == Mood::Hangs {
            return std::future::pending().await;
        }
        let mut question = vec![0; if port == 8080 { 512 } else { 4 }];
        let length = stream.read(&mut question).await.unwrap();
        // A session begins with a length, which begins with 0.
        if let Ok(first) = <[u8; 4]>::try_from(&question[..length])
            && first[0] == 0
        {
            return self.session(&pod, first, &mut stream).await;
        }
        let question = String::from_utf8_lossy(&question[..length]).into_owned();
        let answer = match port {
            8080 => texts::admin(&self.question(&pod, "admin"), &question),
            _ => texts::answer(&self.question(&pod, &question), &question),
        };
        // Whoever asked may have heard enough.
        let _ = stream.write_all(&answer).await;
    }
}

impl Zoo {
    async fn session(self, pod: &str, first: [u8; 4], stream: &mut DuplexStream) {
        if self.question(pod, "session").mood != Mood::Serves {
            return;
        }
        let heard = |request: &str| {
            let inner = &mut *self.0.lock().unwrap();
            inner.note(format!("{pod} {request}"));
            match (request.strip_prefix("reconfig "), &mut inner.members) {
                (Some(change), Some(members)) => session::reconfigured(members, change),
                _ => Some(session::answer(&mut inner.tree, request)),
            }
        };
        session::serve(first, stream, heard).await;
    }
}

impl Dial for Zoo {
    fn dial_address<'a>(
        &'a self,
        host: &'a str,
        port: u16,
        deadline: Duration,
    ) -> BoxFuture<'a, Result<Box<dyn Stream>, Unreachable>> {
        let address = format!("{host}:{port}");
        let answers = self.0.lock().unwrap().outside.contains(&address);
        Box::pin(async move {
            match answers {
                true => self.dial(&address, port, deadline).await,
                false => Err(Unreachable::TimedOut),
            }
        })
    }

    fn dial<'a>(
        &'a self,
        pod: &'a str,
        port: u16,
        _: Duration,
    ) -> BoxFuture<'a, Result<Box<dyn Stream>, Unreachable>> {
        Box::pin(async move {
            let server = self.server(pod);
            match server.mood {
                Mood::Forbidden => Err(Unreachable::Forbidden(Denied::parse(&format!(
                    "pods \"{pod}\" is forbidden: User \"dev\" cannot create resource \"pods/portforward\" in API group \"\" in the namespace \"default\""
                )))),
                Mood::Refuses => Ok(Box::new(Nobody) as Box<dyn Stream>),
                Mood::Away => Err(Unreachable::TimedOut),
                _ if port == 8080 && !server.admin => Ok(Box::new(Nobody) as Box<dyn Stream>),
                _ => {
                    let (near, far) = tokio::io::duplex(1 << 20);
                    tokio::spawn(self.clone().talk(pod.to_owned(), port, far));
                    Ok(Box::new(near) as Box<dyn Stream>)
                }
            }
        })
    }
}
