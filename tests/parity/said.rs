//! What commands and plugins said, less what differs from run to run.

use serde_json::Value;

/// The error's line: kubectl's discovery and plugins say theirs before it.
pub(crate) fn error(said: &str) -> String {
    let forms = ["error: ", "Error ", "Unable to connect", "The connection "];
    let lines = || {
        said.lines()
            .map(|line| line.strip_prefix("Please enter Username: ").unwrap_or(line))
    };
    let formed = lines().find(|line| forms.iter().any(|form| line.starts_with(form)));
    let line = formed
        .or(lines().next_back())
        .unwrap_or("fails without a word");
    // What comes then are times, and a resolver's own words; what comes before a timeout is a matter of luck.
    for end in [
        " has expired",
        " lookup nowhere.test",
        "Wait returned an error",
    ] {
        if let Some((before, _)) = line.split_once(end) {
            return format!("{before}{end}");
        }
    }
    let timeouts = ["Client.Timeout exceeded", "context deadline exceeded"];
    let timed_out = timeouts.iter().any(|timeout| line.contains(timeout));
    if timed_out { "times out" } else { line }.to_owned()
}

/// What a plugin wrote down, with what it was told about the cluster in one order.
pub(crate) fn plugin_line(line: &str) -> String {
    let Some((before, info)) = line.split_once(" info=") else {
        return line.to_owned();
    };
    let info: Value = serde_json::from_str(info).unwrap();
    let interactive = &info["spec"]["interactive"];
    let cluster = info["spec"]["cluster"].as_object().map(|fields| {
        let mut fields: Vec<_> = fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        fields.sort();
        format!(" cluster: {}", fields.join(" "))
    });
    format!(
        "{before} interactive={interactive} {}{}",
        info["apiVersion"].as_str().unwrap(),
        cluster.unwrap_or_default()
    )
}
