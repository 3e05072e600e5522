//! The three streams, of the process or in memory. Knows bytes alone; must not know what they say.

use std::io;
use std::io::BufWriter;
use std::io::IsTerminal as _;
use std::io::Stdout;
use std::io::Write as _;

use crate::ui::capture::Capture;

/// One of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    In,
    Out,
    Err,
}

/// Where the streams lead.
#[derive(Debug)]
pub(crate) enum Console {
    Process(BufWriter<Stdout>),
    Memory(Capture),
}

impl Console {
    pub(crate) fn process() -> Self {
        Self::Process(BufWriter::new(io::stdout()))
    }

    /// Writes and flushes: what was said is seen before the program goes on.
    pub(crate) fn write_out(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Process(out) => out.write_all(bytes).and_then(|()| out.flush()),
            Self::Memory(capture) => capture.write_out(bytes),
        }
    }

    /// Where stderr cannot be written there is nobody left to be told.
    pub(crate) fn write_err(&mut self, text: &str) {
        match self {
            Self::Process(_) => drop(io::stderr().write_all(text.as_bytes())),
            Self::Memory(capture) => capture.write_err(text),
        }
    }

    /// One line of stdin; empty at its end.
    pub(crate) fn read_line(&mut self) -> io::Result<String> {
        match self {
            Self::Process(_) => {
                let mut line = String::new();
                io::stdin().read_line(&mut line)?;
                Ok(line)
            }
            Self::Memory(capture) => Ok(capture.read_line()),
        }
    }

    pub(crate) fn is_terminal(&self, stream: Stream) -> bool {
        match (self, stream) {
            (Self::Memory(capture), _) => capture.is_terminal(),
            (Self::Process(_), Stream::In) => io::stdin().is_terminal(),
            (Self::Process(_), Stream::Out) => io::stdout().is_terminal(),
            (Self::Process(_), Stream::Err) => io::stderr().is_terminal(),
        }
    }

    /// In columns; 80 where there is no terminal.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Process(_) => {
                terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0))
            }
            Self::Memory(capture) => capture.width(),
        }
    }
}
