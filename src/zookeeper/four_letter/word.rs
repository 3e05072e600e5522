//! The words themselves.

use std::fmt;
use std::str::FromStr;

/// A four-letter word. `stmk` and `gtmk` are left out: they set and show a trace mask nobody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "Word::meaning says it")]
pub enum Word {
    Ruok,
    Srvr,
    Stat,
    Mntr,
    Conf,
    Cons,
    Envi,
    Isro,
    Dirs,
    Dump,
    Hash,
    Wchs,
    Wchc,
    Wchp,
    Srst,
    Crst,
}

/// Why a text is not a word.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown four-letter word {text:?}{}; the words are {}", suggestion(*.nearest), list())]
pub struct UnknownWord {
    text: String,
    nearest: Option<Word>,
}

impl Word {
    /// All of them, the most useful first.
    pub const ALL: [Self; 16] = [
        Self::Ruok,
        Self::Srvr,
        Self::Stat,
        Self::Mntr,
        Self::Conf,
        Self::Cons,
        Self::Envi,
        Self::Isro,
        Self::Dirs,
        Self::Dump,
        Self::Hash,
        Self::Wchs,
        Self::Wchc,
        Self::Wchp,
        Self::Srst,
        Self::Crst,
    ];

    /// What is sent.
    pub fn as_str(self) -> &'static str {
        self.facts().0
    }

    /// The `AdminServer`'s command that says the same.
    pub fn admin_command(self) -> &'static str {
        self.facts().1
    }

    /// What it asks for, in one line.
    pub fn meaning(self) -> &'static str {
        self.facts().2
    }

    /// Whether asking changes the server.
    pub fn changes_state(self) -> bool {
        matches!(self, Self::Srst | Self::Crst)
    }

    /// Whether a server without a quorum refuses to answer.
    pub fn needs_serving(self) -> bool {
        !matches!(self, Self::Ruok | Self::Envi | Self::Isro)
    }

    fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Ruok => (
                "ruok",
                "ruok",
                "whether the process is up (not whether it serves)",
            ),
            Self::Srvr => (
                "srvr",
                "server_stats",
                "version, mode, latency and last zxid",
            ),
            Self::Stat => ("stat", "stats", "as srvr, and the connected clients"),
            Self::Mntr => ("mntr", "monitor", "every metric, one a line"),
            Self::Conf => (
                "conf",
                "configuration",
                "configuration, members and their version",
            ),
            Self::Cons => ("cons", "connections", "every connection and its session"),
            Self::Envi => ("envi", "environment", "host, Java and operating system"),
            Self::Isro => (
                "isro",
                "is_read_only",
                "whether the server writes (rw) or only reads (ro)",
            ),
            Self::Dirs => (
                "dirs",
                "dirs",
                "size of snapshots and transaction logs, in bytes",
            ),
            Self::Dump => ("dump", "dump", "sessions and their ephemeral nodes"),
            Self::Hash => (
                "hash",
                "hash",
                "digests of the data, one for every 128 transactions",
            ),
            Self::Wchs => ("wchs", "watch_summary", "how many watches there are"),
            Self::Wchc => ("wchc", "watches", "watches by session (can be huge)"),
            Self::Wchp => ("wchp", "watches_by_path", "watches by path (can be huge)"),
            Self::Srst => ("srst", "stat_reset", "resets the server's statistics"),
            Self::Crst => (
                "crst",
                "connection_stat_reset",
                "resets the connections' statistics",
            ),
        }
    }
}

impl FromStr for Word {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let known = Self::ALL.into_iter().find(|word| word.as_str() == text);
        known.ok_or_else(|| UnknownWord {
            text: text.to_owned(),
            nearest: nearest(text),
        })
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The word that shares most letters in place with `text`; at least two, or it is a guess.
fn nearest(text: &str) -> Option<Word> {
    let text = text.to_ascii_lowercase();
    let alike = |word: Word| {
        let in_place = word
            .as_str()
            .bytes()
            .zip(text.bytes())
            .filter(|(a, b)| a == b)
            .count();
        let present = word
            .as_str()
            .chars()
            .filter(|&letter| text.contains(letter))
            .count();
        in_place.max(present.saturating_sub(1))
    };
    let best = Word::ALL
        .into_iter()
        .rev()
        .max_by_key(|&word| alike(word))?;
    (2 <= alike(best)).then_some(best)
}

fn suggestion(nearest: Option<Word>) -> String {
    nearest.map_or_else(String::new, |word| format!(" (did you mean {word}?)"))
}

fn list() -> String {
    Word::ALL.map(Word::as_str).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_word_is_read_back() {
        for word in Word::ALL {
            assert_eq!(word.as_str().parse(), Ok(word));
            assert_eq!(word.as_str().len(), 4);
        }
    }

    #[test]
    fn an_unknown_word_gets_the_list_and_a_suggestion() {
        let message = |text: &str| text.parse::<Word>().unwrap_err().to_string();
        insta::assert_snapshot!(
            message("mntt"),
            @r#"unknown four-letter word "mntt" (did you mean mntr?); the words are ruok, srvr, stat, mntr, conf, cons, envi, isro, dirs, dump, hash, wchs, wchc, wchp, srst, crst"#
        );
        for (text, meant) in [
            ("RUOK", "ruok"),
            ("srv", "srvr"),
            ("stats", "stat"),
            ("config", "conf"),
            ("rouk", "ruok"),
        ] {
            assert!(
                message(text).contains(&format!("did you mean {meant}?")),
                "{}",
                message(text)
            );
        }
        assert!(!message("xyz").contains("mean"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = text.parse::<Word>().map_err(|error| error.to_string());
        }
    }
}
