//! When an answer is complete by its own form.
//!
//! Over a port-forward the end of the stream comes a second late, and silence proves nothing.
//! A `true` means that no longer answer begins with these bytes; where a form has no such end, the stream's end decides.

use crate::zookeeper::four_letter::conf::MEMBERSHIP;
use crate::zookeeper::four_letter::conf::ends_as_standalone;
use crate::zookeeper::four_letter::lines::after;
use crate::zookeeper::four_letter::word::Word;

/// What a server without a quorum answers, in every version.
pub(crate) const NOT_SERVING: &str = "This ZooKeeper instance is not currently serving requests";
/// How the answer to a word ends that the whitelist does not have.
pub(crate) const NOT_WHITELISTED: &str = " is not executed because it is not in the whitelist.";

/// The fewest digits of a version that a reconfiguration or an election made: an epoch of at least 1, and a counter.
const FEWEST_VERSION_DIGITS: usize = 9;
/// The digits of a whole zxid.
const MOST_VERSION_DIGITS: usize = 16;

/// Whether these bytes are the whole answer to `word`.
///
/// One form has no certain end: `conf` ends in a hexadecimal number without a newline.
/// [`may_grow`] tells when to look once more.
pub fn is_complete(word: Word, bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    is_refusal(word, text) || has_end(word, text)
}

/// Whether a complete answer could still be the beginning of a longer one.
pub fn may_grow(word: Word, bytes: &[u8]) -> bool {
    let digits = bytes
        .rsplit(|&byte| byte == b'=')
        .next()
        .map_or(0, <[u8]>::len);
    word == Word::Conf
        && digits < MOST_VERSION_DIGITS
        && !bytes.ends_with(b"=0")
        && !is_refused(bytes)
}

/// Whether the whole answer is that the server will not answer.
fn is_refusal(word: Word, text: &str) -> bool {
    let ended = text.ends_with('\n') || word == Word::Hash;
    ended && is_refused(text.as_bytes())
}

fn is_refused(bytes: &[u8]) -> bool {
    is_not_serving(bytes) || is_not_whitelisted(bytes)
}

/// Whether the server says that it does not serve.
pub(crate) fn is_not_serving(bytes: &[u8]) -> bool {
    bytes.starts_with(NOT_SERVING.as_bytes())
}

/// Whether the server says that it may not answer that word.
pub(crate) fn is_not_whitelisted(bytes: &[u8]) -> bool {
    bytes
        .get(4..)
        .is_some_and(|rest| rest.starts_with(NOT_WHITELISTED.as_bytes()))
}

fn has_end(word: Word, text: &str) -> bool {
    match word {
        Word::Ruok => text == "imok",
        Word::Isro => matches!(text, "rw" | "ro" | "null"),
        Word::Srvr | Word::Stat => ends_in_line(text, last_line_of_srvr(text)),
        Word::Conf => ends_in_version(text) || ends_as_standalone(text),
        Word::Cons => text.ends_with("\n\n"),
        Word::Dirs => ends_in_line(text, "logdir_size: "),
        Word::Wchs => ends_in_line(text, "Total watches:"),
        Word::Srst => text == "Server stats reset.\n",
        Word::Crst => text == "Connection stats reset.\n",
        Word::Mntr | Word::Envi | Word::Dump | Word::Hash | Word::Wchc | Word::Wchp => false,
    }
}

/// A leader's has one line more. Before 3.5 it has not: then the stream's end decides.
fn last_line_of_srvr(text: &str) -> &'static str {
    match after(text, "Mode: ") {
        Some("leader") => "Proposal sizes last/min/max: ",
        _ => "Node count: ",
    }
}

fn ends_in_line(text: &str, label: &str) -> bool {
    let line = text
        .strip_suffix('\n')
        .map(|text| text.rsplit('\n').next().unwrap_or(text));
    line.is_some_and(|line| line.starts_with(label))
}

/// Version 0 is that of servers that cannot be reconfigured. A shorter one was written by hand: the stream's end decides.
fn ends_in_version(text: &str) -> bool {
    let Some((_, version)) = text.rsplit_once("\nversion=") else {
        return false;
    };
    let long = FEWEST_VERSION_DIGITS <= version.len() && version.len() <= MOST_VERSION_DIGITS;
    let digits = version.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.contains(MEMBERSHIP) && digits && (long || version == "0")
}
