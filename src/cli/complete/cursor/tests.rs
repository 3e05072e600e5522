//! What stands at the cursor of a small program's command line.

use super::*;

/// `VERB [A] [B]...`, with a switch, a flag, one with an optional value, and one with two.
fn program() -> Command {
    let flag = |name: &'static str| Arg::new(name).long(name);
    let verb = Command::new("verb")
        .arg(Arg::new("a"))
        .arg(Arg::new("b").num_args(1..).action(ArgAction::Append))
        .arg(flag("dry").num_args(0..=1).require_equals(true))
        .arg(flag("two").num_args(1..=2))
        .arg(flag("switch").short('s').action(ArgAction::SetTrue));
    let everywhere = flag("name").short('n').global(true);
    let mut program = Command::new("program").arg(everywhere).subcommand(verb);
    program.build();
    program
}

/// What is at the cursor behind these words: `verb`, `flag`, `ID:TYPED` or `-`.
fn at(line: &str) -> String {
    let program = program();
    let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    match read(&program, &words).at {
        At::Verb => "verb".to_owned(),
        At::Flag => "flag".to_owned(),
        At::Value { arg, typed, prefix } => format!("{prefix}{}:{typed}", arg.get_id()),
        At::Unknown => "-".to_owned(),
    }
}

#[test]
fn verbs_and_positionals() {
    assert_eq!(at(""), "verb");
    assert_eq!(at("ver"), "verb");
    assert_eq!(at("help "), "verb");
    assert_eq!(at("verb "), "a:");
    assert_eq!(at("verb x"), "a:x");
    assert_eq!(at("verb x y"), "b:y");
    assert_eq!(at("verb x y "), "b:");
    assert_eq!(at("verb -- "), "a:");
    assert_eq!(at("verb -- -x"), "a:-x");
}

#[test]
fn flags_stand_anywhere() {
    assert_eq!(at("-"), "flag");
    assert_eq!(at("--na"), "flag");
    assert_eq!(at("verb -"), "flag");
    assert_eq!(at("verb x --"), "flag");
    assert_eq!(at("verb --switch "), "a:");
    assert_eq!(at("verb -s "), "a:");
    assert_eq!(at("verb --switch x "), "b:");
    assert_eq!(at("verb --unknown "), "a:");
}

#[test]
fn values_in_the_next_word_and_in_the_same() {
    assert_eq!(at("--name "), "name:");
    assert_eq!(at("--name verb"), "name:verb");
    assert_eq!(at("--name x "), "verb");
    assert_eq!(at("verb --name=x"), "name:x");
    assert_eq!(at("verb --name=x "), "a:");
    assert_eq!(at("verb -n "), "name:");
    assert_eq!(at("verb -n x "), "a:");
    assert_eq!(at("verb -nx"), "-nname:x");
    assert_eq!(at("verb -n=x"), "name:x");
    assert_eq!(at("verb -nx "), "a:");
    assert_eq!(at("verb -sn "), "name:");
    assert_eq!(at("verb -snx"), "-snname:x");
    assert_eq!(at("verb --name "), "name:");
    assert_eq!(at("verb --name -"), "name:-");
}

#[test]
fn optional_values_and_several() {
    assert_eq!(at("verb --dry "), "a:");
    assert_eq!(at("verb --dry=x"), "dry:x");
    assert_eq!(at("verb --two "), "two:");
    assert_eq!(at("verb --two x "), "two:");
    assert_eq!(at("verb --two x y "), "a:");
    assert_eq!(at("verb --two x -s "), "a:");
    assert_eq!(at("verb --two x --sw"), "flag");
}

#[test]
fn what_was_given() {
    let program = program();
    let words = ["verb", "x", "-s", "--name", "y", "-nz", ""].map(str::to_owned);
    let typed = read(&program, &words);
    let given = typed.given.iter();
    let given = given.map(|(arg, value)| format!("{}={value}", arg.get_id()));
    assert_eq!(
        given.collect::<Vec<_>>(),
        ["a=x", "switch=", "name=y", "name=z"]
    );
    assert_eq!((typed.value("name"), typed.value("b")), (Some("z"), None));
}
