//! Where the cluster is, and its network and nodes. Nobody's own kubeconfig is ever read.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use crate::run::Run;
use crate::run::command;
use crate::run::command_within;
use crate::run::run;

const TESTBED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testbed/testbed");

static BED: LazyLock<Bed> = LazyLock::new(Bed::find);
static IMAGE: LazyLock<()> = LazyLock::new(make_image);
static CLIENTS: LazyLock<(PathBuf, String)> = LazyLock::new(load_clients);
static WRITER: LazyLock<PathBuf> = LazyLock::new(build_writer);

struct Bed {
    kubeconfig: String,
    path: String,
}

impl Bed {
    /// Reads `export NAME=value` lines.
    fn find() -> Self {
        let said = testbed(&["env"]);
        let value = |name: &str| {
            let prefix = format!("export {name}=");
            let line = said
                .stdout
                .lines()
                .find_map(|line| line.strip_prefix(&prefix));
            line.map(|value| value.replace(":$PATH", ""))
        };
        let found = value("KUBECONFIG").zip(value("PATH"));
        let up = found.filter(|(kubeconfig, _)| Path::new(kubeconfig).exists());
        let (kubeconfig, path) = up
            .unwrap_or_else(|| panic!("no cluster is up: run testbed/testbed up\n{}", said.stderr));
        Self {
            path: format!("{path}:{}", env!("PATH")),
            kubeconfig,
        }
    }
}

/// A command that knows the cluster as its administrator does.
pub(crate) fn admin(program: &str) -> Command {
    user(program, &BED.kubeconfig)
}

/// A command that knows the cluster by this kubeconfig.
pub(crate) fn user(program: &str, kubeconfig: &str) -> Command {
    let mut command = command(program);
    command
        .env("PATH", &BED.path)
        .env("HOME", "/nonexistent")
        .env("KUBECONFIG", kubeconfig);
    command
}

/// A shell of the administrator's, where `kubectl zk` is the built plugin.
pub(crate) fn shell(line: &str) -> Command {
    let plugin = Path::new(env!("CARGO_BIN_EXE_kubectl-zk")).parent();
    let mut shell = admin("bash");
    shell.args(["-c", line]).env(
        "PATH",
        format!("{}:{}", plugin.unwrap().display(), BED.path),
    );
    shell
}

/// Where its programs are, and those of this machine.
pub(crate) fn path() -> &'static str {
    &BED.path
}

/// The administrator's kubeconfig.
pub(crate) fn kubeconfig() -> &'static str {
    &BED.kubeconfig
}

/// The test client, in the cluster's network; it may write throughout a long test.
pub(crate) fn writer() -> Command {
    on_bed(command_within("900", TESTBED), "in", &WRITER)
}

/// A program of this machine `in` the cluster's network, or `outside` of it, beside the nodes.
pub(crate) fn on_host(network: &str, program: &Path) -> Command {
    on_bed(command(TESTBED), network, program)
}

fn on_bed(mut testbed: Command, network: &str, program: &Path) -> Command {
    environment(&mut testbed).arg(network).arg(program);
    testbed
}

/// The folder of the real clients, and the image that has it as `/clients` and is on every node.
pub(crate) fn clients() -> &'static (PathBuf, String) {
    &CLIENTS
}

fn load_clients() -> (PathBuf, String) {
    let said = testbed(&["clients"]).ok();
    let (folder, image) = said.trim_end().split_once(' ').unwrap();
    (PathBuf::from(folder), image.to_owned())
}

/// A command of the administrator's in the cluster's network: addresses of Services, load balancers and nodes answer there.
pub(crate) fn inside(program: &str) -> Command {
    let mut inside = command(TESTBED);
    environment(&mut inside)
        .env("KUBECONFIG", kubeconfig())
        .args(["in", program]);
    inside
}

/// Something that is out of order, until this is dropped.
pub(crate) struct Fault {
    mend: Vec<String>,
}

/// `freeze`, `partition` or `crash` of a node; mended by `thaw`, `heal` or `boot`.
pub(crate) fn fault(node: &str, fault: &str, mend: &str) -> Fault {
    broken(&["node", fault, node], &["node", mend, node])
}

/// A node's `kubelet` or `containerd`, frozen.
pub(crate) fn frozen(node: &str, daemon: &str) -> Fault {
    broken(&["node", "freeze", node, daemon], &["node", "thaw", node])
}

/// One of the control plane's daemons, frozen.
pub(crate) fn control_frozen(daemon: &str) -> Fault {
    broken(&["daemon", "freeze", daemon], &["daemon", "thaw", daemon])
}

/// One of the control plane's daemons is killed, and started again after a second.
pub(crate) fn control_killed(daemon: &str) {
    testbed(&["daemon", "kill", daemon]).ok();
}

fn broken(fault: &[&str], mend: &[&str]) -> Fault {
    testbed(fault).ok();
    Fault {
        mend: mend.iter().map(|&word| word.to_owned()).collect(),
    }
}

impl Drop for Fault {
    fn drop(&mut self) {
        let mend: Vec<&str> = self.mend.iter().map(String::as_str).collect();
        testbed(&mend);
    }
}

/// Runs a command on a node, `n1`, beside all that Kubernetes runs there.
pub(crate) fn on_node(node: &str, args: &[&str]) -> Run {
    testbed(&[&["node", "exec", node], args].concat())
}

/// Makes the image with the start script as its entry point, once, and puts it on every node.
pub(crate) fn load_image() {
    LazyLock::force(&IMAGE);
}

fn make_image() {
    let archive = testbed(&["image", "archive"]).ok();
    let made = tempfile::NamedTempFile::new().unwrap();
    let path = made.path().to_str().unwrap();
    let mut build = command(concat!(env!("CARGO_MANIFEST_DIR"), "/image/build"));
    build.env("PATH", env!("PATH")).args([archive.trim(), path]);
    run(build, None).ok();
    testbed(&["image", "load", path]).ok();
}

fn testbed(args: &[&str]) -> Run {
    let mut testbed = command(TESTBED);
    environment(&mut testbed).args(args);
    run(testbed, None)
}

/// The bed's own commands find its state, and their cache, by these.
fn environment(command: &mut Command) -> &mut Command {
    let kept = [
        "HOME",
        "ZK_TESTBED_STATE",
        "ZK_TESTBED_CACHE",
        "ZK_TESTBED_PORT",
    ];
    for name in kept {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command.env("PATH", env!("PATH"))
}

/// Cargo builds examples beside tests only when all are built: so it is asked. What it told this test of the package would
/// have it build ring anew, each time.
fn build_writer() -> PathBuf {
    let target = std::env::current_exe().unwrap();
    let profile = target.parent().and_then(Path::parent).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--example", "writer"]);
    let told = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars().filter(|(name, _)| told(name)) {
        cargo.env_remove(name);
    }
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().unwrap().success(), "the writer is not built");
    profile.join("examples/writer")
}
