//! Killed at every command of founding, of joining and of a restart, then run again: as if nothing had happened.

use std::collections::HashSet;
use std::fs;

use crate::alone::plain;
use crate::pod::ENDS;
use crate::pod::Pod;
use crate::standalone::standalone;

/// Sourced by bash before the script: kills the whole process group before command number `KILL_AT`, subshells included.
const HOOK: &str = r#"
unset BASH_ENV
step() {
  local dots
  printf . >>"$KILL_STEPS"
  read -r dots <"$KILL_STEPS" || :
  ((${#dots} < KILL_AT)) || kill -KILL 0
}
set -o functrace
trap step DEBUG
"#;

/// Runs the script until it is killed at that command. Returns whether it was.
fn killed_at(command: usize, pod: &mut Pod) -> bool {
    pod.mount("hook", HOOK);
    let root = pod.root().to_str().unwrap().to_owned();
    for (name, value) in [
        ("BASH_ENV", format!("{root}/hook")),
        ("KILL_STEPS", format!("{root}/steps")),
        ("KILL_AT", command.to_string()),
    ] {
        pod.set(name, &value);
    }
    let end = pod.start(ENDS).end();
    for name in ["BASH_ENV", "KILL_STEPS", "KILL_AT"] {
        pod.unset(name);
    }
    assert!(
        [0, 128 + 9].contains(&end.code),
        "killed at {command}: {end:?}"
    );
    end.code != 0
}

/// Each disk that a kill leaves behind comes out, after a second run, as an uninterrupted run leaves it.
fn survives_every_kill(pod: fn() -> Pod) {
    let uninterrupted = pod();
    uninterrupted.starts();
    let mut seen = HashSet::new();
    let mut command = 1;
    loop {
        let mut victim = pod();
        if !killed_at(command, &mut victim) {
            break;
        }
        if seen.insert(victim.disk()) {
            victim.starts();
            assert_eq!(
                victim.disk(),
                uninterrupted.disk(),
                "killed at command {command}"
            );
        }
        command += 1;
    }
    assert!(
        60 < command && 3 < seen.len(),
        "{command} commands, {} disks: is the hook alive?",
        seen.len()
    );
}

/// Each disk that a kill of a founder leaves behind joins once the ensemble is sealed, whatever the kill left.
fn never_founds_after_the_seal(pod: fn() -> Pod) {
    let mut seen = HashSet::new();
    for command in (1..).step_by(3) {
        let mut victim = pod();
        if !killed_at(command, &mut victim) {
            break;
        }
        if seen.insert(victim.disk()) {
            victim.seal();
            victim.starts();
            assert!(!victim.has("initialize"), "killed at command {command}");
            assert!(
                victim
                    .list()
                    .contains("server.1=10.96.0.1:2888:3888:observer;2181\n"),
                "killed at command {command}"
            );
        }
    }
    assert!(4 < seen.len());
}

/// A member of three whose Services were all made again, with a list that was proposed when it went down.
fn member() -> Pod {
    let mut pod = Pod::new();
    pod.claims();
    let list = (1..=3).map(|number| {
        format!("server.{number}=10.96.0.{number}:2888:3888:participant;0.0.0.0:2181\n")
    });
    let list = list.collect::<String>();
    pod.activates("100000000", &list);
    pod.activates("200000003", &list);
    pod.write("conf/zoo.cfg.dynamic.next", &list);
    for number in 1..=3 {
        pod.service(number, &format!("10.96.7.{number}"));
    }
    pod
}

/// A member that was removed and comes back, with what an attack would leave it.
fn removed() -> Pod {
    let pod = Pod::new();
    pod.claims();
    pod.activates("100000005", "server.2=10.96.0.2:2888:3888:participant;2181\nserver.3=10.96.0.3:2888:3888:participant;2181");
    pod.write("initialize", "");
    pod
}

#[test]
fn at_every_command_of_founding() {
    survives_every_kill(Pod::new);
}

#[test]
fn at_every_command_of_founding_by_the_environment_alone() {
    survives_every_kill(plain);
}

#[test]
fn at_every_command_of_a_standalone_start() {
    survives_every_kill(standalone);
}

#[test]
fn at_every_command_of_joining() {
    survives_every_kill(removed);
}

#[test]
fn at_every_command_of_a_restart() {
    survives_every_kill(member);
}

#[test]
fn while_founding_and_sealed_by_the_others() {
    never_founds_after_the_seal(Pod::new);
    never_founds_after_the_seal(plain);
}

#[test]
fn a_kill_that_leaves_half_a_new_file_is_mended() {
    let pod = member();
    for name in [
        "conf/zoo.cfg.new",
        "conf/zoo.cfg.dynamic.200000003.new",
        "conf/zoo.cfg.dynamic.next.new",
        "conf/spare",
    ] {
        pod.write(name, "half");
    }
    pod.starts();
    let whole = member();
    whole.starts();
    assert_eq!(pod.disk(), whole.disk());
    assert_eq!(fs::metadata(pod.path("conf/spare")).unwrap().len(), 16384);
}
