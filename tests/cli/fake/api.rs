//! The API server: a closure over objects in memory that notes what it is asked and fails where it is told to.

use std::io;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::time::Duration;

use http::Request;
use http::Response;
use kube::Client;
use kube::client::Body;
use kubectl_zk::cluster::Warnings;
use kubectl_zk::cluster::send::Sender;
use serde_json::Value;
use tower::BoxError;

use crate::fake::asked::Asked;
use crate::fake::bell::Bell;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::objects::Key;
use crate::fake::objects::Store;
use crate::fake::pace::REVISIONS;

/// The server. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Api(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    store: Store,
    log: Vec<Asked>,
    faults: Vec<(When, How)>,
    bell: Bell,
}

impl Api {
    /// A client of it, with the manners of the real one.
    pub(crate) fn client(&self, namespace: &str, warnings: Warnings) -> Client {
        let api = self.clone();
        let service = tower::service_fn(move |request| api.clone().serve(request));
        let sender = Sender {
            transport: Client::new(service, namespace),
            server: "api:6443".into(),
            deadline: Some(Duration::from_secs(30)),
            warnings,
            login: None,
        };
        Client::new(
            tower::service_fn(move |request| sender.clone().send(request)),
            namespace,
        )
    }

    /// From now on this happens.
    pub(crate) fn fault(&self, when: When, how: How) {
        self.state().faults.push((when, how));
    }

    /// All is well again, and nothing was asked.
    pub(crate) fn forget(&self) {
        let mut state = self.state();
        state.faults.clear();
        state.log.clear();
    }

    /// Every request, a line each.
    pub(crate) fn log(&self) -> String {
        lines(self.state().log.iter())
    }

    /// The requests that change something, a line each.
    pub(crate) fn changes(&self) -> String {
        lines(self.state().log.iter().filter(|asked| asked.changes()))
    }

    /// Those of them that were not only to be checked.
    pub(crate) fn done(&self) -> String {
        let state = self.state();
        let done = state.log.iter().filter(|it| it.changes() && !it.is_dry());
        lines(done)
    }

    /// How many requests there were.
    pub(crate) fn count(&self) -> usize {
        self.state().log.len()
    }

    /// Waits until there were so many requests.
    pub(crate) async fn until_asked(&self, count: usize) {
        let bell = self.state().bell.clone();
        bell.until(|| count <= self.count()).await;
    }

    /// Whether every request that changes something was only to be checked.
    pub(crate) fn was_dry(&self) -> bool {
        self.state()
            .log
            .iter()
            .filter(|asked| asked.changes())
            .all(Asked::is_dry)
    }

    /// Everything that is kept, to be looked at and changed.
    pub(crate) fn store(&self, change: impl FnOnce(&mut Store)) {
        change(&mut self.state().store);
    }

    /// One object.
    pub(crate) fn object(&self, resource: &str, name: &str) -> Option<Value> {
        let key: Key = (resource.to_owned(), "default".to_owned(), name.to_owned());
        self.state().store.objects.get(&key).cloned()
    }

    /// How many requests `create` had sent before it began to wait: before it first looked at the pods.
    pub(crate) fn before_the_wait(&self) -> usize {
        let log = self.log();
        let waits = |line: &str| line.starts_with("list pods");
        log.lines().take_while(|line| !waits(line)).count()
    }

    /// `configmaps/zk`, …: all that is there.
    pub(crate) fn names(&self) -> Vec<String> {
        let state = self.state();
        let keys = state.store.objects.keys();
        let keys = keys.filter(|(resource, _, _)| resource != REVISIONS);
        keys.map(|(resource, _, name)| format!("{resource}/{name}"))
            .collect()
    }

    /// The answer to one request.
    pub(crate) async fn serve(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let asked = Asked::read(request).await;
        // Whoever else runs has a turn: two commands at once meet between any two requests.
        tokio::task::yield_now().await;
        let (how, answer) = self.answer(&asked);
        if matches!(how, Some(How::Hangs)) {
            std::future::pending::<()>().await;
        }
        match answer {
            Some((code, body)) => Ok(Response::builder()
                .status(code)
                .body(Body::from(written(&body)))?),
            None => Err(io::Error::from(io::ErrorKind::ConnectionReset).into()),
        }
    }

    /// The fault that happens, if one does, and the answer.
    fn answer(&self, asked: &Asked) -> (Option<How>, Option<(u16, Value)>) {
        let mut state = self.state();
        state.log.push(asked.clone());
        state.bell.ring();
        let number = state.log.len();
        let found = state
            .faults
            .iter()
            .position(|(when, how)| when.is_now(asked, number) && how.fits(asked));
        let Some(index) = found else {
            return (None, Some(state.store.answer(asked)));
        };
        let how = match state.faults[index].0 {
            When::Once(_) => state.faults.remove(index).1,
            _ => state.faults[index].1.clone(),
        };
        if let How::Meanwhile(change) = how {
            change(&mut state.store);
            return (None, Some(state.store.answer(asked)));
        }
        if matches!(how, How::DropAnswer | How::Gone) {
            state.store.answer(asked);
        }
        let answer = how.answer(asked);
        (Some(how), answer)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

/// Objects are JSON; a log is text.
fn written(body: &Value) -> Vec<u8> {
    match body {
        Value::String(text) => text.clone().into_bytes(),
        object => object.to_string().into_bytes(),
    }
}

fn lines<'a>(asked: impl Iterator<Item = &'a Asked>) -> String {
    asked.fold(String::new(), |text, asked| {
        text + &asked.to_string() + "\n"
    })
}
