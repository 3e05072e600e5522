//! `--verify`: opens a session through every address, from where that can be done.
//!
//! What answers inside the cluster is reached by port-forward to the pods behind the address; what answers outside, by TCP
//! from this machine.

use futures::future::join_all;

use crate::cluster::services::ClientService;
use crate::commands::Context;
use crate::commands::connection_string::ConnectionStringArgs;
use crate::commands::connection_string::Found;
use crate::commands::connection_string::reached;
use crate::commands::connection_string::reached::Opened;
use crate::ensemble::connect_string::Route;
use crate::error::Error;
use crate::error::Kind;

/// What came of one way to an address: how it went there, and why it failed if it did.
struct Check {
    address: String,
    way: String,
    result: Result<(), String>,
}

/// Verifies every address, and says on stderr what was seen.
///
/// # Errors
/// A session could not be opened, or the chroot is not there.
pub(crate) async fn verify(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    found: &Found,
) -> Result<(), Error> {
    let mut checks = Vec::new();
    for route in &found.string.routes {
        if args.external {
            checks.push(directly(context, args, found, route).await);
        } else {
            checks.extend(by_forward(context, args, found, route).await?);
        }
    }
    let (mut failed, total) = (Vec::new(), checks.len());
    for check in checks {
        let text = format!("{} {}: ", check.address, check.way);
        match check.result {
            Ok(()) => context.ui.status(&(text + "a session was opened")),
            Err(why) => failed.push(text + &why),
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    let status = format!("kubectl zk status {}", args.name);
    let count = if total == 1 {
        String::new()
    } else {
        format!("{} of {total} failed: ", failed.len())
    };
    let message = format!("not verified, so not printed: {count}{}", failed.join("; "));
    Err(Error::new(Kind::Cluster, message).hint(context.in_namespace(&status)))
}

async fn directly(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    found: &Found,
    route: &Route,
) -> Check {
    let dial = context.cluster.dial(&context.cluster.namespace);
    let (host, port) = (route.address.host(), route.address.port());
    let dialled = dial.dial_address(host, port, args.probe_timeout).await;
    let opened = reached::open(dialled, args.probe_timeout).await;
    Check {
        address: route.address.to_string(),
        way: "from this machine".to_owned(),
        result: look(opened, found).await,
    }
}

/// Through each pod behind the Service: the ready ones, as clients are sent to no others, or the server's own.
async fn by_forward(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    found: &Found,
    route: &Route,
) -> Result<Vec<Check>, Error> {
    let of_route = |service: &&ClientService| service.name == route.service;
    let mut endpoints = match found.services.iter().find(of_route) {
        Some(service) => context.cluster.endpoints(service).await?,
        None => Vec::new(),
    };
    endpoints.retain(|endpoint| endpoint.ready || route.server.is_some());
    let address = route.address.to_string();
    if endpoints.is_empty() {
        let (way, result) = (
            "by port-forward".to_owned(),
            Err("no pod is ready behind it".to_owned()),
        );
        return Ok(vec![Check {
            address,
            way,
            result,
        }]);
    }
    let dial = context.cluster.dial(&context.cluster.namespace);
    let checks = endpoints.iter().map(|endpoint| {
        let (dial, address) = (dial.clone(), address.clone());
        async move {
            let dialled = dial
                .dial(&endpoint.pod, endpoint.port, args.probe_timeout)
                .await;
            let opened = reached::open(dialled, args.probe_timeout).await;
            Check {
                address,
                way: format!("by port-forward to pod {}", endpoint.pod),
                result: look(opened, found).await,
            }
        }
    });
    Ok(join_all(checks).await)
}

/// A session is opened only where there is a quorum; the chroot must be there, as no client makes it.
async fn look(opened: Result<Opened, String>, found: &Found) -> Result<(), String> {
    let mut session = opened?;
    let missing = match found.string.chroot.path() {
        Some(path) => {
            // A follower may not have heard yet of a node that was just made.
            session.sync("/").await.map_err(reached::why)?;
            let there = session.exists(path).await.map_err(reached::why)?;
            there.is_none().then_some(path)
        }
        None => None,
    };
    // Whether the server heard the farewell changes nothing for us.
    let _ = session.close().await;
    match missing {
        Some(path) => Err(format!("there is no node {path}; --create-chroot makes it")),
        None => Ok(()),
    }
}
