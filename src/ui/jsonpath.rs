//! kubectl's jsonpath templates: text, `{.path}`, `{"text"}`, `{range .path}…{end}`.
//! Knows templates; what is inside the braces of a path is `jsonpath_query`'s.
//!
//! As in `kubectl -o jsonpath`, a missing key is nothing, several results stand beside each other with a space, and the
//! last line is not ended. Other than in kubectl, an index out of bounds is nothing too, and control characters are shown.

use std::str::FromStr;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::ui::jsonpath_query;
use crate::ui::jsonpath_query::Reason;
use crate::ui::output;

/// A template that makes sense.
#[derive(Clone, Debug)]
pub struct Template {
    pieces: Vec<Piece>,
}

/// Why a template makes no sense, in kubectl's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("error parsing jsonpath {template}, {reason}")]
pub struct JsonPathError {
    /// The whole template.
    pub template: String,
    /// What is wrong with it.
    #[source]
    pub reason: Reason,
}

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Path(JsonPath),
    Range(JsonPath, Vec<Piece>),
}

/// What one pair of braces asks for.
enum Action {
    Pieces(Vec<Piece>),
    Range(JsonPath),
    End,
}

impl FromStr for Template {
    type Err = JsonPathError;

    fn from_str(template: &str) -> Result<Self, JsonPathError> {
        let mut rest = template;
        match pieces(&mut rest, false) {
            Ok(pieces) => Ok(Self { pieces }),
            Err(reason) => Err(JsonPathError {
                template: template.to_owned(),
                reason,
            }),
        }
    }
}

impl Template {
    /// The template with a document's values in the places of its paths.
    pub(crate) fn fill(&self, document: &Value) -> String {
        let mut filled = String::new();
        fill(&self.pieces, document, &mut filled);
        filled
    }
}

fn fill(pieces: &[Piece], current: &Value, filled: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Path(path) => {
                let values: Vec<String> = path
                    .query(current)
                    .iter()
                    .map(|v| output::plain(v))
                    .collect();
                filled.push_str(&values.join(" "));
            }
            Piece::Range(path, inside) => {
                for value in path.query(current).iter() {
                    fill(inside, value, filled);
                }
            }
        }
    }
}

/// Reads pieces up to the template's end, or up to the `{end}` of the range they are in. In kubectl a range may lack its
/// `{end}`: it then ends with the template.
fn pieces(rest: &mut &str, in_range: bool) -> Result<Vec<Piece>, Reason> {
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        let Some(after) = after.strip_prefix('{') else {
            *rest = after;
            break;
        };
        let inside = jsonpath_query::until(after, '}').ok_or(Reason::UnclosedAction)?;
        *rest = &after[inside.len() + 1..];
        match action(inside)? {
            Action::Pieces(read) => pieces.extend(read),
            Action::Range(path) => pieces.push(Piece::Range(path, self::pieces(rest, true)?)),
            Action::End if in_range => return Ok(pieces),
            Action::End => return Err(Reason::NotInRange),
        }
    }
    Ok(pieces)
}

fn action(inside: &str) -> Result<Action, Reason> {
    let inside = inside.trim();
    if inside == "end" {
        return Ok(Action::End);
    }
    if let Some(path) = inside.strip_prefix("range")
        && path.starts_with([' ', '.', '[', '@', '$'])
    {
        return Ok(Action::Range(jsonpath_query::parse(path)?));
    }
    if inside.starts_with(['"', '\'']) {
        let text = jsonpath_query::unquote(inside)?;
        return Ok(Action::Pieces(vec![Piece::Text(text)]));
    }
    Ok(Action::Pieces(vec![Piece::Path(jsonpath_query::parse(
        inside,
    )?)]))
}
