//! `connection-string`: chroots that ZooKeeper would not take, and flags that do not fit together.

use crate::bad_input::refused;

/// What is wrong with a chroot.
fn chroot(text: &str, why: &str) -> String {
    format!(
        "error: invalid argument {text:?} for \"--chroot\" flag: {why}\nhint: see kubectl zk connection-string --help"
    )
}

#[tokio::test(start_paused = true)]
async fn chroots() {
    let cases = [
        ("kafka", "a path begins with /"),
        ("", "a path begins with /"),
        ("./a", "a path begins with /"),
        ("/kafka/", "a path does not end with /"),
        ("//", "a path does not end with /"),
        ("//kafka", "a path has no empty node (// @2)"),
        ("/a//b", "a path has no empty node (// @4)"),
        ("/.", "a path has no node named . (@2)"),
        ("/a/../b", "a path has no node named .. (@4)"),
        ("/a\n", "ZooKeeper does not take the character U+000A (@3)"),
        (
            "/\u{1b}[31m",
            "ZooKeeper does not take the character U+001B (@2)",
        ),
        (
            "/\u{9b}",
            "ZooKeeper does not take the character U+009B (@2)",
        ),
        ("/😀", "ZooKeeper does not take the character U+1F600 (@2)"),
    ];
    let lines = cases.map(|(text, why)| {
        (
            format!("connection-string zk --chroot '{text}'"),
            chroot(text, why),
        )
    });
    let lines: Vec<(&str, &str)> = lines
        .iter()
        .map(|(line, error)| (line.as_str(), error.as_str()))
        .collect();
    refused(&lines).await;
}

#[tokio::test(start_paused = true)]
async fn flags_that_do_not_fit_together() {
    refused(&[
        ("connection-string", ""),
        ("connection-string Zk", ""),
        ("connection-string zk zk2", ""),
        ("connection-string zk --create-chroot", ""),
        ("connection-string zk --chroot / --create-chroot", "error: --create-chroot: the node / is always there\nhint: --chroot /PATH names the node to be made"),
        ("connection-string zk --chroot", ""),
        ("connection-string zk --servers --external", ""),
        ("connection-string zk --external --cluster-domain a.b", ""),
        ("connection-string zk --cluster-domain .local", ""),
        ("connection-string zk --cluster-domain Cluster.Local", ""),
        ("connection-string zk --wait", ""),
        ("connection-string zk --external --timeout 5m", ""),
        ("connection-string zk --external --wait --timeout 5", ""),
        ("connection-string zk --probe-timeout 0s", ""),
        ("connection-string zk --for kafak", ""),
        ("connection-string zk --for kafka -o json", ""),
        ("connection-string zk --for configmap -o wide", ""),
        ("connection-string zk -o xml", ""),
        ("connection-string zk -o jsonpath", ""),
        ("connection-string zk --id 1", ""),
    ])
    .await;
}
