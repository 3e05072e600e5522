//! What the API server says beside its answers: `Warning:` headers (RFC 7234 §5.5).
//!
//! Knows how to read them and to hold each once; showing them is for `ui`.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use http::HeaderMap;
use http::header::WARNING;

/// A list that every request of a client adds to. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Warnings(Arc<Mutex<Heard>>);

#[derive(Debug, Default)]
struct Heard {
    ever: HashSet<String>,
    fresh: Vec<String>,
}

impl Warnings {
    /// What came since the last call. A text is handed out once in a client's life.
    pub fn drain(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().fresh)
    }

    /// Takes the warnings out of an answer's headers.
    pub(crate) fn hear(&self, headers: &HeaderMap) {
        for value in headers.get_all(WARNING) {
            let mut rest = value.to_str().unwrap_or_default();
            while let Some((text, after)) = text(rest) {
                self.add(text);
                rest = after;
            }
        }
    }

    fn add(&self, text: String) {
        let mut heard = self.lock();
        if heard.ever.insert(text.clone()) {
            heard.fresh.push(text);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Heard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The text of `299 - "text"`, the only form that an API server sends, and what comes after it and its comma.
fn text(value: &str) -> Option<(String, &str)> {
    let (_, quoted) = value.trim_start().strip_prefix("299 ")?.split_once('"')?;
    let mut text = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return Some((text, chars.as_str().trim_start_matches([',', ' ']))),
            '\\' => text.push(chars.next()?),
            char => text.push(char),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: Option<&str>) {
        let text = text(value).map(|(text, _)| text);
        assert_eq!(text.as_deref(), expected, "{value}");
    }

    #[test]
    fn the_text_is_what_is_quoted() {
        check(
            r#"299 - "v1 Endpoints is deprecated""#,
            Some("v1 Endpoints is deprecated"),
        );
        check(r#"299 - "say \"a\" and \\""#, Some(r#"say "a" and \"#));
        check(r#"199 - "not from an API server""#, None);
        check(r#"299 - "cut off"#, None);
        check("", None);
    }

    #[test]
    fn each_is_handed_out_once() {
        let warnings = Warnings::default();
        let mut headers = HeaderMap::new();
        headers.append(WARNING, r#"299 - "a""#.parse().unwrap());
        headers.append(WARNING, r#"299 - "b", 299 - "c""#.parse().unwrap());
        warnings.clone().hear(&headers);
        warnings.hear(&headers);
        assert_eq!(warnings.drain(), ["a", "b", "c"]);
        warnings.hear(&headers);
        assert!(warnings.drain().is_empty());
    }
}
