//! Whose disk it is, and that one process has it.

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::pod::ENDS;
use crate::pod::ENSEMBLE;
use crate::pod::Pod;
use crate::pod::RUNS;
use crate::running::eventually;
use crate::running::kill;

#[test]
fn an_empty_disk_is_claimed_before_anything_else() {
    let pod = Pod::new();
    pod.starts();
    assert_eq!(pod.read("ensemble"), format!("{ENSEMBLE} 1\n"));
    assert_eq!(pod.read("myid"), "1\n");
}

#[test]
fn a_disk_of_another_ensemble_is_refused() {
    let pod = Pod::new();
    pod.write("ensemble", "another 1\n");
    let before = pod.disk();
    pod.refused(&format!("belongs to 'another 1', not to '{ENSEMBLE} 1'"));
    assert_eq!(pod.read("ensemble"), "another 1\n");
    assert!(before.len() < 3 && !pod.has("initialize") && !pod.has("conf/zoo.cfg"));
}

#[test]
fn a_disk_of_another_server_is_refused() {
    let pod = Pod::new();
    pod.write("ensemble", &format!("{ENSEMBLE} 2\n"));
    pod.refused("not to");
}

#[test]
fn another_myid_is_refused() {
    let pod = Pod::new();
    pod.claims();
    pod.write("myid", "2\n");
    pod.refused("this disk belongs to '2', not to '1'");
    assert_eq!(pod.read("myid"), "2\n");
}

#[test]
fn data_without_a_claim_is_refused() {
    for claim in ["ensemble", "myid"] {
        for empty in [true, false] {
            let pod = Pod::new();
            pod.claims();
            pod.write("version-2/currentEpoch", "1");
            if empty {
                pod.write(claim, "");
            } else {
                fs::remove_file(pod.path(claim)).unwrap();
            }
            pod.refused("does not say whose");
        }
    }
}

#[test]
fn a_power_cut_that_empties_a_claim_before_there_is_data_is_mended() {
    for claim in ["ensemble", "myid"] {
        let pod = Pod::new();
        pod.starts();
        pod.write(claim, "");
        pod.starts();
        assert_eq!(pod.read("ensemble"), format!("{ENSEMBLE} 1\n"));
        assert_eq!(pod.read("myid"), "1\n");
    }
}

#[test]
fn without_an_ensemble_only_a_server_alone_starts_and_claims_by_its_id() {
    let mut pod = Pod::new();
    pod.set("ZK_ENSEMBLE", "");
    pod.refused("ZK_ENSEMBLE is empty");
    pod.set("ZK_SERVERS", "1");
    pod.starts();
    assert_eq!(pod.read("ensemble"), "1\n");
    pod.set("ZK_ENSEMBLE", ENSEMBLE);
    pod.refused("belongs to '1'");
}

#[test]
fn two_containers_never_share_a_disk() {
    let pod = Pod::new();
    let running = pod.start(RUNS);
    eventually("the first holds the disk", || !pod.is_free());
    pod.refused("another process still uses this disk");
    drop(running);
    pod.starts();
}

#[test]
fn a_server_that_outlives_its_script_keeps_the_disk() {
    let pod = Pod::new();
    let stub = [
        "bash",
        "-c",
        r#"echo $$ >"$0/server"; exec sleep 1000"#,
        pod.root().to_str().unwrap(),
    ];
    let running = pod.start(&stub);
    let server = pod.root().join("server");
    eventually("the server runs", || {
        fs::read_to_string(&server).is_ok_and(|text| text.ends_with('\n'))
    });
    running.kill();
    pod.refused("another process still uses this disk");
    kill("-KILL", fs::read_to_string(&server).unwrap().trim());
    eventually("nothing but the server kept it", || pod.is_free());
}

#[test]
fn the_next_container_waits_for_the_disk() {
    let mut pod = Pod::new();
    pod.set("ZK_LOCK_WAIT", "20");
    let mut running = pod.start(RUNS);
    eventually("the first holds the disk", || !pod.is_free());
    std::thread::scope(|scope| {
        let next = scope.spawn(|| pod.run());
        running.terminate();
        assert_eq!(running.end().code, 143);
        assert_eq!(next.join().unwrap().code, 0);
    });
}

#[test]
fn a_second_replica_is_refused() {
    let mut pod = Pod::new();
    for (host, second) in [
        ("zk-server-1-0", false),
        ("zk-server-1-1", true),
        ("my-zk-server-1-12", true),
        ("zk-server-11-0", false),
    ] {
        pod.set("HOSTNAME", host);
        if second {
            pod.refused("two servers of id 1: scale this StatefulSet back to 1");
        } else {
            pod.starts();
        }
    }
}

#[test]
fn a_read_only_volume_is_refused_with_a_sentence() {
    let pod = Pod::new();
    let readonly = r#"mount -t tmpfs -o ro none "$ZK_DATA" && exec "$@""#;
    let end = pod
        .start_by(
            &[unshare(), &["bash", "-c", readonly, "mount"]].concat(),
            ENDS,
        )
        .end();
    assert_eq!(end.code, 78, "{end:?}");
    assert!(
        end.reason.contains("is the disk full or read-only?"),
        "{end:?}"
    );
}

#[test]
fn a_volume_of_another_user_is_refused_with_a_sentence() {
    let pod = Pod::new();
    fs::set_permissions(pod.root(), Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(pod.path(""), Permissions::from_mode(0o555)).unwrap();
    let nobody: &[&str] = &[
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
    ];
    let end = pod
        .start_by(if is_root() { nobody } else { &[] }, ENDS)
        .end();
    assert_eq!(end.code, 78, "{end:?}");
    assert!(
        end.reason.contains("is the disk full or read-only?"),
        "{end:?}"
    );
}

/// A mount namespace of its own, which any user may make where the kernel lets them.
pub(crate) fn unshare() -> &'static [&'static str] {
    if is_root() {
        &["unshare", "--mount"]
    } else {
        &["unshare", "--map-root-user", "--mount"]
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().unwrap().stdout == b"0\n"
}
