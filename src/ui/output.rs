//! The formats of `-o`, and the one renderer behind all of them. Knows formats; must not know any view.
//!
//! Go templates and the `…-file` formats are left out: a Go template needs Go, and `$(cat FILE)` is a file.

use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

use crate::ui::custom_columns::ColumnsError;
use crate::ui::custom_columns::CustomColumns;
use crate::ui::escape;
use crate::ui::jsonpath::JsonPathError;
use crate::ui::jsonpath::Template;
use crate::ui::table::Table;

/// What `-o` asks for.
#[derive(Clone, Debug, Default)]
pub enum Format {
    /// For people: nothing, or `table`.
    #[default]
    Table,
    /// For people with room: `wide`.
    Wide,
    /// `json`.
    Json,
    /// `yaml`.
    Yaml,
    /// `name`.
    Name,
    /// `jsonpath=TEMPLATE`.
    JsonPath(Template),
    /// `custom-columns=HEAD:PATH,…`.
    CustomColumns(CustomColumns),
}

/// Why a text is no format. The texts are kubectl's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// Not one of ours.
    #[error(
        "unable to match a printer suitable for the output format {0:?}, \
         allowed formats are: custom-columns,json,jsonpath,name,table,wide,yaml"
    )]
    NoPrinter(String),
    /// `jsonpath` alone.
    #[error("template format specified but no template given")]
    NoTemplate,
    /// A template that makes no sense.
    #[error(transparent)]
    JsonPath(#[from] JsonPathError),
    /// Columns that make no sense.
    #[error(transparent)]
    Columns(#[from] ColumnsError),
}

/// Why a view could not be shown: a fault of the view.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// serde refused it.
    #[error("cannot write the output as json: {0}")]
    Json(#[from] serde_json::Error),
    /// serde refused it.
    #[error("cannot write the output as yaml: {0}")]
    Yaml(#[from] serde_saphyr::ser::Error),
}

/// How something is shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// With the columns of `-o wide`.
    pub wide: bool,
    /// Without `--no-headers`.
    pub headers: bool,
    /// With colour.
    pub color: bool,
}

/// A frozen, versioned shape that can be shown in every format. A list keeps its rows in `items`, as kubectl's do.
pub trait View: Serialize {
    /// The rows, with more columns when `wide`.
    fn table(&self, wide: bool) -> Table;

    /// What `-o name` prints, one line each.
    fn names(&self) -> Vec<String>;

    /// All that people see. The table alone, unless the view has more to say.
    fn text(&self, look: Look) -> String {
        self.table(look.wide).render(look.headers, look.color)
    }
}

impl Format {
    /// Whether it is for people, so that there may be more words around it.
    pub fn is_for_people(&self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let (name, argument) = text.split_once('=').unwrap_or((text, ""));
        match (name, argument) {
            ("jsonpath", "") => Err(FormatError::NoTemplate),
            ("jsonpath", template) => Ok(Self::JsonPath(template.parse()?)),
            ("custom-columns", columns) => Ok(Self::CustomColumns(columns.parse()?)),
            _ => match text {
                "" | "table" => Ok(Self::Table),
                "wide" => Ok(Self::Wide),
                "json" => Ok(Self::Json),
                "yaml" => Ok(Self::Yaml),
                "name" => Ok(Self::Name),
                _ => Err(FormatError::NoPrinter(text.to_owned())),
            },
        }
    }
}

/// A view in a format, ready for `Ui::data`: escaped, and each line ended (but for `jsonpath`, as in kubectl).
pub fn render(
    view: &impl View,
    format: &Format,
    headers: bool,
    color: bool,
) -> Result<String, RenderError> {
    let look = |wide| Look {
        wide,
        headers,
        color,
    };
    Ok(match format {
        Format::Table => view.text(look(false)),
        Format::Wide => view.text(look(true)),
        Format::Json => json(view)?,
        Format::Yaml => serde_saphyr::to_string(&serde_json::to_value(view)?)?,
        Format::Name => names(view),
        Format::JsonPath(template) => template.fill(&serde_json::to_value(view)?),
        Format::CustomColumns(columns) => columns.render(&serde_json::to_value(view)?, headers),
    })
}

/// As kubectl prints it: four spaces, and a last newline.
fn json(view: &impl View) -> Result<String, RenderError> {
    let mut document = Vec::new();
    let four_spaces = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut document, four_spaces);
    view.serialize(&mut serializer)?;
    Ok(escape::json(&String::from_utf8_lossy(&document)) + "\n")
}

fn names(view: &impl View) -> String {
    let lines = view.names().into_iter();
    lines.map(|name| escape::line(&name) + "\n").collect()
}

/// A value as kubectl's jsonpath prints it: strings bare, lists and maps as JSON, null as `null`.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => escape::text(text),
        _ => escape::json(&value.to_string()),
    }
}
