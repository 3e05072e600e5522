//! The end of a container's log.

use k8s_openapi::api::core::v1::Pod;
use kube::Api;
use kube::api::LogParams;

use crate::cluster::Cluster;
use crate::cluster::exec::Container;
use crate::cluster::fault::Fault;

/// How much of a log is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tail {
    /// At most so many lines, the last ones.
    pub lines: i64,
    /// At most so many bytes of these.
    pub bytes: i64,
    /// Of the container that ran before this one, not of this one.
    pub previous: bool,
}

/// The last lines of a container's log. Without a previous container, that one's log is an error.
pub async fn tail(pods: &Api<Pod>, container: Container<'_>, tail: Tail) -> Result<String, Fault> {
    let params = LogParams {
        container: Some(container.name.to_owned()),
        tail_lines: Some(tail.lines),
        limit_bytes: Some(tail.bytes),
        previous: tail.previous,
        ..LogParams::default()
    };
    Ok(pods.logs(container.pod, &params).await?)
}

impl Cluster {
    /// The last lines of a container's log, as [`tail`] has them.
    ///
    /// # Errors
    /// Any fault; without a previous container, that one's log is an error.
    pub async fn log(&self, container: Container<'_>, wanted: Tail) -> Result<String, Fault> {
        let pods = Api::namespaced(self.client.clone(), &self.namespace);
        tail(&pods, container, wanted).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use kube::client::Body;

    #[tokio::test]
    async fn only_the_end_is_asked_for() {
        let service = tower::service_fn(|request: http::Request<Body>| async move {
            let asked = request.uri().to_string();
            Ok::<_, tower::BoxError>(http::Response::new(Body::from(asked.into_bytes())))
        });
        let pods: Api<Pod> = Api::namespaced(kube::Client::new(service, "default"), "n");
        let container = Container {
            pod: "zk-0",
            name: "zookeeper",
        };
        let end = Tail {
            lines: 20,
            bytes: 4096,
            previous: true,
        };
        let asked = tail(&pods, container, end).await.unwrap();
        assert!(
            asked.starts_with("/api/v1/namespaces/n/pods/zk-0/log?"),
            "{asked}"
        );
        for wanted in [
            "container=zookeeper",
            "tailLines=20",
            "limitBytes=4096",
            "previous=true",
        ] {
            assert!(asked.contains(wanted), "{wanted} is missing in {asked}");
        }
    }
}
