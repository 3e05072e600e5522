//! How kubectl says things. Knows words and errors' causes; must not know streams.

use std::error::Error;

use anstyle::AnsiColor;

/// How kubectl begins what it says without `error:` (`StandardErrorMessage` of k8s.io/kubectl).
const OWN_FORMS: [&str; 4] = [
    "error:",
    "Error from server",
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
    match color {
        true => format!("{style}{label}{style:#} "),
        false => format!("{label} "),
    }
}
