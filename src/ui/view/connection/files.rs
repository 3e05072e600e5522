//! Connection strings in properties files and in XML. Knows how each quotes.

use std::fmt::Write as _;

use crate::ensemble::Address;
use crate::ensemble::ConnectString;

/// `KEY=STRING`, as Java's `Properties` reads it from a file in any ASCII-like encoding.
pub(crate) fn property(key: &str, string: &ConnectString) -> String {
    format!("{key}={}\n", properties_value(&string.to_string()))
}

/// A value: backslashes doubled, and what is not ASCII as the `\uXXXX` of its UTF-16.
fn properties_value(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => quoted.push_str("\\\\"),
            c if c.is_ascii() => quoted.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(quoted, "\\u{unit:04x}");
                }
            }
        }
    }
    quoted
}

/// The properties of `hbase-site.xml`. `string` has one port for all hosts, and no IPv6 address.
pub(crate) fn hbase(string: &ConnectString) -> String {
    let hosts: Vec<&str> = string.addresses().map(Address::host).collect();
    let port = string.port().map(|port| port.to_string());
    let values = [
        ("hbase.zookeeper.quorum", Some(hosts.join(","))),
        ("hbase.zookeeper.property.clientPort", port),
        ("zookeeper.znode.parent", string.chroot.path().map(xml)),
    ];
    let given = values
        .iter()
        .filter_map(|(key, value)| Some((key, value.as_ref()?)));
    let property = |(key, value): (&&str, &String)| {
        format!("<property>\n  <name>{key}</name>\n  <value>{value}</value>\n</property>\n")
    };
    given.map(property).collect()
}

/// A whole file for `config.d`: a node for each host, and the chroot as `<root>`.
pub(crate) fn clickhouse(string: &ConnectString) -> String {
    let node = |(host, port): (String, u16)| {
        format!(
            "        <node>\n            <host>{host}</host>\n            <port>{port}</port>\n        </node>\n"
        )
    };
    // ClickHouse puts host, colon and port together itself.
    let addresses = string.addresses();
    let nodes: String = addresses
        .map(|address| node((address.bracketed(), address.port())))
        .collect();
    let root = string.chroot.path().map_or_else(String::new, |path| {
        format!("        <root>{}</root>\n", xml(path))
    });
    format!("<clickhouse>\n    <zookeeper>\n{nodes}{root}    </zookeeper>\n</clickhouse>\n")
}

/// Text between two tags. A path has no control characters, which XML could not hold.
fn xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
