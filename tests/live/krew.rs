//! From the archive to the user's hands and out again: packed as a release is, offered by an index on loopback, installed by
//! the real krew, completed in real shells, used, upgraded and removed, and nothing is left.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use crate::bed;
use crate::completion::pressed;
use crate::namespace::Namespace;
use crate::run::run;
use crate::shop::Shop;
use crate::terminal::Shell;
use crate::turns;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

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
