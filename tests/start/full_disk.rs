//! The guard against a list that the server takes over without being able to write it down.

use std::fs;
use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use crate::claims::unshare;
use crate::pod::Pod;
use crate::pod::RUNS;
use crate::running::eventually;

const LIST: &str = "server.1=10.96.0.1:2888:3888:participant;0.0.0.0:2181
server.2=10.96.0.2:2888:3888:participant;0.0.0.0:2181
";

/// A server that answers `conf` until the test ends, and counts.
struct Server {
    port: String,
    asked: Arc<AtomicUsize>,
}

fn serves(list: &'static str, version: &'static str) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), list, version);
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    Server { port, asked }
}

/// As ZooKeeper does: settings, the list, and the version without a final newline.
fn answer(mut stream: TcpStream, list: &str, version: &str) {
    let mut word = [0; 4];
    if stream.read_exact(&mut word).is_ok() && &word == b"conf" {
        let _ = write!(
            stream,
            "clientPort=2181\nserverId=1\nmembership: \n{list}version={version}"
        );
    }
}

fn guarded(server: &Server) -> Pod {
    let mut pod = Pod::new();
    pod.set("ZK_KEEP", "0.02");
    pod.set("ZK_KEEP_PORT", &server.port);
    pod
}

/// The lists on the disk after a server that the guard has asked four times.
fn lists_after_questions(pod: &Pod, server: &Server) -> Vec<String> {
    let mut running = pod.start(RUNS);
    eventually("it is asked", || 4 <= server.asked.load(Ordering::SeqCst));
    running.terminate();
    assert_eq!(running.end().code, 143);
    let names = fs::read_dir(pod.path("conf")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| name.starts_with("zoo.cfg.dynamic"))
        .collect()
}

#[test]
fn a_list_that_the_server_uses_and_has_not_written_is_written() {
    let pod = guarded(&serves(LIST, "300000001"));
    let mut running = pod.start(RUNS);
    eventually("the list is kept", || {
        pod.has("conf/zoo.cfg.dynamic.300000001")
    });
    assert_eq!(pod.read("conf/zoo.cfg.dynamic.300000001"), LIST);
    eventually("the reserve is made again", || {
        fs::metadata(pod.path("conf/spare")).is_ok_and(|spare| spare.len() == 16384)
    });
    running.terminate();
    let end = running.end();
    assert!(
        end.said.contains("could not write") && end.said.contains("is the disk full?"),
        "{end:?}"
    );
    pod.starts();
    assert_eq!(pod.list(), LIST);
    assert!(pod.setting("dynamicConfigFile").ends_with(".300000001"));
}

#[test]
fn a_list_that_the_server_has_written_is_left_alone() {
    let server = serves(
        "server.1=10.96.0.77:2888:3888:participant;2181\n",
        "300000001",
    );
    let pod = guarded(&server);
    pod.claims();
    pod.activates("300000001", LIST);
    assert_eq!(
        lists_after_questions(&pod, &server),
        ["zoo.cfg.dynamic.300000001"]
    );
    assert_eq!(pod.list(), LIST);
}

#[test]
fn what_is_no_answer_is_never_written() {
    for (list, version) in [
        ("", "300000001"),
        (LIST, "0"),
        (LIST, ""),
        (LIST, "../evil"),
        (LIST, "x"),
    ] {
        let server = serves(list, version);
        let lists = lists_after_questions(&guarded(&server), &server);
        assert_eq!(lists, ["zoo.cfg.dynamic"], "{list:?} {version:?}");
    }
}

/// The server fills the disk and takes over a list. Both runs are of one mount namespace, with a disk of 256 KiB.
#[test]
fn on_a_full_disk_the_next_start_has_the_list() {
    let mut pod = guarded(&serves(LIST, "300000001"));
    let before = "server.1=10.96.0.1:2888:3888:participant;2181\nserver.9=10.96.0.9:2888:3888:participant;2181";
    pod.set("LIST", before);
    let disk = r#"mount -t tmpfs -o size=256k,mode=777 none "$ZK_DATA" && mkdir "$ZK_DATA/conf" && printf %s "$LIST" >"$ZK_DATA/conf/zoo.cfg.dynamic.100000000" || exit 99
      "$@" || exit 98
      rm "$ZK_DATA/filler" && bash "$2" true || exit 97
      cp "$ZK_DATA"/conf/* "$COPY""#;
    let server = r#"cat /dev/zero >"$ZK_DATA/filler" 2>/dev/null
      if echo more 2>/dev/null >"$ZK_DATA/conf/zoo.cfg.dynamic.300000001.tmp" && [[ -s $ZK_DATA/conf/zoo.cfg.dynamic.300000001.tmp ]]; then exit 11; fi
      rm -f "$ZK_DATA/conf/zoo.cfg.dynamic.300000001.tmp"
      for ((i = 0; i < 500; i++)); do [[ -s $ZK_DATA/conf/zoo.cfg.dynamic.300000001 ]] && exit 0; sleep 0.02; done
      exit 12"#;
    let copy = pod.root().join("copy");
    fs::create_dir(&copy).unwrap();
    pod.set("COPY", copy.to_str().unwrap());
    let end = pod
        .start_by(
            &[unshare(), &["bash", "-c", disk, "disk"]].concat(),
            &["bash", "-c", server, "server"],
        )
        .end();
    assert_eq!(end.code, 0, "{end:?}");
    assert_eq!(
        fs::read_to_string(copy.join("zoo.cfg.dynamic.300000001")).unwrap(),
        LIST
    );
    assert!(
        fs::read_to_string(copy.join("zoo.cfg"))
            .unwrap()
            .contains("/zoo.cfg.dynamic.300000001\n")
    );
}

#[test]
fn a_disk_that_is_full_at_the_start_is_refused() {
    let pod = Pod::new();
    let disk = r#"mount -t tmpfs -o size=64k,mode=777 none "$ZK_DATA" && head -c 45056 /dev/zero >"$ZK_DATA/filler" && exec "$@""#;
    let end = pod
        .start_by(
            &[unshare(), &["bash", "-c", disk, "disk"]].concat(),
            &["true"],
        )
        .end();
    assert_eq!(end.code, 78, "{end:?}");
    assert!(end.reason.contains("is the disk full"), "{end:?}");
}
