//! `--verify`: opens a session through every address, from where that can be done.
//!
//! What answers inside the cluster is reached by port-forward to the pods behind the address; what answers outside, by TCP
//! from this machine.

use std::cell::RefCell;
use std::time::Duration;

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
use crate::execute;
use crate::ui::Line;
use crate::ui::Progress;

/// What came of one way to an address: how it went there, and why it failed if it did.
struct Check {
    address: String,
    way: String,
    result: Result<(), String>,
}

/// Verifies every address, and says on stderr what was seen. With `--wait` it is tried for `patience`: what has an address
/// need not answer there yet.
///
/// # Errors
/// A session could not be opened, or the chroot is not there.
pub(crate) async fn verify(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    found: &Found,
    patience: Duration,
) -> Result<(), Error> {
    let checks = if args.wait {
        wait(context, args, found, patience).await?
    } else {
        all(context, args, found).await?
    };
    for check in checks.iter().filter(|check| check.result.is_ok()) {
        context.ui.status(&check.line());
    }
    if checks.iter().all(|check| check.result.is_ok()) {
        return Ok(());
    }
    Err(unverified(context, args, &checks, Kind::Cluster))
}

async fn wait(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    found: &Found,
    patience: Duration,
) -> Result<Vec<Check>, Error> {
    let progress = RefCell::new(Progress::new(context.ui));
    let last = RefCell::new(Vec::new());
    let step = || async {
        let checks = all(context, args, found).await?;
        let failed = checks.iter().filter(|check| check.result.is_err());
        let lines: Vec<Line> = failed.map(Check::progress).collect();
        progress.borrow_mut().update(&lines);
        if lines.is_empty() {
            return Ok(Some(checks));
        }
        *last.borrow_mut() = checks;
        Ok(None)
    };
    let result = execute::until(patience, step).await;
    drop(progress);
    result.map_err(|error: Error| match error.kind {
        Kind::Deadline => unverified(context, args, &last.borrow(), Kind::Deadline),
        _ => error,
    })
}

async fn all(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    found: &Found,
) -> Result<Vec<Check>, Error> {
    let mut checks = Vec::new();
    for route in &found.string.routes {
        if args.external {
            checks.push(directly(context, args, found, route).await);
        } else {
            checks.extend(by_forward(context, args, found, route).await?);
        }
    }
    Ok(checks)
}

/// Which addresses failed, and why; nothing of it was printed.
fn unverified(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    checks: &[Check],
    kind: Kind,
) -> Error {
    let failed = checks.iter().filter(|check| check.result.is_err());
    let failed: Vec<String> = failed.map(Check::line).collect();
    let count = match checks.len() {
        0 => "there was no time for it".to_owned(),
        1 => String::new(),
        total => format!("{} of {total} failed: ", failed.len()),
    };
    let status = format!("kubectl zk status {}", args.name);
    let message = format!("not verified, so not printed: {count}{}", failed.join("; "));
    Error::new(kind, message).hint(context.in_namespace(&status))
}

impl Check {
    /// `ADDRESS by port-forward to pod NAME: a session was opened`
    fn line(&self) -> String {
        format!("{} {}: {}", self.address, self.way, self.outcome())
    }

    fn outcome(&self) -> &str {
        self.result
            .as_ref()
            .map_or_else(String::as_str, |()| "a session was opened")
    }

    fn progress(&self) -> Line {
        Line {
            label: format!("{} {}", self.address, self.way),
            state: self.outcome().to_owned(),
            ..Line::default()
        }
    }
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
    let behind = match found.services.iter().find(of_route) {
        Some(service) => context.cluster.endpoints(service).await,
        None => Ok(Vec::new()),
    };
    let address = route.address.to_string();
    let none = |why: String| {
        Ok(vec![Check {
            address: address.clone(),
            way: "by port-forward".to_owned(),
            result: Err(why),
        }])
    };
    let mut endpoints = match behind {
        Ok(endpoints) => endpoints,
        // The API server may be away for a moment.
        Err(fault) if args.wait && fault.may_pass() => return none(fault.to_string()),
        Err(fault) => return Err(fault.into()),
    };
    endpoints.retain(|endpoint| endpoint.ready || route.server.is_some());
    if endpoints.is_empty() {
        return none("no pod is ready behind it".to_owned());
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
