//! Checks the shape of `src`: modules only look down, what decides does no I/O, what prints or talks has one place, and
//! every file says what it is.

use std::fs;
use std::path::Path;

/// Modules from the ground up. One may name itself and modules on lower floors, nothing else.
const FLOORS: &[&[&str]] = &[
    &["ensemble"],
    &["manifest", "plan", "health", "zookeeper"],
    &["cluster"],
    &["execute"],
    &["ui"],
    &["error"],
    &["commands"],
    &["cli"],
];

/// Modules that decide. They do no I/O, read no clock, roll no dice and never wait.
const PURE: &[&str] = &["ensemble", "manifest", "plan", "health"];

const IMPURE: &[&str] = &[
    "async ",
    ".await",
    "tokio::",
    "getrandom",
    "::now(",
    "std::env",
    "std::fs",
    "std::net::Tcp",
    "std::process",
    "std::thread",
    "sleep(",
];

/// What has one place: no file outside of it may name it.
const ONE_PLACE: &[(&str, &str)] = &[
    ("print!(", "src/ui/"),
    ("println!(", "src/ui/"),
    ("eprint!(", "src/ui/"),
    ("eprintln!(", "src/ui/"),
    ("stdout()", "src/ui/"),
    ("stderr()", "src/ui/"),
    ("comfy_table", "src/ui/table.rs"),
    ("kube::", "src/cluster/"),
    ("kube_client::", "src/cluster/"),
    ("TcpStream", "src/cluster/"),
    ("TcpListener", "src/cluster/"),
    ("tokio::net", "src/cluster/"),
];

/// The most lines of a file that gives no reason for more.
const LINES: usize = 300;

struct Source {
    path: String,
    text: String,
    /// The text without what is compiled for tests alone.
    code: String,
}

#[test]
fn modules_only_look_down() {
    refuse(|source| {
        let module = module(&source.path);
        let floor = floor_of(module)?;
        let upward = |used: &&str| *used != module && floor_of(used).is_some_and(|it| floor <= it);
        let used = named_after(&source.code, "crate::").find(upward)?;
        Some(format!("must not use crate::{used}"))
    });
}

#[test]
fn every_module_has_a_floor() {
    refuse(|source| {
        let module = module(&source.path);
        let known = floor_of(module).is_some() || ["lib", "main"].contains(&module);
        (!known).then(|| "belongs to a module without a floor".to_owned())
    });
}

/// Grouped and relative paths would hide an edge from [`modules_only_look_down`].
#[test]
fn paths_are_written_out() {
    refuse(|source| {
        let relative = source.text.replace("use super::*;", "").contains("super::");
        let grouped = source.text.contains("crate::{");
        (relative || grouped).then(|| "must write crate::, without super:: or braces".to_owned())
    });
}

#[test]
fn what_decides_does_nothing_else() {
    refuse(|source| {
        let pure = PURE.contains(&module(&source.path));
        let word = IMPURE.iter().find(|word| source.code.contains(**word))?;
        pure.then(|| format!("must not contain `{word}`"))
    });
}

#[test]
fn one_place_for_each_thing() {
    refuse(|source| {
        let misplaced = |&&(word, place): &&(&str, &str)| {
            !source.path.starts_with(place) && contains_word(&source.code, word)
        };
        let (word, place) = ONE_PLACE.iter().find(misplaced)?;
        Some(format!("must not contain `{word}`: only {place} may"))
    });
}

#[test]
fn every_file_says_what_it_is() {
    refuse(|source| {
        let silent = !source.text.starts_with("//! ");
        silent.then(|| "does not start with a line of //!".to_owned())
    });
}

#[test]
fn long_files_give_a_reason() {
    refuse(|source| {
        let lines = source.text.lines().count();
        let excused = head(&source.text).contains("lines");
        (lines > LINES && !excused)
            .then(|| format!("has {lines} lines, and its first paragraph does not say why"))
    });
}

/// What is skipped as tests by its name is compiled for tests alone.
#[test]
fn tests_are_compiled_for_tests_alone() {
    refuse(|source| {
        let exposed = |line: &&str| {
            line.ends_with("mod tests;") || line.ends_with("_tests;") && line.contains("mod ")
        };
        let line = source.code.lines().find(exposed)?;
        Some(format!("has `{line}` without #[cfg(test)]"))
    });
}

#[test]
fn tests_are_told_from_code() {
    let text = "a\n#[cfg(test)]\nmod tests;\nb\n#[cfg(test)]\nmod more {\n    c\n}\nd\n";
    assert_eq!(without_tests(text), "a\nb\nd\n");
    assert!(
        is_test("src/a/tests.rs") && is_test("src/a/tests/b.rs") && is_test("src/a/b_tests.rs")
    );
    assert!(!is_test("src/a/b.rs") && !is_test("src/contests.rs"));
}

#[test]
fn words_are_told_from_parts_of_words() {
    assert!(contains_word("use kube::Client;", "kube::"));
    assert!(!contains_word(
        "mykube::Client; attached.stdout()",
        "kube::"
    ));
    assert!(!contains_word("attached.stdout()", "stdout()"));
    assert!(contains_word("io::stdout()", "stdout()"));
    assert!(
        contains_word("println!(1)", "println!(") && !contains_word("eprintln!(1)", "println!(")
    );
}

/// Fails with all sources that have a fault.
#[track_caller]
fn refuse(fault: impl Fn(&Source) -> Option<String>) {
    let sources = sources();
    assert!(sources.len() > 10, "found only {} files", sources.len());
    let told = |source| fault(source).map(|fault| format!("{} {fault}\n", source.path));
    let faults: String = sources.iter().filter_map(told).collect();
    assert!(faults.is_empty(), "\n{faults}");
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn module(path: &str) -> &str {
    let inside = path.trim_start_matches("src/");
    inside.split(['/', '.']).next().unwrap_or_default()
}

/// The words that follow `prefix` in the text.
fn named_after<'a>(text: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    let word = |rest: &'a str| rest.split(|c: char| !is_word(c)).next();
    text.split(prefix).skip(1).filter_map(word)
}

/// Whether the text has it other than as the end of a longer word or as a method.
fn contains_word(text: &str, word: &str) -> bool {
    let free = |(at, _): (usize, &str)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !is_word(c) && c != '.')
    };
    text.match_indices(word).any(free)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The first paragraph of a file's `//!` lines.
fn head(text: &str) -> String {
    let paragraph = |line: &&str| line.starts_with("//! ");
    text.lines().take_while(paragraph).collect()
}

fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    walk(Path::new("src"), &mut paths);
    paths.into_iter().map(read).collect()
}

fn read(path: String) -> Source {
    let text = fs::read_to_string(&path).unwrap();
    let code = if is_test(&path) {
        String::new()
    } else {
        without_tests(&text)
    };
    Source { path, text, code }
}

fn is_test(path: &str) -> bool {
    let name = path.trim_end_matches(".rs");
    name.ends_with("/tests") || name.ends_with("_tests") || name.contains("/tests/")
}

/// The text without the items behind a `#[cfg(test)]`, as rustfmt lays them out.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let item = line.trim_start();
        if item == "#[cfg(test)]" {
            let indent = &line[..line.len() - item.len()];
            let ends = |rest: &str| rest == "}" || rest.ends_with(';') && !rest.starts_with(' ');
            lines.find(|line| line.strip_prefix(indent).is_some_and(ends));
        } else {
            code += line;
            code.push('\n');
        }
    }
    code
}

fn walk(dir: &Path, paths: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, paths);
        } else if path.extension().is_some_and(|it| it == "rs") {
            paths.push(path.to_str().unwrap().to_owned());
        }
    }
}
