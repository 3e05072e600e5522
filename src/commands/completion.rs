//! `completion`: the link by which kubectl asks the plugin for candidates, put up and taken away, and the shells' own
//! scripts. Knows where kubectl looks; how a link is made on this system is for `link`, and what a script says for `cli`.

mod link;

use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use clap::Subcommand;

use crate::commands::completion::link::Found;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::ui::Ui;

/// What the link is called by which kubectl asks us (kubectl's `plugin_completion.go`).
pub const LINK: &str = "kubectl_complete-zk";

/// Make TAB work behind `kubectl zk`, or print a script for a shell
///
/// kubectl asks a program named kubectl_complete-zk for what TAB offers: `install` puts it where kubectl finds the plugin.
/// The shell itself must know kubectl's own completion: see `kubectl completion --help`.
#[derive(Args, Debug)]
pub struct CompletionArgs {
    #[command(subcommand)]
    pub(crate) what: What,
}

/// What is to be done.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum What {
    /// Put the link up by which kubectl finds what TAB offers
    Install(Place),
    /// Take the link away
    Uninstall(Place),
    /// Print a script for bash, for who types kubectl-zk instead of kubectl zk
    Bash,
    /// Print a script for zsh, for who types kubectl-zk instead of kubectl zk
    Zsh,
    /// Print a script for fish, for who types kubectl-zk instead of kubectl zk
    Fish,
    /// Print a script for PowerShell, for who types kubectl-zk instead of kubectl zk
    Powershell,
}

/// Where the link is.
#[derive(Args, Clone, Debug)]
pub(crate) struct Place {
    /// The directory; that of krew, or the plugin's own, if not given
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// Puts the link up.
///
/// # Errors
/// Something that is not ours has its name, or the directory cannot be written.
pub(crate) fn install(ui: &Ui, place: Place) -> Result<Exit, Error> {
    let program = program()?;
    let dir = directory(place, &program)?;
    let at = link::at(&dir, LINK);
    let beside = link::at(&dir, "kubectl-zk");
    // A name beside it outlives the next version of a package; a path may not.
    let target = match link::is_same(&beside, &program) {
        true => PathBuf::from(beside.file_name().unwrap_or_default()),
        false => program.clone(),
    };
    let did = match link::look(&at, &program) {
        Found::Ours(old) if old == target => "unchanged",
        Found::Ours(_) => {
            link::remove(&at).map_err(|error| failed("replace", &at, error))?;
            link::make(&target, &at).map_err(|error| failed("replace", &at, error))?;
            "replaced"
        }
        Found::Nothing => {
            link::make(&target, &at).map_err(|error| failed("make", &at, error))?;
            "installed"
        }
        Found::Others(what) => return Err(not_ours(&at, &what)),
    };
    ui.data(&format!("{} {did}\n", at.display()))?;
    say_whether_it_is_found(ui, &dir, &at);
    ui.hint("TAB then works where kubectl's own does: `kubectl completion --help` tells how the shell learns it");
    Ok(Exit::Success)
}

/// Takes the link away.
///
/// # Errors
/// What has its name is not ours, or cannot be removed.
pub(crate) fn uninstall(ui: &Ui, place: Place) -> Result<Exit, Error> {
    let program = program()?;
    let dir = directory(place, &program)?;
    let at = link::at(&dir, LINK);
    let did = match link::look(&at, &program) {
        Found::Nothing => "is not there",
        Found::Others(what) => return Err(not_ours(&at, &what)),
        Found::Ours(_) => {
            link::remove(&at).map_err(|error| failed("remove", &at, error))?;
            "removed"
        }
    };
    ui.data(&format!("{} {did}\n", at.display()))?;
    Ok(Exit::Success)
}

/// The file that runs, links followed.
fn program() -> Result<PathBuf, Error> {
    let program = std::env::current_exe().and_then(std::fs::canonicalize);
    program.map_err(|error| {
        Error::new(Kind::Internal, "cannot find the plugin's own file").caused_by(error)
    })
}

/// Where the link belongs: krew's `bin` for a plugin of krew's store, else where kubectl finds the plugin, else beside the
/// program.
fn directory(place: Place, program: &Path) -> Result<PathBuf, Error> {
    let beside = program.parent().unwrap_or(Path::new("."));
    let krews = || krew(program).map(|root| root.join("bin"));
    let dir = place.dir.or_else(krews).or_else(|| found(program));
    let dir = dir.unwrap_or(beside.to_owned());
    match dir.is_dir() {
        true => Ok(dir),
        false => Err(Error::new(
            Kind::NotFound,
            format!("{} is not a directory", dir.display()),
        )
        .hint("name one that kubectl looks through: --dir DIR, one of $PATH")),
    }
}

/// The first directory of `PATH` whose `kubectl-zk` is this program.
fn found(program: &Path) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut dirs = std::env::split_paths(&path);
    dirs.find(|dir| link::is_same(&link::at(dir, "kubectl-zk"), program))
}

/// krew's root, if this is a plugin that it installed: `ROOT/store/zk/VERSION/kubectl-zk` (krew's `Paths`).
fn krew(program: &Path) -> Option<PathBuf> {
    let root = program.ancestors().nth(4)?;
    let store = root.join("store").join("zk");
    (program.starts_with(store) && root.join("bin").is_dir()).then(|| root.to_owned())
}

fn say_whether_it_is_found(ui: &Ui, dir: &Path, at: &Path) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = at.file_name().unwrap_or(OsStr::new(LINK));
    let first = std::env::split_paths(&path).find(|dir| link::is_there(&dir.join(name)));
    let dir = dir.display();
    match first {
        None => ui.warning(&format!("kubectl does not find it: {dir} is not in $PATH")),
        Some(first) if !link::is_same(&first, at.parent().unwrap_or(&first)) => {
            let other = first.join(name);
            ui.warning(&format!(
                "kubectl finds another one first: {}",
                other.display()
            ));
        }
        Some(_) => {}
    }
}

fn not_ours(at: &Path, what: &str) -> Error {
    Error::new(
        Kind::Refused,
        format!("{} is not the plugin's: it is {what}", at.display()),
    )
    .hint("remove it yourself if nothing needs it, or name another directory: --dir DIR")
}

fn failed(to: &str, at: &Path, error: std::io::Error) -> Error {
    let message = format!("cannot {to} {}", at.display());
    Error::new(Kind::Internal, message)
        .caused_by(error)
        .hint("name a directory of $PATH that you may write to: --dir DIR")
}
