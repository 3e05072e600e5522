//! The streams in memory, for tests. Knows what was written and what will be answered.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// What a captured `Ui` wrote, and what it is made to see. Clones share the same streams.
#[derive(Clone, Debug, Default)]
pub struct Capture {
    memory: Arc<Mutex<Memory>>,
}

#[derive(Debug, Default)]
struct Memory {
    stdout: Vec<u8>,
    stderr: String,
    answers: VecDeque<String>,
    terminal: Option<usize>,
    broken: bool,
}

impl Capture {
    /// What went to stdout so far; bytes that are not UTF-8 are replaced.
    pub fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.memory().stdout).into_owned()
    }

    /// What went to stdout so far, to the byte.
    pub fn stdout_bytes(&self) -> Vec<u8> {
        self.memory().stdout.clone()
    }

    /// What went to stderr so far.
    pub fn stderr(&self) -> String {
        self.memory().stderr.clone()
    }

    /// The next line of stdin; without any, stdin is at its end.
    pub fn answer(&self, line: &str) {
        self.memory().answers.push_back(line.to_owned());
    }

    /// All three streams are a terminal of so many columns from now on.
    pub fn pretend_terminal(&self, width: usize) {
        self.memory().terminal = Some(width);
    }

    /// The reader of stdout goes away.
    pub fn break_pipe(&self) {
        self.memory().broken = true;
    }

    pub(crate) fn write_out(&self, bytes: &[u8]) -> io::Result<()> {
        let mut memory = self.memory();
        if memory.broken {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        memory.stdout.extend_from_slice(bytes);
        Ok(())
    }

    pub(crate) fn write_err(&self, text: &str) {
        self.memory().stderr.push_str(text);
    }

    pub(crate) fn read_line(&self) -> String {
        self.memory().answers.pop_front().unwrap_or_default()
    }

    pub(crate) fn is_terminal(&self) -> bool {
        self.memory().terminal.is_some()
    }

    pub(crate) fn width(&self) -> usize {
        self.memory().terminal.unwrap_or(80)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
