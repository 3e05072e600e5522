//! Floor 7: the command line: flags that every verb has, the verbs, and who runs them. Decides nothing.

mod globals;

use std::ffi::OsString;

use clap::Parser;
use clap::Subcommand;

use crate::cli::globals::Globals;
use crate::cluster::Cluster;
use crate::cluster::Connection;
use crate::cluster::Env;
use crate::cluster::connect;
use crate::commands::Context;
use crate::commands::DryRun;
use crate::commands::create;
use crate::commands::delete;
use crate::commands::exec;
use crate::commands::status;
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
    Delete(delete::DeleteArgs),
}

/// Runs a command line; gives how the process ends.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    let ui = Ui::new(cli.ui_options());
    trace(cli.globals.verbosity);
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

impl Cli {
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
        match Box::pin(self.dispatch(ui, reach)).await {
            Ok(exit) => exit,
            Err(error) => failed(ui, &error),
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
            command => command,
        };
        let cluster = &reach(globals.connection()).await?;
        let context = &Context { ui, cluster };
        match command {
            Command::Create(args) => create::run(context, *args).await,
            Command::Status(args) => status::run(context, args).await,
            Command::Exec(args) => exec::run(context, args).await,
            Command::Delete(args) => delete::run(context, args).await,
        }
    }
}

/// The cluster that flags, kubeconfig and environment lead to.
async fn reach(connection: Connection) -> Result<Cluster, Error> {
    Ok(Cluster::new(
        connect(&connection, &Env::from_process()).await?,
    ))
}

fn failed(ui: &Ui, error: &Error) -> Exit {
    if error.kind != Kind::BrokenPipe {
        ui.error(error, &error.hints);
    }
    error.exit()
}

/// klog's levels: from 6 on requests are shown. An object's text never is: it may be a Secret's.
fn trace(level: u8) {
    let filter = match level {
        0..6 => return,
        6..8 => "kubectl_zk=debug,kube_client=off",
        _ => "kubectl_zk=trace,kube_client=off,hyper_util=debug",
    };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .finish();
    // It can only fail because there is one already.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// clap's own words: help and version to stdout, the rest to stderr.
fn explain(error: &clap::Error) -> Exit {
    // Nobody may be reading any more, which is as good.
    let _ = error.print();
    if error.use_stderr() {
        Exit::Usage
    } else {
        Exit::Success
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_makes_sense() {
        Cli::command().debug_assert();
    }
}
