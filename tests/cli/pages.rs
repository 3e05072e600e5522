//! What is written from the command line: the shells' scripts, the manual pages, and the head of each verb's page. These
//! tests fail when a file is stale, and write it with `UPDATE=1` (`make docs`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use clap::Arg;
use clap::Command;
use kubectl_zk::cli::command;

use crate::fake::World;

/// The end of what is written, in a page that goes on by hand.
const END: &str = "<!-- Up to here written from the command line by `make docs`; what follows is written by hand. -->\n";

/// Holds a file to a text, or writes it.
#[track_caller]
pub(crate) fn hold(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(there == text, "{path} is stale: `make docs` writes it anew");
}

/// The files of a folder, which may have no others.
#[track_caller]
pub(crate) fn hold_all(folder: &str, files: &BTreeMap<String, String>) {
    for (name, text) in files {
        hold(&format!("{folder}/{name}"), text);
    }
    let there = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let there = there.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let more: Vec<String> = there.filter(|name| !files.contains_key(name)).collect();
    assert!(more.is_empty(), "{folder} has files of nobody: {more:?}");
}

#[tokio::test]
async fn scripts_for_shells() {
    let shells = [
        ("bash", "kubectl-zk.bash"),
        ("zsh", "_kubectl-zk"),
        ("fish", "kubectl-zk.fish"),
        ("powershell", "_kubectl-zk.ps1"),
    ];
    let mut files = BTreeMap::new();
    for (shell, file) in shells {
        let outcome = World::default().zk(&format!("completion {shell}")).await;
        files.insert(file.to_owned(), outcome.succeeded().stdout.clone());
    }
    hold_all("completions", &files);
}

#[test]
fn manual_pages() {
    let dir = tempfile::tempdir().unwrap();
    clap_mangen::generate_to(spelled(command()), dir.path()).unwrap();
    let pages = fs::read_dir(dir.path()).unwrap().map(|entry| {
        let entry = entry.unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        (entry.file_name().into_string().unwrap(), text)
    });
    hold_all("docs/man", &pages.collect());
}

/// As a manual page has it: a name of one line, every flag, and no version: a page changes with the verb alone.
fn spelled(command: Command) -> Command {
    let shown = |flag: Arg| {
        let hidden = flag.is_hide_set() && (!flag.is_global_set() || flag.get_id() == "cache_dir");
        flag.hide(hidden)
    };
    command
        .version(None::<&'static str>)
        .display_name("kubectl-zk")
        .mut_args(shown)
        .mut_subcommands(|verb| {
            let about = verb.get_about().map(ToString::to_string);
            let about = about.unwrap_or_default();
            let brief = about.lines().next().unwrap_or_default().to_owned();
            verb.about(brief).long_about(about)
        })
}

/// Each verb has a page, and no other has one.
#[tokio::test]
async fn a_page_for_each_verb() {
    let mut files = BTreeMap::new();
    for verb in command().get_subcommands() {
        let name = verb.get_name();
        let path = format!("docs/commands/{name}.md");
        files.insert(format!("{name}.md"), head(name).await + &by_hand(&path));
    }
    hold_all("docs/commands", &files);
}

/// What is written from the command line.
async fn head(verb: &str) -> String {
    let help = World::default().zk(&format!("{verb} --help")).await;
    let help = &help.succeeded().stdout;
    let (about, usage) = help.split_once("\nUsage: ").unwrap();
    let about = about.trim().replace('<', "\\<");
    let usage = format!("Usage: {}", usage.trim_end());
    format!("# kubectl zk {verb}\n\n{about}\n\n```text\n{usage}\n```\n\n{END}")
}

/// What was written by hand behind it.
fn by_hand(path: &str) -> String {
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let there = fs::read_to_string(file).unwrap_or_default();
    let after = there.split_once(END).map(|(_, after)| after.to_owned());
    after.unwrap_or_default()
}
