//! Whether two outputs are the same but for what changes from run to run: times, nodes, addresses, who leads.

/// What ends the line that tells of the leader's restart.
const LEADER: &str = ", the leader";

/// Lines as they are compared: what comes and goes while something is waited for is left out, and so is where the scheduler
/// put servers together. What is left out leaves no gap.
fn steady<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let lines = lines.map(str::trim_end);
    let lines = lines.filter(|line| !is_progress(line) && !is_together(line));
    let lines = in_any_turn(lines);
    let mut lines: Vec<String> = lines.iter().map(|line| masked(line)).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let end = lines.iter().rposition(|line| !line.is_empty());
    lines.truncate(end.map_or(0, |end| end + 1));
    lines
}

fn is_together(line: &str) -> bool {
    line.starts_with("warning: servers ") && line.contains(" are on the same node ")
}

/// `server 1: starting` and `waiting: …`: how many there are depends on how quick the machine is.
fn is_progress(line: &str) -> bool {
    let server = line
        .strip_prefix("server ")
        .and_then(|rest| rest.split_once(": "));
    let is_server = server.is_some_and(|(id, _)| id.parse::<u8>().is_ok());
    is_server || line.starts_with("waiting: ") || line.starts_with("  looking again: ")
}

/// Restarts that follow one another, by their ids: whose turn it is depends on who leads. That of several the leader's is the
/// last is kept. Between two of them a page may have `…`.
fn in_any_turn<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let (mut steady, mut turns) = (Vec::new(), Vec::new());
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        let goes_on = lines.peek().is_some_and(|next| is_turn(next));
        match line {
            _ if is_turn(line) => turns.push(line),
            "…" if goes_on && !turns.is_empty() => {}
            _ => {
                steady.extend(by_id(&mut turns));
                steady.push(line.to_owned());
            }
        }
    }
    steady.extend(by_id(&mut turns));
    steady
}

/// `restart server 3` of one that serves.
fn is_turn(line: &str) -> bool {
    let server = line.strip_prefix("restart server ");
    let id = server.map(|rest| rest.strip_suffix(LEADER).unwrap_or(rest));
    id.is_some_and(|id| id.parse::<u8>().is_ok())
}

fn by_id(turns: &mut Vec<&str>) -> Vec<String> {
    let leader_last = turns.last().and_then(|last| last.strip_suffix(LEADER));
    if let (Some(last), Some(bare)) = (turns.last_mut(), leader_last) {
        *last = bare;
    }
    turns.sort_unstable();
    let several = 1 < turns.len();
    let mut lines: Vec<String> = turns.drain(..).map(str::to_owned).collect();
    if let Some(last) = lines
        .last_mut()
        .filter(|_| several && leader_last.is_some())
    {
        *last += LEADER;
    }
    lines
}

/// A line without what changes.
fn masked(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mask = |(at, word): (usize, &&str)| {
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let after = words.get(at + 1).copied().unwrap_or_default();
        masked_word(word, before, after)
    };
    let indent = &line[..line.len() - line.trim_start().len()];
    let masked: Vec<String> = words.iter().enumerate().map(mask).collect();
    indent.to_owned() + &masked.join(" ")
}

fn masked_word(word: &str, before: &str, after: &str) -> String {
    let bare = word.trim_end_matches([',', ';']);
    let is_number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    let counted = [
        "Received:",
        "Sent:",
        "Connections:",
        "Outstanding:",
        "count:",
    ];
    let hash = word.split("-config-").nth(1).is_some();
    match word {
        "leader" | "follower" => "ROLE".to_owned(),
        _ if is_number && (is_leader(before) || after.starts_with("client")) => "N".to_owned(),
        _ if is_number && before.contains('/') => "N".to_owned(),
        _ if is_number && before == "zxid," => "ZXID".to_owned(),
        // A probe is a client for a moment.
        _ if is_number && is_time(after) => "CLIENTS".to_owned(),
        _ if is_number && counted.contains(&before) => "N".to_owned(),
        // The bytes of all data: the list of members is among it, with addresses of any length.
        _ if is_number && after.split('.').count() == 3 => "BYTES".to_owned(),
        _ if is_number && before.starts_with("0x") => "EPOCH".to_owned(),
        _ if is_size(bare) => "SIZE".to_owned(),
        _ if is_time(bare) => "TIME".to_owned(),
        _ if bare.starts_with("0x") || hash => "HEX".to_owned(),
        _ if is_node(bare) || is_node(bare.trim_end_matches("):")) => "NODE".to_owned(),
        _ if is_address(bare) => "ADDRESS".to_owned(),
        _ => word.to_owned(),
    }
}

/// What stands before the leader's id: `leader 3`, and `healthy 3` of a jsonpath.
fn is_leader(before: &str) -> bool {
    matches!(before, "leader" | "healthy")
}

/// `14s`, `0.0ms`, `3d1h`, `0/0.0/0`.
fn is_time(word: &str) -> bool {
    let units = word.trim_start_matches(|c: char| c.is_ascii_digit() || "./smhd".contains(c));
    units.is_empty()
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(['s', 'm', 'h', 'd'])
        || word.split('/').count() == 3 && units.is_empty()
}

/// `2.6Ki`
fn is_size(word: &str) -> bool {
    let number = word.strip_suffix("Ki").or(word.strip_suffix("Mi"));
    number.is_some_and(|number| number.parse::<f64>().is_ok())
}

fn is_node(word: &str) -> bool {
    matches!(word, "n1" | "n2" | "n3")
}

fn is_address(word: &str) -> bool {
    let host = word.split(':').next().unwrap_or_default();
    host.parse::<std::net::Ipv4Addr>().is_ok()
}

/// Whether what was said is what a page shows, where `…` stands for any lines, and behind a word for the rest of a line.
pub(crate) fn is_same(shown: &[String], said: &str) -> bool {
    let shown = steady(shown.iter().map(String::as_str));
    fits(&shown, &steady(said.lines()))
}

fn fits(shown: &[String], said: &[String]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((line, rest)) if line.trim() == "…" => {
            (0..=said.len()).any(|skip| fits(rest, &said[skip..]))
        }
        Some((line, rest)) => {
            let is_it = said.first().is_some_and(|said| fits_line(line, said));
            is_it && fits(rest, &said[1..])
        }
    }
}

fn fits_line(shown: &str, said: &str) -> bool {
    match shown.strip_suffix('…') {
        Some(beginning) => said.starts_with(beginning),
        None => shown == said,
    }
}

#[test]
fn what_changes_is_no_difference_and_all_else_is() {
    let row = |row: &str| vec![row.to_owned()];
    let shown = row("1   follower   serving   zk-server-1-0   n2   0.3ms   14s");
    assert!(is_same(
        &shown,
        "server 1: pending\n1   leader   serving   zk-server-1-0   n1   11ms   3m2s\n"
    ));
    assert!(!is_same(
        &shown,
        "1   leader   stopped   zk-server-1-0   n1   11ms   3m2s\n"
    ));
    assert!(!is_same(&shown, ""));
    let together = "warning: servers 1 and 3 are on the same node n1: they would fail together";
    assert!(is_same(&row("a"), &format!("a\n\n{together}\n")));
    assert!(is_same(&["a".into(), "…".into(), "b".into()], "a\nx\ny\nb"));
    assert!(is_same(&["a".into(), "…".into(), "b".into()], "a\nb\n\n"));
    assert!(!is_same(&["a".into(), "…".into(), "b".into()], "a\nb\nc"));
    assert!(is_same(
        &row("healthy · leader 2 · 3 of 3"),
        "healthy · leader 1 · 3 of 3"
    ));
    assert!(is_same(&row("healthy 3"), "healthy 2"));
    assert!(is_same(
        &row("n1   0   0   0.0ms   6s"),
        "n2   0   1   0.1ms   6s"
    ));
    assert!(!is_same(
        &row("n1   0   0   0.0ms   6s"),
        "n2   7   0   0.0ms   6s"
    ));
    assert!(!is_same(
        &row("healthy · leader 2 · 3 of 3"),
        "healthy · leader 2 · 2 of 3"
    ));
}

#[test]
fn whose_turn_it_is_is_no_difference_and_who_is_restarted_is() {
    let same = |shown: &str, said: &str| {
        let shown: Vec<String> = shown.lines().map(str::to_owned).collect();
        is_same(&shown, said)
    };
    let shown =
        "mark\nrestart server 1\n…\nrestart server 2\n…\nrestart server 3, the leader\n…\nend";
    let turns = |turns: &str| format!("mark\n{turns}\nwaiting: a while\nend");
    let said = "restart server 2\nwaiting: a while\nrestart server 3\nrestart server 1, the leader";
    assert!(same(shown, &turns(said)));
    for other in [
        "restart server 1\nrestart server 2\nrestart server 3",
        "restart server 1, the leader\nrestart server 2\nrestart server 3",
        "restart server 1\nrestart server 3, the leader",
        "restart server 1\nrestart server 2\nrestart server 4, the leader",
        "restart server 1, which does not serve\nrestart server 2\nrestart server 3, the leader",
        "restart server 1\nrestart server 2\nelse\nrestart server 3, the leader",
    ] {
        assert!(!same(shown, &turns(other)), "{other}");
    }
    assert!(same("restart server 3", "restart server 3, the leader"));
    assert!(!same("restart server 3", "restart server 2"));
    assert!(!same(
        "restart server 3",
        "restart server 3, which does not serve"
    ));
}

#[test]
fn the_rest_of_a_line_may_be_left_out_and_nothing_before_it() {
    let shown = |line: &str| vec![line.to_owned()];
    let said = "error: server 1: image z:9 cannot be pulled: no such host";
    assert!(is_same(
        &shown("error: server 1: image z:9 cannot be pulled: …"),
        said
    ));
    assert!(!is_same(
        &shown("error: server 1: image z:8 cannot be pulled: …"),
        said
    ));
    assert!(!is_same(
        &shown("error: server 1: image z:9 …"),
        "error: server 1:"
    ));
    let damaged = |node: &str, zxid: u64| {
        format!("server 2 (node {node}): older than the last zxid, {zxid}; x")
    };
    assert!(is_same(
        &shown(&damaged("n1", 17)),
        &damaged("n3", 4_294_967_296)
    ));
    assert!(!is_same(&shown("the last zxid, 17"), "the first zxid, 17"));
}
