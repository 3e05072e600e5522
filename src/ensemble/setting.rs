//! The keys of `zoo.cfg`: which a user may set, which are fixed for the sake of the data, which look misspelt.

use std::collections::BTreeMap;

use crate::ensemble::setting_names::DEFAULTS;
use crate::ensemble::setting_names::FIXED;
use crate::ensemble::setting_names::KNOWN;
use crate::ensemble::spelling::distance;

/// Why a setting is refused. The text says what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSetting {
    /// Not of the form KEY=VALUE.
    #[error("{0:?} is not a setting: KEY=VALUE, on one line")]
    Form(String),
    /// The key is fixed.
    #[error("{key} cannot be set: {instead}")]
    Fixed {
        /// The key that was given.
        key: String,
        /// Why, and what to use instead.
        instead: &'static str,
    },
    /// The same key twice.
    #[error("{0} is set twice, to different values")]
    Twice(String),
    /// A password, in clear, for all to read.
    #[error(
        "{0} would be readable in a ConfigMap, and there is no way yet to hand a password to the servers"
    )]
    Secret(String),
    /// Words that the plugin itself asks are left out.
    #[error("4lw.commands.whitelist must have {}: without them nobody sees who is in sync, and nothing can be changed safely", .0.join(", "))]
    Words(Vec<&'static str>),
    /// Nearly a key that ZooKeeper knows.
    #[error("ZooKeeper has no setting {0}, did you mean {1}?")]
    Misspelt(String, &'static str),
}

/// The user's settings, validated.
///
/// # Errors
/// A line that is no setting, a fixed or a misspelt key, one key with two values.
pub fn parse<'a>(
    lines: impl IntoIterator<Item = &'a str>,
) -> Result<BTreeMap<String, String>, InvalidSetting> {
    let mut settings = BTreeMap::new();
    for line in lines {
        let (key, value) = parse_line(line)?;
        check(key)?;
        check_words(key, value)?;
        let before = settings.insert(key.to_owned(), value.to_owned());
        if before.is_some_and(|before| before != value) {
            return Err(InvalidSetting::Twice(key.to_owned()));
        }
    }
    Ok(settings)
}

/// The defaults with the user's settings over them.
pub fn effective(user: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let defaults = DEFAULTS
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    defaults.chain(user.clone()).collect()
}

/// Whether ZooKeeper is known to have the key. It takes any other as a system property, silently.
pub fn is_known(key: &str) -> bool {
    known().any(|known| known == key)
}

fn known() -> impl Iterator<Item = &'static str> {
    DEFAULTS
        .iter()
        .map(|(key, _)| *key)
        .chain(KNOWN.split_whitespace())
}

fn parse_line(line: &str) -> Result<(&str, &str), InvalidSetting> {
    let form = || InvalidSetting::Form(line.to_owned());
    let (key, value) = line.split_once('=').ok_or_else(form)?;
    let (key, value) = (key.trim(), value.trim());
    let odd = |c: char| c.is_whitespace() || c.is_control() || "#!:\\".contains(c);
    if key.is_empty() || key.contains(odd) || value.contains(|c: char| c.is_control() || c == '\\')
    {
        return Err(form());
    }
    Ok((key, value))
}

/// Flags for the server's JVM, validated: what no setting may change, no system property may either.
///
/// # Errors
/// A system property of ZooKeeper's that is fixed.
pub fn check_jvm_flags(flags: &str) -> Result<(), InvalidSetting> {
    for flag in flags.split_whitespace() {
        let property = flag.strip_prefix("-Dzookeeper.").unwrap_or_default();
        let key = property.split('=').next().unwrap_or_default();
        if let Some((_, instead)) = fixed(key) {
            return Err(InvalidSetting::Fixed {
                key: format!("zookeeper.{key}"),
                instead,
            });
        }
    }
    Ok(())
}

/// The fixed key of this name, and what to use instead.
fn fixed(key: &str) -> Option<&'static (&'static str, &'static str)> {
    let mut all = FIXED.iter();
    all.find(|(fixed, _)| fixed.eq_ignore_ascii_case(key))
}

/// What is asked before each step: which list, who leads, who follows in sync.
const ASKED: [&str; 3] = ["srvr", "mntr", "conf"];

fn check_words(key: &str, value: &str) -> Result<(), InvalidSetting> {
    let bare = key.strip_prefix("zookeeper.").unwrap_or(key);
    let words: Vec<&str> = value.split(',').map(str::trim).collect();
    let lacks = |word: &&str| !words.contains(word) && !words.contains(&"*");
    let missing: Vec<&'static str> = ASKED.into_iter().filter(lacks).collect();
    match bare == "4lw.commands.whitelist" && !missing.is_empty() {
        true => Err(InvalidSetting::Words(missing)),
        false => Ok(()),
    }
}

fn check(key: &str) -> Result<(), InvalidSetting> {
    let bare = key.strip_prefix("zookeeper.").unwrap_or(key);
    let fixed = fixed(bare);
    let membership = ["server.", "group.", "weight.", "peerType"]
        .iter()
        .any(|prefix| bare.starts_with(prefix));
    let instead = match fixed {
        Some((_, instead)) => Some(*instead),
        None => membership.then_some("the members change by reconfiguration, see --replicas"),
    };
    if let Some(instead) = instead {
        return Err(InvalidSetting::Fixed {
            key: key.to_owned(),
            instead,
        });
    }
    if key.to_ascii_lowercase().ends_with("password") {
        return Err(InvalidSetting::Secret(key.to_owned()));
    }
    match nearly(key) {
        Some(known) => Err(InvalidSetting::Misspelt(key.to_owned(), known)),
        None => Ok(()),
    }
}

/// The known key that an unknown one is a slip away from.
fn nearly(key: &str) -> Option<&'static str> {
    if is_known(key) {
        return None;
    }
    let fixed = FIXED.iter().map(|(key, _)| *key);
    let mut all = known().chain(fixed);
    all.find(|known| known.eq_ignore_ascii_case(key) || distance(known, key) <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(line: &str) -> String {
        parse([line]).unwrap_err().to_string()
    }

    #[test]
    fn the_words_that_are_asked_stay() {
        let told = refused("4lw.commands.whitelist=srvr,ruok");
        assert!(
            told.starts_with("4lw.commands.whitelist must have mntr, conf: "),
            "{told}"
        );
        for words in ["*", "conf, srvr,mntr"] {
            assert!(parse([format!("4lw.commands.whitelist={words}").as_str()]).is_ok());
        }
    }

    #[test]
    fn every_fixed_key_is_refused_in_every_spelling() {
        for (key, instead) in FIXED {
            for key in [
                (*key).to_owned(),
                format!("zookeeper.{key}"),
                key.to_ascii_lowercase(),
            ] {
                assert!(refused(&format!("{key}=x")).contains(instead), "{key}");
            }
        }
        assert!(refused("server.4=a:1:2").contains("--replicas"));
    }

    #[test]
    fn no_system_property_does_what_no_setting_may() {
        for flags in [
            "-Xss1m -Dzookeeper.forceSync=no",
            "-Dzookeeper.skipACL=yes",
            "-Dzookeeper.db.autocreate=true",
            "-Dzookeeper.snapshot.trust.empty",
        ] {
            let refused = check_jvm_flags(flags).unwrap_err().to_string();
            assert!(refused.starts_with("zookeeper."), "{refused}");
        }
        for flags in ["", "-Djute.maxbuffer=4194304 -Dzookeeper.snapCount=5"] {
            assert_eq!(check_jvm_flags(flags), Ok(()));
        }
    }

    #[test]
    fn misspelt_keys_are_refused_and_unknown_ones_taken() {
        assert_eq!(
            refused("autopurge.purgeInteval=1"),
            "ZooKeeper has no setting autopurge.purgeInteval, did you mean autopurge.purgeInterval?"
        );
        assert_eq!(
            refused("ticktime=1"),
            "ZooKeeper has no setting ticktime, did you mean tickTime?"
        );
        assert!(parse(["my.own.thing=1"]).is_ok() && !is_known("my.own.thing"));
    }

    #[test]
    fn passwords_do_not_go_into_a_config_map() {
        assert!(refused("ssl.keyStore.password=x").contains("readable in a ConfigMap"));
        assert!(parse(["ssl.keyStore.passwordPath=/x"]).is_ok());
    }

    #[test]
    fn forms() {
        for line in [
            "",
            "a",
            "=b",
            "a b=c",
            "a=b\nserver.1=x",
            "a=\u{7}",
            "a\\=b",
        ] {
            assert!(
                matches!(parse([line]), Err(InvalidSetting::Form(_))),
                "{line:?}"
            );
        }
        assert_eq!(parse(["tickTime = 500"]).unwrap()["tickTime"], "500");
        assert!(parse(["tickTime=1", "tickTime=1"]).is_ok());
        assert!(matches!(
            parse(["tickTime=1", "tickTime=2"]),
            Err(InvalidSetting::Twice(_))
        ));
    }

    #[test]
    fn the_users_settings_win() {
        let user = parse(["tickTime=500", "x.y=z"]).unwrap();
        let all = effective(&user);
        assert_eq!(
            (
                all["tickTime"].as_str(),
                all["x.y"].as_str(),
                all["syncLimit"].as_str()
            ),
            ("500", "z", "5")
        );
    }
}
