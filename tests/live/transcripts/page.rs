//! A page of documentation, cut into what is typed and what is said to it.
//!
//! A block of `console` has lines `$ COMMAND`, each with the output behind it. A line `…` there stands for any lines, and one that
//! ends with it begins so. What is done before a block, and not shown, is in a comment right above it:
//! `<!-- before: COMMAND -->`.

/// The files of the repository stand under this folder.
pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text between blocks, and all that is no transcript.
    Text(String),
    /// A command that is run and not shown.
    Before(String),
    /// A command, and the lines that were said to it.
    Command(String, Vec<String>),
}

/// Cuts a page.
pub(crate) fn cut(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match (inside, line.strip_prefix("$ ")) {
            (false, _) => {
                inside = line == "```console";
                pieces.push(outside(line));
            }
            (true, _) if line == "```" => {
                inside = false;
                pieces.push(Piece::Text(line.to_owned()));
            }
            (true, Some(command)) => pieces.push(Piece::Command(command.to_owned(), Vec::new())),
            (true, None) => match pieces.last_mut() {
                Some(Piece::Command(_, said)) => said.push(line.to_owned()),
                _ => panic!("a block begins without a command: {line}"),
            },
        }
    }
    pieces
}

fn outside(line: &str) -> Piece {
    let hidden = line.strip_prefix("<!-- before: ");
    match hidden.and_then(|hidden| hidden.strip_suffix(" -->")) {
        Some(command) => Piece::Before(command.to_owned()),
        None => Piece::Text(line.to_owned()),
    }
}

/// Puts a page together again.
pub(crate) fn join(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(line) => format!("{line}\n"),
        Piece::Before(command) => format!("<!-- before: {command} -->\n"),
        Piece::Command(command, said) => {
            let said = said
                .iter()
                .fold(String::new(), |said, line| said + line + "\n");
            format!("$ {command}\n{said}")
        }
    };
    pieces.iter().map(text).collect()
}

/// Every page of the repository that has a transcript, by its path.
pub(crate) fn all() -> Vec<String> {
    let mut files = std::process::Command::new("git");
    files.args([
        "-C",
        ROOT,
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "*.md",
    ]);
    let listed = String::from_utf8(files.output().unwrap().stdout).unwrap();
    let has = |path: &&str| {
        let text = std::fs::read_to_string(format!("{ROOT}/{path}"));
        text.unwrap_or_default().contains("```console")
    };
    listed.lines().filter(has).map(str::to_owned).collect()
}

#[test]
fn a_page_comes_together_again() {
    for path in all() {
        let page = std::fs::read_to_string(format!("{ROOT}/{path}")).unwrap();
        assert_eq!(join(&cut(&page)), page, "{path}");
    }
}
