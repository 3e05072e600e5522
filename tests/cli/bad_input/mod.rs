//! What makes no sense is refused with a message that says why, before anything is asked of the cluster.

mod choices;
mod connection;
mod keys;
mod kubeconfigs;
mod names;
mod numbers;
mod output;
mod words;

use std::fmt::Write as _;

use crate::fake::World;

/// Each command line ends with 2 and says this, all of it on stderr; no API server and no server of an ensemble is asked.
async fn refused(cases: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (line, error) in cases {
        let world = World::default();
        let outcome = world.run_words(&split(line), |_| ()).await;
        let said = outcome.to_string();
        let expected = format!("exit 2\n--- stdout\n--- stderr\n{error}\n\n");
        let asked = (world.api.log(), world.zoo.asked());
        if said != expected || asked != (String::new(), Vec::new()) {
            let _ = writeln!(wrong, "{line}\n{said}and asked {asked:?}, not\n{error}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A command line's words: what is between single quotes is one, with `\n` as a newline.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, part) in line.split('\'').enumerate() {
        if number % 2 == 1 {
            words.push(part.replace("\\n", "\n"));
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
