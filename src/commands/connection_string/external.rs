//! The addresses outside the cluster: the load balancer's, or those of the nodes where servers are.

use std::cell::RefCell;
use std::collections::BTreeSet;

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
    Hosts(ClientService, BTreeSet<String>, u16),
    /// None yet, with the reason.
    Pending(String),
}

/// Looks, once or until there is an address.
///
/// # Errors
/// The ensemble is not exposed, has no address yet, or the deadline passed.
pub(crate) async fn find(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
) -> Result<Found, Error> {
    let (service, hosts, port) = if args.wait {
        wait(context, args).await?
    } else {
        match look(context, &args.name).await? {
            Seen::Hosts(service, hosts, port) => (service, hosts, port),
            Seen::Pending(why) => return Err(pending(context, &args.name, &why)),
        }
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
) -> Result<(ClientService, BTreeSet<String>, u16), Error> {
    let progress = RefCell::new(Progress::new(context.ui));
    let last = RefCell::new(String::new());
    let step = || async {
        let why = match look(context, &args.name).await {
            Ok(Seen::Hosts(service, hosts, port)) => return Ok(Some((service, hosts, port))),
            Ok(Seen::Pending(why)) => why,
            Err(error) => return Err(error),
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

async fn look(context: &Context<'_>, name: &EnsembleName) -> Result<Seen, Error> {
    let service = addresses::client_service(context, name).await?;
    let port = addresses::port_of(context, name, &service)?;
    let pending = |why: &str| Ok(Seen::Pending(why.to_owned()));
    match service.exposure.clone() {
        Exposure::Inside(kind) => Err(not_exposed(context, name, &kind)),
        Exposure::LoadBalancer(hosts) if hosts.is_empty() => {
            pending("no load balancer has given it an address")
        }
        Exposure::LoadBalancer(hosts) => {
            Ok(Seen::Hosts(service, hosts.into_iter().collect(), port))
        }
        Exposure::Nodes(None) => pending("it has no node port"),
        Exposure::Nodes(Some(port)) => {
            let endpoints = context.cluster.endpoints(&service).await?;
            let ready = endpoints.into_iter().filter(|endpoint| endpoint.ready);
            let hosts: BTreeSet<String> = ready.filter_map(|endpoint| endpoint.host_ip).collect();
            if hosts.is_empty() {
                return pending("no pod behind it is ready, so no node is known to answer");
            }
            Ok(Seen::Hosts(service, hosts, port))
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
