//! TAB is pressed at a terminal: a credential plugin may run then, and may not ask anybody.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A kubeconfig whose user has a plugin that writes down how it was called.
fn kubeconfig(dir: &Path, mode: &str) -> String {
    let info = dir.join("info").display().to_string();
    let exec = serde_json::json!({
        "apiVersion": "client.authentication.k8s.io/v1",
        "command": "sh",
        "args": ["-c", format!("echo \"$KUBERNETES_EXEC_INFO\" >{info}; cat >>{info}; echo please >&2; exit 1")],
        "interactiveMode": mode,
    });
    let named = |name: &str, value| serde_json::json!([{"name": "it", name: value}]);
    let text = serde_json::json!({
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "it",
        "clusters": named("cluster", serde_json::json!({"server": "https://127.0.0.1:1"})),
        "contexts": named("context", serde_json::json!({"cluster": "it", "user": "it"})),
        "users": named("user", serde_json::json!({"exec": exec})),
    });
    let path = dir.join("config");
    fs::write(&path, text.to_string()).unwrap();
    path.display().to_string()
}

/// What is on the screen, and how the plugin was called, if it was.
fn pressed(mode: &str) -> (String, Option<String>) {
    let dir = tempfile::tempdir().unwrap();
    let kubeconfig = kubeconfig(dir.path(), mode);
    let ask = concat!(env!("CARGO_BIN_EXE_kubectl-zk"), " __complete status ''");
    let mut terminal = Command::new("script");
    terminal
        .args(["--quiet", "--return", "--command", ask, "/dev/null"])
        .env("KUBECONFIG", kubeconfig)
        .env("HOME", dir.path())
        .env("SHELL", "/bin/sh");
    let said = terminal.output().unwrap();
    let screen = String::from_utf8(said.stdout).unwrap();
    (screen, fs::read_to_string(dir.path().join("info")).ok())
}

#[test]
fn a_plugin_that_must_ask_is_not_run() {
    let (screen, info) = pressed("Always");
    assert_eq!((screen.as_str(), info), (":4\r\n", None));
}

#[test]
fn a_plugin_that_may_ask_is_told_not_to() {
    for mode in ["IfAvailable", "Never"] {
        let (screen, info) = pressed(mode);
        assert_eq!(screen, ":4\r\n");
        assert!(info.unwrap().contains(r#""interactive":false"#), "{mode}");
    }
}
