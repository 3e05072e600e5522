//! The harness: one server's disk, mounts and environment as its pod would have them, and the script run in them.

use std::collections::BTreeMap;
use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::running::End;
use crate::running::Running;

/// The script under test.
pub(crate) const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/manifest/files/start.sh");
/// What a stub of the server is started with before it sees the path of zoo.cfg: a server that ends at once.
pub(crate) const ENDS: &[&str] = &["true"];
/// A server that runs until it is told to end.
pub(crate) const RUNS: &[&str] = &["bash", "-c", "exec sleep 1000", "stub"];
/// The ensemble that every pod belongs to.
pub(crate) const ENSEMBLE: &str = "0d9a4d5e-8a1c-4f0e-9a1b-0a8f4c3b2d1e";

/// A pod of server 1 in an ensemble of three, whose Services have the addresses 10.96.0.1, .2 and .3.
pub(crate) struct Pod {
    dir: TempDir,
    env: BTreeMap<String, String>,
}

impl Pod {
    pub(crate) fn new() -> Self {
        let dir = tempdir();
        for folder in ["data", "zk", "founded"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        let mut pod = Self {
            dir,
            env: BTreeMap::new(),
        };
        for (name, folder) in [
            ("ZK_DATA", "data"),
            ("ZK_BASE", "zk"),
            ("ZK_SEAL", "founded/founded"),
            ("ZK_TERMINATION_LOG", "reason"),
        ] {
            let path = pod.dir.path().join(folder);
            pod.set(name, path.to_str().unwrap());
        }
        for (name, value) in [
            ("PATH", env!("PATH")),
            ("ZK_SERVER_ID", "1"),
            ("ZK_SERVERS", "1 2 3"),
            ("ZK_ENSEMBLE", ENSEMBLE),
        ] {
            pod.set(name, value);
        }
        for (name, value) in [
            ("ZK_LINGER", "0"),
            ("ZK_KEEP", "0.1"),
            ("ZK_KEEP_PORT", "1"),
            ("ZK_LOCK_WAIT", "5"),
        ] {
            pod.set(name, value);
        }
        for number in 1..=3 {
            pod.service(number, &format!("10.96.0.{number}"));
        }
        pod.mount("zk/zoo.cfg", "tickTime=2000\n");
        pod.mount("zk/logback.xml", "<configuration/>\n");
        pod
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.env.insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.env.remove(name).unwrap();
    }

    /// The variables that the kubelet makes of a member's two Services.
    pub(crate) fn service(&mut self, number: u16, host: &str) {
        self.set(&format!("ZK_PEER_{number}_SERVICE_HOST"), host);
        self.set(&format!("ZK_PEER_{number}_SERVICE_PORT"), "2888");
        self.set(&format!("ZK_ELECTION_{number}_SERVICE_PORT"), "3888");
    }

    pub(crate) fn no_service(&mut self, number: u16) {
        self.env
            .retain(|name, _| !name.contains(&format!("_{number}_SERVICE_")));
    }

    pub(crate) fn mount(&self, path: &str, text: &str) {
        fs::write(self.dir.path().join(path), text).unwrap();
    }

    /// What zkServer.sh of the image does.
    pub(crate) fn server(&mut self, does: &str) {
        let script = self.root().join("zkServer.sh");
        fs::write(&script, format!("#!/bin/sh\n{does}\n")).unwrap();
        fs::set_permissions(&script, Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", self.root().display(), env!("PATH"));
        self.set("PATH", &path);
    }

    pub(crate) fn seal(&self) {
        self.mount("founded/founded", "yes");
    }

    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    /// A path on the disk.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("data").join(name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn claims(&self) {
        self.write("ensemble", &format!("{ENSEMBLE} 1\n"));
        self.write("myid", "1\n");
    }

    /// What a server does that takes over a list: the list without a final newline, then the pointer to it.
    pub(crate) fn activates(&self, version: &str, list: &str) {
        let name = format!("conf/zoo.cfg.dynamic.{version}");
        self.write(&name, list.trim_end());
        let pointer = self.path(&name);
        self.write(
            "conf/zoo.cfg",
            &format!("tickTime=2000\ndynamicConfigFile={}\n", pointer.display()),
        );
        self.write("version-2/currentEpoch", "1");
        self.write("version-2/log.100000001", "data");
    }

    /// The member list that the server is started with, a final newline to every line.
    pub(crate) fn list(&self) -> String {
        let list = fs::read_to_string(self.setting("dynamicConfigFile")).unwrap();
        list.trim_end().to_owned() + "\n"
    }

    /// A key of zoo.cfg as Java reads it: the last line wins.
    pub(crate) fn setting(&self, key: &str) -> String {
        let config = self.read("conf/zoo.cfg");
        let mut settings = config.lines().rev().filter_map(|line| line.split_once('='));
        let found = settings.find(|(name, _)| *name == key);
        found.map(|(_, value)| value.to_owned()).unwrap_or_default()
    }

    /// Every file of the disk with its text.
    pub(crate) fn disk(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut folders = vec![self.path("")];
        let mut files = BTreeMap::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.path("")).unwrap().to_owned();
                    let text = fs::read_to_string(&path).unwrap();
                    files.insert(
                        name,
                        text.replace(self.root().to_str().unwrap(), "").into_bytes(),
                    );
                }
            }
        }
        files
    }

    pub(crate) fn run(&self) -> End {
        self.start(ENDS).end()
    }

    pub(crate) fn refused(&self, reason: &str) {
        let end = self.run();
        assert_eq!(end.code, 78, "{end:?}");
        assert!(end.reason.contains(reason), "{end:?}");
        assert_eq!(end.reason.lines().count(), 1, "one sentence: {end:?}");
    }

    pub(crate) fn starts(&self) {
        let end = self.run();
        assert_eq!(end.code, 0, "{end:?}");
    }

    pub(crate) fn start(&self, server: &[&str]) -> Running<'_> {
        self.start_by(&[], server)
    }

    /// The script with a server, run by another command: `unshare …`, `setpriv …`.
    pub(crate) fn start_by(&self, runner: &[&str], server: &[&str]) -> Running<'_> {
        let words: Vec<&str> = [runner, &["bash", SCRIPT], server].concat();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env_clear().envs(&self.env);
        Running::start(command, self.root())
    }

    /// Whether no process holds the disk.
    pub(crate) fn is_free(&self) -> bool {
        !self.has("lock")
            || Command::new("flock")
                .arg("-n")
                .arg(self.path("lock"))
                .arg("true")
                .status()
                .unwrap()
                .success()
    }
}

/// In memory where that can be: hundreds of runs sync every file they write.
fn tempdir() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}
