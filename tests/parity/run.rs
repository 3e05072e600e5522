//! Runs a case with kubectl and with us, and tells what came of it: the lines that the servers wrote down, the plugin's, and
//! the error.

use std::cell::RefCell;
use std::fs;
use std::fs::File;
use std::io::Seek as _;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::case::Case;
use crate::certificates::certificates;
use crate::loopback::Loopback;
use crate::recorder::Book;
use crate::said::error;
use crate::said::plugin_line;

/// Both must do what the case says, before the verb and after it; all that does not is told at once.
#[track_caller]
pub(crate) fn hold(cases: &[Case]) {
    let wrong: Vec<String> = cases.iter().flat_map(differences).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

fn differences(case: &Case) -> Vec<String> {
    let place = Place::new(case);
    let flags: Vec<String> = case
        .flags
        .split(' ')
        .filter(|it| !it.is_empty())
        .map(|it| place.fill(it))
        .collect();
    let ours = case.ours.unwrap_or(case.kubectl);
    let us = Path::new(env!("CARGO_BIN_EXE_kubectl-zk"));
    let words = |words: &[&str]| words.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
    let (get, status) = (words(&["get", "pods"]), words(&["status"]));
    let mut outcomes = vec![
        (
            "kubectl",
            case.kubectl,
            place.outcome(kubectl(), &[&get, &flags]),
        ),
        ("we", ours, place.outcome(us, &[&status, &flags])),
    ];
    if !case.flags.is_empty() {
        outcomes.push((
            "we, flags first",
            ours,
            place.outcome(us, &[&flags, &status]),
        ));
    }
    let mut wrong = Vec::new();
    if let Some(hint) = case.hint
        && !place
            .said
            .borrow()
            .lines()
            .any(|line| line.starts_with("hint: ") && line.contains(hint))
    {
        wrong.push(format!(
            "{}: no hint says {hint}: {}",
            case.name,
            place.said.borrow()
        ));
    }
    let unlike = outcomes
        .into_iter()
        .filter(|(_, expected, outcome)| expected != outcome)
        .map(|(who, expected, outcome)| {
            format!(
                "{}: {who}\n  expected: {expected}\n  outcome:  {outcome}",
                case.name
            )
        });
    wrong.extend(unlike);
    wrong
}

/// The real one: the test bed's, if it has been built, else that of `PATH`.
fn kubectl() -> &'static Path {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(|| {
        let script = r#"eval "$(testbed/testbed env)"; command -v kubectl"#;
        let output = Command::new("bash")
            .args(["-c", script])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let path = String::from_utf8(output.stdout).unwrap();
        assert!(!path.is_empty(), "there is no kubectl: testbed/testbed up");
        PathBuf::from(path.trim())
    })
}

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().unwrap())
}

/// A case's directory, servers and proxies.
struct Place<'a> {
    case: &'a Case,
    dir: TempDir,
    book: Arc<Book>,
    loopback: Loopback,
    /// What the last command said on stderr.
    said: RefCell<String>,
}

impl<'a> Place<'a> {
    fn new(case: &'a Case) -> Self {
        let book = Arc::new(Book::saying(case.answers.clone()));
        let loopback = runtime().block_on(Loopback::start(&book));
        let place = Self {
            case,
            dir: tempfile::tempdir().unwrap(),
            book,
            loopback,
            said: RefCell::default(),
        };
        for (path, text) in &case.files {
            place.write(path, &place.fill(text));
        }
        place
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        if text.starts_with("#!") {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    /// What the placeholders stand for.
    fn places(&self) -> Vec<(String, String)> {
        let pki = certificates().path();
        let ports = self.loopback.ports.iter();
        let mut places: Vec<_> = ports
            .clone()
            .map(|(name, port)| (format!("{{{name}}}"), format!("127.0.0.1:{port}")))
            .collect();
        places.extend(
            ports
                .clone()
                .map(|(name, port)| (format!(":{{{name}}}"), format!(":{port}"))),
        );
        places.extend(ports.map(|(name, port)| (format!("{{{name}-port}}"), port.to_string())));
        let base64 = |name: &str| BASE64_STANDARD.encode(fs::read(pki.join(name)).unwrap());
        places.push(("{ca64}".to_owned(), base64("ca.crt")));
        places.push(("{alice64}".to_owned(), base64("alice.crt")));
        places.push(("{alice-key64}".to_owned(), base64("alice.key")));
        places.push(("{pki}".to_owned(), pki.display().to_string()));
        places.push(("{dir}".to_owned(), self.dir.path().display().to_string()));
        places
    }

    /// Puts in what placeholders stand for; `:{https}` is the port alone.
    fn fill(&self, text: &str) -> String {
        let mut places = self.places();
        places.sort_by_key(|(name, _)| !name.starts_with(':'));
        places.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        })
    }

    /// The reverse.
    fn unfill(&self, text: &str) -> String {
        self.places()
            .iter()
            .fold(text.to_owned(), |text, (name, value)| {
                text.replace(value, name)
            })
    }

    fn outcome(&self, program: &Path, words: &[&[String]]) -> String {
        let mut command = self.command(program);
        command
            .args(words.concat())
            .env_clear()
            .current_dir(self.dir.path());
        command
            .env("HOME", self.dir.path())
            .env("PATH", "/usr/bin:/bin");
        command.envs(
            self.case
                .env
                .iter()
                .map(|(name, value)| (name, self.fill(value))),
        );
        let mut input = self.input();
        command.stdin(
            input
                .as_ref()
                .map_or(Stdio::null(), |it| it.try_clone().unwrap().into()),
        );
        let output = command.output().unwrap();
        let mut lines = self.book.take();
        lines.extend(self.plugin());
        if input
            .as_mut()
            .is_some_and(|it| it.stream_position().unwrap() != 0)
        {
            lines.push("has read the input".to_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        lines.extend(
            said.lines()
                .filter(|line| line.starts_with("Warning: "))
                .map(str::to_owned),
        );
        if !output.status.success() {
            lines.push(error(&said));
        }
        self.said.replace(said);
        self.unfill(&lines.join("; "))
    }

    /// The program, or a shell that mounts first and becomes the program then.
    fn command(&self, program: &Path) -> Command {
        let Some(mounts) = self.case.mounts else {
            return Command::new(program);
        };
        let mut command = Command::new("/usr/bin/unshare");
        let script = format!("{} && exec \"$@\"", self.fill(mounts));
        command
            .args(["--map-root-user", "--mount", "sh", "-ec", &script, "sh"])
            .arg(program);
        command
    }

    fn input(&self) -> Option<File> {
        self.case.input.then(|| {
            self.write("input", "a line\n");
            File::open(self.dir.path().join("input")).unwrap()
        })
    }

    /// What the credential plugin wrote down since the last call.
    fn plugin(&self) -> Vec<String> {
        let path = self.dir.path().join("plugin.log");
        let read = fs::read_to_string(&path).unwrap_or_default();
        let mut lines: Vec<String> = read
            .lines()
            .filter(|line| !line.is_empty())
            .map(plugin_line)
            .collect();
        let runs = lines.len();
        lines.dedup();
        if 1 < runs {
            lines.push("several runs".to_owned());
        }
        let _ = fs::remove_file(path);
        lines
    }
}
