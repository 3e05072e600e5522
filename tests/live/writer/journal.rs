//! What was acknowledged, one JSON object a line, written before the next request is sent.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use serde::Deserialize;
use serde::Serialize;

/// One acknowledgement, with its milliseconds since the beginning.
#[derive(Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Event {
    /// A node of this name was made.
    Node(String),
    /// The counter was set to this.
    Counter(u64),
    /// Whether this write was done is not known.
    Unknown(String),
    /// The writer was told to stop.
    End,
}

#[derive(Debug, Deserialize, Serialize)]
struct Line {
    ms: u64,
    #[serde(flatten)]
    event: Event,
}

/// A journal that is being written.
pub(crate) struct Journal {
    file: File,
    began: Instant,
}

impl Journal {
    /// An empty journal.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: File::create(path)?,
            began: Instant::now(),
        })
    }

    /// Notes it now.
    pub(crate) fn note(&mut self, event: Event) -> Result<(), String> {
        let ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let line = serde_json::to_string(&Line { ms, event }).map_err(|error| error.to_string())?;
        writeln!(self.file, "{line}").map_err(|error| error.to_string())
    }
}

/// A journal that was written.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// The names that were acknowledged.
    pub(crate) nodes: BTreeSet<String>,
    /// The names whose outcome was not known.
    pub(crate) unknown: BTreeSet<String>,
    /// The counter's last acknowledged value.
    pub(crate) counter: u64,
    /// The longest time between two acknowledgements, or between the last one and the end.
    pub(crate) stall: Duration,
}

impl Record {
    /// Reads a journal. A last line that was cut off was not acknowledged to anybody.
    pub(crate) fn read(text: &str) -> Self {
        let mut record = Self::default();
        let mut last = None;
        let lines = text
            .lines()
            .map_while(|line| serde_json::from_str::<Line>(line).ok());
        for Line { ms, event } in lines {
            if !matches!(event, Event::Unknown(_)) {
                let gap = Duration::from_millis(ms - last.unwrap_or(ms));
                record.stall = record.stall.max(gap);
                last = Some(ms);
            }
            match event {
                Event::Node(name) => drop(record.nodes.insert(name)),
                Event::Unknown(name) => drop(record.unknown.insert(name)),
                Event::Counter(value) => record.counter = value,
                Event::End => {}
            }
        }
        record
    }
}
