//! `exec`: every four-letter word, on the oldest and the newest supported ZooKeeper.

use serde_json::Value;

use crate::namespace::Namespace;

const PARSED: [&str; 10] = [
    "mntr", "srvr", "stat", "conf", "cons", "envi", "dirs", "wchs", "isro", "ruok",
];

#[test]
fn every_word_of_3_9_5_side_by_side() {
    let namespace = Namespace::new("words-39");
    namespace.create("zk", &["--image", "zookeeper:3.9.5"]);
    let all = namespace.zk(&["exec", "zk", "ruok", "srvr"]).ok();
    for id in 1..=3 {
        assert!(
            all.contains(&format!("--- ruok of server {id} ---\nimok\n")),
            "{all}"
        );
    }
    assert_eq!(all.matches("Mode: leader").count(), 1);
    every_word(&namespace);
}

#[test]
fn every_word_of_3_8_6() {
    let namespace = Namespace::new("words-38");
    namespace.create("zk", &["--image", "zookeeper:3.8.6", "--replicas", "1"]);
    every_word(&namespace);
}

#[track_caller]
fn every_word(namespace: &Namespace) {
    let ask = |args: &[&str]| namespace.zk(&[&["exec", "zk", "--id", "1"], args].concat());
    assert_eq!(ask(&["ruok"]).ok(), "imok");
    for word in PARSED.into_iter().chain(["dump", "hash"]) {
        let said = ask(&[word]).ends_with(0);
        assert!(said.stderr.is_empty(), "{word}: {}", said.stderr);
    }
    for word in PARSED {
        let list: Value = serde_json::from_str(&ask(&[word, "-o", "json"]).ok()).unwrap();
        let answer = &list["items"][0]["answer"];
        assert!(
            !answer.is_null() && list["items"][0]["word"] == word,
            "{list}"
        );
        assert!(
            ["isro", "ruok"].contains(&word) || !answer.is_string(),
            "{word} is not parsed: {answer}"
        );
    }
    let isro = ask(&["isro", "-o", "json"]).ok();
    assert!(isro.contains("\"read-write\""), "{isro}");
    let mntr = ask(&["mntr", "-o", "json"]).ok();
    assert!(mntr.contains("zk_server_state"), "{mntr}");
    not_whitelisted(namespace);
    ask(&["srst"]).ends_with(1).says("--yes");
    assert!(ask(&["srst", "--yes"]).ok().contains("stat_reset"));
    assert!(
        ask(&["crst", "--yes"])
            .ok()
            .contains("connection_stat_reset")
    );
    ask(&["mnrt"]).ends_with(2).says("mntr");
}

/// What the four-letter words' list leaves out, the AdminServer tells.
#[track_caller]
fn not_whitelisted(namespace: &Namespace) {
    for (word, command) in [("wchc", "watches"), ("wchp", "watches_by_path")] {
        let said = namespace
            .zk(&["exec", "zk", "--id", "1", word])
            .ends_with(0);
        let said = said.says("is not in 4lw.commands.whitelist").says(command);
        let answer: Value = serde_json::from_str(&said.stdout).unwrap();
        assert_eq!(answer["command"], command);
    }
}
