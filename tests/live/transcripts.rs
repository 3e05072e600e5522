//! Every transcript of README and docs, typed again on the real cluster: what a page shows is what is said.
//! `UPDATE=1` writes what was said into the pages.

mod compare;
mod page;

use std::fs;

use crate::bed;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::command_within;
use crate::run::run_before;
use crate::transcripts::compare::is_same;
use crate::transcripts::page::Piece;
use crate::transcripts::page::ROOT;
use crate::transcripts::page::all;
use crate::transcripts::page::cut;
use crate::transcripts::page::join;

/// One after the other on one ensemble: the pages of the verbs tell its life.
const LIFE: [&str; 12] = [
    "docs/commands/create.md",
    "docs/commands/status.md",
    "docs/commands/exec.md",
    "docs/commands/connection-string.md",
    "docs/commands/scale.md",
    "docs/commands/restart.md",
    "docs/commands/update.md",
    "docs/commands/diff.md",
    "docs/commands/replace.md",
    "docs/commands/repair.md",
    "docs/commands/rbac.md",
    "docs/commands/delete.md",
];

#[test]
fn of_the_readme() {
    type_again("readme", &["README.md"]);
}

#[test]
fn of_the_verbs() {
    type_again("verbs", &LIFE);
}

#[test]
fn none_is_left_out() {
    let mut typed: Vec<&str> = LIFE.to_vec();
    typed.push("README.md");
    let left: Vec<String> = all()
        .into_iter()
        .filter(|path| !typed.contains(&path.as_str()))
        .collect();
    assert!(left.is_empty(), "nobody types the transcripts of {left:?}");
}

/// Types all commands of these pages in one namespace, which the pages call `demo`.
fn type_again(test: &str, paths: &[&str]) {
    let namespace = Namespace::new(test);
    let mut wrong = String::new();
    for path in paths {
        let file = format!("{ROOT}/{path}");
        let mut pieces = cut(&fs::read_to_string(&file).unwrap());
        for piece in &mut pieces {
            wrong += &again(&namespace, path, piece);
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(file, join(&pieces)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Runs a piece; gives what is wrong with it.
fn again(namespace: &Namespace, path: &str, piece: &mut Piece) -> String {
    match piece {
        Piece::Text(_) => {}
        Piece::Before(command) => drop(typed(namespace, command).ends_with(0)),
        Piece::Command(command, shown) => {
            let run = typed(namespace, command);
            let said = on_screen(namespace, &run.stdout);
            let failed = shown.iter().any(|line| is_error(line));
            if !is_same(shown, &said) || (run.code == Some(0)) == failed {
                let wrong = format!("{path}: $ {command}\n{said}\n");
                *shown = said.lines().map(str::to_owned).collect();
                return wrong;
            }
        }
    }
    String::new()
}

/// An error of the plugin's, or the API server's word for one.
fn is_error(line: &str) -> bool {
    line.starts_with("error: ") || line.starts_with("Error from server")
}

/// What a person sees who types it in a terminal that can do nothing but text, and says yes to every question.
fn typed(namespace: &Namespace, command: &str) -> Run {
    let plugin = std::path::Path::new(env!("CARGO_BIN_EXE_kubectl-zk"))
        .parent()
        .unwrap();
    let command = command.replace("-n demo", &format!("-n {}", namespace.name));
    let scratch = tempfile::NamedTempFile::new().unwrap();
    // All servers restarted one after the other, on a busy machine.
    let mut terminal = command_within("900", "script");
    terminal
        .env("PATH", format!("{}:{}", plugin.display(), bed::path()))
        .env("HOME", "/nonexistent")
        .env("KUBECONFIG", bed::kubeconfig())
        .env("TERM", "dumb")
        .env("SHELL", "/bin/sh")
        .env("SCRATCH", scratch.path())
        .args(["--quiet", "--return", "--command"])
        .arg(format!("stty rows 50 cols 200; {command}"))
        .arg("/dev/null");
    run_before(terminal, "y\n")
}

/// What was said, as a page has it.
fn on_screen(namespace: &Namespace, said: &str) -> String {
    let said = said.replace("\r\n", "\n").replace(&namespace.name, "demo");
    // The answer stands behind the question, wherever the terminal echoed it.
    let said = said.strip_prefix("y\n").unwrap_or(&said);
    let said = said.replace("^D\u{8}\u{8}", "");
    said.replace("(y/N): ", "(y/N): y\n")
}
