//! `-o custom-columns=HEAD:PATH,…`. Knows columns; what a path means is `jsonpath_query`'s.

use std::slice;
use std::str::FromStr;

use serde_json::Value;

use crate::ui::jsonpath_query::Query;
use crate::ui::jsonpath_query::Reason;
use crate::ui::output;
use crate::ui::table::Cell;
use crate::ui::table::Table;

/// Columns that make sense.
#[derive(Clone, Debug)]
pub struct CustomColumns {
    columns: Vec<(String, Query)>,
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
    /// A file without two lines.
    #[error(
        "expected format is one line of space separated headers, one line of space separated column specs"
    )]
    Lines,
    /// A file whose lines do not fit each other.
    #[error("number of headers ({0}) and field specifications ({1}) don't match")]
    Counts(usize, usize),
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
    /// The columns of a file: a line of heads and a line of paths.
    pub(crate) fn of_file(text: &str) -> Result<Self, ColumnsError> {
        let mut lines = text.lines().map(|line| line.split_whitespace());
        let (Some(heads), Some(paths)) = (lines.next(), lines.next()) else {
            return Err(ColumnsError::Lines);
        };
        let (heads, paths): (Vec<&str>, Vec<&str>) = (heads.collect(), paths.collect());
        if heads.len() != paths.len() {
            return Err(ColumnsError::Counts(heads.len(), paths.len()));
        }
        let columns = heads.into_iter().zip(paths);
        let columns = columns.map(|(head, path)| one(head, path));
        Ok(Self {
            columns: columns.collect::<Result<_, _>>()?,
        })
    }

    /// A row for each of a list's `items`, or one for the document.
    pub(crate) fn render(&self, document: &Value, headers: bool) -> String {
        let rows = match document.get("items") {
            Some(Value::Array(items)) => items,
            _ => slice::from_ref(document),
        };
        let mut table = Table::verbatim(self.columns.iter().map(|(head, _)| head));
        for row in rows {
            table.row(self.columns.iter().map(|(_, path)| cell(path, row)));
        }
        table.render(headers, false)
    }
}

fn column(spec: &str) -> Result<(String, Query), ColumnsError> {
    let (head, path) = spec
        .split_once(':')
        .ok_or_else(|| ColumnsError::NoPath(spec.to_owned()))?;
    one(head, path)
}

fn one(head: &str, path: &str) -> Result<(String, Query), ColumnsError> {
    match Query::parse(&relaxed(path)) {
        Ok(query) => Ok((head.to_owned(), query)),
        Err(reason) => Err(ColumnsError::Path {
            path: path.to_owned(),
            reason,
        }),
    }
}

/// kubectl's `RelaxedJSONPathExpression`: `name`, `.name`, `{name}` and `{.name}` are the same.
pub(crate) fn relaxed(path: &str) -> String {
    let inner = path
        .strip_prefix('{')
        .and_then(|path| path.strip_suffix('}'));
    let inner = inner.unwrap_or(path);
    if inner.starts_with(['.', '[', '$', '@']) {
        inner.to_owned()
    } else {
        format!(".{inner}")
    }
}

fn cell(path: &Query, row: &Value) -> Cell {
    let texts: Vec<String> = path
        .find(row)
        .into_iter()
        .filter(|value| !value.is_null())
        .map(output::plain)
        .collect();
    Cell::new(texts.join(","))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_for_each_item() {
        let list = json!({"items": [
            {"metadata": {"name": "zk", "labels": {"a.b/c": "x"}}, "ready": 3, "roles": ["leader", "follower"]},
            {"metadata": {"name": "other\u{1b}"}, "ready": null},
        ]});
        let spec =
            r"NAME:.metadata.name,LABEL:{.metadata.labels.a\.b/c},READY:ready,Roles:.roles[*]";
        let columns: CustomColumns = spec.parse().unwrap();
        insta::assert_snapshot!(columns.render(&list, true), @r#"
        NAME      LABEL    READY    Roles
        zk        x        3        leader,follower
        other^[   <none>   <none>   <none>
        "#);
        assert!(columns.render(&list, false).starts_with("zk "));
    }

    #[test]
    fn one_row_for_what_is_no_list() {
        let columns: CustomColumns = "N:.name".parse().unwrap();
        assert_eq!(columns.render(&json!({"name": "zk"}), true), "N\nzk\n");
    }

    #[test]
    fn kubectls_own_words() {
        let error = |spec: &str| spec.parse::<CustomColumns>().unwrap_err().to_string();
        assert_eq!(
            error(""),
            "custom-columns format specified but no custom columns given"
        );
        assert_eq!(
            error("NAME:.a,AGE"),
            "unexpected custom-columns spec: AGE, expected <header>:<json-path-expr>"
        );
        let file = |text: &str| CustomColumns::of_file(text).unwrap_err().to_string();
        assert_eq!(
            file("NAME"),
            "expected format is one line of space separated headers, one line of space separated column specs"
        );
        assert_eq!(
            file("A B\n.a\n"),
            "number of headers (2) and field specifications (1) don't match"
        );
        assert!(CustomColumns::of_file("A B\n.a .b\n").is_ok());
        assert_eq!(
            error("NAME:.a[x]"),
            "error parsing jsonpath .a[x], invalid array index x"
        );
    }
}
