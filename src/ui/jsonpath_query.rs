//! One path of kubectl's jsonpath, translated to RFC 9535. Knows the two grammars; must not know templates.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::ui::quotes;

/// What is wrong with a path, in the words of client-go's parser where it has some.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// `{` without `}`.
    #[error("unclosed action")]
    UnclosedAction,
    /// `[` without `]`.
    #[error("unterminated array")]
    UnterminatedArray,
    /// `"` without `"`.
    #[error("unterminated quoted string")]
    UnterminatedString,
    /// A `\` before something that it does not quote.
    #[error("unquote string {0} error invalid syntax")]
    Unquote(String),
    /// `{end}` alone.
    #[error("not in range, nothing to end")]
    NotInRange,
    /// A word that is neither `range` nor `end` nor begins with a dot.
    #[error("unrecognized identifier {0}; a path begins with a dot")]
    Identifier(String),
    /// What cannot begin anything.
    #[error("unrecognized character in action: {0:?}")]
    Character(char),
    /// What is in brackets is neither an index, a slice, a quoted name, nor `*`.
    #[error("invalid array index {0}")]
    Index(String),
    /// A filter that compares in a way nobody knows.
    #[error("unrecognized filter operator {0}")]
    Operator(String),
    /// What is compared with is neither a path, a number, a boolean nor a quoted text.
    #[error("cannot compare with {0}; quote a text")]
    Operand(String),
    /// RFC 9535 has no such path.
    #[error("{0}")]
    Path(String),
}

const OPERATORS: [&str; 6] = ["==", "!=", "<=", ">=", "<", ">"];

/// A path that makes sense. It is several queries where it has a union: kubectl's unions take whole paths, and all of the
/// first path's results stand before the second's.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    queries: Vec<JsonPath>,
}

impl Query {
    /// Compiles a path such as `.items[?(@.role=="leader")].name`.
    pub(crate) fn parse(path: &str) -> Result<Self, Reason> {
        let compile = |query: &String| JsonPath::parse(query);
        let queries = translate("$", path)?.iter().map(compile).collect();
        match queries {
            Ok(queries) => Ok(Self { queries }),
            Err(error) => Err(Reason::Path(error.to_string())),
        }
    }

    /// What is there, in order. What is missing is not.
    pub(crate) fn find<'v>(&self, document: &'v Value) -> Vec<&'v Value> {
        let queries = self.queries.iter();
        queries.flat_map(|query| query.query(document)).collect()
    }
}

/// Translates the segments of a path; `root` is `$`, or `@` inside a filter. kubectl's own `$` and `@` mean no more than
/// "here".
fn translate(root: &str, path: &str) -> Result<Vec<String>, Reason> {
    let mut queries = vec![root.to_owned()];
    let mut rest = path;
    while let Some(c) = rest.chars().next() {
        let (segments, after) = match c {
            '@' | '$' => (vec![String::new()], &rest[1..]),
            _ if c.is_whitespace() => (vec![String::new()], &rest[c.len_utf8()..]),
            '.' => dotted(&rest[1..])?,
            '[' => brackets(&rest[1..])?,
            _ if c.is_alphanumeric() || c == '_' => {
                return Err(Reason::Identifier(rest.to_owned()));
            }
            _ => return Err(Reason::Character(c)),
        };
        let append = |segment| queries.iter().map(move |query| format!("{query}{segment}"));
        queries = segments.iter().flat_map(append).collect();
        rest = after;
    }
    Ok(queries)
}

/// What comes after a dot. After two of them, nothing means everything below.
fn dotted(rest: &str) -> Result<(Vec<String>, &str), Reason> {
    let Some(below) = rest.strip_prefix('.') else {
        let (segment, after) = field(rest);
        return Ok((vec![segment], after));
    };
    let (segments, after) = match below.strip_prefix('[') {
        Some(inside) => brackets(inside)?,
        None if below.is_empty() => (vec!["[*]".to_owned()], below),
        None => dotted(below)?,
    };
    let segments = segments.iter().map(|segment| format!("..{segment}"));
    Ok((segments.collect(), after))
}

/// A field's name, up to what ends one; `\` quotes the character after it. A lone dot is the object itself.
fn field(rest: &str) -> (String, &str) {
    let mut name = String::new();
    let mut chars = rest.char_indices();
    let mut end = rest.len();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            name.extend(chars.next().map(|(_, quoted)| quoted));
        } else if " \t\r\n.,[]$@{}".contains(c) {
            end = at;
            break;
        } else {
            name.push(c);
        }
    }
    let segment = match name.as_str() {
        "" => String::new(),
        "*" => "[*]".to_owned(),
        _ => format!("[{}]", Value::from(name)),
    };
    (segment, &rest[end..])
}

/// Brackets: a filter, or selectors with commas between them.
fn brackets(rest: &str) -> Result<(Vec<String>, &str), Reason> {
    let inside = quotes::until(rest, ']').ok_or(Reason::UnterminatedArray)?;
    let after = &rest[inside.len() + 1..];
    let condition = inside
        .strip_prefix("?(")
        .and_then(|condition| condition.strip_suffix(')'));
    let segments = match condition {
        Some(condition) => vec![format!("[?{}]", filter(condition)?)],
        None => selectors(inside)?,
    };
    Ok((segments, after))
}

fn selectors(mut inside: &str) -> Result<Vec<String>, Reason> {
    let mut segments = Vec::new();
    while let Some(first) = quotes::until(inside, ',') {
        segments.extend(selector(first.trim())?);
        inside = &inside[first.len() + 1..];
    }
    segments.extend(selector(inside.trim())?);
    Ok(segments)
}

/// An index, a slice, `*`, or between quotes a field or a whole path: `['metadata.name']`.
fn selector(text: &str) -> Result<Vec<String>, Reason> {
    let is_slice = !text.is_empty() && text.chars().all(|c| "0123456789-:".contains(c));
    if let Some(path) = quotes::inside(text) {
        translate("", &format!(".{path}"))
    } else if is_slice || text == "*" {
        Ok(vec![format!("[{text}]")])
    } else {
        Err(Reason::Index(text.to_owned()))
    }
}

/// kubectl compares only where both sides are there, RFC 9535 also what is not; hence the `&&`.
fn filter(condition: &str) -> Result<String, Reason> {
    let is_operator = |c: char| "!<>=~".contains(c);
    let Some(start) = quotes::find_outside(condition, is_operator) else {
        return here(condition);
    };
    let (left, rest) = condition.split_at(start);
    let right = rest.trim_start_matches(is_operator);
    let operator = &rest[..rest.len() - right.len()];
    if !OPERATORS.contains(&operator) {
        return Err(Reason::Operator(operator.to_owned()));
    }
    let (left, right) = (operand(left.trim())?, operand(right.trim())?);
    let mut conditions: Vec<String> = vec![format!("{left} {operator} {right}")];
    conditions.extend(
        [left, right]
            .into_iter()
            .filter(|side| side.starts_with('@')),
    );
    Ok(conditions.join(" && "))
}

/// One side of a comparison.
fn operand(text: &str) -> Result<String, Reason> {
    match text.chars().next() {
        Some('@' | '.' | '$' | '[') => here(text),
        Some('"' | '\'') => Ok(Value::from(quotes::unquote(text)?).to_string()),
        _ if text == "true" || text == "false" => Ok(text.to_owned()),
        _ => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(text.trim_start_matches('+').to_owned()),
            _ => Err(Reason::Operand(text.to_owned())),
        },
    }
}

/// A path inside a filter: one query, as two things cannot be compared at once.
fn here(path: &str) -> Result<String, Reason> {
    let mut queries = translate("@", path)?;
    match queries.pop() {
        Some(query) if queries.is_empty() => Ok(query),
        _ => Err(Reason::Operand(path.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn translations() {
        for (kubectl, rfc) in [
            (".", "$"),
            (".a.b-c", r#"$["a"]["b-c"]"#),
            (".a[*]", r#"$["a"][*]"#),
            ("..a", r#"$..["a"]"#),
            ("..", "$..[*]"),
            ("..[0]", "$..[0]"),
            (r".a\.b", r#"$["a.b"]"#),
            (
                ".a['b','c.d'].e",
                r#"$["a"]["b"]["e"] + $["a"]["c"]["d"]["e"]"#,
            ),
            (
                "[0,1]['a','b']",
                r#"$[0]["a"] + $[1]["a"] + $[0]["b"] + $[1]["b"]"#,
            ),
            ("[?(@.a)]", r#"$[?@["a"]]"#),
            (r#"[?(@.a=="b")]"#, r#"$[?@["a"] == "b" && @["a"]]"#),
        ] {
            assert_eq!(
                translate("$", kubectl).unwrap().join(" + "),
                rfc,
                "{kubectl}"
            );
            Query::parse(kubectl).unwrap();
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in r#"[.\[\]{}()?@$*,:'"\\=<>! a0é-]{0,24}"#) {
            drop(Query::parse(&text));
            drop(text.parse::<crate::ui::jsonpath::Template>());
        }

        #[test]
        fn any_name_is_found(name in r"\PC+") {
            let document = serde_json::json!({ name.clone(): 1 });
            let quoted: String = name.chars().flat_map(|c| ['\\', c]).collect();
            prop_assert_eq!(Query::parse(&format!(".{quoted}")).unwrap().find(&document).len(), 1);
        }
    }
}
