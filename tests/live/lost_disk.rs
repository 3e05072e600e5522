//! A server whose disk is lost joins the others; it never votes with an empty memory.

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::await_until;
use crate::run::stays;

/// Everything on the disk of a server that runs.
const WIPE: &str = "rm -rf /data/version-2 /data/conf /data/ensemble /data/myid; pkill -KILL java";

#[test]
fn a_pod_and_its_disk_deleted() {
    let namespace = Namespace::new("disk");
    let zk = namespace.create("zk", &[]);
    let written = zk.write(200);
    let disk = || namespace.field("pvc", "data-zk-server-2-0", ".metadata.uid");
    let before = disk();
    namespace
        .kubectl(&["delete", "pvc", "data-zk-server-2-0", "--wait=false"])
        .ok();
    namespace.kubectl(&["delete", "pod", "zk-server-2-0"]).ok();
    zk.await_healthy();
    assert_ne!(disk(), before);
    joined(&zk, 2);
    zk.verify_at(2, &written);
}

/// The last that were written are on server 1 alone of those that vote: with it away, the wiped server 2 and server 3,
/// which was away when they were written, must not agree on anything.
#[test]
fn a_disk_wiped_under_a_pod_while_the_one_with_the_data_is_away() {
    let namespace = Namespace::new("wiped");
    let zk = namespace.create("zk", &[]);
    await_until("the running pod sees the seal", || {
        zk.in_pod(2, &["test", "-e", "/founded/founded"]).code == Some(0)
    });
    zk.scale(3, 0);
    let written = zk.write(200);
    let pod = namespace.field("pod", "zk-server-2-0", ".metadata.uid");
    zk.scale(1, 0);
    zk.in_pod(2, &["bash", "-c", WIPE]);
    await_until("the container runs again", || {
        zk.in_pod(2, &["test", "-e", "/data/ensemble"]).code == Some(0)
    });
    zk.scale(3, 1);
    zk.await_state(3, "looking");
    zk.await_state(2, "looking");
    stays("nobody serves", 15, || {
        zk.status()["verdict"] == "no quorum"
    });
    zk.scale(1, 1);
    zk.await_healthy();
    let same = namespace.field("pod", "zk-server-2-0", ".metadata.uid");
    assert_eq!(same, pod, "the container was made again, not the pod");
    joined(&zk, 2);
    zk.verify_at(2, &written);
}

/// The list that an empty disk began with: its own server only observes in it, and it has no leave to vote empty.
#[track_caller]
fn joined(zk: &Ensemble<'_>, id: u8) {
    let list = zk.first_list(id);
    let line = list
        .lines()
        .find(|line| line.starts_with(&format!("server.{id}=")));
    assert!(
        line.is_some_and(|line| line.contains(":observer")),
        "{list}"
    );
    assert_ne!(
        zk.in_pod(id, &["test", "-e", "/data/initialize"]).code,
        Some(0)
    );
}
