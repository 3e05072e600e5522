//! A client with a list of servers that writes while things break, and afterwards reads everything back.
//!
//! `run` makes nodes of unique names and counts a counter up by compare-and-set, and notes every acknowledgement in a
//! journal; `verify` compares the journal with what the servers have. It moves on among the servers as `ZooKeeper`'s
//! own Java client does. It knows nothing of Kubernetes: it is given addresses.

mod client;
mod journal;
mod run;
mod verify;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use crate::client::Client;
use crate::journal::Journal;
use crate::run::Work;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// The servers' client addresses
    #[arg(long, global = true, value_delimiter = ',', value_name = "IP:PORT,…")]
    servers: Vec<SocketAddr>,
    /// The node below which is written
    #[arg(long, global = true, default_value = "/writer", value_name = "PATH")]
    path: String,
    /// Where acknowledgements are noted
    #[arg(long, global = true, default_value = "journal", value_name = "FILE")]
    journal: PathBuf,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Write until TERM, or until so many are written
    Run {
        /// Stop after so many nodes
        #[arg(long)]
        count: Option<u32>,
        /// Stop after so many seconds
        #[arg(long)]
        seconds: Option<u64>,
        /// Milliseconds between two writes
        #[arg(long, default_value = "5")]
        pause: u64,
    },
    /// Read back what was acknowledged
    Verify {
        /// Give up after so many seconds
        #[arg(long, default_value = "60")]
        seconds: u64,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match go(Cli::parse()).await {
        Ok(text) => {
            let _ = writeln!(std::io::stdout(), "{text}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "error: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn go(cli: Cli) -> Result<String, String> {
    if cli.servers.is_empty() {
        return Err("--servers IP:PORT,… is needed".to_owned());
    }
    let client = Client::new(cli.servers);
    match cli.command {
        Command::Run {
            count,
            seconds,
            pause,
        } => {
            let journal = Journal::create(&cli.journal).map_err(|error| error.to_string())?;
            let pause = Duration::from_millis(pause);
            let work = Work::new(client, journal, cli.path, pause);
            let limit = seconds.map_or(Duration::MAX, Duration::from_secs);
            run::run(work, count, limit).await
        }
        Command::Verify { seconds } => {
            let text = std::fs::read_to_string(&cli.journal).map_err(|error| error.to_string())?;
            let reading = verify::verify(client, &cli.path, &text);
            match tokio::time::timeout(Duration::from_secs(seconds), reading).await {
                Ok(result) => result,
                Err(_) => Err(format!("no server served within {seconds} s")),
            }
        }
    }
}
