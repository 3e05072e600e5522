//! One command, run to its end or its deadline, and what it said.

use std::ffi::OsStr;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::Child;
use std::process::ChildStdin;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

/// How long any command may take before it is killed: far beyond what any takes on a busy machine.
const DEADLINE: &str = "240";

/// What is waited for may take this long on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// How often it is looked at.
const PACE: Duration = Duration::from_millis(250);

/// What a command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    what: String,
    /// None where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A command without the environment of whoever runs the tests, under the deadline.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    command_within(DEADLINE, program)
}

/// A command that is killed after so many seconds.
pub(crate) fn command_within(seconds: &str, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", seconds]).arg(program);
    command
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The same command, killed after so many seconds.
pub(crate) fn killed_after(seconds: &str, command: &Command) -> Command {
    let mut words = command.get_args().skip(2);
    let mut killed = command_within(seconds, words.next().unwrap());
    killed.args(words).envs(
        command
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    killed
}

/// Runs it, with `input` if there is any.
pub(crate) fn run(mut command: Command, input: Option<&str>) -> Run {
    let Some(input) = input else {
        let output = command.output().unwrap();
        return end(&command, &output);
    };
    let (child, stdin) = told(&mut command, input);
    drop(stdin);
    finish(&command, child)
}

/// Runs it in front of who types this and stays: at the end of what is typed a terminal would wait two seconds more.
pub(crate) fn run_before(mut command: Command, typed: &str) -> Run {
    let (child, stdin) = told(&mut command, typed);
    let ended = finish(&command, child);
    drop(stdin);
    ended
}

fn told(command: &mut Command, input: &str) -> (Child, ChildStdin) {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    (child, stdin)
}

/// A command that runs.
pub(crate) struct Running {
    command: Command,
    child: Child,
}

impl Running {
    /// Starts it, in a process group of its own.
    pub(crate) fn start(mut command: Command) -> Self {
        let child = command.process_group(0).spawn().unwrap();
        Self { command, child }
    }

    /// What it said in the end.
    pub(crate) fn end(self) -> Run {
        finish(&self.command, self.child)
    }

    /// Kills it, if it has not ended.
    #[track_caller]
    pub(crate) fn kill(self) -> Run {
        self.signal("-KILL");
        self.end()
    }

    /// It must run still; tells it to stop.
    #[track_caller]
    pub(crate) fn stop(mut self) -> Run {
        assert!(self.child.try_wait().unwrap().is_none());
        self.signal("-TERM");
        self.end()
    }

    #[track_caller]
    fn signal(&self, signal: &str) {
        let group = format!("-{}", self.child.id());
        let kill = Command::new("kill").args([signal, "--", &group]).status();
        assert!(kill.unwrap().success());
    }
}

/// What a started command said in the end.
pub(crate) fn finish(command: &Command, child: Child) -> Run {
    end(command, &child.wait_with_output().unwrap())
}

fn end(command: &Command, output: &Output) -> Run {
    let words = command.get_args().skip(2).map(OsStr::to_string_lossy);
    Run {
        what: words.collect::<Vec<_>>().join(" "),
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Run {
    /// It must have ended well; gives what it said on stdout.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        self.ends_with(0).stdout
    }

    /// It must have ended with this code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "{}\n{}\n{}",
            self.what,
            self.stdout,
            self.stderr
        );
        self
    }

    /// It must have said this on stderr.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(
            self.stderr.contains(text),
            "{}: no {text:?} in\n{}",
            self.what,
            self.stderr
        );
        self
    }
}

impl Run {
    /// The line that says why it failed.
    pub(crate) fn error(&self) -> &str {
        let begins = [
            "error: ",
            "Error from server",
            "Unable to connect",
            "The connection to",
        ];
        let why = |line: &&str| begins.iter().any(|words| line.starts_with(words));
        self.stderr.lines().find(why).unwrap_or_default()
    }

    /// The command lines that it says to type.
    pub(crate) fn hinted(&self) -> Vec<String> {
        let hints = self
            .stderr
            .lines()
            .filter_map(|line| line.strip_prefix("hint: "));
        let command = |hint: &str| Some(hint[hint.find("kubectl ")?..].to_owned());
        hints.filter_map(command).collect()
    }
}

/// Looks until it is so, and fails with `what` if it never is.
#[track_caller]
pub(crate) fn await_until(what: &str, so: impl FnMut() -> bool) {
    assert!(is_within(PATIENCE, so), "waited in vain until {what}");
}

/// Looks for a while: it must stay so.
#[track_caller]
pub(crate) fn stays(what: &str, seconds: u64, mut so: impl FnMut() -> bool) {
    let broken = is_within(Duration::from_secs(seconds), || !so());
    assert!(!broken, "it did not stay so that {what}");
}

/// Looks until it is so, and gives whether it became so in time. The cluster, the servers and the screens are outside of this
/// process and tell nobody when they change: they are looked at again and again.
pub(crate) fn is_within(time: Duration, mut so: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    while began.elapsed() < time {
        if so() {
            return true;
        }
        std::thread::sleep(PACE);
    }
    so()
}
