//! Live lines while something waits: on a terminal a block redrawn in place, in a pipe a line for each change.
//! Knows lines; must not know what is waited for. Reads the clock for its first delay alone.

use std::time::Duration;
use std::time::Instant;

use crate::ui::Ui;
use crate::ui::escape;
use crate::ui::table::Tone;

/// What is over within it leaves no trace on a terminal (jj's `INITIAL_DELAY`).
const DELAY: Duration = Duration::from_millis(250);

/// What turns before a line that is waited for, a look at a time. ASCII: every terminal has it.
const SPINNER: [char; 4] = ['|', '/', '-', '\\'];

/// One thing that is waited for: a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it is; the same text means the same thing.
    pub label: String,
    /// Where it stands.
    pub state: String,
    /// It has arrived.
    pub done: bool,
    /// It will not arrive by itself.
    pub bad: bool,
}

/// The live lines. What stands there when it is dropped stays.
#[derive(Debug)]
pub struct Progress<'a> {
    ui: &'a Ui,
    began: Instant,
    delay: Duration,
    looks: usize,
    said: Vec<Line>,
}

impl<'a> Progress<'a> {
    /// Live lines on this terminal's stderr, from 250 ms on.
    pub fn new(ui: &'a Ui) -> Self {
        Self::after(ui, DELAY)
    }

    fn after(ui: &'a Ui, delay: Duration) -> Self {
        Self {
            ui,
            began: Instant::now(),
            delay,
            looks: 0,
            said: Vec::new(),
        }
    }

    /// Shows where everything stands now. Call it after every look at the world, changed or not.
    pub fn update(&mut self, lines: &[Line]) {
        if self.ui.options.quiet {
            return;
        }
        if !self.ui.can_redraw() {
            self.say_changes(lines);
        } else if self.delay <= self.began.elapsed() {
            self.looks += 1;
            self.ui.redraw(&self.block(lines));
        }
    }

    fn say_changes(&mut self, lines: &[Line]) {
        for line in lines {
            let same = |said: &&Line| said.label == line.label && said.state == line.state;
            if !self.said.iter().any(|said| same(&said)) {
                self.ui.status(&format!("{}: {}", line.label, line.state));
            }
        }
        self.said = lines.to_vec();
    }

    fn block(&self, lines: &[Line]) -> Vec<String> {
        let (width, color) = (self.ui.width(), self.ui.stderr_color());
        let longest = lines.iter().map(|line| columns(&line.label)).max();
        let label_width = longest.unwrap_or_default();
        let show = |line: &Line| {
            let gap = " ".repeat(label_width - columns(&line.label) + 3);
            let (mark, elapsed) = self.around(line);
            let plain = format!("{mark} {}{gap}{}{elapsed}", line.label, line.state);
            let plain = escape::line(&plain);
            let tone = if color { line.tone() } else { Tone::Plain };
            let style = tone.style();
            format!("{style}{}{style:#}", cut(&plain, width))
        };
        lines.iter().map(show).collect()
    }

    /// What stands before a line, and what behind it: how long it has been waited for. So nothing is told by colour alone.
    fn around(&self, line: &Line) -> (char, String) {
        let seconds = self.began.elapsed().as_secs();
        match line {
            Line { bad: true, .. } => ('!', String::new()),
            Line { done: true, .. } => ('*', String::new()),
            _ => (
                SPINNER[self.looks % SPINNER.len()],
                format!("   {seconds}s"),
            ),
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.ui.settle();
    }
}

impl Line {
    fn tone(&self) -> Tone {
        match self {
            Self { bad: true, .. } => Tone::Bad,
            Self { done: true, .. } => Tone::Good,
            _ => Tone::Plain,
        }
    }
}

/// The beginning of a text that fits on one line of a terminal: a line that wrapped would be redrawn in the wrong place.
fn cut(text: &str, width: usize) -> String {
    let mut left = width.saturating_sub(1);
    let fits = |c: &char| {
        let fit = columns(c.encode_utf8(&mut [0; 4])) <= left;
        left = left.saturating_sub(columns(c.encode_utf8(&mut [0; 4])));
        fit
    };
    text.chars().take_while(fits).collect()
}

/// At most so many columns: whatever is not ASCII is taken for wide, so that a line is rather too short than wrapped.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::ui::Capture;
    use crate::ui::UiOptions;

    fn line(label: &str, state: &str) -> Line {
        Line {
            label: label.to_owned(),
            state: state.to_owned(),
            done: state == "ready",
            bad: state == "failed",
        }
    }

    fn terminal(width: usize) -> (Ui, Capture) {
        let (ui, capture) = Ui::capture();
        capture.pretend_terminal(width);
        (ui, capture)
    }

    #[test]
    fn a_pipe_gets_a_line_for_each_change() {
        let (ui, capture) = Ui::capture();
        let mut progress = Progress::new(&ui);
        progress.update(&[line("server 1", "starting"), line("server 2", "starting")]);
        progress.update(&[line("server 1", "starting"), line("server 2", "starting")]);
        progress.update(&[line("server 1", "ready"), line("server 2", "starting")]);
        drop(progress);
        insta::assert_snapshot!(capture.stderr(), @r#"
        server 1: starting
        server 2: starting
        server 1: ready
        "#);
    }

    #[test]
    fn a_terminal_gets_one_block_redrawn() {
        let (ui, capture) = terminal(80);
        let mut progress = Progress::after(&ui, Duration::ZERO);
        progress.update(&[line("server 1", "starting"), line("server 12", "failed")]);
        progress.update(&[line("server 1", "ready"), line("server 12", "failed")]);
        drop(progress);
        insta::assert_snapshot!(capture.stderr().replace('\u{1b}', "^"), @"
        ^[?25l/ server 1    starting   0s
        ^[31m! server 12   failed^[0m
        ^[2A^[J^[?25l^[32m* server 1    ready^[0m
        ^[31m! server 12   failed^[0m
        ^[?25h
        ");
    }

    #[test]
    fn what_is_said_meanwhile_stands_above() {
        let (ui, capture) = terminal(80);
        let mut progress = Progress::after(&ui, Duration::ZERO);
        progress.update(&[line("server 1", "starting")]);
        ui.status("sealed");
        ui.data("x").unwrap();
        drop(progress);
        let tail = "starting   0s\u{1b}[0m\n\u{1b}[1A\u{1b}[J\u{1b}[?25hsealed\n";
        let tail = tail.replace("\u{1b}[0m", "");
        assert!(capture.stderr().ends_with(&tail), "{:?}", capture.stderr());
    }

    #[test]
    fn a_line_never_wraps() {
        for text in ["abcdefghijkl", "日本語日本語日本語"] {
            for width in 0..12 {
                assert!(columns(&cut(text, width)) <= width.saturating_sub(1));
            }
        }
        assert_eq!(cut("abcdef", 4), "abc");
        assert_eq!(cut("日本語", 6), "日本");
        assert_eq!(cut("日ab", 4), "日a");
    }

    #[test]
    fn what_is_over_soon_leaves_no_trace() {
        let (ui, capture) = terminal(80);
        let mut progress = Progress::after(&ui, Duration::from_secs(3600));
        progress.update(&[line("server 1", "ready")]);
        drop(progress);
        assert_eq!(capture.stderr(), "");
    }

    #[test]
    fn quiet_is_quiet() {
        let quiet = true;
        let (ui, capture) = Ui::capture_with(UiOptions {
            quiet,
            ..UiOptions::default()
        });
        Progress::new(&ui).update(&[line("server 1", "ready")]);
        capture.pretend_terminal(80);
        Progress::after(&ui, Duration::ZERO).update(&[line("server 1", "ready")]);
        assert_eq!(capture.stderr(), "");
    }
}
