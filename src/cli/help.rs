//! The help texts: what clap's own do not do as kubectl's. Knows the verbs' names alone; `examples` has what is typed.

use clap::Arg;
use clap::ArgAction;
use clap::Command;

use crate::cli::examples::paragraph;

/// The verbs in the order in which they are told of. One that is in no group is told of in the last.
const GROUPS: [(&str, &[&str]); 3] = [
    (
        "Make, change and remove ensembles",
        &[
            "create", "scale", "update", "restart", "replace", "repair", "delete",
        ],
    ),
    (
        "Look at them and use them",
        &["status", "connection-string", "exec", "diff"],
    ),
    ("Other commands", &[]),
];

const EXAMPLES: &str = "\
Examples:
  # Create an ensemble of three servers, and wait for its quorum
  kubectl zk create zk

  # See how it is, what is wrong and what mends it
  kubectl zk status zk

  # Ask each of its servers a four-letter word
  kubectl zk exec zk srvr";

const OPTIONS: &str = "Use \"kubectl zk options\" for the flags of every verb.";

/// Verbs with flags of `create` where what is not given stays as it is.
const STAYS: [&str; 2] = ["update", "diff"];

/// The command line with its help texts: `-h` and `--help` alike, the flags of every verb told of by `options` alone.
pub(crate) fn with_help(command: Command) -> Command {
    let verbs = listed(&command);
    command
        .mut_args(|flag| {
            let hidden = flag.is_hide_set() || flag.is_global_set();
            flag.hide(hidden)
        })
        .args_override_self(true)
        .mut_subcommands(|verb| {
            let about = verb.get_long_about().or(verb.get_about()).cloned();
            let verb = verb
                .about(about.unwrap_or_default())
                .mut_args(|flag| {
                    let hyphens = flag.is_allow_hyphen_values_set() || takes_a_number(&flag);
                    flag.allow_hyphen_values(hyphens)
                })
                .mut_subcommands(with_help_flag);
            let verb = match STAYS.contains(&verb.get_name()) {
                true => verb.mut_args(without_default),
                false => verb,
            };
            let examples = paragraph(verb.get_name());
            with_help_flag(verb).after_help(format!("{examples}{OPTIONS}"))
        })
        .disable_help_flag(true)
        .arg(help_flag())
        .help_template(format!(
            "{{about}}\n\n{verbs}{EXAMPLES}\n\nUsage:\n  kubectl zk VERB [NAME] [flags]\n\nUse \"kubectl zk VERB --help\" for more about a verb.\n{OPTIONS}\n"
        ))
}

/// The command line with `-h, --help` as it really is, and nothing hidden: for those who complete it.
pub(crate) fn with_help_flags(command: Command) -> Command {
    with_help_flag(command)
        .mut_subcommands(|verb| with_help_flag(verb.mut_subcommands(with_help_flag)))
}

/// What a verb is divided into.
fn with_help_flag(part: Command) -> Command {
    part.disable_help_flag(true)
        .arg(help_flag())
        .args_override_self(true)
        .after_help(OPTIONS)
}

/// `Size of each server's disk` of `Size of each server's disk; 8Gi if not given`.
fn without_default(flag: Arg) -> Arg {
    let help = flag.get_help().map(ToString::to_string);
    let ends = |it: &str| it.ends_with(" if not given");
    let kept = help.as_deref().and_then(|help| help.rsplit_once("; "));
    match kept.filter(|(_, default)| ends(default)) {
        Some((kept, _)) => flag.help(kept.to_owned()),
        None => flag,
    }
}

/// What begins with a hyphen behind such a flag is its value, and the value's own error says what is wrong with it.
fn takes_a_number(flag: &Arg) -> bool {
    let names = flag.get_value_names().unwrap_or_default();
    names
        .iter()
        .any(|name| ["N", "SIZE", "CPU", "DURATION", "UID|none"].contains(&name.as_str()))
}

/// `-h` and `--help` say the same.
fn help_flag() -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::HelpShort)
        .help("Print help")
}

/// What `options` prints.
pub(crate) fn options(command: &Command) -> String {
    let flags = command.get_arguments().filter(|flag| flag.is_global_set());
    Command::new("options")
        .disable_help_flag(true)
        .args(flags.cloned())
        .help_template("The following options can be passed to any command:\n\n{options}\n")
        .render_help()
        .to_string()
}

/// A line for each verb, in groups.
fn listed(command: &Command) -> String {
    let groups = GROUPS.iter().map(|(title, verbs)| {
        let lines: String = group(command, verbs)
            .into_iter()
            .map(|verb| line(command, verb))
            .collect();
        format!("{title}:\n{lines}\n")
    });
    groups.collect()
}

/// The verbs of a group that there are.
fn group<'a>(command: &'a Command, verbs: &[&str]) -> Vec<&'a Command> {
    let grouped = |name: &str| GROUPS.iter().any(|(_, verbs)| verbs.contains(&name));
    let told = |verb: &&Command| !verb.is_hide_set() && !grouped(verb.get_name());
    match verbs {
        [] => command.get_subcommands().filter(told).collect(),
        verbs => verbs
            .iter()
            .filter_map(|name| command.find_subcommand(name))
            .collect(),
    }
}

fn line(command: &Command, verb: &Command) -> String {
    let names = command.get_subcommands().map(Command::get_name);
    let width = names.map(str::len).max().unwrap_or_default();
    format!("  {:width$}   {}\n", verb.get_name(), brief(verb))
}

/// The first clause of what a verb does.
pub(crate) fn brief(verb: &Command) -> String {
    let about = verb.get_about().map(ToString::to_string);
    let about = about.unwrap_or_default();
    about
        .split([',', ';', ':'])
        .next()
        .unwrap_or_default()
        .to_owned()
}
