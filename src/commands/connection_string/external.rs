//! The addresses outside the cluster: the load balancer's, or those of the nodes where servers are.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::cluster::Fault;
use crate::cluster::services::ClientService;
use crate::cluster::services::Exposure;
use crate::commands::Context;
use crate::commands::connection_string::ConnectionStringArgs;
use crate::commands::connection_string::Found;
use crate::commands::connection_string::addresses;
use crate::ensemble::EnsembleName;
use crate::ensemble::connect_string::Route;
use crate::error::Error;
use crate::error::Kind;
use crate::execute;
use crate::ui::Line;
use crate::ui::Progress;

/// What a look at the Service gave.
enum Seen {
    /// Hosts and their port.
    Hosts(BTreeSet<String>, u16),
    /// None yet, with the reason.
    Pending(String),
    /// None, nor will there be: its type.
    Inside(String),
}

/// Looks, once or until there is an address.
///
/// # Errors
/// The ensemble is not exposed, has no address yet, or the deadline passed.
pub(crate) async fn find(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
) -> Result<Found, Error> {
    let name = &args.name;
    let service = addresses::client_service(context, name).await?;
    let port = addresses::port_of(context, name, &service)?;
    let seen = match look(context, &service, port).await? {
        Seen::Pending(_) if args.wait => wait(context, args, port).await?,
        seen => seen,
    };
    let (hosts, port) = match seen {
        Seen::Hosts(hosts, port) => (hosts, port),
        Seen::Pending(why) => return Err(pending(context, name, &why)),
        Seen::Inside(kind) => return Err(not_exposed(context, name, &kind)),
    };
    let mut routes = Vec::new();
    for host in &hosts {
        routes.push(Route {
            address: addresses::checked(host, port)?,
            service: service.name.clone(),
            server: None,
        });
    }
    Ok(addresses::found(args, routes, vec![service], None))
}

async fn wait(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    port: u16,
) -> Result<Seen, Error> {
    let progress = RefCell::new(Progress::new(context.ui));
    let last = RefCell::new(String::new());
    let step = || async {
        let why = match look_again(context, args, port).await {
            Ok(Seen::Pending(why)) => why,
            Ok(seen) => return Ok(Some(seen)),
            // The API server may be away for a moment: nothing was asked of it but to look.
            Err(fault) if fault.may_pass() => fault.to_string(),
            Err(fault) => return Err(fault.into()),
        };
        progress.borrow_mut().update(&[Line {
            label: format!("service {}", args.name.client_service()),
            state: why.clone(),
            ..Line::default()
        }]);
        *last.borrow_mut() = why;
        Ok(None)
    };
    let result = execute::until(args.timeout, step).await;
    drop(progress);
    result.map_err(|error: Error| match error.kind {
        Kind::Deadline => late(context, args, &last.borrow()),
        _ => error,
    })
}

async fn look_again(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    port: u16,
) -> Result<Seen, Fault> {
    match context.cluster.client_service(&args.name).await? {
        Some(service) => look(context, &service, port).await,
        None => Ok(Seen::Pending("it is gone".to_owned())),
    }
}

async fn look(context: &Context<'_>, service: &ClientService, port: u16) -> Result<Seen, Fault> {
    let pending = |why: &str| Ok(Seen::Pending(why.to_owned()));
    match service.exposure.clone() {
        Exposure::Inside(kind) => Ok(Seen::Inside(kind)),
        Exposure::LoadBalancer(hosts) if hosts.is_empty() => {
            pending("no load balancer has given it an address")
        }
        Exposure::LoadBalancer(hosts) => Ok(Seen::Hosts(hosts.into_iter().collect(), port)),
        Exposure::Nodes(None) => pending("it has no node port"),
        Exposure::Nodes(Some(port)) => {
            let endpoints = context.cluster.endpoints(service).await?;
            let ready = endpoints.into_iter().filter(|endpoint| endpoint.ready);
            let hosts: BTreeSet<String> = ready.filter_map(|endpoint| endpoint.host_ip).collect();
            if hosts.is_empty() {
                return pending("no pod behind it is ready, so no node is known to answer");
            }
            Ok(Seen::Hosts(hosts, port))
        }
    }
}

fn not_exposed(context: &Context<'_>, name: &EnsembleName, kind: &str) -> Error {
    let service = name.client_service();
    let forward = format!("kubectl port-forward service/{service} 2181");
    let patch =
        format!(r#"kubectl patch service {service} -p '{{"spec":{{"type":"LoadBalancer"}}}}'"#);
    Error::new(
        Kind::NotFound,
        format!("ensemble {name} has no address outside the cluster: Service {service} is of type {kind}"),
    )
    .hint(format!("for this machine: {}", context.in_namespace(&forward)))
    .hint(format!("for all, and NodePort would do as well: {}", context.in_namespace(&patch)))
}

fn pending(context: &Context<'_>, name: &EnsembleName, why: &str) -> Error {
    let service = name.client_service();
    let wait = format!("kubectl zk connection-string {name} --external --wait");
    Error::new(
        Kind::NotFound,
        format!("ensemble {name} has no address outside the cluster yet: Service {service}: {why}"),
    )
    .hint(format!("to wait for it: {}", context.in_namespace(&wait)))
}

fn late(context: &Context<'_>, args: &ConnectionStringArgs, why: &str) -> Error {
    let (name, service) = (&args.name, args.name.client_service());
    let describe = format!("kubectl describe service {service}");
    Error::new(
        Kind::Deadline,
        format!("ensemble {name} has no address outside the cluster after {:?}: Service {service}: {why}", args.timeout),
    )
    .hint(context.in_namespace(&describe))
}
