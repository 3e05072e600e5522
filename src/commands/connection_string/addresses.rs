//! The addresses inside the cluster: the Service of all servers, or each server's own.

use std::collections::BTreeMap;

use crate::cluster::observe::Asking;
use crate::cluster::probe::Depth;
use crate::cluster::services::ClientService;
use crate::commands::Context;
use crate::commands::connection_string::ConnectionStringArgs;
use crate::commands::connection_string::Found;
use crate::commands::founding::may_ask;
use crate::commands::status::not_found;
use crate::ensemble::Address;
use crate::ensemble::ConnectString;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::connect_string::Route;
use crate::ensemble::connect_string::service_host;
use crate::ensemble::quorum::servers;
use crate::error::Error;
use crate::error::Kind;

/// `zk-client.NAMESPACE.svc:2181`. One request: no server is asked, as all of them may be down for a while.
pub(crate) async fn of_all(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
) -> Result<Found, Error> {
    let service = client_service(context, &args.name).await?;
    let port = port_of(context, &args.name, &service)?;
    let domain = args.cluster_domain.as_deref();
    let route = Route {
        address: address(context, &service.name, domain, port)?,
        service: service.name.clone(),
        server: None,
    };
    Ok(found(args, vec![route], vec![service], None))
}

/// Every member of the committed configuration by its own Service.
pub(crate) async fn of_servers(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
) -> Result<Found, Error> {
    let seen = observe(context, args).await?;
    let ids = listed(context, &seen)?;
    let mut services = context.cluster.peer_services(&args.name).await?;
    services.retain(|id, _| ids.contains(id));
    let mut routes = Vec::new();
    for id in ids {
        match services.get(&id) {
            Some(service) => routes.push(route(context, args, id, service)?),
            None => context.ui.warning(&format!(
                "server {id} is left out: it has no Service {}",
                args.name.peer_service(id)
            )),
        }
    }
    if routes.is_empty() {
        return Err(no_list(
            context,
            &args.name,
            "no server has a Service of its own",
        ));
    }
    Ok(found(
        args,
        routes,
        services.into_values().collect(),
        Some(seen),
    ))
}

/// What was found, with the chroot that was wished.
pub(crate) fn found(
    args: &ConnectionStringArgs,
    routes: Vec<Route>,
    services: Vec<ClientService>,
    seen: Option<Observed>,
) -> Found {
    let chroot = args.chroot.clone().unwrap_or_default();
    Found {
        string: ConnectString { routes, chroot },
        services,
        seen,
    }
}

/// The Service that clients use. Where nothing on it says whose it is, the ensemble must be there.
///
/// # Errors
/// There is no such ensemble, or it has no such Service.
pub(crate) async fn client_service(
    context: &Context<'_>,
    name: &EnsembleName,
) -> Result<ClientService, Error> {
    let service = context.cluster.client_service(name).await?;
    if let Some(service) = service.as_ref().filter(|service| service.is_known) {
        return Ok(service.clone());
    }
    match context.cluster.observe(name, Asking::nobody()).await? {
        Some(_) => service.ok_or_else(|| no_service(context, name)),
        None => Err(not_found(context, name).await),
    }
}

fn no_service(context: &Context<'_>, name: &EnsembleName) -> Error {
    let service = name.client_service();
    let list = format!("kubectl zk connection-string {name} --servers");
    Error::new(
        Kind::NotFound,
        format!("ensemble {name} has no Service {service}"),
    )
    .hint(format!(
        "each server's own Service: {}",
        context.in_namespace(&list)
    ))
}

/// The port that clients connect to.
///
/// # Errors
/// The Service carries none.
pub(crate) fn port_of(
    context: &Context<'_>,
    name: &EnsembleName,
    service: &ClientService,
) -> Result<u16, Error> {
    service.port.ok_or_else(|| {
        let all = format!("kubectl zk connection-string {name}");
        let look = format!("kubectl get service {}", service.name);
        let error = Error::new(
            Kind::Cluster,
            format!("Service {} carries no port for clients", service.name),
        );
        let error = error.hint(context.in_namespace(&look));
        if service.name == name.client_service() {
            return error;
        }
        error.hint(format!(
            "the Service of all servers: {}",
            context.in_namespace(&all)
        ))
    })
}

/// The address of the Service of all servers.
///
/// # Errors
/// The namespace makes no DNS name.
pub(crate) fn client_address(
    context: &Context<'_>,
    name: &EnsembleName,
    port: u16,
) -> Result<Address, Error> {
    address(context, &name.client_service(), None, port)
}

fn address(
    context: &Context<'_>,
    service: &str,
    domain: Option<&str>,
    port: u16,
) -> Result<Address, Error> {
    let host = service_host(service, &context.cluster.namespace, domain);
    checked(&host, port)
}

/// An address of a host from the cluster.
///
/// # Errors
/// It is no host.
pub(crate) fn checked(host: &str, port: u16) -> Result<Address, Error> {
    Address::new(host, port).map_err(|error| Error::new(Kind::Cluster, error.to_string()))
}

fn route(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    id: ServerId,
    service: &ClientService,
) -> Result<Route, Error> {
    let port = port_of(context, &args.name, service)?;
    Ok(Route {
        address: address(context, &service.name, args.cluster_domain.as_deref(), port)?,
        service: service.name.clone(),
        server: Some(id),
    })
}

/// The ensemble, with what its servers say.
///
/// # Errors
/// There is none.
pub(crate) async fn observe(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
) -> Result<Observed, Error> {
    let asking = Asking {
        depth: Depth::Brief,
        deadline: args.probe_timeout,
    };
    match context.cluster.observe(&args.name, asking).await? {
        Some(seen) => {
            if seen.serving().next().is_none() {
                may_ask(context, &seen).await?;
            }
            Ok(seen)
        }
        None => Err(not_found(context, &args.name).await),
    }
}

/// The members of the committed configuration; a standalone server is the only one of its own.
fn listed(context: &Context<'_>, seen: &Observed) -> Result<Vec<ServerId>, Error> {
    if let Some(config) = seen.committed().filter(|config| !config.servers.is_empty()) {
        return Ok(config.servers.keys().copied().collect());
    }
    let alone = seen.members.len() == 1;
    match seen.leader() {
        Some((member, _)) if alone => Ok(vec![member.id]),
        _ => {
            let error = no_list(context, &seen.name, &silence(seen));
            let rights = seen.missing_rights.iter();
            Err(rights.fold(error, |error, right| {
                error.hint(format!("this right is missing: {right}"))
            }))
        }
    }
}

/// Why nobody tells it: `servers 1 and 2: unreachable; server 3: no pod`.
fn silence(seen: &Observed) -> String {
    let mut stages: BTreeMap<String, Vec<ServerId>> = BTreeMap::new();
    for member in seen.members.values() {
        let stage = member.stage().to_string();
        stages.entry(stage).or_default().push(member.id);
    }
    let said =
        |(stage, ids): (String, Vec<ServerId>)| format!("{}: {stage}", servers(ids.into_iter()));
    let said: Vec<String> = stages.into_iter().map(said).collect();
    format!(
        "no server tells the committed configuration ({})",
        said.join("; ")
    )
}

fn no_list(context: &Context<'_>, name: &EnsembleName, why: &str) -> Error {
    let status = format!("kubectl zk status {name}");
    Error::new(
        Kind::Cluster,
        format!("cannot list the servers of ensemble {name}: {why}"),
    )
    .hint(context.in_namespace(&status))
}
