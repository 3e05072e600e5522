//! TERM at every command, forwarding, lingering, and the server's exit code.

use std::fs;
use std::process::Child;
use std::process::Command;
use std::time::Duration;
use std::time::Instant;

use crate::pod::ENDS;
use crate::pod::Pod;
use crate::pod::RUNS;
use crate::running::eventually;

/// Sourced by bash before the script: writes the shell's commands down, and sends it TERM before number `TERM_AT`.
const HOOK: &str = r#"
unset BASH_ENV
steps=0
step() {
  if [[ $BASHPID == "$$" ]]; then
    steps=$((steps + 1))
    printf '%s\n' "${BASH_COMMAND//$'\n'/ }" >>"$TERM_STEPS"
    ((steps != TERM_AT)) || kill -TERM "$$"
  fi
}
set -o functrace
trap step DEBUG
"#;

fn terminated_at(command: usize) -> Pod {
    let mut pod = Pod::new();
    pod.mount("hook", HOOK);
    let root = pod.root().to_str().unwrap().to_owned();
    pod.set("BASH_ENV", &format!("{root}/hook"));
    pod.set("TERM_STEPS", &format!("{root}/steps"));
    pod.set("TERM_AT", &command.to_string());
    pod
}

/// The commands of an undisturbed run, up to the one that waits for the server.
fn commands() -> Vec<String> {
    let pod = terminated_at(0);
    pod.starts();
    let steps = fs::read_to_string(pod.root().join("steps")).unwrap();
    let upto = steps
        .lines()
        .position(|line| line == r#"wait "$server""#)
        .unwrap();
    steps.lines().take(upto + 1).map(str::to_owned).collect()
}

#[test]
fn at_every_command_it_ends_and_leaves_no_server() {
    let commands = commands();
    assert!(40 < commands.len(), "is the hook alive? {commands:?}");
    for (index, command) in commands.iter().enumerate() {
        let pod = terminated_at(index + 1);
        let mut running = pod.start(RUNS);
        let end = running.end();
        assert_eq!(end.code, 143, "at command {index}, {command}: {end:?}");
        eventually(
            &format!("at command {index}, {command}, the server ends"),
            || pod.is_free(),
        );
    }
}

#[test]
fn the_trap_is_set_before_anything_else() {
    let before = commands()
        .iter()
        .position(|command| command.starts_with("trap "))
        .unwrap();
    assert!(before <= 1, "only constants come first");
}

#[test]
fn it_ends_the_wait_for_a_disk_in_use() {
    let mut pod = Pod::new();
    let _other = {
        let mut other = Command::new("flock");
        other.arg(pod.path("lock")).args(["sleep", "1000"]);
        Reaped(other.spawn().unwrap())
    };
    eventually("the disk is in use", || pod.has("lock") && !pod.is_free());
    pod.set("ZK_LOCK_WAIT", "1000");
    let mut running = pod.start(ENDS);
    let waits = || {
        Command::new("pgrep")
            .args(["-g", &running.group(), "-x", "flock"])
            .output()
            .unwrap()
            .status
            .success()
    };
    eventually("it waits for the disk", waits);
    running.terminate();
    assert_eq!(running.end().code, 143);
}

#[test]
fn the_server_is_told_and_has_its_time() {
    let pod = Pod::new();
    let stub = r#"trap 'echo told >"$ZK_DATA/told"; exit 7' TERM; echo up >"$ZK_DATA/up"; while :; do sleep 0.01; done"#;
    let mut running = pod.start(&["bash", "-c", stub, "stub"]);
    eventually("the server is up", || pod.read("up") == "up\n");
    running.terminate();
    assert_eq!(running.end().code, 7);
    assert_eq!(pod.read("told"), "told\n");
}

/// Between a wait that TERM cut short and the look whether the server lives, the server may have ended.
#[test]
fn a_server_that_ends_at_once_shows_its_own_code() {
    let mut pod = Pod::new();
    let slow = r#"unset BASH_ENV; trap '[[ $BASH_COMMAND != "kill -0"* ]] || sleep 0.3' DEBUG"#;
    pod.mount("hook", slow);
    pod.set("BASH_ENV", &pod.root().join("hook").display().to_string());
    let stub = r#"trap 'exit 7' TERM; echo up >"$ZK_DATA/up"; while :; do sleep 0.01; done"#;
    let mut running = pod.start(&["bash", "-c", stub, "stub"]);
    eventually("the server is up", || pod.read("up") == "up\n");
    running.terminate();
    assert_eq!(running.end().code, 7);
}

#[test]
fn a_server_that_is_slow_to_end_is_waited_for() {
    let pod = Pod::new();
    let stub = r#"trap 'echo told >>"$ZK_DATA/told"' TERM; echo up >"$ZK_DATA/up"; until [[ -e $ZK_DATA/go ]]; do sleep 0.01; done; exit 9"#;
    let mut running = pod.start(&["bash", "-c", stub, "stub"]);
    eventually("the server is up", || pod.read("up") == "up\n");
    for times in 1..=2 {
        running.terminate();
        eventually("the server is told", || {
            pod.read("told") == "told\n".repeat(times)
        });
        assert!(running.is_running());
    }
    pod.write("go", "");
    assert_eq!(running.end().code, 9);
}

#[test]
fn the_servers_exit_code_is_the_scripts() {
    for code in [0, 1, 13, 143] {
        let pod = Pod::new();
        let end = pod
            .start(&["bash", "-c", &format!("exit {code}"), "stub"])
            .end();
        assert_eq!(end.code, code, "{end:?}");
    }
}

#[test]
fn a_server_that_is_killed_shows_as_killed() {
    let end = Pod::new()
        .start(&["bash", "-c", "kill -KILL $$", "stub"])
        .end();
    assert_eq!(end.code, 128 + 9, "{end:?}");
}

#[test]
fn a_server_that_is_not_there_ends_with_127() {
    assert_eq!(Pod::new().start(&["no-such-server"]).end().code, 127);
}

#[test]
fn it_lingers_after_the_server_is_gone() {
    let mut pod = Pod::new();
    pod.set("ZK_LINGER", "0.5");
    let stub = r#"echo $$ >"$ZK_DATA/server"; exit 3"#;
    let mut running = pod.start(&["bash", "-c", stub, "stub"]);
    eventually("the server has run", || pod.read("server").ends_with('\n'));
    let server = format!("/proc/{}", pod.read("server").trim());
    eventually("the server is gone", || !fs::exists(&server).unwrap());
    let gone = Instant::now();
    assert!(running.is_running());
    assert_eq!(running.end().code, 3);
    assert!(
        Duration::from_millis(300) < gone.elapsed(),
        "{:?}",
        gone.elapsed()
    );
}

/// A process that ends with the test, and with it the ones that it started.
struct Reaped(Child);

impl Drop for Reaped {
    fn drop(&mut self) {
        let children = ["-KILL", "-P", &self.0.id().to_string()].map(str::to_owned);
        let _ = Command::new("pkill").args(children).status();
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
