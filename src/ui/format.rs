//! The formats of `-o`, as kubectl names them. Knows their names; must not know how they look.
//!
//! Go templates are left out: they need Go.

use std::fs;
use std::str::FromStr;

use crate::ensemble::spelling::nearest;
use crate::ui::custom_columns::ColumnsError;
use crate::ui::custom_columns::CustomColumns;
use crate::ui::jsonpath::JsonPathError;
use crate::ui::jsonpath::Template;

/// All of them.
const ALLOWED: &str =
    "custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,table,wide,yaml";

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
    /// `jsonpath=TEMPLATE`, or `jsonpath-file=FILE` with the template in it.
    JsonPath(Template),
    /// `custom-columns=HEAD:PATH,…`, or `custom-columns-file=FILE` with a line of heads and a line of paths.
    CustomColumns(CustomColumns),
}

/// Why a text is no format. The texts are kubectl's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// Not one of ours.
    #[error(
        "unable to match a printer suitable for the output format {format:?}, \
         allowed formats are: {allowed}"
    )]
    NoPrinter {
        /// What was asked for.
        format: String,
        /// What may be.
        allowed: &'static str,
    },
    /// `jsonpath` alone.
    #[error("template format specified but no template given")]
    NoTemplate,
    /// A file that cannot be read.
    #[error("error reading {0}, {1}")]
    File(String, String),
    /// A template that makes no sense.
    #[error(transparent)]
    JsonPath(#[from] JsonPathError),
    /// Columns that make no sense.
    #[error(transparent)]
    Columns(#[from] ColumnsError),
}

impl Format {
    /// Whether it is for people, so that there may be more words around it.
    pub fn is_for_people(&self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }

    /// Why this format does not fit what is shown: these formats do.
    pub fn unfit(&self, allowed: &'static str) -> FormatError {
        let format = match self {
            Self::Table => "table",
            Self::Wide => "wide",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Name => "name",
            Self::JsonPath(_) => "jsonpath",
            Self::CustomColumns(_) => "custom-columns",
        };
        FormatError::NoPrinter {
            format: format.to_owned(),
            allowed,
        }
    }
}

impl FormatError {
    /// The format that was probably meant.
    pub fn meant(&self) -> Option<&'static str> {
        let Self::NoPrinter { format, allowed } = self else {
            return None;
        };
        let name = format.split('=').next().unwrap_or_default();
        nearest(name, allowed.split(',')).filter(|near| *near != name)
    }
}

fn read(path: &str) -> Result<String, FormatError> {
    fs::read_to_string(path).map_err(|error| FormatError::File(path.to_owned(), error.to_string()))
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let (name, argument) = text.split_once('=').unwrap_or((text, ""));
        match (name, argument) {
            ("jsonpath" | "jsonpath-file", "") => Err(FormatError::NoTemplate),
            ("jsonpath-file", path) => Ok(Self::JsonPath(read(path)?.trim_end().parse()?)),
            ("custom-columns-file", "") => Err(ColumnsError::None.into()),
            ("custom-columns-file", path) => {
                Ok(Self::CustomColumns(CustomColumns::of_file(&read(path)?)?))
            }
            ("jsonpath", template) => Ok(Self::JsonPath(template.parse()?)),
            ("custom-columns", columns) => Ok(Self::CustomColumns(columns.parse()?)),
            _ => match text {
                "" | "table" => Ok(Self::Table),
                "wide" => Ok(Self::Wide),
                "json" => Ok(Self::Json),
                "yaml" => Ok(Self::Yaml),
                "name" => Ok(Self::Name),
                _ => Err(FormatError::NoPrinter {
                    format: text.to_owned(),
                    allowed: ALLOWED,
                }),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kubectls_own_words() {
        let error = |format: &str| format.parse::<Format>().unwrap_err().to_string();
        insta::assert_snapshot!(error("xml"), @r#"unable to match a printer suitable for the output format "xml", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,table,wide,yaml"#);
        assert_eq!(
            error("go-template={{.}}"),
            error("xml").replace("xml", "go-template={{.}}")
        );
        assert_eq!(error("json=x"), error("xml").replace("xml", "json=x"));
        assert_eq!(
            error("jsonpath"),
            "template format specified but no template given"
        );
        assert_eq!(
            error("jsonpath={"),
            "error parsing jsonpath {, unclosed action"
        );
        assert!(error("custom-columns").starts_with("custom-columns format specified"));
        assert!(Format::default().is_for_people() && !Format::Json.is_for_people());
    }
}
