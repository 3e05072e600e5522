//! How a request is sent: with a deadline, a bounded retry, and an ear for warnings.
//!
//! Knows HTTP and which requests may be repeated; it knows nothing of the objects
//! in them. Everything that a [`kube::Client`] asks passes through [`Sender::send`].

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::Method;
use http::Request;
use http::Response;
use http::StatusCode;
use http::header::AUTHORIZATION;
use http::header::RETRY_AFTER;
use http::header::UPGRADE;
use kube::client::Body;
use tokio::time::Instant;
use tower::BoxError;

use crate::cluster::fault::Fault;
use crate::cluster::login::Login;
use crate::cluster::reach;
use crate::cluster::warnings::Warnings;

/// The deadline of a request where `--request-timeout` says nothing (kubectl has
/// none, and hangs for minutes on a server that drops packets). Longer than an
/// API server's own 10 s for webhooks, shorter than a user's patience.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How often a refused GET is repeated: with these waits, for some 1.4 s.
const RETRIES: u32 = 3;

/// The wait before the first repetition; it doubles. client-go's is 1 s flat, from `Retry-After`.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// Sends requests over one transport.
#[derive(Clone)]
pub struct Sender {
    /// The connection pool, without manners.
    pub transport: kube::Client,
    /// Host and port, for errors.
    pub server: Arc<str>,
    /// The deadline of a whole request with its repetitions; of a stream, until it starts. None: never.
    pub deadline: Option<Duration>,
    /// Where warnings are kept.
    pub warnings: Warnings,
    /// A plugin's token, if that is who we are.
    pub login: Option<Arc<Login>>,
}

impl Sender {
    /// Sends one request.
    ///
    /// A GET that the server puts off (429, 503, 504) is repeated, as it says by
    /// `Retry-After` or else after a short wait, if the deadline allows it. What may
    /// have had an effect (a change, exec) is sent once. Faults come as [`Fault`].
    pub async fn send(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let Some(after) = self.deadline else {
            return Ok(self.repeat(request, None).await?);
        };
        let until = Instant::now() + after;
        match tokio::time::timeout_at(until, self.repeat(request, Some(until))).await {
            Ok(response) => Ok(response?),
            Err(_) => Err(Fault::TimedOut {
                server: self.server.to_string(),
                after,
            }
            .into()),
        }
    }

    async fn repeat(
        &self,
        request: Request<Body>,
        until: Option<Instant>,
    ) -> Result<Response<Body>, Fault> {
        let spare = repeatable(&request);
        let mut response = self.once(request).await?;
        let Some(spare) = spare else {
            return Ok(response);
        };
        for attempt in 0..RETRIES {
            let Some(wait) = wait(&response, attempt) else {
                break;
            };
            if until.is_some_and(|until| until <= Instant::now() + wait) {
                break;
            }
            tokio::time::sleep(wait).await;
            response = self.once(spare.clone().map(|()| Body::empty())).await?;
        }
        Ok(response)
    }

    async fn once(&self, mut request: Request<Body>) -> Result<Response<Body>, Fault> {
        if let Some(login) = &self.login {
            request
                .headers_mut()
                .insert(AUTHORIZATION, login.header().await?);
        }
        let stream = is_stream(&request);
        let (line, start) = (
            format!("{} {}", request.method(), request.uri()),
            Instant::now(),
        );
        let sent = self.transport.send(request).await;
        let response = sent.map_err(|error| self.lost(&error))?;
        let (status, took) = (response.status(), start.elapsed().as_millis());
        tracing::debug!("{line} {status} in {took} milliseconds");
        self.warnings.hear(response.headers());
        if stream {
            Ok(response)
        } else {
            self.whole(response).await
        }
    }

    /// Reads an answer to its end, so that the deadline holds for all of it.
    async fn whole(&self, response: Response<Body>) -> Result<Response<Body>, Fault> {
        let (head, body) = response.into_parts();
        let bytes = body
            .collect_bytes()
            .await
            .map_err(|error| self.lost(&error))?;
        Ok(Response::from_parts(head, Body::from(bytes)))
    }

    fn lost(&self, error: &kube::Error) -> Fault {
        // kube's own words, `ServiceError: …`, say nothing.
        reach::fault(&self.server, error.source().unwrap_or(error))
    }
}

/// A copy of a request that may be sent again.
fn repeatable(request: &Request<Body>) -> Option<Request<()>> {
    if request.method() != Method::GET || request.headers().contains_key(UPGRADE) {
        return None;
    }
    let mut copy = Request::new(());
    copy.method_mut().clone_from(request.method());
    copy.uri_mut().clone_from(request.uri());
    copy.headers_mut().clone_from(request.headers());
    Some(copy)
}

/// How long to wait before asking again; none where the answer is to be taken as it is.
fn wait(response: &Response<Body>, attempt: u32) -> Option<Duration> {
    match response.status() {
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => {
            Some(retry_after(response.headers()).unwrap_or(FIRST_WAIT * 2u32.pow(attempt)))
        }
        _ => None,
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Whether the answer has no end of its own: a WebSocket, a watch, a followed log.
fn is_stream(request: &Request<Body>) -> bool {
    let query = request.uri().query().unwrap_or_default();
    let endless = |pair: &str| matches!(pair, "watch=true" | "watch=1" | "follow=true");
    request.headers().contains_key(UPGRADE) || query.split('&').any(endless)
}

#[cfg(test)]
mod tests;
