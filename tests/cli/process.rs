//! The binary itself: what only a process shows.

use std::process::Command;
use std::process::Output;
use std::process::Stdio;

/// The plugin with nothing of the environment that it could read.
pub(crate) fn zk(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubectl-zk"));
    command
        .env_clear()
        .env("HOME", "/nonexistent")
        .args(arguments);
    command
}

fn said(output: &Output) -> String {
    format!(
        "exit {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

pub(crate) fn run(arguments: &[&str]) -> String {
    said(&zk(arguments).output().unwrap())
}

#[test]
fn version() {
    let expected = format!(
        "exit 0\n--- stdout\nkubectl-zk {}\n--- stderr\n",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(run(&["--version"]), expected);
}

#[test]
fn nonsense() {
    insta::assert_snapshot!(run(&["status", "--oputput", "json"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: unknown flag: --oputput
    hint: did you mean --output?
    ");
    insta::assert_snapshot!(run(&["stauts"]), @r#"
    exit 2
    --- stdout
    --- stderr
    error: unknown command "stauts" for "kubectl zk"

    Did you mean this?
    	status
    "#);
}

#[test]
fn nobody_reads() {
    let mut child = zk(&["create", "zk", "--dry-run=client"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn no_cluster() {
    insta::assert_snapshot!(run(&["status"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: no API server is configured: there is no kubeconfig, or its current-context is not set
    hint: see what is configured: kubectl config view; choose with --kubeconfig or --context
    ");
    insta::assert_snapshot!(run(&["status", "--kubeconfig", "/nonexistent/config"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: stat /nonexistent/config: no such file or directory
    ");
    insta::assert_snapshot!(run(&["status", "-s", "http://127.0.0.1:1"]), @r"
    exit 1
    --- stdout
    --- stderr
    The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?
    hint: see which server this is: kubectl config view --minify
    ");
}

#[test]
fn colour_is_there_only_where_it_is_wanted() {
    let colored = |command: &mut Command| command.output().unwrap().stderr.contains(&0x1b);
    let status = || zk(&["status"]);
    assert!(!colored(&mut status()));
    assert!(colored(status().env("CLICOLOR_FORCE", "1")));
    assert!(!colored(
        status().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")
    ));
    assert!(colored(
        zk(&["status", "--color", "always"]).env("NO_COLOR", "1")
    ));
}

#[test]
fn requests_are_shown_from_level_6_on() {
    let output = zk(&["status", "-s", "http://127.0.0.1:1", "-v", "8"])
        .output()
        .unwrap();
    assert!(output.stdout.is_empty());
    assert!(!output.stderr.contains(&0x1b), "{}", said(&output));
    let quiet = zk(&["status", "-s", "http://127.0.0.1:1"])
        .output()
        .unwrap();
    assert!(
        quiet.stderr.len() < output.stderr.len(),
        "{}",
        said(&output)
    );
}
