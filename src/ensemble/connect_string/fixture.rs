//! Connection strings for the tests of what is made of them.

use super::*;

/// A string of `host:port` and a chroot. The servers are numbered as they come.
pub(crate) fn string(hosts: &[&str], chroot: &str) -> ConnectString {
    let route = |(host, id): (&&str, u8)| {
        let (host, port) = host.rsplit_once(':').unwrap();
        Route {
            address: Address::new(host, port.parse().unwrap()).unwrap(),
            service: format!("zk-peer-{id}"),
            server: Some(ServerId::try_from(id).unwrap()),
        }
    };
    ConnectString {
        routes: hosts.iter().zip(1..).map(route).collect(),
        chroot: chroot.parse().unwrap(),
    }
}
