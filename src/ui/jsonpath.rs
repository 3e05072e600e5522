//! kubectl's jsonpath templates: text, `{.path}`, `{"text"}`, `{range .path}…{end}`.
//! Knows templates; what is inside the braces of a path is `jsonpath_query`'s.
//!
//! As in `kubectl -o jsonpath`, a missing key is nothing, several results stand beside each other with a space, and the
//! last line is not ended. Other than in kubectl, an index out of bounds is nothing too, and control characters are shown.

use std::str::FromStr;

use serde_json::Value;

use crate::ui::jsonpath_query::Query;
use crate::ui::jsonpath_query::Reason;
use crate::ui::output;
use crate::ui::quotes;

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
    Path(Query),
    Range(Query, Vec<Self>),
}

/// What one pair of braces asks for.
enum Action {
    Pieces(Vec<Piece>),
    Range(Query),
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
                let found = path.find(current).into_iter();
                let values: Vec<String> = found.map(output::plain).collect();
                filled.push_str(&values.join(" "));
            }
            Piece::Range(path, inside) => {
                for value in path.find(current) {
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
        let inside = quotes::until(after, '}').ok_or(Reason::UnclosedAction)?;
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
        return Ok(Action::Range(Query::parse(path)?));
    }
    if inside.starts_with(['"', '\'']) {
        let text = quotes::unquote(inside)?;
        return Ok(Action::Pieces(vec![Piece::Text(text)]));
    }
    Ok(Action::Pieces(vec![Piece::Path(Query::parse(inside)?)]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(template: &str, filled: &str) {
        let document = json!({
            "kind": "List",
            "items": [
                {"name": "zk-1", "role": "leader", "id": 1, "labels": {"a.b/c": "x"}, "tags": ["p", "q"]},
                {"name": "zk-2", "role": "follower", "id": 2, "up": true, "zxid": null},
            ],
        });
        let template: Template = template.parse().unwrap();
        assert_eq!(template.fill(&document), filled);
    }

    #[test]
    fn paths_and_text() {
        check("{.kind}", "List");
        check("kind={.kind}!", "kind=List!");
        check("{ .kind }", "List");
        check("{$.kind}{@.kind}", "ListList");
        check("no braces .kind", "no braces .kind");
        check("{.items[*].name}", "zk-1 zk-2");
        check("{.items[0].id}", "1");
        check("{.items[-1].name}", "zk-2");
        check("{.items[0:1].name}", "zk-1");
        check("{.items[0,1]['name','id']}", "zk-1 zk-2 1 2");
        check("{..name}", "zk-1 zk-2");
        check("{.items[0].*}", r#"zk-1 leader 1 {"a.b/c":"x"} ["p","q"]"#);
        check(r"{.items[0].labels.a\.b/c}", "x");
        check(r"{.items[0].labels['a\.b/c']}", "x");
        check(r#"{.items[0].labels["a\.b/c"]}"#, "x");
        check("{.items[1].up} {.items[1].zxid}", "true null");
        check("{.missing}{.items[7].name}{.items[1].labels.none}", "");
    }

    #[test]
    fn quoted_text_and_escapes() {
        check(r#"{.kind}{"\n\t{}\""}{'it\'s'}"#, "List\n\t{}\"it's");
        check(r#"{"\u00e9\x41"}"#, "éA");
    }

    #[test]
    fn ranges() {
        check(
            r#"{range .items[*]}{.name}{"\t"}{.role}{"\n"}{end}."#,
            "zk-1\tleader\nzk-2\tfollower\n.",
        );
        check(
            "{range .items[*]}{.id}:{range .tags[*]}<{@}>{end};{end}",
            "1:<p><q>;2:;",
        );
        check("{range .missing[*]}never{end}after", "after");
        check("{range .items[*]}{.id},", "1,2,");
        check("{range.items[*]}{.id}{end}", "12");
    }

    #[test]
    fn filters() {
        check(r#"{.items[?(@.role=="leader")].name}"#, "zk-1");
        check(r"{.items[?(@.role != 'leader')].name}", "zk-2");
        check(
            "{.items[?(@.id>=2)].name}{.items[?(.id<2)].name}",
            "zk-2zk-1",
        );
        check("{.items[?(@.up==true)].name}", "zk-2");
        check("{.items[?(@.up)].name}", "zk-2");
        check(r#"{.items[?(@.labels.a\.b/c=="x")].name}"#, "zk-1");
        check(r#"{.items[?(@.name=="a)]}b")].name}"#, "");
        // Where a side is missing kubectl compares nothing, not even by `!=`.
        check(
            r#"{.items[?(@.labels!="y")].id}{.items[?(@.none==@.nothing)].id}"#,
            "1",
        );
    }

    #[test]
    fn hostile_values_are_shown() {
        let template: Template = "{.name}".parse().unwrap();
        assert_eq!(
            template.fill(&json!({"name": "a\u{1b}[2J\nb"})),
            "a^[[2J\nb"
        );
    }

    #[test]
    fn kubectls_own_words() {
        let error = |template: &str| template.parse::<Template>().unwrap_err().to_string();
        assert_eq!(error("{.a"), "error parsing jsonpath {.a, unclosed action");
        assert_eq!(
            error("{.a[0}"),
            "error parsing jsonpath {.a[0}, unclosed action"
        );
        assert_eq!(
            error("{end}"),
            "error parsing jsonpath {end}, not in range, nothing to end"
        );
        for (template, reason) in [
            ("{.a[x]}", "invalid array index x"),
            ("{.a[]}", "invalid array index "),
            (
                "{name}",
                "unrecognized identifier name; a path begins with a dot",
            ),
            ("{.a}{*}", "unrecognized character in action: '*'"),
            ("{.a[?(@.b=~'c')]}", "unrecognized filter operator =~"),
            ("{.a[?(@.b==c)]}", "cannot compare with c; quote a text"),
            (r#"{"\q"}"#, r#"unquote string "\q" error invalid syntax"#),
            (r#"{"a" .b}"#, "unterminated quoted string"),
        ] {
            assert_eq!(
                error(template),
                format!("error parsing jsonpath {template}, {reason}")
            );
        }
    }
}
