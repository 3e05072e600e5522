//! The forms in which software wants a connection string. Knows what each form cannot say; leaves the writing to its siblings.

use crate::ensemble::ConnectString;
use crate::ui::view::connection::files;
use crate::ui::view::connection::shell;

/// What the connection string is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Software {
    /// `server.properties` of Apache Kafka before 4.
    Kafka,
    /// `solr.in.sh` of Apache Solr.
    Solr,
    /// `hbase-site.xml` of Apache `HBase`.
    Hbase,
    /// A file in `ClickHouse`'s `config.d`.
    Clickhouse,
    /// `application.properties` of Spring Cloud ZooKeeper.
    Spring,
    /// `connectString` of Apache Curator.
    Curator,
    /// Lines that a shell takes.
    Env,
}

/// A text in the form, and what it cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// What goes into the file.
    pub text: String,
    /// What else is to be known.
    pub notes: Vec<String>,
}

/// Why a form cannot say where the ensemble is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// One port for all hosts, and the addresses have several.
    #[error("HBase takes one port for all hosts, and these addresses have several: {0}")]
    Ports(String),
    /// An IPv6 address.
    #[error("HBase takes hosts without ports, among which an IPv6 address cannot be told: {0}")]
    Ipv6(String),
}

/// Writes the string in the form that the software wants.
///
/// # Errors
/// The form cannot say it.
pub fn render(software: Software, string: &ConnectString) -> Result<Rendered, Misfit> {
    if software == Software::Hbase {
        fits_hbase(string)?;
    }
    let text = match software {
        Software::Kafka => files::property("zookeeper.connect", string),
        Software::Spring => files::property("spring.cloud.zookeeper.connect-string", string),
        Software::Hbase => files::hbase(string),
        Software::Clickhouse => files::clickhouse(string),
        Software::Solr => shell::solr(string),
        Software::Env => shell::env(string),
        Software::Curator => format!("{string}\n"),
    };
    let notes = notes(software, string);
    Ok(Rendered { text, notes })
}

fn fits_hbase(string: &ConnectString) -> Result<(), Misfit> {
    if string.port().is_none() {
        return Err(Misfit::Ports(string.hosts()));
    }
    match string.addresses().find(|address| address.is_ipv6()) {
        Some(address) => Err(Misfit::Ipv6(address.to_string())),
        None => Ok(()),
    }
}

fn notes(software: Software, string: &ConnectString) -> Vec<String> {
    let chroot = string.chroot.path();
    let note = match (software, chroot) {
        (Software::Kafka, _) => Some("for server.properties of Kafka 3 and older: Kafka 4 runs without ZooKeeper".to_owned()),
        (Software::Solr, Some(path)) => Some(format!("for solr.in.sh; Solr does not make the node {path}: --create-chroot does, or solr zk mkroot {path}")),
        (Software::Solr, None) => Some("for solr.in.sh".to_owned()),
        (Software::Hbase, Some(_)) => Some("for hbase-site.xml: the hosts have no ports there, and the chroot is HBase's parent node".to_owned()),
        (Software::Hbase, None) => Some("for hbase-site.xml: the hosts have no ports there".to_owned()),
        (Software::Clickhouse, Some(path)) => Some(format!("for a file in config.d; ClickHouse takes the chroot as <root> and does not make the node {path}: --create-chroot does")),
        (Software::Clickhouse, None) => Some("for a file in config.d".to_owned()),
        (Software::Spring, _) => Some("for application.properties".to_owned()),
        (Software::Env, _) if string.port().is_none() => Some("the addresses have several ports: there is no ZOOKEEPER_CLIENT_PORT".to_owned()),
        (Software::Curator | Software::Env, _) => None,
    };
    note.into_iter().collect()
}

#[cfg(test)]
mod tests;
