//! How long `status -A` takes, and how much memory, of 20 to 200 ensembles of five servers each.
//!
//! `cargo run --release --example many` prints a line for each number of ensembles and each format: `ENSEMBLES FORMAT MS
//! CPU_MS MB MB_BEFORE`, medians of five processes that did nothing else; the memory is the process's peak, after the command and
//! before it. The API server's answers are made once, by the one of `tests/cli`, and then read from files, as from a
//! socket: what is measured is the plugin, not the API server. The servers are those of `tests/cli`, in memory.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a measurement fails by it"
)]

#[expect(dead_code, reason = "the tests' own")]
#[path = "../../tests/cli/fake/mod.rs"]
mod fake;
mod measure;
mod recorded;
mod world;

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::measure::Measured;

/// How many ensembles.
const SIZES: [usize; 4] = [20, 50, 100, 200];

/// What each is measured with.
const FORMATS: [&str; 2] = ["table", "json"];

/// How often each is measured.
const ROUNDS: usize = 5;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["world", ensembles, answers] => {
            world::record(ensembles.parse().unwrap(), answers.as_ref());
        }
        ["status", ensembles, answers, format] => {
            let ensembles = ensembles.parse().unwrap();
            say(&measure::status(ensembles, answers.as_ref(), format).to_string());
        }
        _ => SIZES.into_iter().for_each(rows),
    }
}

/// Prints the rows of one number of ensembles.
fn rows(ensembles: usize) {
    let answers = tempfile::tempdir().unwrap();
    let (number, place) = (ensembles.to_string(), answers.path());
    alone(&["world", &number], place, &[]);
    for format in FORMATS {
        let rounds = (0..ROUNDS).map(|_| alone(&["status", &number], place, &[format]));
        let measured: Vec<Measured> = rounds.map(|line| Measured::read(&line)).collect();
        say(&format!(
            "{ensembles} {format} {}",
            Measured::median(&measured)
        ));
    }
}

/// What a process of its own prints.
fn alone(before: &[&str], place: &Path, after: &[&str]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.args(before).arg(place).args(after).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{before:?} {after:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn say(line: &str) {
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{line}").unwrap();
}
