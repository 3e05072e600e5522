//! TAB behind `kubectl zk`: the real kubectl asks the plugin, on the real cluster; then keys are pressed in real shells, and
//! the screen is read.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use crate::bed;
use crate::namespace::Namespace;
use crate::run::run;
use crate::terminal::Shell;
use crate::terminal::Terminal;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A directory with the plugin and the link that `completion install` puts up.
pub(crate) fn installed() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let plugin = dir.path().join("kubectl-zk");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_kubectl-zk"), plugin).unwrap();
    let mut install = bed::admin(env!("CARGO_BIN_EXE_kubectl-zk"));
    install
        .args(["completion", "install", "--dir"])
        .arg(dir.path());
    let said = run(install, None).ends_with(0);
    let link = dir.path().join("kubectl_complete-zk");
    assert_eq!(said.stdout, format!("{} installed\n", link.display()));
    assert_eq!(std::fs::read_link(link).unwrap(), Path::new("kubectl-zk"));
    dir
}

/// Every kubectl on the machine: the first path to each file.
fn kubectls() -> Vec<PathBuf> {
    let paths = std::env::split_paths(bed::path()).map(|dir| dir.join("kubectl"));
    let mut all = BTreeMap::new();
    for path in paths {
        if let Ok(file) = std::fs::canonicalize(&path) {
            all.entry(file).or_insert(path);
        }
    }
    all.into_values().collect()
}

/// What kubectl's completion says behind `kubectl zk`; the last word may be empty.
fn offered(kubectl: &Path, dir: &Path, line: &str) -> String {
    let mut command = bed::admin(&kubectl.display().to_string());
    command
        .env("PATH", format!("{}:{}", dir.display(), bed::path()))
        .args(["__complete", "zk"])
        .args(line.split(' '));
    run(command, None).ok()
}

/// Situations: what is typed behind `kubectl zk`, and what is offered: words, with a meaning behind `=` where it matters.
/// `NS` stands for the namespace.
const SITUATIONS: &[(&str, &str)] = &[
    (
        "",
        "create status exec scale restart update diff replace repair delete connection-string rbac version completion options :4",
    ),
    ("s", "status scale :4"),
    ("sta", "status :4"),
    ("x", ":4"),
    ("help re", "restart replace repair :4"),
    (
        "status -n NS ",
        "big=3_of_3_pods_ready zk=1_of_1_pods_ready :4",
    ),
    ("status --namespace NS ", "big zk :4"),
    ("status --namespace=NS z", "zk :4"),
    ("-n NS status ", "big zk :4"),
    ("status -nNS -o json ", "big zk :4"),
    ("create -n NS z", "zk :4"),
    ("scale -n NS z", "zk :4"),
    ("repair --addresses -n NS z", "zk :4"),
    ("delete -n NS z", "zk :4"),
    ("exec -n NS z", "zk :4"),
    ("restart -n NS z", "zk :4"),
    ("update -n NS z", "zk :4"),
    ("diff -n NS z", "zk :4"),
    ("replace -n NS z", "zk :4"),
    ("connection-string -n NS z", "zk :4"),
    ("status -n NS zk ", ":4"),
    ("status -n nowhere ", ":4"),
    ("exec -n NS zk ru", "ruok :4"),
    ("exec -n NS zk ruok w", "wchs wchc wchp :4"),
    ("exec -n NS zk ruok --id ", "1=ready :4"),
    ("exec -n NS big srvr --id ", "1=ready 2=ready 3=ready :4"),
    ("exec -n NS zk srvr -o ", "json :4"),
    ("restart -n NS big --id ", "1=ready 2=ready 3=ready :4"),
    ("replace -n NS zk --id ", "1=ready :4"),
    ("update zk --und", "--undo :4"),
    ("update zk --service-type N", "NodePort :4"),
    ("status -o=c", "custom-columns= custom-columns-file= :6"),
    ("status --output=j", "json jsonpath= jsonpath-file= :6"),
    ("status -ow", "-owide :4"),
    ("scale zk --replicas ", "1 3=survives_1_failure 5 7 9 :4"),
    (
        "create x --storage-class ",
        "expandable local standard=the_default :4",
    ),
    (
        "create x --service-type ",
        "ClusterIP NodePort LoadBalancer :4",
    ),
    ("create x --anti-affinity=r", "required :4"),
    ("create x --dry-run=c", "client :4"),
    ("create x --dry-run --st", "--storage-class --storage :4"),
    ("create x --config-file ", ":0"),
    ("status --kubeconfig ", ":0"),
    ("status --context ", "testbed :4"),
    ("status --user a", "admin :4"),
    ("status --color ", "auto always never :4"),
    ("connection-string zk --for s", "solr spring secret :4"),
    ("rbac st", "status :4"),
    ("rbac status --for ", "user group serviceaccount :4"),
    ("rbac status --for user ", ":4"),
    ("status -n nowhere -n NS ", "big zk :4"),
    (
        "completion ",
        "install uninstall bash zsh fish powershell :4",
    ),
    ("completion install --dir ", ":16"),
    ("status --wat", "--watch :4"),
];

/// One situation's words, and those that must have this meaning.
fn holds(said: &str, expected: &str) -> bool {
    let lines: Vec<(&str, String)> = said
        .lines()
        .map(|line| {
            let (word, meaning) = line.split_once('\t').unwrap_or((line, ""));
            (word, meaning.replace(' ', "_"))
        })
        .collect();
    let wanted: Vec<(&str, Option<&str>)> = expected
        .split(' ')
        .map(|word| match word.split_once('=') {
            Some((word, meaning)) if !meaning.is_empty() => (word, Some(meaning)),
            _ => (word, None),
        })
        .collect();
    lines.len() == wanted.len()
        && lines
            .iter()
            .zip(&wanted)
            .all(|((word, meaning), (wanted, means))| {
                word == wanted && means.is_none_or(|means| means == meaning)
            })
}

#[test]
fn kubectl_offers_what_there_is() {
    let namespace = Namespace::new("completion");
    namespace.zk(&["create", "big"]).ok();
    namespace.zk(&["create", "zk", "--replicas", "1"]).ok();
    let ready = [
        "wait",
        "pods",
        "--all",
        "--for=condition=Ready",
        "--timeout=2m",
    ];
    namespace.kubectl(&ready).ok();
    let dir = installed();
    let kubectls = kubectls();
    let mut wrong = Vec::new();
    for kubectl in &kubectls {
        for (line, expected) in SITUATIONS {
            let line = line.replace("NS", &namespace.name);
            // Nothing is offered where a busy cluster takes longer than TAB may.
            let mut said = String::new();
            let right = (0..4).any(|_| {
                said = offered(kubectl, dir.path(), &line);
                holds(&said, expected)
            });
            if !right {
                wrong.push(format!("{} zk {line}\n{said}", kubectl.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!(
        "{} situations with {} kubectls",
        SITUATIONS.len(),
        kubectls.len()
    );
}

/// For who types `kubectl-zk`: the scripts that are in the archives, behind a verb too.
#[test]
fn the_static_scripts_in_real_shells() {
    let dir = installed();
    let dir = dir.path().display().to_string();
    for (shell, load) in [
        (Shell::Bash, format!(". {ROOT}/completions/kubectl-zk.bash")),
        (Shell::Zsh, format!(". {ROOT}/completions/_kubectl-zk")),
        (
            Shell::Fish,
            format!("source {ROOT}/completions/kubectl-zk.fish"),
        ),
    ] {
        let terminal = Terminal::start(shell, &dir);
        terminal.types(&load);
        terminal.presses("Enter");
        for (typed, completed) in [
            ("kubectl-zk stat", "kubectl-zk status"),
            ("--exit-c", "kubectl-zk status --exit-code"),
        ] {
            terminal.types(typed);
            terminal.completes(completed);
        }
    }
}

#[test]
fn keys_in_real_shells() {
    let namespace = Namespace::new("shells");
    namespace
        .zk(&["create", "zk-in-shells", "--replicas", "1"])
        .ok();
    let dir = installed();
    for shell in Shell::ALL {
        pressed(shell, &dir.path().display().to_string(), &namespace.name);
    }
}

/// A verb, a namespace, a name, a flag and its value are each completed; then the line is run.
pub(crate) fn pressed(shell: Shell, dir: &str, namespace: &str) {
    let terminal = Terminal::start(shell, dir);
    let (most, rest) = namespace.split_at(namespace.len() - 1);
    for (typed, completed) in [
        ("kubectl zk stat", "kubectl zk status ".to_owned()),
        (&format!("-n {most}"), format!("status -n {most}{rest} ")),
        ("zk-in", format!("-n {namespace} zk-in-shells ")),
        ("--no-h", "zk-in-shells --no-headers ".to_owned()),
        ("--output=wi", "--no-headers --output=wide".to_owned()),
    ] {
        terminal.types(typed);
        // A space at the end of a line is not to be seen, but by what is typed next.
        terminal.completes(completed.trim_end());
    }
    terminal.presses("Enter");
    terminal.await_screen("healthy · leader 1");
}
