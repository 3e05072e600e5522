//! The streams, with a live block that may stand at the end of stderr. Knows how a cursor moves;
//! must not know what the lines say.

use crate::ui::console::Console;

const HIDE_CURSOR: &str = "\u{1b}[?25l";
const SHOW_CURSOR: &str = "\u{1b}[?25h";
const CLEAR_BELOW: &str = "\u{1b}[J";

/// The streams. The cursor is hidden exactly while a block stands.
#[derive(Debug)]
pub(crate) struct Screen {
    pub(crate) console: Console,
    block: usize,
}

impl Screen {
    pub(crate) fn new(console: Console) -> Self {
        Self { console, block: 0 }
    }

    /// Takes the block away, so that what is written next does not stand in its middle.
    pub(crate) fn erase(&mut self) {
        if 0 < self.block {
            let above = self.above();
            self.console.write_err(&format!("{above}{SHOW_CURSOR}"));
            self.block = 0;
        }
    }

    /// Draws a block in the place of the one before it, in one write: it does not flicker.
    pub(crate) fn draw(&mut self, lines: &[String]) {
        let above = self.above();
        let block = lines.join("\n");
        self.console
            .write_err(&format!("{above}{HIDE_CURSOR}{block}\n"));
        self.block = lines.len();
    }

    /// Leaves the block where it stands.
    pub(crate) fn settle(&mut self) {
        if 0 < self.block {
            self.console.write_err(SHOW_CURSOR);
            self.block = 0;
        }
    }

    fn above(&self) -> String {
        match self.block {
            0 => String::new(),
            lines => format!("\u{1b}[{lines}A{CLEAR_BELOW}"),
        }
    }
}
