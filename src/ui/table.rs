//! Tables with kubectl's look: upper-case heads, gutters of three spaces, no borders, no trailing spaces.
//! The only file that knows `comfy_table`; must not know what is in a table.

use anstyle::AnsiColor;
use anstyle::Style;
use comfy_table::ColumnConstraint;
use comfy_table::Width;

use crate::ui::escape;

/// kubectl's tabwriter: a column and its gutter are at least this wide together (`minwidth` 6) …
const NARROWEST: u16 = 6;
/// … and the gutter is this wide (`padding` 3).
const GUTTER: u16 = 3;
/// The gutter where a terminal is too narrow for that.
const NARROW_GUTTER: u16 = 1;

/// Heads and rows. What is put in is escaped here.
#[derive(Clone, Debug, Default)]
pub struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// One cell: a text that is never empty, and what its colour adds to it where there is colour.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    tone: Tone,
}

/// What a colour says. The words beside it must say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing: no colour.
    #[default]
    Plain,
    /// As it should be: green.
    Good,
    /// To be looked at: yellow.
    Warning,
    /// Wrong: red.
    Bad,
}

/// What a table is written on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Whether cells have the colour of their tones.
    pub color: bool,
    /// The columns of a terminal; none where there is none, and a line may be of any length.
    pub width: Option<usize>,
}

impl From<bool> for Paper {
    /// Of any width, with colour or without.
    fn from(color: bool) -> Self {
        Self { color, width: None }
    }
}

impl Table {
    /// A table with these heads and no rows; heads are shown in upper case.
    pub fn new<S: AsRef<str>>(heads: impl IntoIterator<Item = S>) -> Self {
        Self::verbatim(heads.into_iter().map(|head| head.as_ref().to_uppercase()))
    }

    /// The same, with heads as they are.
    pub(crate) fn verbatim<S: AsRef<str>>(heads: impl IntoIterator<Item = S>) -> Self {
        let shown = |head: S| escape::cell(head.as_ref());
        Self {
            heads: heads.into_iter().map(shown).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row of as many cells as there are heads.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The whole table, each line ended. `headers` is off with `--no-headers`. Where it does not fit on the paper its columns
    /// move together; none is left out.
    pub fn render(&self, headers: bool, paper: impl Into<Paper>) -> String {
        let Paper { color, width } = paper.into();
        let mut lines = self.layout(headers, GUTTER);
        let longest = lines.iter().map(|line| line.chars().count()).max();
        if width.is_some_and(|width| longest.is_some_and(|longest| width < longest)) {
            lines = self.layout(headers, NARROW_GUTTER);
        }
        let heads = usize::from(headers);
        let mut shown = String::new();
        for (number, line) in lines.iter().enumerate() {
            match number.checked_sub(heads).and_then(|row| self.rows.get(row)) {
                Some(cells) if color => shown.push_str(&paint(line, cells)),
                _ => shown.push_str(line),
            }
            shown.push('\n');
        }
        shown
    }

    fn layout(&self, headers: bool, gutter: u16) -> Vec<String> {
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        if headers {
            table.set_header(&self.heads);
        }
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| &cell.text));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, gutter));
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(NARROWEST)));
        }
        let lines = table.lines();
        lines.map(|line| line.trim_end().to_owned()).collect()
    }
}

impl Cell {
    /// A cell from any text; an empty one reads `<none>`.
    pub fn new(text: impl AsRef<str>) -> Self {
        let text = match escape::cell(text.as_ref()) {
            empty if empty.is_empty() => "<none>".to_owned(),
            text => text,
        };
        let tone = Tone::Plain;
        Self { text, tone }
    }

    /// What nobody could find out: `<unknown>`.
    pub fn unknown() -> Self {
        Self::new("<unknown>")
    }

    /// The same cell in another tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

impl<S: AsRef<str>> From<S> for Cell {
    fn from(text: S) -> Self {
        Self::new(text)
    }
}

impl Tone {
    /// A text in this tone, where there is colour.
    pub fn paint(self, text: &str, color: bool) -> String {
        let style = self.style();
        match color {
            true => format!("{}{text}{}", style.render(), style.render_reset()),
            false => text.to_owned(),
        }
    }

    /// How a terminal shows it.
    pub(crate) fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
        }
    }
}

/// Colours the cells of a line that is laid out already: between two cells there are only spaces.
fn paint(line: &str, cells: &[Cell]) -> String {
    let mut painted = String::new();
    let mut rest = line;
    for cell in cells {
        if let Some((gutter, after)) = rest.split_once(&cell.text) {
            let style = cell.tone.style();
            let (on, off) = (style.render(), style.render_reset());
            painted.extend([gutter, &on.to_string(), &cell.text, &off.to_string()]);
            rest = after;
        }
    }
    painted + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn servers() -> Table {
        let mut table = Table::new(["name", "ID", "role", "node"]);
        table.row([
            "zk-server-1".into(),
            "1".into(),
            Cell::new("leader").tone(Tone::Good),
            "".into(),
        ]);
        let down = Cell::new("down\n(why)").tone(Tone::Bad);
        table.row(["zk-\u{1b}[1mé".into(), "12".into(), down, Cell::unknown()]);
        table
    }

    #[test]
    fn on_a_narrow_terminal_the_columns_move_together() {
        let wide = servers().render(true, false);
        let columns = |line: &str| line.chars().count();
        let longest = wide.lines().map(columns).max().unwrap();
        let on = |width| {
            servers().render(
                true,
                Paper {
                    color: false,
                    width: Some(width),
                },
            )
        };
        assert_eq!(on(longest), wide);
        let narrow = on(longest - 1);
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(words(&narrow), words(&wide));
        assert!(
            narrow.lines().all(|line| columns(line) < longest),
            "{narrow}"
        );
    }

    #[test]
    fn looks_like_kubectl() {
        insta::assert_snapshot!(servers().render(true, false), @r#"
        NAME          ID    ROLE      NODE
        zk-server-1   1     leader    <none>
        zk-^[[1mé     12    down...   <unknown>
        "#);
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let painted = servers().render(true, true);
        assert!(painted.contains("\u{1b}[32mleader\u{1b}[0m"), "{painted:?}");
        assert!(
            painted.contains("\u{1b}[31mdown...\u{1b}[0m"),
            "{painted:?}"
        );
        let mut bare = painted;
        for code in ["\u{1b}[32m", "\u{1b}[31m", "\u{1b}[0m"] {
            bare = bare.replace(code, "");
        }
        assert_eq!(bare, servers().render(true, false));
    }

    #[test]
    fn no_headers_and_no_rows() {
        assert!(servers().render(false, false).starts_with("zk-server-1"));
        assert_eq!(
            Table::new(["NAME", "AGE"]).render(true, false),
            "NAME   AGE\n"
        );
        assert_eq!(Table::new(["NAME"]).render(false, true), "");
        assert!(Table::new(["NAME"]).is_empty() && !servers().is_empty());
    }
}
