//! A run of the script: its process group, its end, and waiting for what must come.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::ExitStatus;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

const PATIENCE: Duration = Duration::from_secs(30);

/// How a run of the script ended.
#[derive(Debug)]
pub(crate) struct End {
    /// The exit code, or 128 and the signal that ended it.
    pub(crate) code: i32,
    /// All that it printed.
    pub(crate) said: String,
    /// The termination log.
    pub(crate) reason: String,
}

/// A script that runs, in a process group that ends with it.
pub(crate) struct Running<'a> {
    root: &'a Path,
    child: Child,
}

impl<'a> Running<'a> {
    /// Starts a command whose output, and its termination log, are files of `root`.
    pub(crate) fn start(mut command: Command, root: &'a Path) -> Self {
        let said = fs::File::create(root.join("said")).unwrap();
        command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said);
        Self {
            root,
            child: command.spawn().unwrap(),
        }
    }

    pub(crate) fn terminate(&self) {
        kill("-TERM", &self.child.id().to_string());
    }

    /// Ends the script alone, as the kernel does when memory is short.
    pub(crate) fn kill(&self) {
        kill("-KILL", &self.child.id().to_string());
    }

    /// The id of its process group.
    pub(crate) fn group(&self) -> String {
        self.child.id().to_string()
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    pub(crate) fn end(&mut self) -> End {
        eventually("the script ends", || {
            self.child.try_wait().unwrap().is_some()
        });
        let read = |name| fs::read_to_string(self.root.join(name)).unwrap_or_default();
        End {
            code: code(self.child.wait().unwrap()),
            said: read("said"),
            reason: read("reason"),
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        kill("-KILL", &format!("-{}", self.child.id()));
        let _ = self.child.wait();
    }
}

/// Waits for what must come, and fails with its name when it does not.
#[track_caller]
pub(crate) fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn code(status: ExitStatus) -> i32 {
    status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal))
        .unwrap()
}

pub(crate) fn kill(signal: &str, process: &str) {
    let _ = Command::new("kill")
        .args([signal, "--", process])
        .stderr(Stdio::null())
        .status();
}
