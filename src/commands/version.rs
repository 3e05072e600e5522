//! `version`: the plugin's, and the API server's.

use clap::Args;
use clap::ValueEnum;

use crate::cluster::Cluster;
use crate::cluster::client::platform;
use crate::ensemble::intent::DEFAULT_IMAGE;
use crate::error::Error;
use crate::error::Exit;
use crate::ui::Ui;
use crate::ui::output;
use crate::ui::view::version::ClientVersion;
use crate::ui::view::version::VersionView;

/// Print the version of the plugin, and that of the API server
#[derive(Args, Debug)]
pub struct VersionArgs {
    /// The plugin's alone: no server is asked
    #[arg(long)]
    pub client: bool,
    /// json or yaml; lines if not given
    #[arg(
        short = 'o',
        long,
        value_enum,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    output: Option<Written>,
}

/// How the versions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Written {
    /// As JSON
    Json,
    /// As YAML
    Yaml,
}

/// Runs it. What is known is shown, also where the server's version is not to be had.
///
/// # Errors
/// There is no way to the API server, or it does not say its version.
pub async fn run(
    ui: &Ui,
    args: &VersionArgs,
    reach: impl AsyncFnOnce() -> Result<Cluster, Error>,
) -> Result<Exit, Error> {
    let mut view = VersionView {
        client_version: ours(),
        zookeeper_version: DEFAULT_IMAGE
            .rsplit(':')
            .next()
            .unwrap_or_default()
            .to_owned(),
        server_version: None,
    };
    let server = match args.client {
        true => Ok(None),
        false => theirs(reach).await.map(Some),
    };
    let failed = server.map(|server| view.server_version = server).err();
    ui.data(&match args.output {
        None => view.lines(),
        Some(Written::Json) => output::json(&view)?,
        Some(Written::Yaml) => output::yaml(&view)?,
    })?;
    failed.map_or(Ok(Exit::Success), Err)
}

async fn theirs(
    reach: impl AsyncFnOnce() -> Result<Cluster, Error>,
) -> Result<serde_json::Value, Error> {
    Ok(reach().await?.version().await?)
}

fn ours() -> ClientVersion {
    ClientVersion {
        major: env!("CARGO_PKG_VERSION_MAJOR").to_owned(),
        minor: env!("CARGO_PKG_VERSION_MINOR").to_owned(),
        git_version: concat!("v", env!("CARGO_PKG_VERSION")).to_owned(),
        git_commit: option_env!("KUBECTL_ZK_COMMIT").map(str::to_owned),
        platform: platform(),
    }
}
