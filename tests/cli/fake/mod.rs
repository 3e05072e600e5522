//! A cluster in memory, and a command line that runs on it.

pub(crate) mod api;
pub(crate) mod asked;
pub(crate) mod bell;
pub(crate) mod by_hand;
pub(crate) mod controllers;
pub(crate) mod ensemble;
pub(crate) mod faults;
pub(crate) mod going;
#[cfg(unix)]
pub(crate) mod http;
pub(crate) mod members;
pub(crate) mod nobody;
pub(crate) mod objects;
pub(crate) mod pace;
pub(crate) mod schema;
pub(crate) mod server;
pub(crate) mod session;
pub(crate) mod texts;
pub(crate) mod trace;

use std::fmt;
use std::sync::Arc;

use kubectl_zk::cli::Cli;
use kubectl_zk::cluster::Cluster;
use kubectl_zk::cluster::Connected;
use kubectl_zk::cluster::Connection;
use kubectl_zk::cluster::Dial;
use kubectl_zk::cluster::Warnings;
use kubectl_zk::error::Exit;
use kubectl_zk::ui::Capture;
use kubectl_zk::ui::Ui;

use crate::fake::api::Api;
use crate::fake::ensemble::Zoo;

/// The API server and the servers behind it. Clones share both.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) api: Api,
    pub(crate) zoo: Zoo,
}

impl Default for World {
    fn default() -> Self {
        let (api, zoo) = (Api::default(), Zoo::default());
        api.store(|store| store.controllers.zoo = zoo.clone());
        Self { api, zoo }
    }
}

/// What a command left behind.
pub(crate) struct Outcome {
    pub(crate) exit: Exit,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) bytes: Vec<u8>,
}

impl World {
    /// A cluster on which `create zk` was run, with nothing in its request log.
    pub(crate) async fn with_zk() -> Self {
        let world = Self::default();
        world.zk("create zk -q").await.succeeded();
        world.api.forget();
        world
    }

    /// Runs `kubectl zk ARGUMENTS`, split at spaces, without a terminal.
    pub(crate) async fn zk(&self, arguments: &str) -> Outcome {
        self.run(arguments, |_| ()).await
    }

    /// The same on a terminal where a person answers.
    pub(crate) async fn zk_answering(&self, answer: &str, arguments: &str) -> Outcome {
        let person = |capture: &Capture| {
            capture.pretend_terminal(120);
            capture.answer(answer);
        };
        self.run(&format!("{arguments} --color never"), person)
            .await
    }

    async fn run(&self, arguments: &str, prepare: impl Fn(&Capture)) -> Outcome {
        self.run_words(&arguments.split_whitespace().collect::<Vec<_>>(), prepare)
            .await
    }

    /// The same with words that may have spaces in them.
    pub(crate) async fn run_words(
        &self,
        words: &[impl AsRef<str>],
        prepare: impl Fn(&Capture),
    ) -> Outcome {
        trace::on();
        let words = words.iter().map(AsRef::as_ref);
        let cli = match Cli::read(std::iter::once("kubectl-zk").chain(words)) {
            Ok(cli) => cli,
            Err(stop) => {
                let (ui, capture) = Ui::capture();
                return Outcome::new(stop.show(&ui), &capture);
            }
        };
        let (ui, capture) = Ui::capture_with(cli.ui_options());
        prepare(&capture);
        let exit = cli
            .run(&ui, async |connection| Ok(self.cluster(&connection)))
            .await;
        Outcome::new(exit, &capture)
    }

    pub(crate) fn cluster(&self, connection: &Connection) -> Cluster {
        let namespace = connection.namespace.clone().unwrap_or("default".to_owned());
        let warnings = Warnings::default();
        let connected = Connected {
            client: self.api.client(&namespace, warnings.clone()),
            namespace,
            context: "test".to_owned(),
            server: "https://api:6443".to_owned(),
            warnings,
        };
        let zoo = self.zoo.clone();
        Cluster::with_dialer(
            connected,
            Arc::new(move |_| -> Arc<dyn Dial> { Arc::new(zoo.clone()) }),
        )
    }
}

impl Outcome {
    fn new(exit: Exit, capture: &Capture) -> Self {
        let stdout = capture.stdout();
        schema::hold(&stdout);
        Self {
            exit,
            stdout,
            stderr: capture.stderr(),
            bytes: capture.stdout_bytes(),
        }
    }

    #[track_caller]
    pub(crate) fn succeeded(&self) -> &Self {
        assert_eq!(self.exit, Exit::Success, "{self}");
        self
    }

    #[track_caller]
    pub(crate) fn failed(&self) -> &Self {
        assert_eq!(self.exit, Exit::Failure, "{self}");
        self
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            exit,
            stdout,
            stderr,
            bytes: _,
        } = self;
        writeln!(
            f,
            "exit {}\n--- stdout\n{stdout}--- stderr\n{stderr}",
            *exit as u8
        )
    }
}

/// A text in which no configuration's hash is: it changes with every word of the start script.
pub(crate) fn without_hash(text: &str) -> String {
    let mut parts = text.split("-config-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "-config-HASH" + &part[10..])
}
