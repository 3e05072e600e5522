//! `connection-string`: chroots that ZooKeeper would not take, and flags that do not fit together.

use crate::bad_input::refused;

/// What is wrong with a chroot.
fn chroot(text: &str, why: &str) -> String {
    format!("error: invalid argument {text:?} for \"--chroot\" flag: {why}")
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
        ("connection-string", "error: exactly one NAME is required, got 0\nhint: see kubectl zk connection-string --help"),
        ("connection-string Zk", "error: \"Zk\" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"),
        ("connection-string zk zk2", "error: unexpected argument \"zk2\"\nhint: see kubectl zk connection-string --help"),
        ("connection-string zk --create-chroot", "error: required flag --chroot not set\nhint: see kubectl zk connection-string --help"),
        ("connection-string zk --chroot / --create-chroot", "error: --create-chroot: the node / is always there\nhint: --chroot /PATH names the node to be made"),
        ("connection-string zk --chroot", "error: flag needs an argument: --chroot\nhint: see kubectl zk connection-string --help"),
        ("connection-string zk --servers --external", "error: --servers cannot be used with --external\nhint: see kubectl zk connection-string --help"),
        ("connection-string zk --external --cluster-domain a.b", "error: --external cannot be used with --cluster-domain\nhint: see kubectl zk connection-string --help"),
        ("connection-string zk --cluster-domain .local", "error: invalid argument \".local\" for \"--cluster-domain\" flag: a DNS name is expected, such as cluster.local"),
        ("connection-string zk --cluster-domain Cluster.Local", "error: invalid argument \"Cluster.Local\" for \"--cluster-domain\" flag: a DNS name is expected, such as cluster.local"),
        ("connection-string zk --wait",
            "error: --wait waits for an external address, or until what is verified answers\nhint: --external, --verify, or both",
        ),
        ("connection-string zk --external --timeout 5m", "error: required flag --wait not set\nhint: see kubectl zk connection-string --help"),
        ("connection-string zk --external --wait --timeout 5", "error: invalid argument \"5\" for \"--timeout\" flag: a duration has a unit: 90s, 5m, 1h30m"),
        ("connection-string zk --probe-timeout 0s", "error: invalid argument \"0s\" for \"--probe-timeout\" flag: a server needs more than no time to answer"),
        ("connection-string zk --for kafak", "error: invalid argument \"kafak\" for \"--for\" flag: must be one of kafka, solr, hbase, clickhouse, spring, curator, env, configmap, secret\nhint: did you mean kafka?"),
        ("connection-string zk --for kafka -o json", "error: --output cannot be used with --for, which has a form of its own\nhint: --for configmap and --for secret are shown as yaml or json"),
        ("connection-string zk --for configmap -o wide", "error: unable to match a printer suitable for the output format \"wide\", allowed formats are: json,yaml"),
        ("connection-string zk -o xml", "error: unable to match a printer suitable for the output format \"xml\", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,table,wide,yaml"),
        ("connection-string zk -o jsonpath", "error: template format specified but no template given"),
        ("connection-string zk --id 1", "error: unknown flag: --id\nhint: see kubectl zk connection-string --help"),
    ])
    .await;
}
