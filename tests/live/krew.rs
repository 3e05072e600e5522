//! From the archive to the user's hands and out again: packed as a release is, offered by an index on loopback, installed by
//! the real krew, completed in real shells, used, upgraded and removed, and nothing is left.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use crate::bed;
use crate::completion::pressed;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::await_until;
use crate::run::command_within;
use crate::run::run;
use crate::terminal::Shell;
use crate::turns;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Compiling the release takes minutes where nothing is cached.
const BUILD: &str = "2700";

/// A place where archives and an index are served, and krew installs to.
struct Shop {
    dir: tempfile::TempDir,
    archives: u16,
    index: u16,
    servers: Vec<Child>,
}

impl Shop {
    fn open() -> Self {
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

    fn path(&self, name: &str) -> PathBuf {
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
    fn pack(&self, version: &str, out: &str) -> PathBuf {
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
    fn offer(&self, version: &str) {
        self.pack(version, &format!("served/{version}"));
        let manifest = self.path("index/plugins/zk.yaml");
        fs::copy(self.path("zk.yaml"), manifest).unwrap();
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", version]);
    }

    /// A program as who has krew runs it.
    fn user(&self, program: &str, args: &[&str]) -> Run {
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

    fn kubectl(&self, args: &[&str]) -> Run {
        self.user("kubectl", args)
    }

    fn bin(&self) -> PathBuf {
        self.path("krew/bin")
    }

    /// What is left in the folders that krew fills.
    fn left(&self) -> Vec<PathBuf> {
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

#[test]
fn packed_twice_it_is_the_same_and_krews_own_rules_are_kept() {
    let shop = Shop::open();
    // The first may compile for minutes: no other test waits for that.
    let one = shop.pack("v0.1.0", "one");
    let _turn = turns::one();
    let other = shop.pack("v0.1.0", "served/v0.1.0");
    assert!(fs::read(&one).unwrap() == fs::read(&other).unwrap());
    no_path_of_this_machine(&one);
    let manifest = shop.path("zk.yaml").display().to_string();
    shop.user("validate-krew-manifest", &["-manifest", &manifest])
        .ok();
    let text = fs::read_to_string(manifest).unwrap();
    assert!(
        !text.contains("{{") && text.contains("arch: amd64"),
        "{text}"
    );
    let listed = run(command_listing(&one), None).ok();
    for file in [
        "kubectl-zk",
        "LICENSE",
        "THIRD-PARTY-LICENSES",
        "completions/kubectl-zk.bash",
        "man/kubectl-zk.1",
    ] {
        assert!(
            listed.lines().any(|line| line == file),
            "{file} in {listed}"
        );
    }
}

/// Its bytes hold no path of this machine, so they do not depend on where it was built.
fn no_path_of_this_machine(archive: &Path) {
    let mut tar = Command::new("tar");
    tar.args(["--extract", "--to-stdout", "--file"])
        .arg(archive)
        .arg("kubectl-zk");
    let binary = tar.output().unwrap().stdout;
    assert!(1_000_000 < binary.len());
    for path in [ROOT, concat!(env!("HOME"), "/.cargo")] {
        let found = binary
            .windows(path.len())
            .any(|part| part == path.as_bytes());
        assert!(!found, "{path} is in the binary");
    }
}

fn command_listing(archive: &Path) -> Command {
    let mut tar = bed::admin("tar");
    tar.args(["--list", "--file"]).arg(archive);
    tar
}

#[test]
fn installed_used_upgraded_and_gone() {
    let shop = Shop::open();
    // It may compile for minutes: no other test waits for that.
    shop.offer("v0.1.0");
    let namespace = Namespace::new("krew");
    shop.kubectl(&["krew", "update"]).ok();
    shop.kubectl(&["krew", "install", "zk"]).ends_with(0);
    // A warning there would end it with 1.
    let plugins = shop.kubectl(&["plugin", "list"]).ok();
    assert!(plugins.contains("krew/bin/kubectl-zk"), "{plugins}");
    let version = shop.kubectl(&["zk", "version", "--client"]).ok();
    assert!(version.starts_with(concat!("Client Version: v", env!("CARGO_PKG_VERSION"))));
    shop.kubectl(&["zk", "completion", "install"]).ok();
    assert_eq!(fs::read_link(link(&shop)).unwrap(), Path::new("kubectl-zk"));
    used(&shop, &namespace);
    upgraded(&shop);
    shop.kubectl(&["zk", "completion", "uninstall"]).ok();
    shop.kubectl(&["krew", "uninstall", "zk"]).ends_with(0);
    assert_eq!(shop.left(), Vec::<PathBuf>::new());
    assert_eq!(namespace.objects(), Vec::<String>::new());
}

fn link(shop: &Shop) -> PathBuf {
    shop.bin().join("kubectl_complete-zk")
}

/// A life of an ensemble, its name completed by each shell.
fn used(shop: &Shop, namespace: &Namespace) {
    let zk = |words: &[&str]| {
        let words = [&["zk"], words, &["-n", &namespace.name]].concat();
        shop.kubectl(&words).ok()
    };
    zk(&["create", "zk-in-shells", "--replicas", "1"]);
    for shell in Shell::ALL {
        pressed(shell, &shop.bin().display().to_string(), &namespace.name);
    }
    zk(&["scale", "zk-in-shells", "--replicas", "3"]);
    let status = zk(&["status", "zk-in-shells", "--exit-code"]);
    assert!(status.contains("3 of 3 voters in sync"), "{status}");
    zk(&["delete", "zk-in-shells", "--delete-data", "--yes"]);
}

/// The link outlives the version that made it.
fn upgraded(shop: &Shop) {
    let before = fs::canonicalize(link(shop)).unwrap();
    shop.offer("v0.2.0");
    shop.kubectl(&["krew", "upgrade"]).ends_with(0);
    let after = fs::canonicalize(link(shop)).unwrap();
    assert!(
        after != before && after.ends_with("v0.2.0/kubectl-zk"),
        "{}",
        after.display()
    );
    let offered = shop.kubectl(&["__complete", "zk", "stat"]).ok();
    assert_eq!(offered, "status\tShow how ensembles are\n:4\n");
    let again = shop.kubectl(&["zk", "completion", "install"]).ok();
    assert!(again.ends_with("unchanged\n"), "{again}");
}
