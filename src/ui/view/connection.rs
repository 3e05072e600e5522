//! `connection-string`: where the clients of an ensemble connect to. Renders; must not know how the addresses were found.

pub mod files;
pub mod objects;
pub mod shell;
pub mod software;

use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::ConnectString;
use crate::ensemble::ServerId;
use crate::ensemble::connect_string::Route;
use crate::ui::Cell;
use crate::ui::Look;
use crate::ui::Table;
use crate::ui::View;
use crate::ui::view::API_VERSION;
use crate::ui::view::server::text;

/// A connection string, with what it is made of.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ConnectionString", deny_unknown_fields)]
pub struct Connection {
    /// The version of this shape.
    #[schemars(extend("const" = API_VERSION))]
    api_version: &'static str,
    /// The name of this shape.
    #[schemars(extend("const" = "ConnectionString"))]
    kind: &'static str,
    /// The ensemble's name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// What clients are given.
    pub connection_string: String,
    /// The addresses in it.
    pub hosts: Vec<Host>,
    /// The node under which clients see everything; none: they see the whole tree.
    pub chroot: Option<String>,
    /// Whether the addresses answer outside the cluster.
    pub external: bool,
}

/// One address.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct Host {
    /// The host; an IPv6 address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The Service that gives the address.
    pub service: String,
    /// The only server behind it; none: any of them.
    #[schemars(with = "Option<ServerId>")]
    pub server: Option<u8>,
}

impl Connection {
    /// The view of an ensemble's connection string.
    pub fn new(name: &str, namespace: &str, string: &ConnectString, external: bool) -> Self {
        Self {
            api_version: API_VERSION,
            kind: "ConnectionString",
            name: name.to_owned(),
            namespace: namespace.to_owned(),
            connection_string: string.to_string(),
            hosts: string.routes.iter().map(Host::new).collect(),
            chroot: string.chroot.path().map(str::to_owned),
            external,
        }
    }
}

impl Host {
    fn new(route: &Route) -> Self {
        Self {
            host: route.address.host().to_owned(),
            port: route.address.port(),
            service: route.service.clone(),
            server: route.server.map(ServerId::get),
        }
    }
}

impl View for Connection {
    fn table(&self, _: bool) -> Table {
        let mut table = Table::new(["host", "port", "service", "server"]);
        for host in &self.hosts {
            table.row([
                Cell::new(&host.host),
                Cell::new(host.port.to_string()),
                Cell::new(&host.service),
                text(host.server.map(|id| id.to_string())),
            ]);
        }
        table
    }

    fn names(&self) -> Vec<String> {
        let names = self
            .hosts
            .iter()
            .map(|host| format!("service/{}", host.service));
        let mut names: Vec<String> = names.collect();
        names.dedup();
        names
    }

    /// The string alone, for scripts. Hosts were checked when they were read, and the chroot is the user's own.
    fn text(&self, look: Look) -> String {
        if look.wide {
            return self.table(true).render(look.headers, look.paper());
        }
        format!("{}\n", self.connection_string)
    }
}
