//! Makes text from the cluster harmless to a terminal: a control character is shown, never sent.
//! Knows characters alone; must not know where the text came from or goes to.
//!
//! ESC and CR are shown as kubectl shows them (cli-runtime's `terminal.go`); the other C0 controls in the same caret
//! notation; DEL, C1 and the bidirectional overrides ("trojan source") as `\u` and four hexadecimal digits.

/// Text of any number of lines: newline and tab stay, every other control character is made visible.
pub fn text(raw: &str) -> String {
    let mut shown = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            _ => push_visible(&mut shown, c),
        }
    }
    shown
}

/// Text of one line: as [`text`], with newline and tab as spaces.
pub fn line(raw: &str) -> String {
    text(raw.trim_end()).replace(['\n', '\t'], " ")
}

/// The text of a table's cell: as kubectl's table printer does it, what follows the first line break is `...`.
pub fn cell(raw: &str) -> String {
    let raw = raw.trim();
    match raw.split_once(['\n', '\r', '\u{c}']) {
        Some((first, _)) => line(first) + "...",
        None => line(raw),
    }
}

/// JSON stays JSON: what its own syntax lets through raw (DEL, C1, bidirectional overrides) is written as `\u`.
pub fn json(document: &str) -> String {
    let mut shown = String::with_capacity(document.len());
    for c in document.chars() {
        match c {
            '\n' => shown.push(c),
            _ => push_visible(&mut shown, c),
        }
    }
    shown
}

/// What reorders or breaks lines is written as `\u`, in a document in which it stands between double quotes alone.
pub(crate) fn quoted(document: &str) -> String {
    let mut shown = String::with_capacity(document.len());
    for c in document.chars() {
        match is_deceptive(c) {
            true => push_visible(&mut shown, c),
            false => shown.push(c),
        }
    }
    shown
}

/// Whether a text has nothing that would reorder or break the lines around it.
pub(crate) fn is_harmless(text: &str) -> bool {
    !text.contains(is_deceptive)
}

fn push_visible(shown: &mut String, c: char) {
    match c {
        '\r' => shown.push_str("\\r"),
        '\0'..='\u{1f}' => {
            shown.push('^');
            shown.push(char::from(c as u8 + b'@'));
        }
        _ if is_deceptive(c) => shown.extend(["\\u", &format!("{:04x}", u32::from(c))]),
        _ => shown.push(c),
    }
}

/// DEL, C1, and what reorders or breaks the lines around it (Unicode's `Bidi_Control`, the line and paragraph separators).
fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_a_cursor_gets_through() {
        for number in 0..0x1_0000_u32 {
            let Some(c) = char::from_u32(number) else {
                continue;
            };
            let shown = text(&c.to_string());
            let kept = matches!(c, '\n' | '\t');
            assert!(kept || !shown.chars().any(char::is_control), "{number:x}");
            assert!(
                !cell(&format!("a{c}b")).contains(char::is_control),
                "{number:x}"
            );
        }
    }

    #[test]
    fn as_kubectl_shows_it() {
        assert_eq!(text("\u{1b}[31mred\r\n\tend"), "^[[31mred\\r\n\tend");
        assert_eq!(
            text("\0\u{7}\u{7f}\u{9b}\u{202e}é"),
            "^@^G\\u007f\\u009b\\u202eé"
        );
        assert_eq!(line("one\ntwo\n"), "one two");
        assert_eq!(cell("first\nsecond"), "first...");
        assert_eq!(cell(" a\tb "), "a b");
    }

    #[test]
    fn json_means_the_same() {
        let value = serde_json::json!({"a": "\u{1b}\u{9b}\u{202e}\r\n\u{7f}"});
        let shown = json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n' || is_deceptive(c)));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&shown).unwrap(),
            value
        );
    }
}
