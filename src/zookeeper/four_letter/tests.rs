//! Answers that real servers gave, whole and cut off.

use super::*;
use crate::ensemble::Mode;
use crate::ensemble::zxid::Zxid;
use crate::zookeeper::four_letter::complete::is_complete;
use crate::zookeeper::four_letter::complete::may_grow;
use crate::zookeeper::four_letter::srvr::ProposalSizes;
use proptest::prelude::*;

macro_rules! recorded {
    ($($part:literal),+) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire/", $($part,)+ ".bin")).as_slice()
    };
}

macro_rules! answers {
    ($($word:ident $name:literal)*) => {
        [$(
            (Word::$word, recorded!("3.8.6/", $name, "-leader")),
            (Word::$word, recorded!("3.8.6/", $name, "-follower")),
            (Word::$word, recorded!("3.9.5/", $name, "-leader")),
            (Word::$word, recorded!("3.9.5/", $name, "-follower")),
        )*]
    };
}

mod complete;

const WITH_AN_END: [(Word, &[u8]); 36] = answers!(
    Ruok "ruok" Srvr "srvr" Stat "stat" Conf "conf" Cons "cons" Isro "isro" Dirs "dirs" Wchs "wchs" Srst "srst"
);
const WITHOUT_AN_END: [(Word, &[u8]); 20] =
    answers!(Mntr "mntr" Envi "envi" Dump "dump" Wchc "wchc" Wchp "wchp");

const STANDALONE: &str = "clientPort=2181\nsecureClientPort=-1\ntickTime=2000\nserverId=0\n";

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn srvr_of_a_leader_and_a_follower() {
    for (leader, follower) in [
        (
            recorded!("3.8.6/srvr-leader"),
            recorded!("3.8.6/srvr-follower"),
        ),
        (
            recorded!("3.9.5/srvr-leader"),
            recorded!("3.9.5/srvr-follower"),
        ),
    ] {
        let srvr = Srvr::parse(text(leader));
        assert_eq!(
            (srvr.mode, srvr.zxid),
            (Some(Mode::Leader), Some(Zxid(0x1_0000_0004)))
        );
        assert_eq!(
            srvr.proposal_sizes,
            Some(ProposalSizes {
                last: 91,
                min: 48,
                max: 91
            })
        );
        let srvr = Srvr::parse(text(follower));
        assert_eq!(
            (srvr.mode, srvr.proposal_sizes),
            (Some(Mode::Follower), None)
        );
        assert_eq!(srvr.node_count, Some(7));
    }
}

#[test]
fn srvr_and_stat_as_json() {
    let json = |word, bytes| parse_json(word, bytes).unwrap().to_string();
    insta::assert_snapshot!(
        json(Word::Srvr, recorded!("3.9.5/srvr-leader")),
        @r#"{"versionText":"3.9.5-293c895a8d966a3ecb92872be4a1daf87d725da2, built on 2026-02-11 20:18 UTC","version":"3.9.5","latency":{"min":2.0,"avg":11.0,"max":21.0},"received":290,"sent":289,"connections":2,"outstanding":0,"zxid":"0x100000004","mode":"leader","readOnly":false,"nodeCount":7,"proposalSizes":{"last":91,"min":48,"max":91}}"#
    );
    let stat = Stat::parse(text(recorded!("3.9.5/stat-follower")));
    assert_eq!(
        (stat.srvr.mode, stat.clients.len()),
        (Some(Mode::Follower), 2)
    );
    let json = parse_json(Word::Stat, recorded!("3.9.5/stat-leader")).unwrap();
    assert_eq!(
        (&json["mode"], json["clients"].as_array().unwrap().len()),
        (&"leader".into(), 2)
    );
}

#[test]
fn conf_tells_the_members() {
    for bytes in [
        recorded!("3.8.6/conf-follower"),
        recorded!("3.9.5/conf-leader"),
    ] {
        let conf = Conf::parse(text(bytes));
        let members = conf.members().unwrap();
        assert_eq!(
            (members.voters().count(), members.version),
            (3, Some(0x1_0000_0000))
        );
        assert_eq!(conf.settings["clientPort"], "2181");
        assert!(conf.server_id().is_some());
    }
    let json = parse_json(Word::Conf, recorded!("3.9.5/conf-leader")).unwrap();
    assert_eq!(json["serverId"], 3);
    assert_eq!(json["membership"]["version"], "100000000");
    assert_eq!(json["membership"]["servers"]["2"]["host"], "zk-1.zk-hs");
    assert_eq!(json["membership"]["servers"]["2"]["role"], "participant");
}

#[test]
fn members_cut_off_are_no_membership() {
    let whole = text(recorded!("3.9.5/conf-leader"));
    let version = whole.find("version=").unwrap();
    for end in 0..version + "version=".len() {
        assert_eq!(Conf::parse(&whole[..end]).members(), None, "{end}");
    }
    let twice = Conf::parse("membership: \nserver.1=h:1:2\nserver.1=h:1:2\nversion=1");
    assert_eq!(
        twice.to_json()["membershipError"],
        "server 1 is listed twice"
    );
}

#[test]
fn mntr_of_every_server_has_what_we_need() {
    for (bytes, mode) in [
        (recorded!("3.8.6/mntr-leader"), Mode::Leader),
        (recorded!("3.8.6/mntr-follower"), Mode::Follower),
        (recorded!("3.9.5/mntr-leader"), Mode::Leader),
        (recorded!("3.9.5/mntr-follower"), Mode::Follower),
        (recorded!("3.9.5/mntr-prometheus-leader"), Mode::Leader),
        (recorded!("3.9.5/mntr-prometheus-follower"), Mode::Follower),
    ] {
        let mntr = Mntr::parse(text(bytes));
        let led = (mode == Mode::Leader).then_some([2, 0, 0, 2, 0]);
        assert_eq!(mntr.server_state(), Some(mode));
        assert_eq!(mntr.quorum_size(), Some(3));
        assert_eq!(mntr.synced_followers(), led.map(|led| led[0]));
        assert_eq!(mntr.synced_non_voting_followers(), led.map(|led| led[1]));
        assert_eq!(mntr.synced_observers(), led.map(|led| led[2]));
        assert_eq!(mntr.learners(), led.map(|led| led[3]));
        assert_eq!(mntr.pending_syncs(), led.map(|led| led[4]));
        assert!(
            mntr.uptime().is_some()
                && mntr.f64("avg_latency").is_some()
                && mntr.version().is_some()
        );
        assert!(mntr.znode_count().is_some() && mntr.approximate_data_size().is_some());
        assert!(mntr.watch_count().is_some() && mntr.num_alive_connections().is_some());
        assert_eq!(mntr.outstanding_requests(), Some(0));
    }
}

#[test]
fn mntr_is_enough_only_with_all_it_needs() {
    for bytes in [
        recorded!("3.9.5/mntr-leader"),
        recorded!("3.9.5/mntr-prometheus-follower"),
    ] {
        // Around the end of each line is where it can tip over.
        let near_newline = |&end: &usize| {
            bytes[end.saturating_sub(1)..]
                .iter()
                .take(2)
                .any(|&byte| byte == b'\n')
        };
        let first = (0..=bytes.len())
            .filter(near_newline)
            .find(|&end| mntr::is_enough(&bytes[..end]));
        let first = first.unwrap();
        assert_eq!(bytes[first - 1], b'\n');
        let (some, all) = (Mntr::parse(text(&bytes[..first])), Mntr::parse(text(bytes)));
        for key in [
            "server_state",
            "quorum_size",
            "synced_followers",
            "uptime",
            "znode_count",
            "approximate_data_size",
        ] {
            assert_eq!(some.text(key), all.text(key), "{key}");
        }
    }
    assert!(!mntr::is_enough(recorded!("3.8.6/srvr-looking")));
    assert!(!mntr::is_enough(b""));
}

#[test]
fn mntr_is_all_only_with_all_that_is_shown() {
    for bytes in [
        recorded!("3.8.6/mntr-leader"),
        recorded!("3.8.6/mntr-follower"),
        recorded!("3.9.5/mntr-leader"),
        recorded!("3.9.5/mntr-follower"),
        recorded!("3.9.5/mntr-prometheus-leader"),
        recorded!("3.9.5/mntr-prometheus-follower"),
    ] {
        let whole = text(bytes);
        let mut so_far = String::new();
        let first = whole.split_inclusive('\n').find(|line| {
            so_far.push_str(line);
            mntr::is_all(so_far.as_bytes())
        });
        assert!(first.is_some());
        assert!(!mntr::is_all(&so_far.as_bytes()[..so_far.len() - 1]));
        let (some, all) = (Mntr::parse(&so_far), Mntr::parse(whole));
        for key in ["uptime", "digest_mismatches_count", "watch_count"] {
            assert!(some.text(key).is_some(), "{key}");
            assert_eq!(some.text(key), all.text(key), "{key}");
        }
    }
}

#[test]
fn mntr_keys_may_be_the_users_and_values_anything() {
    let mntr = Mntr::parse(
        "zk_a b é_read\t1\t2\r\nzk_n\tnull\nzk_f\t4.5\nzk_i\t7.0\nzk_big\t1.6809112E7\nno tab\nzk_nan\tNaN\n",
    );
    assert_eq!(mntr.text("a b é_read"), Some("1\t2"));
    assert_eq!(
        (mntr.i64("n"), mntr.f64("f"), mntr.i64("f"), mntr.i64("i")),
        (None, Some(4.5), None, Some(7))
    );
    assert_eq!((mntr.f64("nan"), mntr.i64("big")), (None, Some(16_809_112)));
    insta::assert_snapshot!(mntr.to_json(), @r#"{"zk_a b é_read":"1\t2","zk_big":16809112.0,"zk_f":4.5,"zk_i":7.0,"zk_n":null,"zk_nan":"NaN"}"#);
    assert_eq!(
        Mntr::parse("zk_server_state\tleader\nzk_followers\t4\n").learners(),
        Some(4)
    );
}

#[test]
fn the_small_ones_as_json() {
    let json = |word, bytes| parse_json(word, bytes).unwrap().to_string();
    insta::assert_snapshot!(json(Word::Dirs, recorded!("3.9.5/dirs-leader")), @r#"{"datadir_size":654,"logdir_size":67108880}"#);
    insta::assert_snapshot!(json(Word::Wchs, recorded!("3.9.5/wchs-leader")), @r#"{"connections":1,"paths":1,"watches":1}"#);
    insta::assert_snapshot!(json(Word::Isro, recorded!("3.9.5/isro-leader")), @r#""read-write""#);
    insta::assert_snapshot!(json(Word::Isro, recorded!("3.8.6/isro-looking")), @r#""not-serving""#);
    insta::assert_snapshot!(json(Word::Isro, b"ro"), @r#""read-only""#);
    insta::assert_snapshot!(json(Word::Ruok, recorded!("3.9.5/ruok-leader")), @r#"{"imok":true}"#);
    let envi = parse_json(Word::Envi, recorded!("3.8.6/envi-leader")).unwrap();
    assert_eq!(envi["java.vendor"], "Debian");
    assert_eq!(envi["Environment:"], Value::Null);
}

#[test]
fn only_the_words_that_are_read_have_json() {
    let read = Word::ALL
        .into_iter()
        .filter(|&word| parse_json(word, b"").is_some());
    let names: Vec<_> = read.map(Word::as_str).collect();
    assert_eq!(
        names.join(" "),
        "ruok srvr stat mntr conf cons envi isro dirs wchs"
    );
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, cut: usize, at: usize, byte: u8) {
        let (_, recorded) = WITH_AN_END[cut % WITH_AN_END.len()];
        let mut changed = recorded.to_vec();
        let at = at % changed.len();
        changed[at] = byte;
        for word in Word::ALL {
            for bytes in [&bytes[..], &changed, &changed[..at]] {
                let _ = (parse_json(word, bytes), is_complete(word, bytes), may_grow(word, bytes));
            }
        }
        let _ = mntr::is_enough(&bytes);
    }

    #[test]
    fn no_lines_panic(text in "((Mode|Zxid|version|membership|Node count|Latency min/avg/max|zk_a)[:=\t ]{0,2}\\PC{0,9}\r?\n){0,5}") {
        for word in Word::ALL {
            let _ = (parse_json(word, text.as_bytes()), is_complete(word, text.as_bytes()));
        }
    }

    #[test]
    fn mntr_lines_are_read_back(values in proptest::collection::btree_map("zk_[a-z .é]{1,9}", "[a-z0-9.,]{0,9}", 0..9)) {
        let lines: Vec<String> = values.iter().map(|(key, value)| format!("{key}\t{value}\n")).collect();
        prop_assert_eq!(Mntr::parse(&lines.concat()).values, values);
    }
}
