//! How kubectl says things. Knows words and errors' causes; must not know streams.

use std::error::Error;

use anstyle::AnsiColor;

/// How kubectl begins what it says without `error:` (`StandardErrorMessage` of k8s.io/kubectl).
const OWN_FORMS: [&str; 5] = [
    "error:",
    "Error from server",
    "Error in configuration",
    "The connection to the server ",
    "Unable to connect to the server",
];

/// An error and its causes, `message: cause: cause`; a cause that its parent already tells is not told again.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        if !told.contains(&text) {
            told = format!("{told}: {text}");
        }
        source = cause.source();
    }
    told
}

/// Whether a message is one of kubectl's own, to be shown verbatim.
pub(crate) fn is_kubectls_own(message: &str) -> bool {
    OWN_FORMS.iter().any(|form| message.starts_with(form))
}

/// A label before a message, with the space after it: bold and coloured as kubectl's `Warning:`.
pub(crate) fn label(label: &str, color: bool) -> String {
    let style = match label {
        "" => return String::new(),
        "error:" => AnsiColor::Red.on_default().bold(),
        "Warning:" => AnsiColor::Yellow.on_default().bold(),
        _ => AnsiColor::Cyan.on_default().bold(),
    };
    if color {
        format!("{style}{label}{style:#} ")
    } else {
        format!("{label} ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Layer(&'static str, #[source] Option<Box<Self>>);

    fn layers(texts: &[&'static str]) -> Layer {
        let below = |rest: &[&'static str]| Some(Box::new(layers(rest)));
        Layer(
            texts[0],
            if texts.len() == 1 {
                None
            } else {
                below(&texts[1..])
            },
        )
    }

    #[test]
    fn causes_are_told_once() {
        for (texts, told) in [
            (&["scaling failed"][..], "scaling failed"),
            (
                &["scaling failed", "no quorum"],
                "scaling failed: no quorum",
            ),
            (&["a: b", "b", "c"], "a: b: c"),
            (&["same", "same"], "same"),
        ] {
            assert_eq!(chain(&layers(texts)), told);
        }
    }

    #[test]
    fn kubectls_own_forms() {
        for own in [
            "Error from server (NotFound): statefulsets.apps \"zk\" not found",
            "Unable to connect to the server: EOF",
            "The connection to the server x:1 was refused - did you specify the right host or port?",
            "error: You must be logged in to the server (Unauthorized)",
        ] {
            assert!(is_kubectls_own(own), "{own}");
        }
        assert!(!is_kubectls_own("no ensemble"));
    }

    #[test]
    fn labels_with_and_without_colour() {
        assert_eq!(label("Warning:", false), "Warning: ");
        assert_eq!(
            label("Warning:", true),
            "\u{1b}[1m\u{1b}[33mWarning:\u{1b}[0m "
        );
        assert_eq!(label("", true), "");
    }
}
