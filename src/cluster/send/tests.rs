//! A closure as API server, and a clock that stands still until all wait for it.

use super::*;

use std::sync::Mutex;
use std::sync::PoisonError;

use k8s_openapi::api::core::v1::Pod;
use kube::Api;
use kube::Client;

/// What a server does to one request after another; the last for all that follow.
#[derive(Clone)]
struct Script {
    answers: Arc<Mutex<Vec<Answer>>>,
    asked: Arc<Mutex<Vec<(String, Duration)>>>,
}

#[derive(Clone)]
enum Answer {
    Says(u16, Option<u64>, &'static str),
    Hangs,
}

const PODS: &str = r#"{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}"#;

fn says(code: u16) -> Answer {
    Answer::Says(
        code,
        None,
        r#"{"kind":"Status","status":"Failure","message":"later","reason":"Later","code":503}"#,
    )
}

impl Script {
    /// A client of that server, and the requests it gets: method and time since the start.
    fn client(answers: &[Answer], deadline: Option<Duration>) -> (Client, Self) {
        let script = Self {
            answers: Arc::new(Mutex::new(answers.to_vec())),
            asked: Arc::default(),
        };
        let (served, start) = (script.clone(), Instant::now());
        let service =
            tower::service_fn(move |request: Request<Body>| served.clone().serve(request, start));
        let sender = Sender {
            transport: Client::new(service, "default"),
            server: "api:6443".into(),
            deadline,
            warnings: Warnings::default(),
            login: None,
        };
        let client = Client::new(
            tower::service_fn(move |request| sender.clone().send(request)),
            "default",
        );
        (client, script)
    }

    async fn serve(
        self,
        request: Request<Body>,
        start: Instant,
    ) -> Result<Response<Body>, BoxError> {
        self.asked
            .lock()
            .unwrap()
            .push((request.method().to_string(), start.elapsed()));
        let answer = {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            if answers.len() == 1 {
                answers[0].clone()
            } else {
                answers.remove(0)
            }
        };
        let Answer::Says(code, retry_after, body) = answer else {
            return std::future::pending().await;
        };
        let mut response = Response::builder().status(code);
        if let Some(seconds) = retry_after {
            response = response.header(RETRY_AFTER, seconds);
        }
        Ok(response.body(Body::from(body.as_bytes().to_vec()))?)
    }

    fn times(&self) -> Vec<u128> {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .map(|(_, time)| time.as_millis())
            .collect()
    }
}

async fn list(client: &Client) -> Result<usize, Fault> {
    let pods: Api<Pod> = Api::default_namespaced(client.clone());
    Ok(pods
        .list(&kube::api::ListParams::default())
        .await?
        .items
        .len())
}

#[tokio::test(start_paused = true)]
async fn a_server_that_recovers_is_asked_again() {
    for code in [429, 503, 504] {
        let (client, script) = Script::client(
            &[says(code), says(code), Answer::Says(200, None, PODS)],
            None,
        );
        assert_eq!(list(&client).await.unwrap(), 0);
        assert_eq!(script.times(), [0, 200, 600], "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_is_given_up_soon() {
    let (client, script) = Script::client(&[says(503)], Some(REQUEST_TIMEOUT));
    let fault = list(&client).await.unwrap_err();
    assert_eq!(fault.to_string(), "Error from server (Later): later");
    assert_eq!(script.times(), [0, 200, 600, 1400]);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_honoured_within_the_deadline() {
    let later = |seconds| {
        Answer::Says(
            429,
            Some(seconds),
            r#"{"kind":"Status","message":"m","reason":"TooManyRequests","code":429}"#,
        )
    };
    let (client, script) = Script::client(
        &[later(7), Answer::Says(200, None, PODS)],
        Some(REQUEST_TIMEOUT),
    );
    list(&client).await.unwrap();
    assert_eq!(script.times(), [0, 7000]);

    let (client, script) = Script::client(&[later(60)], Some(REQUEST_TIMEOUT));
    let fault = list(&client).await.unwrap_err();
    assert_eq!(fault.to_string(), "Error from server (TooManyRequests): m");
    assert_eq!(script.times(), [0]);
}

#[tokio::test(start_paused = true)]
async fn other_errors_and_changes_are_sent_once() {
    for code in [400, 401, 403, 404, 409, 500, 502] {
        let (client, script) = Script::client(&[says(code)], None);
        list(&client).await.unwrap_err();
        assert_eq!(script.times(), [0], "{code}");
    }
    let (client, script) = Script::client(&[says(503)], None);
    let pods: Api<Pod> = Api::default_namespaced(client);
    pods.delete("a", &kube::api::DeleteParams::default())
        .await
        .unwrap_err();
    pods.exec("a", ["true"], &kube::api::AttachParams::default())
        .await
        .err()
        .unwrap();
    assert_eq!(script.times(), [0, 0]);
}

#[tokio::test(start_paused = true)]
async fn silence_ends_at_the_deadline() {
    let start = Instant::now();
    let (client, _) = Script::client(&[Answer::Hangs], Some(REQUEST_TIMEOUT));
    let fault = list(&client).await.unwrap_err();
    assert_eq!(
        fault.to_string(),
        "Unable to connect to the server: no answer from api:6443 within 30s"
    );
    assert_eq!(start.elapsed(), REQUEST_TIMEOUT);
    assert!(fault.is_uncertain());
}

#[tokio::test(start_paused = true)]
async fn the_deadline_holds_for_all_repetitions() {
    let start = Instant::now();
    let (client, script) =
        Script::client(&[says(503), Answer::Hangs], Some(Duration::from_secs(5)));
    list(&client).await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::from_secs(5));
    assert_eq!(script.times(), [0, 200]);
}

#[test]
fn streams_have_no_end_to_wait_for() {
    let stream = |uri: &str| is_stream(&Request::get(uri).body(Body::empty()).unwrap());
    assert!(stream("/api/v1/pods?&watch=true&resourceVersion=0"));
    assert!(stream("/api/v1/namespaces/n/pods/p/log?&follow=true"));
    assert!(!stream("/api/v1/pods?&labelSelector=watch%3Dtrue"));
    assert!(!stream("/api/v1/pods"));
    assert!(is_stream(
        &Request::get("/exec")
            .header(UPGRADE, "websocket")
            .body(Body::empty())
            .unwrap()
    ));
}
