//! Runs a command in a container, and does not lie about its end.
//!
//! Knows kube's `AttachedProcess` and its traps: output and status are taken
//! together and read at once, and a connection lost without a status is an error,
//! though kube reports it as success.

use std::time::Duration;

use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
use kube::Api;
use kube::api::AttachParams;
use kube::api::AttachedProcess;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;

use crate::cluster::fault::Fault;

/// How much output kube may hold before we have read it; with its default of
/// 1 KiB a chatty command stalls.
const BUFFER: usize = 64 << 10;

/// A container of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Container<'a> {
    /// The pod's name.
    pub pod: &'a str,
    /// The container's name.
    pub name: &'a str,
}

/// What a command left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its standard output.
    pub stdout: Vec<u8>,
    /// Its standard error.
    pub stderr: Vec<u8>,
    /// Its exit code.
    pub code: i32,
}

/// Runs a command to its end, without standard input. The command may go on in
/// the container after the deadline: the API has no way to end it.
pub async fn exec(
    pods: &Api<Pod>,
    container: Container<'_>,
    command: &[&str],
    deadline: Duration,
) -> Result<Output, Fault> {
    let run = async {
        let params = AttachParams::default()
            .container(container.name)
            .stdin(false)
            .stdout(true)
            .stderr(true)
            .max_stdout_buf_size(BUFFER)
            .max_stderr_buf_size(BUFFER);
        let process = pods
            .exec(container.pod, command.iter().copied(), &params)
            .await?;
        finish(process).await
    };
    let finished = tokio::time::timeout(deadline, run).await;
    finished.unwrap_or_else(|_| {
        Err(Fault::Deadline {
            what: format!("the command in pod {}", container.pod),
            after: deadline,
        })
    })
}

async fn finish(mut process: AttachedProcess) -> Result<Output, Fault> {
    let (stdout, stderr) = (process.stdout(), process.stderr());
    let status = process.take_status();
    let status = async {
        match status {
            Some(status) => status.await,
            None => None,
        }
    };
    let (stdout, stderr, status) = tokio::join!(read(stdout), read(stderr), status);
    Ok(Output {
        stdout: stdout?,
        stderr: stderr?,
        code: exit_code(status)?,
    })
}

async fn read(stream: Option<impl AsyncRead + Unpin>) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        let read = stream.read_to_end(&mut bytes).await;
        read.map_err(|error| Fault::Closed(format!("all output came: {error}")))?;
    }
    Ok(bytes)
}

/// The exit code is in the causes of a `Failure`; a failure without one is the
/// kubelet's own. Without any status the connection was lost, and nothing is known.
fn exit_code(status: Option<Status>) -> Result<i32, Fault> {
    let Some(status) = status else {
        return Err(Fault::Closed("the command's exit status came".to_owned()));
    };
    if status.status.as_deref() == Some("Success") {
        return Ok(0);
    }
    let causes = status
        .details
        .iter()
        .flat_map(|details| details.causes.iter().flatten());
    let mut codes = causes.filter(|cause| cause.reason.as_deref() == Some("ExitCode"));
    let code = codes.find_map(|cause| cause.message.as_ref()?.parse().ok());
    code.ok_or_else(|| Fault::Server {
        code: status
            .code
            .and_then(|code| u16::try_from(code).ok())
            .unwrap_or_default(),
        reason: status.reason.unwrap_or_default(),
        message: status.message.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Result<i32, &str>) {
        let code = exit_code(serde_json::from_str(json).unwrap());
        assert_eq!(
            code.map_err(|fault| fault.to_string()),
            expected.map_err(str::to_owned)
        );
    }

    #[test]
    fn the_exit_code_is_the_commands() {
        check(r#"{"metadata":{},"status":"Success"}"#, Ok(0));
        check(
            r#"{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit status 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}"#,
            Ok(3),
        );
        check(
            r#"{"metadata":{},"status":"Failure","message":"error executing command in container","reason":"InternalError","code":500}"#,
            Err("Error from server (InternalError): error executing command in container"),
        );
    }

    #[test]
    fn a_lost_connection_is_no_success() {
        check(
            "null",
            Err("the connection was closed before the command's exit status came"),
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_command_ends_at_its_deadline() {
        let hangs = tower::service_fn(|_: http::Request<kube::client::Body>| {
            std::future::pending::<Result<http::Response<kube::client::Body>, tower::BoxError>>()
        });
        let pods: Api<Pod> = Api::default_namespaced(kube::Client::new(hangs, "default"));
        let container = Container {
            pod: "zk-0",
            name: "zookeeper",
        };
        let fault = exec(&pods, container, &["true"], Duration::from_secs(5))
            .await
            .unwrap_err();
        assert_eq!(
            fault.to_string(),
            "the command in pod zk-0 did not end within 5s"
        );
    }
}
