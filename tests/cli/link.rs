//! `completion install` and `uninstall`: the link, and what is never touched.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// A directory of `PATH` with the plugin in it, as a link of its name.
struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let new = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        symlink(env!("CARGO_BIN_EXE_kubectl-zk"), new.path("kubectl-zk")).unwrap();
        new
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn link(&self) -> PathBuf {
        self.path("kubectl_complete-zk")
    }

    /// Runs it with these directories in `PATH`; what it says, without the directory's name.
    fn zk(&self, path: &[&Path], args: &[&str]) -> String {
        let output = Command::new(self.path("kubectl-zk"))
            .env_clear()
            .env("PATH", std::env::join_paths(path).unwrap())
            .arg("completion")
            .args(args)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = text(&output.stdout) + &text(&output.stderr);
        let hint = |line: &&str| !line.starts_with("hint: ");
        let said: Vec<&str> = said.lines().filter(hint).collect();
        let here = self.dir.path().display().to_string();
        let code = output.status.code().unwrap();
        format!("{code} {}", said.join("\n").replace(&here, "HERE"))
    }
}

#[test]
fn put_up_and_taken_away() {
    let place = Place::new();
    let here = place.dir.path();
    assert_eq!(
        place.zk(&[here], &["install"]),
        "0 HERE/kubectl_complete-zk installed"
    );
    assert_eq!(
        fs::read_link(place.link()).unwrap(),
        Path::new("kubectl-zk")
    );
    assert_eq!(
        place.zk(&[here], &["install"]),
        "0 HERE/kubectl_complete-zk unchanged"
    );
    fs::remove_file(place.link()).unwrap();
    symlink("/gone/kubectl-zk", place.link()).unwrap();
    assert_eq!(
        place.zk(&[here], &["install"]),
        "0 HERE/kubectl_complete-zk replaced"
    );
    assert_eq!(
        place.zk(&[here], &["uninstall"]),
        "0 HERE/kubectl_complete-zk removed"
    );
    assert_eq!(
        place.zk(&[here], &["uninstall"]),
        "0 HERE/kubectl_complete-zk is not there"
    );
}

#[test]
fn what_is_not_ours_stays() {
    let place = Place::new();
    let here = place.dir.path();
    for verb in ["install", "uninstall"] {
        fs::write(place.link(), "somebody's").unwrap();
        let said = place.zk(&[here], &[verb]);
        assert_eq!(
            said,
            "1 error: HERE/kubectl_complete-zk is not the plugin's: it is a file"
        );
        assert_eq!(fs::read_to_string(place.link()).unwrap(), "somebody's");
        fs::remove_file(place.link()).unwrap();
        symlink("/bin/sh", place.link()).unwrap();
        let said = place.zk(&[here], &[verb]);
        assert!(
            said.starts_with("1 ") && said.ends_with("it is a link to /bin/sh"),
            "{said}"
        );
        assert_eq!(fs::read_link(place.link()).unwrap(), Path::new("/bin/sh"));
        fs::remove_file(place.link()).unwrap();
    }
}

/// A link under another name of the plugin is its own all the same.
#[test]
fn known_again_by_where_it_leads() {
    let place = Place::new();
    let here = place.dir.path();
    symlink(
        env!("CARGO_BIN_EXE_kubectl-zk"),
        place.path("kubectl-zk-v1"),
    )
    .unwrap();
    symlink("kubectl-zk-v1", place.link()).unwrap();
    assert_eq!(
        place.zk(&[here], &["uninstall"]),
        "0 HERE/kubectl_complete-zk removed"
    );
}

#[test]
fn where_kubectl_does_not_look() {
    let (place, other) = (Place::new(), Place::new());
    let (here, there) = (place.dir.path(), other.dir.path());
    let dir = here.display().to_string();
    let install = ["install", "--dir", &dir];
    let said = place.zk(&[Path::new("/not/there")], &install);
    assert!(
        said.contains("Warning: kubectl does not find it: HERE is not in $PATH"),
        "{said}"
    );
    fs::write(other.link(), "").unwrap();
    let said = place.zk(&[there, here], &install);
    assert!(
        said.contains("Warning: kubectl finds another one first"),
        "{said}"
    );
    let said = place.zk(&[here], &["install", "--dir", "/not/there"]);
    assert_eq!(said, "1 error: /not/there is not a directory");
}
