//! The end of a container's log.

use k8s_openapi::api::core::v1::Pod;
use kube::Api;
use kube::api::LogParams;

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
