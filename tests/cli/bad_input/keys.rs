//! Settings, labels, annotations and taints.

use crate::bad_input::refused;

#[tokio::test(start_paused = true)]
async fn keys() {
    refused(&[
        ("create zk --config tickTime", r#"error: "tickTime" is not a setting: KEY=VALUE, on one line"#),
        ("create zk --config =5", r#"error: "=5" is not a setting: KEY=VALUE, on one line"#),
        ("create zk --config 'a b=c'", r#"error: "a b=c" is not a setting: KEY=VALUE, on one line"#),
        ("create zk --config ticktime=5", "error: ZooKeeper has no setting ticktime, did you mean tickTime?"),
        ("create zk --config tickTime=1 --config tickTime=2", "error: tickTime is set twice, to different values"),
        ("create zk --config clientPort=1", "error: clientPort cannot be set: the client port is always 2181; expose another with --service-type"),
        ("create zk --config zookeeper.skipACL=yes", "error: zookeeper.skipACL cannot be set: it would open every znode to everybody"),
        ("create zk --config server.4=a:1:2", "error: server.4 cannot be set: the members change by reconfiguration, see --replicas"),
        ("create zk --config DATADIR=/x", "error: DATADIR cannot be set: the data is always on the server's own disk, --storage gives its size"),
        ("create zk --config forceSync=no", "error: forceSync cannot be set: it must stay on: without it a write is acknowledged before it is on a disk, and lost with the power"),
        ("create zk --jvm-flags=-Dzookeeper.forceSync=no", "error: zookeeper.forceSync cannot be set: it must stay on: without it a write is acknowledged before it is on a disk, and lost with the power"),
        ("create zk --config ssl.keyStore.password=x", "error: ssl.keyStore.password would be readable in a ConfigMap, and there is no way yet to hand a password to the servers"),
        (r"create zk --config 'tickTime=5\nskipACL=yes'", r#"error: "tickTime=5\nskipACL=yes" is not a setting: KEY=VALUE, on one line"#),
        ("create zk --config-file /nonexistent/zoo.cfg", "error: cannot read /nonexistent/zoo.cfg: No such file or directory (os error 2)"),
        ("create zk --pod-label team", r#"error: invalid argument "team" for "--pod-label" flag: KEY=VALUE is expected"#),
        ("create zk --pod-label 'a b=c'", r#"error: invalid argument "a b=c" for "--pod-label" flag: "a b" cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"#),
        ("create zk --pod-label a/b/c=d", r#"error: invalid argument "a/b/c=d" for "--pod-label" flag: "a/b/c" cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"#),
        ("create zk --pod-label 'team=a b'", r#"error: invalid argument "team=a b" for "--pod-label" flag: "a b" cannot be a label's value: at most 63 letters, digits, '-', '_' and '.'"#),
        ("create zk --pod-label app.kubernetes.io/name=x", "error: the label app.kubernetes.io/name is the plugin's own"),
        ("create zk --pod-label server=7", "error: the label server is the plugin's own"),
        ("create zk --pod-annotation =x", r#"error: invalid argument "=x" for "--pod-annotation" flag: KEY=VALUE is expected"#),
        ("create zk --service-annotation note", r#"error: invalid argument "note" for "--service-annotation" flag: KEY=VALUE is expected"#),
        ("create zk --node-selector 'disk=fast!'", r#"error: invalid argument "disk=fast!" for "--node-selector" flag: "fast!" cannot be a label's value: at most 63 letters, digits, '-', '_' and '.'"#),
        ("create zk --topology-key 'a b'", r#"error: invalid argument "a b" for "--topology-key" flag: "a b" cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"#),
        ("create zk --topology-spread ''", r#"error: invalid argument "" for "--topology-spread" flag: "" cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"#),
        ("create zk --toleration :NoSchedule", r#"error: invalid argument ":NoSchedule" for "--toleration" flag: a taint has a key"#),
        ("create zk --toleration a:Never", r#"error: invalid argument "a:Never" for "--toleration" flag: an effect is NoSchedule, PreferNoSchedule or NoExecute"#),
        ("create zk --config syncLimit-", "error: syncLimit- removes syncLimit, and there is nothing to remove from yet"),
        ("create zk --pod-label team-", "error: team- removes team, and there is nothing to remove from yet"),
        ("update zk --pod-label team", r#"error: invalid argument "team" for "--pod-label" flag: KEY=VALUE is expected"#),
        ("update zk --pod-label -", "error: invalid argument \"-\" for \"--pod-label\" flag: KEY=VALUE is expected"),
        ("update zk --pod-annotation 'a b-'", "error: invalid argument \"a b-\" for \"--pod-annotation\" flag: \"a b\" cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"),
        ("update zk --service-annotation a/b/c-", "error: invalid argument \"a/b/c-\" for \"--service-annotation\" flag: \"a/b/c\" cannot be a key: [DOMAIN/]NAME, a name of at most 63 letters, digits, '-', '_' and '.'"),
        ("diff zk --node-selector 'disk=fast!'", r#"error: invalid argument "disk=fast!" for "--node-selector" flag: "fast!" cannot be a label's value: at most 63 letters, digits, '-', '_' and '.'"#),
        ("diff zk --toleration :NoSchedule", r#"error: invalid argument ":NoSchedule" for "--toleration" flag: a taint has a key"#),
        ("status --as-user-extra reason", r#"error: invalid argument "reason" for "--as-user-extra" flag: KEY=VALUE is expected"#),
    ])
    .await;
}
