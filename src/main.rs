//! Parses, runs, ends. Nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    kubectl_zk::cli::main(std::env::args_os()).into()
}
