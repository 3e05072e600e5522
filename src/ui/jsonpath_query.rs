//! One path of kubectl's jsonpath, translated to RFC 9535. Knows the two grammars; must not know templates.

use std::str::Chars;

use serde_json::Value;
use serde_json_path::JsonPath;

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

/// Compiles a path such as `.items[?(@.role=="leader")].name`.
pub(crate) fn parse(path: &str) -> Result<JsonPath, Reason> {
    let translated = translate('$', path)?;
    JsonPath::parse(&translated).map_err(|error| Reason::Path(error.to_string()))
}

/// Translates the segments of a path; `root` is `$`, or `@` inside a filter. kubectl's own `$` and `@` mean no more than
/// "here".
fn translate(root: char, path: &str) -> Result<String, Reason> {
    let mut query = String::from(root);
    let mut rest = path.trim();
    while let Some(c) = rest.chars().next() {
        rest = match c {
            ' ' | '@' | '$' => &rest[1..],
            '.' if rest.starts_with("..") => {
                query.push_str("..");
                field_or_brackets(&mut query, &rest[2..])?
            }
            '.' => field(&mut query, &rest[1..]),
            '[' => brackets(&mut query, &rest[1..])?,
            _ if c.is_alphanumeric() || c == '_' => {
                return Err(Reason::Identifier(rest.to_owned()));
            }
            _ => return Err(Reason::Character(c)),
        };
    }
    Ok(query)
}

/// What comes after `..`; nothing means everything below.
fn field_or_brackets<'a>(query: &mut String, rest: &'a str) -> Result<&'a str, Reason> {
    match rest.strip_prefix('[') {
        Some(rest) => brackets(query, rest),
        None if rest.is_empty() => Ok(field(query, "*")),
        None => Ok(field(query, rest)),
    }
}

/// A field's name, up to what ends one; `\` quotes the character after it. A lone dot is the object itself.
fn field<'a>(query: &mut String, rest: &'a str) -> &'a str {
    let mut name = String::new();
    let mut chars = rest.char_indices();
    let mut end = rest.len();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => name.extend(chars.next().map(|(_, quoted)| quoted)),
            ' ' | '\t' | '\r' | '\n' | '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}' => {
                end = at;
                break;
            }
            _ => name.push(c),
        }
    }
    match name.as_str() {
        "" => {}
        "*" => query.push_str("[*]"),
        _ => query.push_str(&format!("[{}]", Value::from(name))),
    }
    &rest[end..]
}

/// Brackets: a filter, or selectors with commas between them.
fn brackets<'a>(query: &mut String, rest: &'a str) -> Result<&'a str, Reason> {
    let inside = until(rest, ']').ok_or(Reason::UnterminatedArray)?;
    let filter = inside
        .strip_prefix("?(")
        .and_then(|filter| filter.strip_suffix(')'));
    let translated = match filter {
        Some(condition) => format!("?{}", self::filter(condition)?),
        None => selectors(inside)?,
    };
    query.push_str(&format!("[{translated}]"));
    Ok(&rest[inside.len() + 1..])
}

fn selectors(mut inside: &str) -> Result<String, Reason> {
    let mut selectors = Vec::new();
    while let Some(first) = until(inside, ',') {
        selectors.push(selector(first)?);
        inside = &inside[first.len() + 1..];
    }
    selectors.push(selector(inside)?);
    Ok(selectors.join(","))
}

fn selector(text: &str) -> Result<String, Reason> {
    let text = text.trim();
    match text.chars().next() {
        Some('"' | '\'') => quoted(text),
        Some('*') if text == "*" => Ok(text.to_owned()),
        Some('0'..='9' | '-' | ':') if text.chars().all(|c| matches!(c, '0'..='9' | '-' | ':')) => {
            Ok(text.to_owned())
        }
        _ => Err(Reason::Index(text.to_owned())),
    }
}

/// kubectl compares only where both sides are there, RFC 9535 also what is not; hence the `&&`.
fn filter(condition: &str) -> Result<String, Reason> {
    let is_operator = |c: char| "!<>=".contains(c);
    let Some(start) = outside_quotes(condition, is_operator) else {
        return translate('@', condition);
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
        Some('@' | '.' | '$' | '[') => translate('@', text),
        Some('"' | '\'') => quoted(text),
        _ if text == "true" || text == "false" => Ok(text.to_owned()),
        _ => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(text.trim_start_matches('+').to_owned()),
            _ => Err(Reason::Operand(text.to_owned())),
        },
    }
}

fn quoted(text: &str) -> Result<String, Reason> {
    Ok(Value::from(unquote(text)?).to_string())
}

/// The text between quotes, with the escapes that Go knows and people use.
pub(crate) fn unquote(quoted: &str) -> Result<String, Reason> {
    let mut chars = quoted.chars();
    let quote = chars.next();
    if quoted.len() < 2 || chars.next_back() != quote {
        return Err(Reason::UnterminatedString);
    }
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                text.push(escaped(&mut chars).ok_or_else(|| Reason::Unquote(quoted.to_owned()))?)
            }
            _ => text.push(c),
        }
    }
    Ok(text)
}

fn escaped(chars: &mut Chars<'_>) -> Option<char> {
    match chars.next()? {
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        'x' => code(chars, 2),
        'u' => code(chars, 4),
        c @ ('\\' | '"' | '\'') => Some(c),
        _ => None,
    }
}

fn code(chars: &mut Chars<'_>, digits: usize) -> Option<char> {
    let hex: String = chars.take(digits).collect();
    u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32)
}

/// The text before the first `end` that is outside quotes and inner brackets.
pub(crate) fn until(text: &str, end: char) -> Option<&str> {
    let mut depth = 0_usize;
    let found = outside_quotes(text, |c| {
        let here = c == end && depth == 0;
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        here
    });
    found.map(|at| &text[..at])
}

/// Where the first character is that is outside quotes and wanted.
fn outside_quotes(text: &str, mut wanted: impl FnMut(char) -> bool) -> Option<usize> {
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            _ if c == '\\' => drop(chars.next()),
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if wanted(c) => return Some(at),
            None => {}
        }
    }
    None
}
