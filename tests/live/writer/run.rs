//! Writes: a node of a new name, then the counter, and again.

use std::time::Duration;

use kubectl_zk::zookeeper::error::Code;
use kubectl_zk::zookeeper::error::SessionError;
use kubectl_zk::zookeeper::message::CreateMode;
use kubectl_zk::zookeeper::message::record::Acl;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;
use tokio::time::sleep;

use crate::client::Client;
use crate::journal::Event;
use crate::journal::Journal;

/// The counter's name; the nodes' names begin with `n-`.
pub(crate) const COUNTER: &str = "counter";

/// What is being written, and where.
pub(crate) struct Work {
    client: Client,
    journal: Journal,
    path: String,
    pause: Duration,
    nodes: u32,
    /// Value and version as they were last read or set; none when they must be read.
    counter: Option<(u64, i32)>,
}

/// Writes until `count` nodes are there, the time is over, or TERM.
pub(crate) async fn run(
    mut work: Work,
    count: Option<u32>,
    limit: Duration,
) -> Result<String, String> {
    let mut term = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    tokio::select! {
        _ = term.recv() => {}
        () = sleep(limit) => {}
        result = work.write(count.unwrap_or(u32::MAX)) => result?,
    }
    work.journal.note(Event::End)?;
    let counter = work.counter.map_or(0, |(value, _)| value);
    let text = format!("tried {} nodes, counted to {counter}", work.nodes);
    // An unfinished request makes the session unusable; it ends by itself then.
    work.client.close().await;
    Ok(text)
}

impl Work {
    pub(crate) fn new(client: Client, journal: Journal, path: String, pause: Duration) -> Self {
        Self {
            client,
            journal,
            path,
            pause,
            nodes: 0,
            counter: None,
        }
    }

    async fn write(&mut self, count: u32) -> Result<(), String> {
        self.make(&self.path.clone(), b"").await?;
        self.make(&format!("{}/{COUNTER}", self.path), b"0").await?;
        while self.nodes < count {
            self.next_node().await?;
            self.count_up().await?;
            sleep(self.pause).await;
        }
        Ok(())
    }

    /// Makes a node that may be there already.
    async fn make(&mut self, path: &str, data: &[u8]) -> Result<(), String> {
        loop {
            let acl = [Acl::world(Acl::ALL)];
            let session = self.client.session().await;
            let made = session.create(path, data, &acl, CreateMode::Persistent);
            match made.await {
                Ok(_) | Err(SessionError::Server(Code::NodeExists)) => return Ok(()),
                Err(why) => self.fails(&why)?,
            }
        }
    }

    /// One node, tried once: of an unknown outcome nothing is claimed.
    async fn next_node(&mut self) -> Result<(), String> {
        self.nodes += 1;
        let name = format!("n-{:08}", self.nodes);
        let path = format!("{}/{name}", self.path);
        let acl = [Acl::world(Acl::ALL)];
        let session = self.client.session().await;
        let made = session.create(&path, b"", &acl, CreateMode::Persistent);
        match made.await {
            Ok(_) => self.journal.note(Event::Node(name)),
            Err(why) => {
                if why.leaves_outcome_unknown() {
                    self.journal.note(Event::Unknown(name))?;
                }
                self.fails(&why)
            }
        }
    }

    /// Sets the counter to the next value, if it still has the version that was read.
    async fn count_up(&mut self) -> Result<(), String> {
        let path = format!("{}/{COUNTER}", self.path);
        let (value, version) = match self.counter.take() {
            Some(known) => known,
            None => self.read_counter(&path).await?,
        };
        let next = (value + 1).to_string();
        let session = self.client.session().await;
        match session.set_data(&path, next.as_bytes(), version).await {
            Ok(stat) => self.counted(value + 1, stat.version),
            // A write of unknown outcome was done after it was looked for.
            Err(SessionError::Server(Code::BadVersion)) => Ok(()),
            Err(why) => self.fails(&why),
        }
    }

    /// What the counter is now. A value beyond the last acknowledged one was ours, of unknown outcome till now.
    async fn read_counter(&mut self, path: &str) -> Result<(u64, i32), String> {
        loop {
            let session = self.client.session().await;
            let read = match session.sync(path).await {
                Ok(()) => session.get_data(path).await,
                Err(why) => Err(why),
            };
            match read {
                Ok((data, stat)) => {
                    let value = value_of(&data)?;
                    self.counted(value, stat.version)?;
                    return Ok((value, stat.version));
                }
                Err(why) => self.fails(&why)?,
            }
        }
    }

    fn counted(&mut self, value: u64, version: i32) -> Result<(), String> {
        self.counter = Some((value, version));
        self.journal.note(Event::Counter(value))
    }

    /// Goes on elsewhere; an answer that no fault explains ends the run.
    fn fails(&mut self, why: &SessionError) -> Result<(), String> {
        match why {
            SessionError::Server(code) if !why.leaves_outcome_unknown() => {
                Err(format!("the server answered {code}"))
            }
            why => {
                self.client.leave(why);
                Ok(())
            }
        }
    }
}

/// The counter's data as a number.
pub(crate) fn value_of(data: &[u8]) -> Result<u64, String> {
    let text = String::from_utf8_lossy(data);
    text.parse()
        .map_err(|_| format!("the counter holds {text:?}, which this writer never wrote"))
}
