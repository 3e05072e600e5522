//! Where archives and an index are served on loopback, and krew installs to. Knows no test.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use crate::bed;
use crate::run::Run;
use crate::run::await_until;
use crate::run::command_within;
use crate::run::run;

/// Compiling the release takes minutes where nothing is cached.
const BUILD: &str = "2700";

/// A place where archives and an index are served, and krew installs to.
pub(crate) struct Shop {
    dir: tempfile::TempDir,
    archives: u16,
    index: u16,
    servers: Vec<Child>,
}

impl Shop {
    pub(crate) fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut shop = Self {
            dir,
            archives: free_port(),
            index: free_port(),
            servers: Vec::new(),
        };
        fs::create_dir_all(shop.path("served")).unwrap();
        fs::create_dir_all(shop.path("index/plugins")).unwrap();
        fs::create_dir_all(shop.path("krew")).unwrap();
        shop.git(&["init", "--quiet", "--initial-branch=main"]);
        let (archives, index) = (shop.archives.to_string(), shop.index.to_string());
        let served = shop.path("served").display().to_string();
        let http = [
            "-m",
            "http.server",
            "--bind",
            "127.0.0.1",
            "--directory",
            &served,
            &archives,
        ];
        shop.serve(Path::new("python3"), &http, shop.archives);
        let base = format!("--base-path={}", shop.dir.path().display());
        let port = format!("--port={index}");
        let git = [
            "--listen=127.0.0.1",
            &port,
            &base,
            "--export-all",
            "--reuseaddr",
        ];
        // Not by `git daemon`: what that starts would outlive it.
        let exec_path = Command::new("git").arg("--exec-path").output().unwrap();
        let exec_path = String::from_utf8(exec_path.stdout).unwrap();
        let daemon = Path::new(exec_path.trim()).join("git-daemon");
        shop.serve(&daemon, &git, shop.index);
        shop
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Starts a server, and waits until its port answers.
    fn serve(&mut self, program: &Path, args: &[&str], port: u16) {
        let mut command = Command::new(program);
        command
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut server = command.spawn().unwrap();
        await_until("it serves", || {
            assert!(
                server.try_wait().unwrap().is_none(),
                "{} ended",
                program.display()
            );
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        self.servers.push(server);
    }

    fn git(&self, args: &[&str]) {
        let index = self.path("index").display().to_string();
        let who = [
            "-c",
            "user.name=tests",
            "-c",
            "user.email=tests@localhost",
            "-C",
            &index,
        ];
        let mut git = bed::admin("git");
        git.args(who).args(args);
        run(git, None).ok();
    }

    /// Packs the plugin under a version, to be downloaded from here; gives where the archive is. Beside ensembles it steps back.
    pub(crate) fn pack(&self, version: &str, out: &str) -> PathBuf {
        let mut pack = command_within(BUILD, "nice");
        pack.args([
            "-n",
            "10",
            concat!(env!("CARGO_MANIFEST_DIR"), "/hack/krew"),
        ]);
        for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME"] {
            if let Some(value) = std::env::var_os(name) {
                pack.env(name, value);
            }
        }
        let uri = format!("http://127.0.0.1:{}/{version}", self.archives);
        pack.args(["--version", version, "--uri", &uri, "--out"])
            .arg(self.path(out))
            .arg("--manifest")
            .arg(self.path("zk.yaml"));
        let said = run(pack, None).ok();
        assert!(said.contains("zk.yaml"), "{said}");
        self.path(out).join("kubectl-zk_linux_amd64.tar.gz")
    }

    /// Puts a version up: the archive to be downloaded, and the manifest into the index.
    pub(crate) fn offer(&self, version: &str) {
        self.pack(version, &format!("served/{version}"));
        let manifest = self.path("index/plugins/zk.yaml");
        fs::copy(self.path("zk.yaml"), manifest).unwrap();
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", version]);
    }

    /// A program as who has krew runs it.
    pub(crate) fn user(&self, program: &str, args: &[&str]) -> Run {
        let mut command = bed::admin(program);
        let path = format!("{}:{}", self.bin().display(), bed::path());
        let index = format!("git://127.0.0.1:{}/index", self.index);
        command
            .env("KREW_ROOT", self.path("krew"))
            .env("KREW_DEFAULT_INDEX_URI", index)
            .env("KREW_NO_UPGRADE_CHECK", "1")
            .env("PATH", path)
            .args(args);
        run(command, None)
    }

    pub(crate) fn kubectl(&self, args: &[&str]) -> Run {
        self.user("kubectl", args)
    }

    pub(crate) fn bin(&self) -> PathBuf {
        self.path("krew/bin")
    }

    /// What is left in the folders that krew fills.
    pub(crate) fn left(&self) -> Vec<PathBuf> {
        let folders = ["krew/bin", "krew/store", "krew/receipts"];
        let entries = folders.map(|folder| fs::read_dir(self.path(folder)));
        let entries = entries.into_iter().flatten().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        for server in &mut self.servers {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
