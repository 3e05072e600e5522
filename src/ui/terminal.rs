//! [`Ui`]: who says what on which stream. Knows the user's wishes; must not know shapes of data.

use std::error::Error;
use std::io;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use crate::ui::capture::Capture;
use crate::ui::color::ColorChoice;
use crate::ui::color::Environment;
use crate::ui::console::Console;
use crate::ui::console::Stream;
use crate::ui::escape;
use crate::ui::screen::Screen;
use crate::ui::table::Paper;
use crate::ui::voice;

/// What the user wants of the terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct UiOptions {
    /// `--color`.
    pub color: ColorChoice,
    /// `--quiet`: no status and no progress. Warnings, hints, errors and prompts stay.
    pub quiet: bool,
    /// `--yes`: every question is answered.
    pub yes: bool,
}

/// The terminal. Every method takes it shared: a `Progress` may live beside it.
#[derive(Debug)]
pub struct Ui {
    pub(crate) options: UiOptions,
    environment: Environment,
    screen: Mutex<Screen>,
}

/// Why stdout could not be written.
#[derive(Debug, thiserror::Error)]
pub enum UiError {
    /// The reader went away, as in `… | head`: the end, but no failure.
    #[error("the reader of the output went away")]
    BrokenPipe,
    /// Anything else: a full disk.
    #[error("cannot write the output: {0}")]
    Write(#[source] io::Error),
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Nobody is there to be asked.
    #[error("cannot ask for confirmation without a terminal; pass --yes to go ahead")]
    NotATerminal,
    /// stdin is broken.
    #[error("cannot read the answer: {0}")]
    Read(#[source] io::Error),
}

impl Ui {
    /// The process's own streams.
    pub fn new(options: UiOptions) -> Self {
        Self::with(options, Environment::of_process(), Console::process())
    }

    /// Streams in memory, for tests: no terminal, no options.
    pub fn capture() -> (Self, Capture) {
        Self::capture_with(UiOptions::default())
    }

    /// Streams in memory, with options.
    pub fn capture_with(options: UiOptions) -> (Self, Capture) {
        let capture = Capture::default();
        let console = Console::Memory(capture.clone());
        (
            Self::with(options, Environment::default(), console),
            capture,
        )
    }

    fn with(options: UiOptions, environment: Environment, console: Console) -> Self {
        let screen = Mutex::new(Screen::new(console));
        Self {
            options,
            environment,
            screen,
        }
    }

    /// Writes data to stdout, as it is: `render` has escaped it already.
    pub fn data(&self, text: &str) -> Result<(), UiError> {
        self.write(text.as_bytes())
    }

    /// Writes what a server said to stdout: verbatim, but on a terminal control characters are shown, not sent.
    pub fn bytes(&self, bytes: &[u8]) -> Result<(), UiError> {
        match self.stdout_is_terminal() {
            true => self.data(&escape::text(&String::from_utf8_lossy(bytes))),
            false => self.write(bytes),
        }
    }

    fn write(&self, bytes: &[u8]) -> Result<(), UiError> {
        let mut screen = self.screen();
        screen.erase();
        screen
            .console
            .write_out(bytes)
            .map_err(|error| match error.kind() {
                io::ErrorKind::BrokenPipe => UiError::BrokenPipe,
                _ => UiError::Write(error),
            })
    }

    /// Says on stderr what is going on; nothing when quiet.
    pub fn status(&self, text: &str) {
        if !self.options.quiet {
            self.say("", text);
        }
    }

    /// Warns on stderr: `Warning: …`.
    pub fn warning(&self, text: &str) {
        self.say("Warning:", text);
    }

    /// Says on stderr what to type next: `hint: …`.
    pub fn hint(&self, text: &str) {
        self.say("hint:", text);
    }

    /// Shows an error with its causes in kubectl's voice, then its hints.
    pub fn error(&self, error: &dyn Error, hints: &[String]) {
        let chain = voice::chain(error);
        let own = voice::is_kubectls_own(&chain);
        self.say(if own { "" } else { "error:" }, &chain);
        for hint in hints {
            self.hint(hint);
        }
    }

    /// Asks on stderr and reads the answer from stdin; only `y` and `yes` mean yes.
    ///
    /// It blocks: ask before anything listens to signals.
    pub fn confirm(&self, question: &str) -> Result<bool, PromptError> {
        if self.options.yes {
            return Ok(true);
        }
        let mut screen = self.screen();
        if !screen.console.is_terminal(Stream::In) || !screen.console.is_terminal(Stream::Err) {
            return Err(PromptError::NotATerminal);
        }
        screen.erase();
        let prompt = format!("{} (y/N): ", escape::text(question));
        screen.console.write_err(&prompt);
        let answer = screen.console.read_line().map_err(PromptError::Read)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Whether a person reads stdout.
    pub fn stdout_is_terminal(&self) -> bool {
        self.screen().console.is_terminal(Stream::Out)
    }

    /// Whether a person reads stderr.
    pub fn stderr_is_terminal(&self) -> bool {
        self.screen().console.is_terminal(Stream::Err)
    }

    /// Whether stdout may be coloured.
    pub fn stdout_color(&self) -> bool {
        self.environment
            .allows(self.options.color, self.stdout_is_terminal())
    }

    /// The terminal's width in columns; 80 where there is none.
    pub fn width(&self) -> usize {
        self.screen().console.width()
    }

    /// What is written on stdout.
    pub fn paper(&self) -> Paper {
        let width = self.stdout_is_terminal().then(|| self.width());
        Paper {
            color: self.stdout_color(),
            width,
        }
    }

    /// Whether stderr may be coloured.
    pub fn stderr_color(&self) -> bool {
        self.environment
            .allows(self.options.color, self.stderr_is_terminal())
    }

    /// Whether stderr is a terminal on which the cursor can move.
    pub(crate) fn can_redraw(&self) -> bool {
        self.stderr_is_terminal() && !self.environment.dumb
    }

    /// Draws a live block in the place of the one before it.
    pub(crate) fn redraw(&self, lines: &[String]) {
        self.screen().draw(lines);
    }

    /// Leaves a live block where it stands.
    pub(crate) fn settle(&self) {
        self.screen().settle();
    }

    fn say(&self, label: &str, text: &str) {
        let label = voice::label(label, self.stderr_color());
        let line = format!("{label}{}\n", escape::text(text.trim_end()));
        let mut screen = self.screen();
        screen.erase();
        screen.console.write_err(&line);
    }

    fn screen(&self) -> MutexGuard<'_, Screen> {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
