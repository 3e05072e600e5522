//! YAML in which every text is harmless: one with deceptive characters stands between double quotes, where they can be
//! written as `\u` (in a key, which is never quoted so, they are shown alone). Knows values; the layout is `serde_saphyr`'s.

use serde::Serialize;
use serde::Serializer;
use serde_json::Value;
use serde_saphyr::DoubleQuoted;

use crate::ui::escape;
use crate::ui::output::RenderError;

/// A document as kubectl prints it: long lines stay whole, many lines are a literal block.
pub(crate) fn written(document: &Value) -> Result<String, RenderError> {
    let whole_lines = serde_saphyr::ser_options! { folded_wrap_chars: usize::MAX };
    let text = serde_saphyr::to_string_with_options(&Harmless(document), whole_lines)?;
    Ok(escape::quoted(&text))
}

struct Harmless<'a>(&'a Value);

impl Serialize for Harmless<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if !escape::is_harmless(text) => {
                DoubleQuoted(text).serialize(serializer)
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Harmless)),
            Value::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(key, value)| (key, Harmless(value))))
            }
            plain => plain.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_reorders_is_shown_and_means_the_same() {
        for text in [
            "\u{202e}a",
            "a: \u{2066}",
            "'\u{200f}'",
            "a\nb\u{2028}\n",
            "\u{1b}\u{202e}\"\\",
        ] {
            let document = json!({"text": text, "list": [text]});
            let yaml = written(&document).unwrap();
            assert!(escape::is_harmless(&yaml), "{yaml:?}");
            let back: Value = serde_saphyr::from_str(&yaml).unwrap();
            assert_eq!(back, document, "{yaml}");
        }
        let key = written(&json!({"\u{202e}": 1})).unwrap();
        assert!(escape::is_harmless(&key), "{key:?}");
        assert_eq!(
            written(&json!({"a": "x\n\ty\n"})).unwrap(),
            "a: |\n  x\n  \ty\n"
        );
    }
}
