//! One server, and how it is asked a four-letter word.

use std::time::Duration;

use crate::cluster::Dial;
use crate::cluster::Unreachable;
use crate::commands::Context;
use crate::ensemble::ServerId;
use crate::ensemble::connect_string::CLIENT_PORT;
use crate::error::Error;
use crate::error::Kind;
use crate::ui::output;
use crate::zookeeper::admin;
use crate::zookeeper::four_letter::ask::Silence;
use crate::zookeeper::four_letter::ask::ask;
use crate::zookeeper::four_letter::word::Word;

/// Where the AdminServer is, on the pod's loopback address.
const ADMIN_PORT: u16 = 8080;

/// One server.
pub(crate) struct Asker<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) dial: &'a dyn Dial,
    pub(crate) pod: &'a str,
    pub(crate) id: ServerId,
    pub(crate) deadline: Duration,
}

impl Asker<'_> {
    /// Its answer to a word; the AdminServer's where the word is not whitelisted.
    pub(crate) async fn ask(&self, word: Word) -> Result<Vec<u8>, Error> {
        let stream = self
            .dial
            .dial(self.pod, CLIENT_PORT, self.deadline)
            .await
            .map_err(|why| self.not_dialled(word, &why))?;
        match ask(stream, word, self.deadline).await {
            Ok(answer) => Ok(answer),
            Err(Silence::NotWhitelisted) => self.ask_admin(word).await,
            // Before its 128th transaction a server has no digest to tell.
            Err(Silence::Empty) if word == Word::Hash => Ok(Vec::new()),
            Err(silence) => Err(self.failed(word, &silence)),
        }
    }

    /// The AdminServer knows no whitelist.
    async fn ask_admin(&self, word: Word) -> Result<Vec<u8>, Error> {
        let refused = || {
            Error::new(Kind::Cluster, format!("server {} does not answer {}: it is not in its 4lw.commands.whitelist, and its AdminServer does not tell it either", self.id, word.as_str()))
                .hint("add the word to 4lw.commands.whitelist in zoo.cfg")
        };
        let stream = self
            .dial
            .dial(self.pod, ADMIN_PORT, self.deadline)
            .await
            .map_err(|why| refused().caused_by(why))?;
        let command = word.admin_command();
        let answer = admin::command(stream, command, self.deadline)
            .await
            .map_err(|error| refused().caused_by(error))?;
        self.context.ui.status(&format!(
            "server {}: {} is not in 4lw.commands.whitelist, this is the AdminServer's {command}",
            self.id,
            word.as_str()
        ));
        Ok(output::json(&answer)?.into_bytes())
    }

    fn not_dialled(&self, word: Word, why: &Unreachable) -> Error {
        let error = self.failed(word, why);
        match why {
            Unreachable::Forbidden(denied) => error.lacking(denied),
            _ => error,
        }
    }

    fn failed(&self, word: Word, why: &dyn std::error::Error) -> Error {
        Error::new(
            Kind::Cluster,
            format!(
                "server {} does not answer {}: {why}",
                self.id,
                word.as_str()
            ),
        )
    }
}
