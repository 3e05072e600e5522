//! What the shell is offered when TAB is pressed behind `kubectl zk`: kubectl's completion protocol (cobra's `__complete`).
//!
//! kubectl runs `kubectl_complete-zk` with the words behind `zk`, the last of which stands at the cursor. A line is a
//! candidate, `VALUE<TAB>MEANING`; the last one, `:N`, says whether the shell offers files besides. It is never an error,
//! never longer than [`DEADLINE`], and says nothing on stderr, which is the user's line.
//!
//! Knows the protocol. Must not know what stands at the cursor (`cursor`), nor which values there are (`values`).

mod cursor;
mod values;

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use clap::Arg;
use clap::ArgAction;
use clap::Args as _;
use clap::Command;
use clap::CommandFactory as _;
use clap::FromArgMatches as _;

use crate::cli::Cli;
use crate::cli::complete::cursor::At;
use crate::cli::complete::cursor::Typed;
use crate::cli::complete::values::Offer;
use crate::cli::globals::Globals;
use crate::cli::globals::switches;
use crate::cli::help::brief;
use crate::cli::help::with_help_flags;
use crate::cluster::Cluster;
use crate::cluster::Connection;
use crate::commands::candidates;
use crate::commands::candidates::Candidate;
use crate::commands::candidates::Wanted;
use crate::commands::completion::LINK;
use crate::error::Error;
use crate::error::Exit;
use crate::ui::Ui;
use crate::ui::UiOptions;
use crate::ui::escape;

/// How long the cluster may take: a shell that hangs is worse than one that offers nothing.
const DEADLINE: Duration = Duration::from_millis(1500);

/// cobra's `ShellCompDirective`s: files are offered besides, or not, and no space follows.
const FILES: u8 = 0;
const NO_SPACE: u8 = 2;
const NO_FILES: u8 = 4;
const DIRECTORIES: u8 = 16;

/// What is asked by a command line that asks for candidates.
pub(crate) struct Question {
    words: Vec<String>,
    described: bool,
}

impl Question {
    /// Whether a command line, the program's name first, asks for candidates: by the name of the link, or by `__complete`,
    /// as programs made with cobra are asked.
    pub(crate) fn of(arguments: &[OsString]) -> Option<Self> {
        let (program, rest) = arguments.split_first()?;
        let called = Path::new(program).file_stem()?;
        let (words, described) = match rest.split_first() {
            _ if called == LINK => (rest, true),
            Some((first, words)) if first == "__complete" => (words, true),
            Some((first, words)) if first == "__completeNoDesc" => (words, false),
            _ => return None,
        };
        let text = |word: &OsString| word.to_string_lossy().into_owned();
        Some(Self {
            words: words.iter().map(text).collect(),
            described,
        })
    }

    /// Answers on stdout. It ends well, whatever happens: there may be nothing to offer.
    pub(crate) fn answer(
        &self,
        reach: impl AsyncFnOnce(Connection) -> Result<Cluster, Error>,
    ) -> Exit {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else {
            return Exit::Success;
        };
        let answer = runtime.block_on(self.text(reach));
        // A look-up of a name may hang on: it is not waited for.
        runtime.shutdown_background();
        // Whoever asked may have gone.
        let _ = Ui::new(UiOptions::default()).data(&answer);
        Exit::Success
    }

    /// The lines of the answer. Behind a `jsonpath=` comes no space.
    pub(crate) async fn text(
        &self,
        reach: impl AsyncFnOnce(Connection) -> Result<Cluster, Error>,
    ) -> String {
        let (candidates, directive) = self.candidates(reach).await;
        let unfinished = |candidate: &Candidate| candidate.value.ends_with('=');
        let directive = match candidates.iter().any(unfinished) {
            true => directive | NO_SPACE,
            false => directive,
        };
        let lines = candidates
            .iter()
            .map(|candidate| line(candidate, self.described));
        lines.collect::<String>() + &format!(":{directive}\n")
    }

    async fn candidates(
        &self,
        reach: impl AsyncFnOnce(Connection) -> Result<Cluster, Error>,
    ) -> (Vec<Candidate>, u8) {
        let mut program = with_help_flags(Cli::command());
        program.build();
        let typed = cursor::read(&program, &self.words);
        let word = self.words.last().map(String::as_str).unwrap_or_default();
        match &typed.at {
            At::Unknown => (Vec::new(), NO_FILES),
            At::Verb => (beginning(verbs(typed.command), word), NO_FILES),
            At::Flag => (beginning(flags(&typed, word), word), NO_FILES),
            At::Value {
                arg,
                typed: begun,
                prefix,
            } => {
                let again = typed.value(arg.get_id().as_str()).is_some();
                let there = match values::of(typed.command.get_name(), arg, again) {
                    Offer::Files => return (Vec::new(), FILES),
                    Offer::Directories => return (Vec::new(), DIRECTORIES),
                    Offer::These(candidates) => candidates,
                    Offer::Ask(wanted) => ask(&typed, wanted, reach).await,
                };
                let put = |candidate: Candidate| Candidate {
                    value: format!("{prefix}{}", candidate.value),
                    ..candidate
                };
                let there = beginning(there, begun).into_iter().map(put);
                (there.collect(), NO_FILES)
            }
        }
    }
}

/// What the kubeconfig or the cluster has, as the flags typed so far say which; nothing where that takes too long.
async fn ask(
    typed: &Typed<'_>,
    wanted: Wanted,
    reach: impl AsyncFnOnce(Connection) -> Result<Cluster, Error>,
) -> Vec<Candidate> {
    let Some(connection) = connection(typed) else {
        return Vec::new();
    };
    let name = typed.value("name").and_then(|name| name.parse().ok());
    let asked = candidates::of(wanted, name, connection, reach);
    // On the heap: a connection's future is large.
    tokio::time::timeout(DEADLINE, Box::pin(asked))
        .await
        .unwrap_or_default()
}

/// The connection that the flags before the cursor speak of, whatever else is wrong with the line; none if they make no
/// sense themselves.
fn connection(typed: &Typed<'_>) -> Option<Connection> {
    let reader =
        Globals::augment_args(Command::new("flags").no_binary_name(true)).args_override_self(true);
    let global = typed.given.iter().filter(|(arg, _)| arg.is_global_set());
    let flags = global.filter_map(|(arg, value)| {
        let long = arg.get_long()?;
        // A switch may have a value: `--insecure-skip-tls-verify=false`.
        Some(match arg.get_action().takes_values() || !value.is_empty() {
            true => format!("--{long}={value}"),
            false => format!("--{long}"),
        })
    });
    let flags: Vec<OsString> = flags.map(OsString::from).collect();
    let matches = reader.try_get_matches_from(switches(flags)).ok()?;
    Some(Globals::from_arg_matches(&matches).ok()?.connection())
}

/// A candidate's line. What comes from the cluster sends nothing to the terminal but text.
fn line(candidate: &Candidate, described: bool) -> String {
    let value = escape::cell(&candidate.value);
    match candidate.meaning.is_empty() || !described {
        true => format!("{value}\n"),
        false => format!("{value}\t{}\n", escape::cell(&candidate.meaning)),
    }
}

fn beginning(candidates: Vec<Candidate>, typed: &str) -> Vec<Candidate> {
    let mut candidates = candidates;
    candidates.retain(|candidate| candidate.value.starts_with(typed));
    candidates
}

fn verbs(program: &Command) -> Vec<Candidate> {
    let told = program.get_subcommands().filter(|verb| !verb.is_hide_set());
    told.map(|verb| Candidate::new(verb.get_name(), brief(verb)))
        .collect()
}

/// The flags that may still be given. Letters are offered where nothing but the hyphen is typed.
fn flags(typed: &Typed<'_>, word: &str) -> Vec<Candidate> {
    let again = |arg: &Arg| matches!(arg.get_action(), ArgAction::Append);
    let open = |arg: &&Arg| {
        !arg.is_hide_set() && (again(arg) || typed.value(arg.get_id().as_str()).is_none())
    };
    let mut offered = Vec::new();
    for arg in typed.command.get_arguments().filter(open) {
        let meaning = first_line(arg.get_help());
        let long = arg.get_long().map(|long| format!("--{long}"));
        let letter = arg.get_short().filter(|_| word == "-");
        let letter = letter.map(|letter| format!("-{letter}"));
        offered.extend(long.map(|flag| Candidate::new(flag, meaning.clone())));
        offered.extend(letter.map(|flag| Candidate::new(flag, meaning.clone())));
    }
    offered
}

fn first_line(text: Option<&clap::builder::StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}
