//! `--sort-by=PATH`. Knows values; what a path means is `jsonpath_query`'s.

use std::cmp::Ordering;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

use crate::ui::custom_columns::relaxed;
use crate::ui::jsonpath_query::Query;
use crate::ui::jsonpath_query::Reason;
use crate::ui::output::RenderError;

/// What to sort by: the field at a path.
#[derive(Clone, Debug)]
pub struct SortBy {
    path: String,
    query: Query,
}

/// Why a list cannot be sorted.
#[derive(Debug, thiserror::Error)]
pub enum SortError {
    /// No item has such a field. kubectl's words.
    #[error("couldn't find any field with path {0:?} in the list of objects")]
    NoField(String),
    /// An item cannot be read.
    #[error(transparent)]
    Render(#[from] RenderError),
}

impl FromStr for SortBy {
    type Err = Reason;

    fn from_str(path: &str) -> Result<Self, Reason> {
        let query = Query::parse(&relaxed(path))?;
        let path = path.to_owned();
        Ok(Self { path, query })
    }
}

impl SortBy {
    /// The items in the order of the field: those without it first, numbers by size, the rest as text.
    ///
    /// # Errors
    /// There are items, and none has the field.
    pub fn sort<T: Serialize>(&self, items: Vec<T>) -> Result<Vec<T>, SortError> {
        let with_field = |item: T| {
            let document = serde_json::to_value(&item).map_err(RenderError::from)?;
            let field = self.query.find(&document).first().copied().cloned();
            Ok::<_, SortError>((field, item))
        };
        let mut fields = items
            .into_iter()
            .map(with_field)
            .collect::<Result<Vec<_>, _>>()?;
        if !fields.is_empty() && fields.iter().all(|(field, _)| field.is_none()) {
            return Err(SortError::NoField(self.path.clone()));
        }
        fields.sort_by(|(a, _), (b, _)| order(a.as_ref(), b.as_ref()));
        Ok(fields.into_iter().map(|(_, item)| item).collect())
    }
}

fn order(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    let known = |value: Option<&Value>| value.filter(|value| !value.is_null()).cloned();
    match (known(a), known(b)) {
        (Some(Value::Number(a)), Some(Value::Number(b))) => {
            let (a, b) = (a.as_f64(), b.as_f64());
            a.partial_cmp(&b).unwrap_or(Ordering::Equal)
        }
        (Some(Value::String(a)), Some(Value::String(b))) => a.cmp(&b),
        (Some(a), Some(b)) => a.to_string().cmp(&b.to_string()),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_by_size_and_what_is_missing_first() {
        let sort = |path: &str| {
            let items = vec![
                json!({"n": 10, "s": "b"}),
                json!({"n": 9, "s": null}),
                json!({"s": "a"}),
            ];
            let sorted = path.parse::<SortBy>().unwrap().sort(items);
            sorted.map(|items| json!(items).to_string())
        };
        assert_eq!(
            sort("{.n}").unwrap(),
            r#"[{"s":"a"},{"n":9,"s":null},{"n":10,"s":"b"}]"#
        );
        assert_eq!(
            sort("s").unwrap(),
            r#"[{"n":9,"s":null},{"s":"a"},{"n":10,"s":"b"}]"#
        );
        assert_eq!(
            sort(".x").unwrap_err().to_string(),
            r#"couldn't find any field with path ".x" in the list of objects"#
        );
        assert!(".x[".parse::<SortBy>().is_err());
    }
}
