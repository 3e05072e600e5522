//! What is wrong with a command line, in the words of kubectl (cobra and pflag). Knows clap's errors; must not know any
//! verb.

use std::error::Error as _;

use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;

use crate::ensemble::spelling::nearest;
use crate::error::Error;
use crate::error::Kind;
use crate::manifest::rbac::table::TABLE;
use crate::ui::FormatError;

/// What people look for, and will find one day: it is not taken for a slip.
const NOT_YET: [&str; 2] = ["backup", "restore"];

/// Flags that people look for where they are not, and what has them.
const ELSEWHERE: [(&str, &str); 5] = [
    ("--replicas", "kubectl zk scale changes how many vote"),
    ("--observers", "kubectl zk scale changes how many observe"),
    ("--storage-class", CHOSEN_ONCE),
    ("--ephemeral", CHOSEN_ONCE),
    ("--run-as-user", CHOSEN_ONCE),
];

const CHOSEN_ONCE: &str = "it is chosen once, by create: make another ensemble, of another name";

/// The error of a command line that makes no sense; `verb` is its verb, if it has one.
pub(crate) fn mistake(error: &clap::Error, verb: Option<&str>) -> Error {
    let told = Error::new(Kind::Usage, message(error));
    if let Some(other) = elsewhere(error) {
        return told.hint(other);
    }
    if let Some(meant) = meant(error) {
        return told.hint(format!("did you mean {meant}?"));
    }
    match error.kind() {
        ErrorKind::InvalidSubcommand
            if !all(error, ContextKind::SuggestedSubcommand).is_empty() =>
        {
            told
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidUtf8 => told,
        ErrorKind::InvalidValue if !all(error, ContextKind::ValidValue).is_empty() => told,
        _ => told.hint(format!("see {}", help(verb))),
    }
}

/// The command that tells more.
fn help(verb: Option<&str>) -> String {
    match verb {
        Some(verb) => format!("kubectl zk {verb} --help"),
        None => "kubectl zk --help".to_owned(),
    }
}

fn message(error: &clap::Error) -> String {
    let argument = first(error, ContextKind::InvalidArg);
    let flag = bare(&argument);
    match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_command(error),
        ErrorKind::UnknownArgument => unknown(&argument),
        ErrorKind::InvalidValue if first(error, ContextKind::InvalidValue).is_empty() => {
            format!("flag needs an argument: {flag}")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => invalid(error, flag),
        ErrorKind::TooManyValues => format!(
            "{flag} takes no value, and was given {:?}",
            first(error, ContextKind::InvalidValue)
        ),
        ErrorKind::ArgumentConflict => conflict(error, flag),
        ErrorKind::MissingRequiredArgument => missing(&all(error, ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => "a command must be given".to_owned(),
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8".to_owned(),
        _ => error
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned(),
    }
}

fn unknown_command(error: &clap::Error) -> String {
    let verb = first(error, ContextKind::InvalidSubcommand);
    let told = format!("unknown command {verb:?} for \"kubectl zk\"");
    if NOT_YET.contains(&verb.as_str()) {
        return format!(
            "{told}: there is none yet, docs/troubleshooting.md has how it is done by hand"
        );
    }
    let near = match nearest(&verb, TABLE.iter().map(|verb| verb.name)) {
        Some(near) => vec![near.to_owned()],
        None => all(error, ContextKind::SuggestedSubcommand),
    };
    match near.is_empty() {
        true => told,
        false => format!("{told}\n\nDid you mean this?\n\t{}", near.join("\n\t")),
    }
}

fn unknown(argument: &str) -> String {
    let mut letters = argument.chars();
    match (letters.next(), letters.next()) {
        (Some('-'), Some('-')) => format!("unknown flag: {argument}"),
        (Some('-'), Some(letter)) => format!("unknown shorthand flag: '{letter}' in {argument}"),
        _ => format!("unexpected argument {argument:?}"),
    }
}

fn invalid(error: &clap::Error, flag: &str) -> String {
    let valid = all(error, ContextKind::ValidValue);
    let why = match error.source() {
        Some(why) if why.is::<FormatError>() => return why.to_string(),
        Some(why) => why.to_string(),
        None => format!("must be one of {}", valid.join(", ")),
    };
    let value = first(error, ContextKind::InvalidValue);
    match flag.starts_with('-') {
        true => format!("invalid argument {value:?} for {flag:?} flag: {why}"),
        false => why,
    }
}

fn conflict(error: &clap::Error, flag: &str) -> String {
    let others = all(error, ContextKind::PriorArg);
    let others: Vec<&str> = others.iter().map(|other| bare(other)).collect();
    format!("{flag} cannot be used with {}", others.join(", "))
}

fn missing(arguments: &[String]) -> String {
    let names: Vec<&str> = arguments.iter().map(|argument| bare(argument)).collect();
    match names[..] {
        [flag] if flag.starts_with('-') => format!("required flag {flag} not set"),
        [name] if arguments[0].ends_with("...") => {
            format!("at least one {name} is required, got 0")
        }
        [name] => format!("exactly one {name} is required, got 0"),
        _ => format!("{} are required", names.join(" and ")),
    }
}

/// What has an unknown flag that others have.
fn elsewhere(error: &clap::Error) -> Option<&'static str> {
    let argument = first(error, ContextKind::InvalidArg);
    let is_unknown = error.kind() == ErrorKind::UnknownArgument;
    let mut known = ELSEWHERE.iter().filter(|_| is_unknown);
    known
        .find(|(flag, _)| *flag == bare(&argument))
        .map(|(_, what)| *what)
}

/// What was probably meant.
fn meant(error: &clap::Error) -> Option<String> {
    let format = error
        .source()
        .and_then(|why| why.downcast_ref::<FormatError>());
    if let Some(near) = format.and_then(FormatError::meant) {
        return Some(format!("-o {near}"));
    }
    let argument = first(error, ContextKind::InvalidArg);
    let negated = |value: &str| value == "false" && bare(&argument) == "--wait";
    match error.kind() {
        ErrorKind::TooManyValues if negated(&first(error, ContextKind::InvalidValue)) => {
            Some("--no-wait".to_owned())
        }
        ErrorKind::UnknownArgument => all(error, ContextKind::SuggestedArg).pop(),
        ErrorKind::InvalidValue => all(error, ContextKind::SuggestedValue).pop(),
        _ => None,
    }
}

/// `--selector` of `--selector <LABELS>`, `NAME` of `[NAME]` and of `<NAME>...`.
fn bare(argument: &str) -> &str {
    match argument.starts_with('-') {
        true => argument.split([' ', '=', '[']).next().unwrap_or_default(),
        false => argument
            .trim_end_matches('.')
            .trim_matches(['<', '>', '[', ']']),
    }
}

fn first(error: &clap::Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

fn all(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
