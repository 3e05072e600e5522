//! The text by which clients find an ensemble: `host:port,host:port/chroot`.
//!
//! Knows its form (`org.apache.zookeeper.client.ConnectStringParser`, 3.9); not where the addresses come from.

use std::fmt;
use std::net::Ipv6Addr;

use crate::ensemble::Chroot;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;

/// Where clients are answered, unless somebody chose otherwise.
pub const CLIENT_PORT: u16 = 2181;

/// A host and a port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    host: String,
    port: u16,
}

/// The text of a host that is neither a name nor an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither a DNS name nor an IP address")]
pub struct InvalidHost(String);

impl Address {
    /// An address of a DNS name, or of an IP address without brackets.
    ///
    /// # Errors
    /// The host is neither: nothing else can stand in a connection string.
    pub fn new(host: &str, port: u16) -> Result<Self, InvalidHost> {
        if is_ipv6(host) || is_dns_name(host) {
            let host = host.to_owned();
            return Ok(Self { host, port });
        }
        Err(InvalidHost(host.to_owned()))
    }

    /// The host; an IPv6 address without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The host as it stands before a colon and a port: an IPv6 address in brackets.
    pub fn bracketed(&self) -> String {
        if self.is_ipv6() {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        }
    }

    /// Whether the host is an IPv6 address.
    pub fn is_ipv6(&self) -> bool {
        is_ipv6(&self.host)
    }
}

/// The address with its port, always: 2181 need not be guessed.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.bracketed(), self.port)
    }
}

fn is_ipv6(host: &str) -> bool {
    host.parse::<Ipv6Addr>().is_ok()
}

/// Whether a text is a DNS name, or an IPv4 address, which has the form of one.
pub fn is_dns_name(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.starts_with(letter)
            && label.ends_with(letter)
            && label.chars().all(|c| letter(c) || c == '-' || c == '_')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// The DNS name of a Service: `zk-client.prod.svc`, with the cluster's domain where one is wanted.
pub fn service_host(service: &str, namespace: &str, domain: Option<&str>) -> String {
    let domain = domain.map_or_else(String::new, |domain| format!(".{domain}"));
    format!("{service}.{namespace}.svc{domain}")
}

/// The host that the clients of an ensemble in the cluster use: that of its client Service.
pub fn client_host(name: &EnsembleName, namespace: &str, domain: Option<&str>) -> String {
    service_host(&name.client_service(), namespace, domain)
}

/// An address, the Service that gives it, and the server behind it, where there is but one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Where clients connect to.
    pub address: Address,
    /// The Service's name.
    pub service: String,
    /// The only server that answers there; none: any of them.
    pub server: Option<ServerId>,
}

/// What a client is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectString {
    /// Where the ensemble answers; never empty.
    pub routes: Vec<Route>,
    /// Under which node.
    pub chroot: Chroot,
}

impl ConnectString {
    /// The addresses alone, with a comma between two.
    pub fn hosts(&self) -> String {
        let texts: Vec<String> = self.addresses().map(ToString::to_string).collect();
        texts.join(",")
    }

    /// The addresses, in their order.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.routes.iter().map(|route| &route.address)
    }

    /// The port of every address; none where they differ.
    pub fn port(&self) -> Option<u16> {
        let first = self.addresses().next()?.port();
        self.addresses()
            .all(|address| address.port() == first)
            .then_some(first)
    }
}

/// The whole string: the chroot once, at the end.
impl fmt::Display for ConnectString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.hosts(), self.chroot)
    }
}

#[cfg(test)]
pub(crate) mod fixture;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::connect_string::fixture::string;

    #[test]
    fn as_the_parser_reads_it() {
        for (hosts, chroot, text) in [
            (
                &["zk-client.prod.svc:2181"][..],
                "/",
                "zk-client.prod.svc:2181",
            ),
            (&["a:2181", "b:2182"], "/kafka", "a:2181,b:2182/kafka"),
            (&["10.0.0.1:32181"], "/a/b", "10.0.0.1:32181/a/b"),
            (
                &["fd00::1:2181", "::1:2181"],
                "/",
                "[fd00::1]:2181,[::1]:2181",
            ),
            (&["fd00::1:2181"], "/c", "[fd00::1]:2181/c"),
        ] {
            assert_eq!(string(hosts, chroot).to_string(), text);
        }
    }

    #[test]
    fn hosts_are_names_or_addresses() {
        let long = ["a".repeat(63).as_str(); 4].join(".");
        for host in [
            "a",
            "a-b.c",
            "1.2.3.4",
            "::1",
            "fd00::1",
            "lb_1.example.com",
            "x.elb.amazonaws.com",
        ] {
            assert!(Address::new(host, 1).is_ok(), "{host}");
        }
        for host in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "-a",
            "a-",
            "a b",
            "a/b",
            "a,b",
            "a:1",
            "[::1]",
            "\u{1b}[31m",
            "é",
            "fe80::1%eth0",
            &long,
        ] {
            assert!(Address::new(host, 1).is_err(), "{host}");
        }
        let error = Address::new("\u{1b}[31m", 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            r#""\u{1b}[31m" is neither a DNS name nor an IP address"#
        );
    }

    #[test]
    fn one_port_or_none() {
        assert_eq!(string(&["a:1", "b:1"], "/").port(), Some(1));
        assert_eq!(string(&["a:1", "b:2"], "/").port(), None);
    }

    #[test]
    fn names_of_services() {
        let name = "zk".parse().unwrap();
        assert_eq!(client_host(&name, "prod", None), "zk-client.prod.svc");
        assert_eq!(
            client_host(&name, "prod", Some("cluster.local")),
            "zk-client.prod.svc.cluster.local"
        );
    }
}
