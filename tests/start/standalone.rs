//! The script without even an id: one server, standalone, on a disk that is no ensemble's.

use crate::alone::plain;
use crate::pod::Pod;

/// A container without even an id.
pub(crate) fn standalone() -> Pod {
    let mut pod = plain();
    pod.unset("ZK_SERVER_ID");
    pod
}

#[test]
fn without_an_id_it_is_standalone() {
    let pod = standalone();
    pod.mount(
        "zk/zoo.cfg",
        "tickTime=500\nserver.1=a:1:2\nclientPort=1\nreconfigEnabled=true\n",
    );
    let end = pod.run();
    assert_eq!(end.code, 0, "{end:?}");
    assert!(
        end.said
            .contains("no part in the ensemble of servers 1 2 3"),
        "{end:?}"
    );
    let data = pod
        .path("")
        .to_str()
        .unwrap()
        .trim_end_matches('/')
        .to_owned();
    for (key, value) in [
        ("standaloneEnabled", "true"),
        ("clientPort", "2181"),
        ("tickTime", "500"),
        ("dataDir", &data),
        ("dataLogDir", &data),
    ] {
        assert_eq!(pod.setting(key), value, "{key}");
    }
    let config = pod.read("conf/zoo.cfg");
    for ours in [
        "server.",
        "dynamicConfigFile",
        "reconfigEnabled",
        "autocreate",
    ] {
        assert!(!config.contains(ours), "{ours}: {config}");
    }
    assert_eq!(pod.read("ensemble"), "standalone\n");
    assert!(!pod.has("myid") && !pod.has("initialize") && !pod.has("conf/zoo.cfg.dynamic"));
}

#[test]
fn without_servers_there_is_nothing_to_tell_a_standalone_one() {
    let mut pod = standalone();
    for number in 1..=3 {
        pod.no_service(number);
    }
    assert_eq!(pod.run().said, "");
}

#[test]
fn an_id_that_is_set_and_empty_is_not_standalone() {
    let mut pod = standalone();
    for name in ["ZK_SERVER_ID", "ZK_SERVERS", "ZK_ENSEMBLE", "ZK_FOUNDED"] {
        pod.set(name, "");
        pod.refused("not a server's id");
        pod.unset(name);
    }
    assert!(pod.disk().is_empty());
}

#[test]
fn a_members_disk_is_not_served_standalone() {
    for claim in ["0d9a4d5e 1\n", "1\n"] {
        let pod = standalone();
        pod.write("ensemble", claim);
        pod.write("myid", "1\n");
        let before = pod.disk();
        pod.refused(&format!(
            "belongs to '{}', not to 'standalone'",
            claim.trim()
        ));
        let mut after = pod.disk();
        after.remove(std::path::Path::new("lock"));
        assert_eq!(after, before);
    }
}

#[test]
fn a_standalone_servers_disk_is_no_members() {
    let mut pod = standalone();
    pod.starts();
    pod.write("version-2/snapshot.0", "data");
    pod.starts();
    pod.set("ZK_SERVER_ID", "1");
    pod.refused("belongs to 'standalone', not to '1'");
    assert!(!pod.has("initialize"));
}

#[test]
fn data_that_nobody_claims_is_not_served_standalone() {
    let pod = standalone();
    pod.write("version-2/snapshot.0", "data");
    pod.refused("does not say whose");
}
