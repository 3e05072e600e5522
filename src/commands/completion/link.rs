//! The link itself: how it is made and known again on this system. Unix has symbolic links; on Windows, where they need a
//! right, it is a copy of the program. Must not know where it belongs.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

#[cfg(not(unix))]
use crate::commands::completion::LINK;

/// What stands where the link belongs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing.
    Nothing,
    /// The plugin's own, to this target; on Windows a copy, whose target is itself.
    Ours(PathBuf),
    /// Something else: what, in a few words.
    Others(String),
}

/// Where a program of this name is in a directory.
pub(crate) fn at(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Whether anything stands there, a dangling link too.
pub(crate) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether two paths lead to the same file or directory.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Removes it.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// Makes it.
#[cfg(unix)]
pub(crate) fn make(target: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, at)
}

/// What is there. A link to the program that runs is the plugin's own, and one to any `kubectl-zk`: of another version, or
/// dangling after it went.
#[cfg(unix)]
pub(crate) fn look(at: &Path, program: &Path) -> Found {
    let named = |target: &Path| target.file_name().is_some_and(|name| name == "kubectl-zk");
    match (fs::symlink_metadata(at), fs::read_link(at)) {
        (Err(_), _) => Found::Nothing,
        (Ok(_), Ok(target)) if named(&target) || is_same(at, program) => Found::Ours(target),
        (Ok(_), Ok(target)) => Found::Others(format!("a link to {}", target.display())),
        (Ok(there), Err(_)) if there.is_dir() => Found::Others("a directory".to_owned()),
        (Ok(_), Err(_)) => Found::Others("a file".to_owned()),
    }
}

/// Makes it.
#[cfg(not(unix))]
pub(crate) fn make(target: &Path, at: &Path) -> io::Result<()> {
    // A name alone is one beside it.
    let beside = at.with_file_name(target.file_name().unwrap_or_default());
    let from = if target.is_absolute() {
        target
    } else {
        &beside
    };
    fs::copy(from, at).map(|_| ())
}

/// What is there. A program that answers to this name, which every version of the plugin has in its text, is its own.
#[cfg(not(unix))]
pub(crate) fn look(at: &Path, _: &Path) -> Found {
    let mark = LINK.as_bytes();
    match fs::read(at) {
        Ok(bytes) if bytes.windows(mark.len()).any(|part| part == mark) => {
            Found::Ours(at.to_owned())
        }
        Ok(_) => Found::Others("another program".to_owned()),
        Err(_) if !is_there(at) => Found::Nothing,
        Err(error) => Found::Others(error.to_string()),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ours_and_what_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let at = at(dir.path(), "kubectl_complete-zk");
        let program = dir.path().join("zk-of-another-name");
        fs::write(&program, "").unwrap();
        let look = |at: &Path| look(at, &program);
        assert_eq!(look(&at), Found::Nothing);
        for target in ["kubectl-zk", "/gone/kubectl-zk"] {
            make(Path::new(target), &at).unwrap();
            assert_eq!(look(&at), Found::Ours(PathBuf::from(target)));
            remove(&at).unwrap();
        }
        make(&program, &at).unwrap();
        assert_eq!(look(&at), Found::Ours(program.clone()));
        remove(&at).unwrap();
        make(Path::new("/bin/sh"), &at).unwrap();
        assert_eq!(look(&at), Found::Others("a link to /bin/sh".to_owned()));
        remove(&at).unwrap();
        fs::write(&at, "#!/bin/sh").unwrap();
        assert_eq!(look(&at), Found::Others("a file".to_owned()));
    }
}
