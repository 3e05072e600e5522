//! Floor 7: the command line: flags that every verb has, the verbs, and who runs them. Decides nothing.

mod complete;
mod examples;
mod globals;
mod help;
mod mistake;
mod scripts;
mod trace;
mod verb;

use std::ffi::OsString;

use clap::CommandFactory as _;
use clap::FromArgMatches as _;
use clap::Parser;
use clap::Subcommand;
use clap::error::ErrorKind;

use crate::cli::complete::Question;
use crate::cli::globals::Globals;
use crate::cli::help::options;
use crate::cli::help::with_help;
use crate::cli::mistake::mistake;
use crate::cli::trace::trace;
pub use crate::cli::trace::traced;
use crate::cluster::Cluster;
use crate::cluster::Connection;
use crate::cluster::Env;
use crate::cluster::connect;
use crate::cluster::namespace;
use crate::commands::Context;
use crate::commands::DryRun;
use crate::commands::completion;
use crate::commands::connection_string;
use crate::commands::create;
use crate::commands::delete;
use crate::commands::diff;
use crate::commands::exec;
use crate::commands::rbac;
use crate::commands::repair;
use crate::commands::replace;
use crate::commands::restart;
use crate::commands::scale;
use crate::commands::status;
use crate::commands::update;
use crate::commands::version;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::ui::Ui;
use crate::ui::UiOptions;

/// Create and run Apache ZooKeeper ensembles on Kubernetes
#[derive(Parser, Debug)]
#[command(
    name = "kubectl-zk",
    bin_name = "kubectl zk",
    version,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    subcommand_required = true
)]
pub struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// What can be done.
#[derive(Subcommand, Debug)]
enum Command {
    Create(Box<create::CreateArgs>),
    Status(status::StatusArgs),
    Exec(exec::ExecArgs),
    Scale(Box<scale::ScaleArgs>),
    Restart(Box<restart::RestartArgs>),
    Update(Box<update::UpdateArgs>),
    Diff(Box<diff::DiffArgs>),
    Replace(Box<replace::ReplaceArgs>),
    Repair(Box<repair::RepairArgs>),
    Delete(delete::DeleteArgs),
    ConnectionString(Box<connection_string::ConnectionStringArgs>),
    Rbac(rbac::RbacArgs),
    Version(version::VersionArgs),
    Completion(completion::CompletionArgs),
    /// Print the flags of every verb
    Options,
}

/// Why there is nothing to run.
#[derive(Debug)]
pub enum Stop {
    /// Help or the version was asked for: this text.
    Told(String),
    /// The command line makes no sense.
    Mistake(Error),
}

/// Runs a command line; gives how the process ends.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(question) = Question::of(&arguments) {
        return question.answer(reach_alone);
    }
    let cli = match Cli::read(globals::switches(arguments)) {
        Ok(cli) => cli,
        Err(stop) => return stop.show(&Ui::new(UiOptions::default())),
    };
    let ui = Ui::new(cli.ui_options());
    trace(cli.globals.verbosity, ui.stderr_color());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(cli.run(&ui, reach)),
        Err(error) => failed(
            &ui,
            &Error::new(Kind::Internal, "cannot start").caused_by(error),
        ),
    }
}

/// What a shell is offered for a command line, the program's name first, if it asks for that.
pub async fn offered(
    arguments: &[OsString],
    reach: impl AsyncFnOnce(Connection) -> Result<Cluster, Error>,
) -> Option<String> {
    Some(Question::of(arguments)?.text(reach).await)
}

/// The whole command line, for those who describe it.
pub fn command() -> clap::Command {
    with_help(Cli::command())
}

impl Stop {
    /// Shows it.
    pub fn show(self, ui: &Ui) -> Exit {
        match self {
            Self::Mistake(error) => failed(ui, &error),
            Self::Told(text) => match ui.data(&text) {
                Ok(()) => Exit::Success,
                Err(error) => failed(ui, &error.into()),
            },
        }
    }
}

impl Cli {
    /// Reads a command line, the program's name first. `help VERB` is `VERB --help`.
    ///
    /// # Errors
    /// There is nothing to run.
    pub fn read(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Result<Self, Stop> {
        let mut words: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        if words.get(1).is_some_and(|word| word == "help") {
            words.remove(1);
            words.push("--help".into());
        }
        let command = with_help(Self::command());
        let verb = words
            .iter()
            .skip(1)
            .filter_map(|word| command.find_subcommand(word))
            .map(|verb| verb.get_name().to_owned())
            .next();
        let read = command
            .try_get_matches_from(words)
            .and_then(|matches| Self::from_arg_matches(&matches));
        read.map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Told(error.to_string()),
            _ => Stop::Mistake(mistake(&error, verb.as_deref())),
        })
    }

    /// What the user wants of the terminal.
    pub fn ui_options(&self) -> UiOptions {
        UiOptions {
            color: self.globals.color,
            quiet: self.globals.quiet,
            yes: self.globals.yes,
        }
    }

    /// Runs the verb and shows its error, if there is one. `reach` makes the way to the cluster, where one is needed: tests
    /// put a cluster in memory there.
    pub async fn run(
        self,
        ui: &Ui,
        reach: impl AsyncFnOnce(Connection) -> Result<Cluster, Error>,
    ) -> Exit {
        // On the heap: a verb's future is large.
        let verb = self.command.verb();
        match Box::pin(self.dispatch(ui, reach)).await {
            Ok(exit) => exit,
            Err(error) => failed(ui, &error.with_role_for(verb)),
        }
    }

    async fn dispatch(
        self,
        ui: &Ui,
        reach: impl AsyncFnOnce(Connection) -> Result<Cluster, Error>,
    ) -> Result<Exit, Error> {
        let Self { globals, command } = self;
        let command = match command {
            Command::Create(args) if args.dry_run == DryRun::Client => {
                return create::print(ui, *args);
            }
            Command::Options => {
                ui.data(&options(&Self::command()))?;
                return Ok(Exit::Success);
            }
            Command::Version(args) => {
                let reach = async || reach(globals.connection()).await;
                return version::run(ui, &args, reach).await;
            }
            Command::Completion(args) => return scripts::run(ui, args),
            Command::Rbac(args) => {
                let namespace = || namespace(&globals.connection(), &Env::from_process());
                return rbac::run(ui, args, namespace);
            }
            command => command,
        };
        let cluster = &reach(globals.connection()).await?;
        let context = &Context { ui, cluster };
        let result = match command {
            Command::Create(args) => Box::pin(create::run(context, *args)).await,
            Command::Status(args) => status::run(context, args).await,
            Command::Exec(args) => exec::run(context, args).await,
            Command::Scale(args) => scale::run(context, *args).await,
            Command::Restart(args) => restart::run(context, *args).await,
            Command::Update(args) => Box::pin(update::run(context, *args)).await,
            Command::Diff(args) => Box::pin(diff::run(context, *args)).await,
            Command::Replace(args) => replace::run(context, *args).await,
            Command::Repair(args) => repair::run(context, *args).await,
            Command::Delete(args) => delete::run(context, args).await,
            Command::ConnectionString(args) => connection_string::run(context, *args).await,
            // Answered above, without a cluster.
            Command::Rbac(_) | Command::Version(_) | Command::Completion(_) | Command::Options => {
                Ok(Exit::Success)
            }
        };
        // What was said before a failure may explain it.
        context.pass_on_warnings();
        result
    }
}

/// The cluster that flags, kubeconfig and environment lead to.
async fn reach(connection: Connection) -> Result<Cluster, Error> {
    let env = Env::from_process();
    Ok(Cluster::new(connect(&connection, &env).await?))
}

/// As [`reach`], where nobody may be asked anything: no credential plugin gets the terminal.
async fn reach_alone(connection: Connection) -> Result<Cluster, Error> {
    let env = Env::from_process().without_a_terminal();
    Ok(Cluster::new(connect(&connection, &env).await?))
}

fn failed(ui: &Ui, error: &Error) -> Exit {
    if error.kind != Kind::BrokenPipe {
        ui.error(error, &error.hints);
    }
    error.exit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_makes_sense() {
        with_help(Cli::command()).debug_assert();
    }
}
