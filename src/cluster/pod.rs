//! What a pod's service account says of the API server: client-go's in-cluster configuration.
//!
//! Knows the files and variables that the kubelet gives a pod, and which flags go over them.

use kube::config::AuthInfo;
use kube::config::Cluster;

use crate::cluster::env::Env;
use crate::cluster::flags::Connection;
use crate::cluster::kubeconfig::Chosen;

/// Host and port of the API server, if this process runs in a pod with a service account.
fn server(env: &Env) -> Option<(&str, &str)> {
    let host = env.any(&["KUBERNETES_SERVICE_HOST"])?;
    let port = env.any(&["KUBERNETES_SERVICE_PORT"])?;
    let token = env.service_account.join("token").exists();
    token.then_some((host, port))
}

/// The namespace of the pod, if this is one.
pub(crate) fn namespace(env: &Env) -> Option<String> {
    server(env)?;
    let read = || std::fs::read_to_string(env.service_account.join("namespace")).ok();
    let namespace = env.any(&["POD_NAMESPACE"]).map(str::to_owned).or_else(read);
    let namespace = namespace.map(|text| text.trim().to_owned());
    namespace.filter(|text| !text.is_empty())
}

/// The service account of the pod that this process runs in, unless a server was named.
pub(crate) fn chosen(connection: &Connection, env: &Env) -> Option<Chosen> {
    let (host, port) = server(env)?;
    let named =
        connection.server.is_some() || connection.context.is_some() || connection.cluster.is_some();
    if named {
        return None;
    }
    let file = |name: &str| env.service_account.join(name);
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    let path = |name: &str| Some(file(name).display().to_string());
    let cluster = Cluster {
        server: Some(format!("https://{host}:{port}")),
        certificate_authority: path("ca.crt"),
        ..Cluster::default()
    };
    let user = AuthInfo {
        token_file: path("token").filter(|_| connection.token.is_none()),
        ..AuthInfo::default()
    };
    Some(Chosen {
        cluster,
        user,
        ..Chosen::default()
    })
}
