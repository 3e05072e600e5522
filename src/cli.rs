//! Floor 7: the command line: flags that every verb has, the verbs, and who runs them. Decides nothing.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::Parser;
use clap::Subcommand;

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
use crate::ui::ColorChoice;
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

/// Flags of every verb: kubectl's, at any place.
#[derive(Args, Debug)]
#[command(next_help_heading = "Flags of every verb")]
struct Globals {
    /// Path to the kubeconfig file
    #[arg(long, global = true, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// The kubeconfig's context to use
    #[arg(long, global = true, value_name = "NAME")]
    context: Option<String>,
    /// The kubeconfig's cluster to use
    #[arg(long, global = true, value_name = "NAME")]
    cluster: Option<String>,
    /// The kubeconfig's user to use
    #[arg(long, global = true, value_name = "NAME")]
    user: Option<String>,
    /// The namespace
    #[arg(short = 'n', long, global = true, value_name = "NAME")]
    namespace: Option<String>,
    /// Address and port of the API server
    #[arg(short = 's', long, global = true, value_name = "URL")]
    server: Option<String>,
    /// Bearer token for the API server
    #[arg(long, global = true, value_name = "TOKEN")]
    token: Option<String>,
    /// User to impersonate
    #[arg(long = "as", global = true, value_name = "USER")]
    as_user: Option<String>,
    /// Group to impersonate (can be repeated)
    #[arg(long = "as-group", global = true, value_name = "GROUP")]
    as_groups: Vec<String>,
    /// UID to impersonate
    #[arg(long, global = true, value_name = "UID")]
    as_uid: Option<String>,
    /// Extra attribute to impersonate, KEY=VALUE (can be repeated)
    #[arg(long, global = true, value_name = "KEY=VALUE", value_parser = key_value)]
    as_user_extra: Vec<(String, String)>,
    /// File with the certificates that may sign the API server's
    #[arg(long, global = true, value_name = "FILE")]
    certificate_authority: Option<PathBuf>,
    /// File with our certificate
    #[arg(long, global = true, value_name = "FILE")]
    client_certificate: Option<PathBuf>,
    /// File with our key
    #[arg(long, global = true, value_name = "FILE")]
    client_key: Option<PathBuf>,
    /// Name that the API server's certificate must have
    #[arg(long, global = true, value_name = "NAME")]
    tls_server_name: Option<String>,
    /// Do not check the API server's certificate
    #[arg(long, global = true)]
    insecure_skip_tls_verify: bool,
    /// How long one request to the API server may take; 0 for no limit
    #[arg(long, global = true, value_name = "DURATION", value_parser = request_timeout)]
    request_timeout: Option<Duration>,
    /// Do not ask for compressed answers
    #[arg(long, global = true)]
    disable_compression: bool,
    /// Say what is sent to the API server: 6 a line per request, 8 and more details
    #[arg(
        short = 'v',
        long = "v",
        global = true,
        value_name = "LEVEL",
        default_value = "0",
        hide_default_value = true
    )]
    verbosity: u8,
    /// Colour: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    color: ColorChoice,
    /// Say nothing that is not asked for
    #[arg(short = 'q', long, global = true)]
    quiet: bool,
    /// Answer every question with yes
    #[arg(short = 'y', long, global = true)]
    yes: bool,
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
        match self.dispatch(ui, reach).await {
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
        let cluster = &reach(connection(globals)).await?;
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

fn connection(globals: Globals) -> Connection {
    // Destructured without `..`: a new flag must find its place here.
    let Globals {
        kubeconfig,
        context,
        cluster,
        user,
        namespace,
        server,
        token,
        as_user,
        as_groups,
        as_uid,
        as_user_extra,
        certificate_authority,
        client_certificate,
        client_key,
        tls_server_name,
        insecure_skip_tls_verify,
        request_timeout,
        disable_compression,
        verbosity: _,
        color: _,
        quiet: _,
        yes: _,
    } = globals;
    Connection {
        kubeconfig,
        context,
        cluster,
        user,
        namespace,
        server,
        token,
        as_user,
        as_groups,
        as_uid,
        as_user_extra,
        certificate_authority,
        client_certificate,
        client_key,
        tls_server_name,
        insecure_skip_tls_verify,
        request_timeout,
        disable_compression,
    }
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

fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("KEY=VALUE is expected")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// `0` is no limit; any other has a unit.
fn request_timeout(text: &str) -> Result<Duration, String> {
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    crate::commands::values::duration(text)
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
