//! An API server that was listened to: its answers, a file for each request.

use std::fs;
use std::hash::DefaultHasher;
use std::hash::Hash as _;
use std::hash::Hasher as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::Request;
use http::Response;
use kube::Client;
use kube::client::Body;
use kubectl_zk::cluster::Cluster;
use kubectl_zk::cluster::Connected;
use kubectl_zk::cluster::Dial;
use kubectl_zk::cluster::Warnings;
use kubectl_zk::cluster::send::Sender;
use tower::BoxError;

use crate::fake::ensemble::Zoo;

/// Passes requests on, and keeps the answers in a directory.
pub(crate) fn recorder(api: Client, answers: PathBuf) -> Client {
    let service = tower::service_fn(move |request: Request<Body>| {
        let (api, file) = (api.clone(), file(&answers, &request));
        async move {
            let (head, body) = api.send(request).await?.into_parts();
            let bytes = body.collect_bytes().await?;
            fs::write(file, &bytes)?;
            Ok::<_, BoxError>(Response::from_parts(head, Body::from(bytes)))
        }
    });
    Client::new(service, "default")
}

/// Answers from such a directory; with the manners of the real client.
pub(crate) fn player(answers: PathBuf) -> Client {
    let service = tower::service_fn(move |request: Request<Body>| {
        let read = fs::read(file(&answers, &request));
        async move { Ok::<_, BoxError>(Response::new(Body::from(read?))) }
    });
    let sender = Sender {
        transport: Client::new(service, "default"),
        server: "api:6443".into(),
        deadline: Some(Duration::from_secs(30)),
        warnings: Warnings::default(),
        login: None,
    };
    let service = tower::service_fn(move |request| sender.clone().send(request));
    Client::new(service, "default")
}

/// The cluster behind a client, with these servers.
pub(crate) fn cluster(client: Client, zoo: Zoo) -> Cluster {
    let connected = Connected {
        client,
        namespace: "default".to_owned(),
        context: "bench".to_owned(),
        server: "https://api:6443".to_owned(),
        warnings: Warnings::default(),
    };
    let dialer = move |_: &str| -> Arc<dyn Dial> { Arc::new(zoo.clone()) };
    Cluster::with_dialer(connected, Arc::new(dialer))
}

fn file(answers: &Path, request: &Request<Body>) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    request.uri().to_string().hash(&mut hasher);
    answers.join(format!("{:016x}", hasher.finish()))
}
