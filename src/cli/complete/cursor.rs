//! What stands at the cursor of a command line that is being typed: which verb, which flag, whose value.
//!
//! Knows how clap's arguments are laid out; must not know any verb by name, nor what values there are. Pure.

use clap::Arg;
use clap::ArgAction;
use clap::Command;

/// The command line up to the cursor.
pub(crate) struct Typed<'a> {
    /// The verb's command; the whole program's before one is typed.
    pub(crate) command: &'a Command,
    /// What is being typed now.
    pub(crate) at: At<'a>,
    /// The arguments that were given before, each with its value; a switch with an empty one.
    pub(crate) given: Vec<(&'a Arg, String)>,
}

impl Typed<'_> {
    /// The last value of an argument.
    pub(crate) fn value(&self, id: &str) -> Option<&str> {
        let mut given = self.given.iter().rev();
        let (_, value) = given.find(|(arg, _)| arg.get_id() == id)?;
        Some(value)
    }
}

/// What is being typed.
#[derive(Debug)]
pub(crate) enum At<'a> {
    /// A verb.
    Verb,
    /// A flag.
    Flag,
    /// A value of this argument.
    Value {
        /// The flag, or the positional argument.
        arg: &'a Arg,
        /// What of the word belongs to the value already.
        typed: String,
        /// What a candidate begins with beside the value: `-o` of `-ojson`. Nothing after `=`: the shells' scripts of
        /// kubectl (cobra) put that part there themselves.
        prefix: String,
    },
    /// Something of which nothing is known.
    Unknown,
}

/// Reads the words behind the program's name, of which the last stands at the cursor. The command is a built one.
pub(crate) fn read<'a>(root: &'a Command, words: &[String]) -> Typed<'a> {
    let (last, before) = match words.split_last() {
        Some((last, before)) => (last.as_str(), before),
        None => ("", &[][..]),
    };
    let mut walk = Walk::new(root);
    for word in before {
        walk.pass(word);
    }
    let at = walk.at(last);
    let (command, given) = (walk.command, walk.given);
    Typed { command, at, given }
}

/// Where a reader is.
struct Walk<'a> {
    command: &'a Command,
    /// The flag whose values come next, and how many of them there were.
    pending: Option<(&'a Arg, usize)>,
    positionals: usize,
    only_values: bool,
    given: Vec<(&'a Arg, String)>,
}

impl<'a> Walk<'a> {
    fn new(root: &'a Command) -> Self {
        Self {
            command: root,
            pending: None,
            positionals: 0,
            only_values: false,
            given: Vec::new(),
        }
    }

    /// Goes over a word before the cursor.
    fn pass(&mut self, word: &str) {
        if let Some((arg, had)) = self.expected(word) {
            self.given.push((arg, word.to_owned()));
            self.pending = (had + 1 < values(arg).1).then_some((arg, had + 1));
        } else if word == "--" && !self.only_values {
            self.only_values = true;
        } else if self.is_flag(word) {
            self.pass_flag(word);
        } else if self.command.has_subcommands() {
            // `help VERB` is about the verb.
            self.command = self.command.find_subcommand(word).unwrap_or(self.command);
        } else {
            self.pass_positional(word);
        }
    }

    /// The flag of which a word is a value. A flag that may have more values has no more when another flag comes.
    fn expected(&mut self, word: &str) -> Option<(&'a Arg, usize)> {
        let (arg, had) = self.pending.take()?;
        let enough = values(arg).0 <= had;
        (!enough || !self.is_flag(word)).then_some((arg, had))
    }

    fn pass_flag(&mut self, word: &str) {
        let Some((arg, rest)) = self.flag(word) else {
            return;
        };
        if rest.is_none() && takes_next_word(arg) {
            self.pending = Some((arg, 0));
        } else {
            let value = rest.map_or("", |(_, value)| value);
            self.given.push((arg, value.to_owned()));
        }
    }

    fn pass_positional(&mut self, word: &str) {
        let Some(arg) = self.positional() else {
            return;
        };
        self.given.push((arg, word.to_owned()));
        if values(arg).1 == 1 {
            self.positionals += 1;
        }
    }

    /// What the word at the cursor is.
    fn at(&mut self, word: &str) -> At<'a> {
        if let Some((arg, _)) = self.expected(word) {
            return value(arg, word, "");
        }
        if self.is_flag(word) || (word == "-" && !self.only_values) {
            return match self.flag(word) {
                Some((arg, Some((prefix, typed)))) if takes_value(arg) => value(arg, typed, prefix),
                _ => At::Flag,
            };
        }
        if self.command.has_subcommands() {
            return At::Verb;
        }
        match self.positional() {
            Some(arg) => value(arg, word, ""),
            None => At::Unknown,
        }
    }

    fn is_flag(&self, word: &str) -> bool {
        !self.only_values && word.starts_with('-') && 1 < word.len()
    }

    fn positional(&self) -> Option<&'a Arg> {
        self.command.get_positionals().nth(self.positionals)
    }

    /// The flag of a word, and what follows it in the same word: what a candidate must begin with, and the value so far.
    fn flag<'w>(&self, word: &'w str) -> Option<(&'a Arg, Option<(&'w str, &'w str)>)> {
        if let Some(long) = word.strip_prefix("--") {
            let (name, typed) = match long.split_once('=') {
                Some((name, typed)) => (name, Some(("", typed))),
                None => (long, None),
            };
            let mut flags = self.command.get_arguments();
            let arg = flags.find(|arg| arg.get_long() == Some(name))?;
            return Some((arg, typed));
        }
        self.short(word)
    }

    /// As [`Walk::flag`], of `-n`, `-nNAME`, `-n=NAME` and `-qn NAME`: the first that takes a value, else the last.
    fn short<'w>(&self, word: &'w str) -> Option<(&'a Arg, Option<(&'w str, &'w str)>)> {
        let mut found = None;
        for (at, letter) in word.char_indices().skip(1) {
            let mut flags = self.command.get_arguments();
            let arg = flags.find(|arg| arg.get_short() == Some(letter))?;
            found = Some((arg, None));
            if takes_value(arg) {
                let (before, typed) = word.split_at(at + letter.len_utf8());
                let typed = match typed.strip_prefix('=') {
                    Some(value) => Some(("", value)),
                    None => Some((before, typed)).filter(|_| !typed.is_empty()),
                };
                return Some((arg, typed));
            }
        }
        found
    }
}

fn value<'a>(arg: &'a Arg, typed: &str, prefix: &str) -> At<'a> {
    At::Value {
        arg,
        typed: typed.to_owned(),
        prefix: prefix.to_owned(),
    }
}

/// Whether a flag has values at all.
fn takes_value(arg: &Arg) -> bool {
    0 < values(arg).1
}

/// Whether a flag's value stands in the next word: not that of `--dry-run`, which has one behind `=` alone.
fn takes_next_word(arg: &Arg) -> bool {
    0 < values(arg).0 && !arg.is_require_equals_set()
}

/// How many values an argument has each time it is given, at least and at most.
fn values(arg: &Arg) -> (usize, usize) {
    let many = matches!(arg.get_action(), ArgAction::Append) && arg.is_positional();
    match arg.get_num_args() {
        Some(range) if many => (range.min_values(), usize::MAX),
        Some(range) => (range.min_values(), range.max_values()),
        None => (0, 0),
    }
}

#[cfg(test)]
mod tests;
