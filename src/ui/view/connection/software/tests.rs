//! Every form, with and without a chroot, with IPv6 and with what a form must quote.

use super::*;
use crate::ensemble::connect_string::fixture::string;
use crate::ui::view::connection::Connection;
use crate::ui::view::connection::objects;

const ALL: [Software; 7] = [
    Software::Kafka,
    Software::Solr,
    Software::Hbase,
    Software::Clickhouse,
    Software::Spring,
    Software::Curator,
    Software::Env,
];

/// Every form of a string, with its notes.
fn forms(hosts: &[&str], chroot: &str) -> String {
    let string = string(hosts, chroot);
    let show = |software: Software| match render(software, &string) {
        Ok(Rendered { text, notes }) => {
            let note = |text: String, note: &String| text + "note: " + note + "\n";
            notes.iter().fold(text, note)
        }
        Err(misfit) => format!("error: {misfit}\n"),
    };
    ALL.map(show).join("--\n")
}

#[test]
fn without_a_chroot() {
    insta::assert_snapshot!(forms(&["zk-client.prod.svc:2181"], "/"), @r#"
    zookeeper.connect=zk-client.prod.svc:2181
    note: for server.properties of Kafka 3 and older: Kafka 4 runs without ZooKeeper
    --
    ZK_HOST="zk-client.prod.svc:2181"
    note: for solr.in.sh
    --
    <property>
      <name>hbase.zookeeper.quorum</name>
      <value>zk-client.prod.svc</value>
    </property>
    <property>
      <name>hbase.zookeeper.property.clientPort</name>
      <value>2181</value>
    </property>
    note: for hbase-site.xml: the hosts have no ports there
    --
    <clickhouse>
        <zookeeper>
            <node>
                <host>zk-client.prod.svc</host>
                <port>2181</port>
            </node>
        </zookeeper>
    </clickhouse>
    note: for a file in config.d
    --
    spring.cloud.zookeeper.connect-string=zk-client.prod.svc:2181
    note: for application.properties
    --
    zk-client.prod.svc:2181
    --
    ZOOKEEPER=zk-client.prod.svc:2181
    ZOOKEEPER_HOSTS=zk-client.prod.svc:2181
    ZOOKEEPER_CHROOT=/
    ZOOKEEPER_CLIENT_PORT=2181
    "#);
}

#[test]
fn several_servers_and_a_chroot() {
    insta::assert_snapshot!(forms(&["a:2181", "b:2181"], "/x/y"), @r#"
    zookeeper.connect=a:2181,b:2181/x/y
    note: for server.properties of Kafka 3 and older: Kafka 4 runs without ZooKeeper
    --
    ZK_HOST="a:2181,b:2181/x/y"
    note: for solr.in.sh; Solr does not make the node /x/y: --create-chroot does, or solr zk mkroot /x/y
    --
    <property>
      <name>hbase.zookeeper.quorum</name>
      <value>a,b</value>
    </property>
    <property>
      <name>hbase.zookeeper.property.clientPort</name>
      <value>2181</value>
    </property>
    <property>
      <name>zookeeper.znode.parent</name>
      <value>/x/y</value>
    </property>
    note: for hbase-site.xml: the hosts have no ports there, and the chroot is HBase's parent node
    --
    <clickhouse>
        <zookeeper>
            <node>
                <host>a</host>
                <port>2181</port>
            </node>
            <node>
                <host>b</host>
                <port>2181</port>
            </node>
            <root>/x/y</root>
        </zookeeper>
    </clickhouse>
    note: for a file in config.d; ClickHouse takes the chroot as <root> and does not make the node /x/y: --create-chroot does
    --
    spring.cloud.zookeeper.connect-string=a:2181,b:2181/x/y
    note: for application.properties
    --
    a:2181,b:2181/x/y
    --
    ZOOKEEPER=a:2181,b:2181/x/y
    ZOOKEEPER_HOSTS=a:2181,b:2181
    ZOOKEEPER_CHROOT=/x/y
    ZOOKEEPER_CLIENT_PORT=2181
    "#);
}

#[test]
fn ipv6_and_what_must_be_quoted() {
    insta::assert_snapshot!(forms(&["fd00::1:31000"], r#"/a b$(id)`'"\é<&>"#), @r#"
    zookeeper.connect=[fd00::1]:31000/a b$(id)`'"\\\u00e9<&>
    note: for server.properties of Kafka 3 and older: Kafka 4 runs without ZooKeeper
    --
    ZK_HOST="[fd00::1]:31000/a b\$(id)\`'\"\\é<&>"
    note: for solr.in.sh; Solr does not make the node /a b$(id)`'"\é<&>: --create-chroot does, or solr zk mkroot /a b$(id)`'"\é<&>
    --
    error: HBase takes hosts without ports, among which an IPv6 address cannot be told: [fd00::1]:31000
    --
    <clickhouse>
        <zookeeper>
            <node>
                <host>[fd00::1]</host>
                <port>31000</port>
            </node>
            <root>/a b$(id)`'"\é&lt;&amp;&gt;</root>
        </zookeeper>
    </clickhouse>
    note: for a file in config.d; ClickHouse takes the chroot as <root> and does not make the node /a b$(id)`'"\é<&>: --create-chroot does
    --
    spring.cloud.zookeeper.connect-string=[fd00::1]:31000/a b$(id)`'"\\\u00e9<&>
    note: for application.properties
    --
    [fd00::1]:31000/a b$(id)`'"\é<&>
    --
    ZOOKEEPER='[fd00::1]:31000/a b$(id)`'\''"\é<&>'
    ZOOKEEPER_HOSTS='[fd00::1]:31000'
    ZOOKEEPER_CHROOT='/a b$(id)`'\''"\é<&>'
    ZOOKEEPER_CLIENT_PORT=31000
    "#);
}

#[test]
fn several_ports() {
    let string = string(&["a:1", "b:2"], "/");
    assert_eq!(
        render(Software::Hbase, &string).unwrap_err().to_string(),
        "HBase takes one port for all hosts, and these addresses have several: a:1,b:2"
    );
    let env = render(Software::Env, &string).unwrap();
    assert!(!env.text.contains("PORT"), "{}", env.text);
    assert_eq!(
        env.notes,
        ["the addresses have several ports: there is no ZOOKEEPER_CLIENT_PORT"]
    );
}

/// What a shell makes of the lines is what was put in.
#[cfg(unix)]
#[test]
fn a_shell_reads_what_was_written() {
    let chroot = r#"/a b$(id)`'"\é<&>!#*~%"#;
    let string = string(&["fd00::1:31000"], chroot);
    for (software, key) in [(Software::Env, "ZOOKEEPER"), (Software::Solr, "ZK_HOST")] {
        let text = render(software, &string).unwrap().text;
        let script = format!("set -a\n{text}printf %s \"${key}\"");
        let shell = std::process::Command::new("sh")
            .args(["-c", &script])
            .output()
            .unwrap();
        assert_eq!(
            String::from_utf8(shell.stdout).unwrap(),
            string.to_string(),
            "{text}"
        );
    }
}

#[test]
fn objects_for_pods() {
    let string = string(&["a:2181", "b:2181"], "/x");
    let view = Connection::new("zk", "prod", &string, false);
    let object = objects::object(objects::Kind::ConfigMap, &view, &string);
    insta::assert_snapshot!(crate::ui::output::yaml(&object).unwrap(), @r#"
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: zk-connection
      namespace: prod
      labels:
        app.kubernetes.io/name: zookeeper
        app.kubernetes.io/instance: zk
    data:
      ZOOKEEPER: a:2181,b:2181/x
      ZOOKEEPER_HOSTS: a:2181,b:2181
      ZOOKEEPER_CHROOT: /x
      ZOOKEEPER_CLIENT_PORT: "2181"
    "#);
    let object = objects::object(objects::Kind::Secret, &view, &string);
    assert_eq!(
        (
            &object["type"],
            &object["stringData"]["ZOOKEEPER_CLIENT_PORT"]
        ),
        (&"Opaque".into(), &"2181".into())
    );
}
