//! The formats of `-o`, as kubectl names them. Knows their names; must not know how they look.
//!
//! Go templates and the `…-file` formats are left out: a Go template needs Go, and `$(cat FILE)` is a file.

use std::str::FromStr;

use crate::ui::custom_columns::ColumnsError;
use crate::ui::custom_columns::CustomColumns;
use crate::ui::jsonpath::JsonPathError;
use crate::ui::jsonpath::Template;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kubectls_own_words() {
        let error = |format: &str| format.parse::<Format>().unwrap_err().to_string();
        insta::assert_snapshot!(error("xml"), @r#"unable to match a printer suitable for the output format "xml", allowed formats are: custom-columns,json,jsonpath,name,table,wide,yaml"#);
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
