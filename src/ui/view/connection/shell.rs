//! Connection strings as a shell's variables. Knows how a shell quotes.

use crate::ensemble::ConnectString;

/// `ZK_HOST="…"`, as in `solr.in.sh`.
pub(crate) fn solr(string: &ConnectString) -> String {
    let mut quoted = String::new();
    for c in string.to_string().chars() {
        if "\\\"$`".contains(c) {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    format!("ZK_HOST=\"{quoted}\"\n")
}

/// What a client needs, by the names that Stackable's discovery ConfigMaps have. A port is there where there is but one.
pub(crate) fn variables(string: &ConnectString) -> Vec<(&'static str, String)> {
    let chroot = string.chroot.path().unwrap_or("/").to_owned();
    let port = string.port().map(|port| port.to_string());
    let values = [
        ("ZOOKEEPER", Some(string.to_string())),
        ("ZOOKEEPER_HOSTS", Some(string.hosts())),
        ("ZOOKEEPER_CHROOT", Some(chroot)),
        ("ZOOKEEPER_CLIENT_PORT", port),
    ];
    let given = values.into_iter();
    given
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
}

/// `KEY=VALUE` lines for `eval` or a file behind `set -a`.
pub(crate) fn env(string: &ConnectString) -> String {
    let variables = variables(string).into_iter();
    let line = |(key, value): (&str, String)| format!("{key}={}\n", word(&value));
    variables.map(line).collect()
}

/// One word: quoted where a shell would read more than the text.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,@%+=".contains(c);
    if text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
