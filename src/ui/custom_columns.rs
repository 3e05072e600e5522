//! `-o custom-columns=HEAD:PATH,…`. Knows columns; what a path means is `jsonpath_query`'s.

use std::slice;
use std::str::FromStr;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::ui::jsonpath_query;
use crate::ui::jsonpath_query::Reason;
use crate::ui::output;
use crate::ui::table::Cell;
use crate::ui::table::Table;

/// Columns that make sense.
#[derive(Clone, Debug)]
pub struct CustomColumns {
    columns: Vec<(String, JsonPath)>,
}

/// Why columns make no sense. The texts are kubectl's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// `custom-columns` alone.
    #[error("custom-columns format specified but no custom columns given")]
    None,
    /// A column without a path.
    #[error("unexpected custom-columns spec: {0}, expected <header>:<json-path-expr>")]
    NoPath(String),
    /// A path that makes no sense.
    #[error("error parsing jsonpath {path}, {reason}")]
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        #[source]
        reason: Reason,
    },
}

impl FromStr for CustomColumns {
    type Err = ColumnsError;

    fn from_str(spec: &str) -> Result<Self, ColumnsError> {
        if spec.is_empty() {
            return Err(ColumnsError::None);
        }
        let columns = spec.split(',').map(column).collect::<Result<_, _>>()?;
        Ok(Self { columns })
    }
}

impl CustomColumns {
    /// A row for each of a list's `items`, or one for the document.
    pub(crate) fn render(&self, document: &Value, headers: bool) -> String {
        let rows = match document.get("items") {
            Some(Value::Array(items)) => items,
            _ => slice::from_ref(document),
        };
        let mut table = Table::new(self.columns.iter().map(|(head, _)| head));
        for row in rows {
            table.row(self.columns.iter().map(|(_, path)| cell(path, row)));
        }
        table.render(headers, false)
    }
}

fn column(spec: &str) -> Result<(String, JsonPath), ColumnsError> {
    let (head, path) = spec
        .split_once(':')
        .ok_or_else(|| ColumnsError::NoPath(spec.to_owned()))?;
    match jsonpath_query::parse(&relaxed(path)) {
        Ok(query) => Ok((head.to_owned(), query)),
        Err(reason) => Err(ColumnsError::Path {
            path: path.to_owned(),
            reason,
        }),
    }
}

/// kubectl's `RelaxedJSONPathExpression`: `name`, `.name`, `{name}` and `{.name}` are the same.
fn relaxed(path: &str) -> String {
    let inner = path
        .strip_prefix('{')
        .and_then(|path| path.strip_suffix('}'));
    let inner = inner.unwrap_or(path);
    match inner.starts_with(['.', '[', '$', '@']) {
        true => inner.to_owned(),
        false => format!(".{inner}"),
    }
}

fn cell(path: &JsonPath, row: &Value) -> Cell {
    let found = path.query(row);
    let texts: Vec<String> = found
        .iter()
        .filter(|value| !value.is_null())
        .map(|value| output::plain(value))
        .collect();
    Cell::new(texts.join(","))
}
