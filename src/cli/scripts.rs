//! The shells' own scripts, for who types `kubectl-zk` instead of `kubectl zk`: clap's, of the whole command line.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::cli::help::with_help_flags;
use crate::commands::completion;
use crate::commands::completion::CompletionArgs;
use crate::commands::completion::What;
use crate::error::Error;
use crate::error::Exit;
use crate::ui::Ui;

/// Runs `completion`: what is to be printed is known here, what is to be put up is not.
pub(crate) fn run(ui: &Ui, args: CompletionArgs) -> Result<Exit, Error> {
    let shell = match args.what {
        What::Install(place) => return completion::install(ui, place),
        What::Uninstall(place) => return completion::uninstall(ui, place),
        What::Bash => Shell::Bash,
        What::Zsh => Shell::Zsh,
        What::Fish => Shell::Fish,
        What::Powershell => Shell::PowerShell,
    };
    ui.data(&script(shell))?;
    Ok(Exit::Success)
}

fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    let mut program = with_help_flags(Cli::command());
    clap_complete::generate(shell, &mut program, "kubectl-zk", &mut script);
    let script = String::from_utf8_lossy(&script);
    // clap_complete 4.6 takes the hyphen of the name for a verb of its own in some places of bash's script, and not in
    // others, so that it offers nothing behind a verb (clap-rs/clap#6421).
    script.replace("kubectl__subcmd__zk", "kubectl__zk")
}
