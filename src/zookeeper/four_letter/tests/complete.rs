//! Where answers end.

use super::*;

/// The lengths at which the beginning of an answer looks like a whole one that will not grow.
fn ends(word: Word, answer: &[u8]) -> Vec<usize> {
    let settled =
        |end: &usize| is_complete(word, &answer[..*end]) && !may_grow(word, &answer[..*end]);
    (0..=answer.len()).filter(settled).collect()
}

#[test]
fn no_beginning_of_an_answer_is_taken_for_the_whole() {
    for (word, answer) in WITH_AN_END {
        let complete: Vec<_> = (0..=answer.len())
            .filter(|&end| is_complete(word, &answer[..end]))
            .collect();
        assert_eq!(complete, [answer.len()], "{word}");
    }
    for (word, answer) in WITHOUT_AN_END {
        assert_eq!(ends(word, answer), [0; 0], "{word}");
    }
    assert_eq!(ends(Word::Crst, recorded!("3.9.5/crst-leader")), [24]);
}

#[test]
fn a_refusal_is_complete_for_every_word() {
    for word in Word::ALL {
        let looking = recorded!("3.8.6/srvr-looking");
        let without_newline = [57, 58]
            .into_iter()
            .filter(|&end| end == 58 || word == Word::Hash);
        assert_eq!(
            ends(word, looking),
            without_newline.collect::<Vec<_>>(),
            "{word}"
        );
        let text = text(recorded!("3.9.5/not-whitelisted")).replace("stat", word.as_str());
        assert!(ends(word, text.as_bytes()).contains(&text.len()));
    }
    assert!(is_complete(Word::Hash, recorded!("3.8.6/hash-looking")));
    assert_eq!(ends(Word::Isro, recorded!("3.8.6/isro-looking")), [4]);
}

#[test]
fn a_version_that_may_have_more_digits_is_looked_at_again() {
    let conf = |version: &str| {
        format!("clientPort=2181\nmembership: \nserver.1=h:1:2\nversion={version}").into_bytes()
    };
    for (version, complete, grows) in [
        ("", false, false),
        ("0", true, false),
        ("1", false, false),
        ("10000000", false, false),
        ("100000000", true, true),
        ("10000000ab", true, true),
        ("1234567890abcdef", true, false),
        ("1234567890abcdef0", false, false),
        ("10000000x", false, false),
    ] {
        assert_eq!(
            is_complete(Word::Conf, &conf(version)),
            complete,
            "{version}"
        );
        assert_eq!(
            complete && may_grow(Word::Conf, &conf(version)),
            grows,
            "{version}"
        );
    }
}

#[test]
fn a_standalone_server_s_conf_ends_at_its_id() {
    let complete: Vec<_> = (0..=STANDALONE.len())
        .filter(|&end| is_complete(Word::Conf, &STANDALONE.as_bytes()[..end]))
        .collect();
    assert_eq!(complete, [STANDALONE.len()]);
    // A member whose id is 0 goes on from here.
    assert!(may_grow(Word::Conf, STANDALONE.as_bytes()));
    assert_eq!(Conf::parse(STANDALONE).membership, None);
}
