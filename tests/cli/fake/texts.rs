//! What servers say: the bytes of real ones (`tests/wire`), with the numbers of the model put in.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::fake::ensemble::Mood;
use crate::fake::server::Server;

const NOT_SERVING: &str = "This ZooKeeper instance is not currently serving requests\n";

/// The version of every list: that of a first quorum.
const VERSION: &str = "100000000";

/// The answer to a four-letter word.
pub(crate) fn answer(server: &Server, word: &str) -> Vec<u8> {
    if server.mood == Mood::Closes {
        return Vec::new();
    }
    if server.unlisted.contains(&word) {
        return format!("{word} is not executed because it is not in the whitelist.\n").into();
    }
    let looks = matches!(server.mood, Mood::Looks(_));
    if looks && !["ruok", "envi", "isro"].contains(&word) {
        return NOT_SERVING.into();
    }
    let recorded = String::from_utf8(recorded(server, word)).unwrap();
    let text = match word {
        "srvr" | "stat" if server.observes => recorded
            .replace("0x100000004", server.zxid)
            .replace("Mode: follower", "Mode: observer"),
        "srvr" | "stat" => recorded.replace("0x100000004", server.zxid),
        "conf" => conf(server, &recorded),
        "mntr" => mntr(server, &recorded),
        _ => recorded,
    };
    text.replace('\n', &format!("{}\n", server.tail)).into()
}

/// The AdminServer's answer to a request.
pub(crate) fn admin(server: &Server, request: &str) -> Vec<u8> {
    let command = request
        .split(' ')
        .nth(1)
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap();
    let file = match command {
        "server_stats" | "ruok" | "monitor" | "leader" => format!("admin-{command}"),
        _ => "admin-nosuchcommand".to_owned(),
    };
    assert!(server.admin);
    read(&file)
}

fn recorded(server: &Server, word: &str) -> Vec<u8> {
    let role = if server.leads { "leader" } else { "follower" };
    read(&format!("{word}-{role}"))
}

fn read(name: &str) -> Vec<u8> {
    let wire = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/3.9.5");
    fs::read(wire.join(name).with_extension("bin")).unwrap()
}

fn conf(server: &Server, recorded: &str) -> String {
    let (head, _) = recorded.split_once("membership: ").unwrap();
    let mut text = format!("{head}membership: \n");
    if let Some(lines) = &server.lines {
        return text + lines;
    }
    for id in 1..=server.voters {
        let _ = writeln!(text, "server.{id}=10.96.0.{id}:2888:3888:participant;2181");
    }
    text + "version=" + VERSION
}

fn mntr(server: &Server, recorded: &str) -> String {
    recorded
        .replace(
            "zk_synced_followers\t2",
            &format!(
                "zk_synced_followers\t{}",
                usize::from(server.voters - 1) + server.outside - server.late
            ),
        )
        .replace(
            "zk_synced_non_voting_followers\t0",
            &format!("zk_synced_non_voting_followers\t{}", server.outside),
        )
        .replace(
            "zk_quorum_size\t3",
            &format!("zk_quorum_size\t{}", server.voters),
        )
}
