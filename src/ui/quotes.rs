//! Quoted text inside kubectl's jsonpath. Knows quotes; must not know paths.

use std::str::Chars;

use crate::ui::jsonpath_query::Reason;

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
                let c = escaped(&mut chars);
                text.push(c.ok_or_else(|| Reason::Unquote(quoted.to_owned()))?);
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
        c if c.is_ascii_punctuation() => Some(c),
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
    let found = find_outside(text, |c| {
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
pub(crate) fn find_outside(text: &str, mut wanted: impl FnMut(char) -> bool) -> Option<usize> {
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            _ if c == '\\' => drop(chars.next()),
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if wanted(c) => return Some(at),
            _ => {}
        }
    }
    None
}

/// What is between the two quotes of a text that is nothing else, as it is written.
pub(crate) fn inside(text: &str) -> Option<&str> {
    let inside = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"'))
}
