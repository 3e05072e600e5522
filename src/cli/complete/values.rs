//! Which values an argument may have, or who is to be asked for them. Knows the arguments of all verbs by name; asks
//! nobody.

use clap::Arg;
use clap::ValueHint;

use crate::commands::candidates::Candidate;
use crate::commands::candidates::Wanted;
use crate::ensemble::Size;
use crate::manifest::rbac::table::with_rights;
use crate::zookeeper::four_letter::word::Word;

/// What is offered for an argument.
pub(crate) enum Offer {
    /// Files: the shell itself knows them.
    Files,
    /// Directories, likewise.
    Directories,
    /// These.
    These(Vec<Candidate>),
    /// What the kubeconfig or the cluster has of this.
    Ask(Wanted),
}

/// What is offered for an argument of a verb; `again` if it has a value already.
pub(crate) fn of(verb: &str, arg: &Arg, again: bool) -> Offer {
    let possible = arg.get_possible_values();
    if !possible.is_empty() {
        let known = possible.iter().filter(|value| !value.is_hide_set());
        let known = known.map(|value| {
            let meaning = value.get_help().map(ToString::to_string);
            Candidate::new(value.get_name(), meaning.unwrap_or_default())
        });
        return Offer::These(known.collect());
    }
    match arg.get_value_hint() {
        ValueHint::AnyPath | ValueHint::FilePath => return Offer::Files,
        ValueHint::DirPath => return Offer::Directories,
        _ => {}
    }
    match arg.get_id().as_str() {
        "name" if arg.is_positional() => Offer::Ask(Wanted::Ensembles),
        "id" | "ids" => Offer::Ask(Wanted::Servers),
        "namespace" => Offer::Ask(Wanted::Namespaces),
        "storage_class" => Offer::Ask(Wanted::StorageClasses),
        "context" => Offer::Ask(Wanted::Contexts),
        "cluster" => Offer::Ask(Wanted::Clusters),
        "user" => Offer::Ask(Wanted::Users),
        "words" => Offer::These(words()),
        "verbs" => Offer::These(verbs()),
        "replicas" | "current_replicas" => Offer::These(sizes()),
        "output" => Offer::These(formats(verb)),
        "color" => Offer::These(bare(&["auto", "always", "never"])),
        // KIND, and then a name that nobody knows.
        "holder" if !again => Offer::These(bare(&["user", "group", "serviceaccount"])),
        _ => Offer::These(Vec::new()),
    }
}

fn words() -> Vec<Candidate> {
    let word = |word: Word| Candidate::new(word.as_str(), word.meaning());
    Word::ALL.into_iter().map(word).collect()
}

fn verbs() -> Vec<Candidate> {
    let verb = |name| Candidate::new(name, "");
    with_rights().map(|it| verb(it.name)).collect()
}

fn sizes() -> Vec<Candidate> {
    let odd = (1..=9)
        .step_by(2)
        .filter_map(|voters| Size::try_from(voters).ok());
    odd.map(|size| {
        let meaning = match size.tolerance() {
            0 => "survives no failure".to_owned(),
            1 => "survives 1 failure".to_owned(),
            more => format!("survives {more} failures"),
        };
        Candidate::new(size.get().to_string(), meaning)
    })
    .collect()
}

/// The formats of `-o` that a verb has.
fn formats(verb: &str) -> Vec<Candidate> {
    bare(match verb {
        "create" => &["json", "name", "yaml"],
        "exec" => &["json"],
        "version" => &["json", "yaml"],
        "status" => &[
            "table",
            "wide",
            "json",
            "yaml",
            "name",
            "jsonpath=",
            "jsonpath-file=",
            "custom-columns=",
            "custom-columns-file=",
        ],
        "connection-string" => &[
            "wide",
            "json",
            "yaml",
            "name",
            "jsonpath=",
            "custom-columns=",
        ],
        _ => &["json", "yaml", "name", "jsonpath=", "custom-columns="],
    })
}

fn bare(values: &[&str]) -> Vec<Candidate> {
    values
        .iter()
        .map(|value| Candidate::new(*value, ""))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    use clap::CommandFactory as _;

    use crate::cli::Cli;

    /// Every format that is offered is one that the verb's help names.
    #[test]
    fn formats_are_those_of_the_help() {
        for verb in Cli::command().get_subcommands() {
            let Some(output) = verb.get_arguments().find(|arg| arg.get_id() == "output") else {
                continue;
            };
            let help = output.get_help().unwrap().to_string();
            for format in formats(verb.get_name()) {
                assert!(help.contains(&format.value), "{format:?}: {help}");
            }
        }
    }
}
