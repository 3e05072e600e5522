//! Disks that cannot be written: full, read-only, and filled up under a server.

use serde_json::json;

use crate::bed;
use crate::causes::Cause;
use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::await_until;

/// The node whose memory holds the disks.
const NODE: &str = "n1";

/// Runs a line of shell on a node.
#[track_caller]
fn on_node(node: &str, line: &str) {
    bed::on_node(node, &["sh", "-c", line]).ok();
}

/// A disk of a node, with a StorageClass's name to ask for it by; removed when dropped.
struct Disk<'a> {
    namespace: &'a Namespace,
    name: String,
    path: String,
}

impl<'a> Disk<'a> {
    #[track_caller]
    fn new(namespace: &'a Namespace, options: &str) -> Self {
        let name = namespace.name.clone();
        let path = format!("/var/lib/{name}");
        on_node(
            NODE,
            &format!("mkdir {path} && mount -t tmpfs -o mode=0777,{options} disk {path}"),
        );
        let here = json!({"key": "kubernetes.io/hostname", "operator": "In", "values": [NODE]});
        namespace.apply(&json!({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name}, "spec": {
            "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": name, "local": {"path": path},
            "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [here]}]}}}}));
        Self {
            namespace,
            name,
            path,
        }
    }

    #[track_caller]
    fn remount(&self, options: &str) {
        on_node(NODE, &format!("mount -o remount,{options} {}", self.path));
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        on_node(
            NODE,
            &format!("umount --lazy {path} && rmdir {path}", path = self.path),
        );
        self.namespace
            .kubectl(&["delete", "pv", &self.name, "--wait=false"]);
    }
}

/// A start that cannot write is refused with its reason; on a mended disk the same command again finishes it.
#[track_caller]
fn refused_then_mended(namespace: &Namespace, options: &str, mended: &str, file: &str) {
    let disk = Disk::new(namespace, options);
    let flags = ["--storage-class", &disk.name];
    let why = format!("it refuses to start: cannot write {file}: is the disk full or read-only?");
    let cause = Cause {
        name: "zk",
        flags: &flags,
        why: &why,
        hint: "kubectl logs zk-server-1-0",
    };
    cause.shows(namespace);
    let zk = namespace.ensemble("zk");
    assert_eq!(zk.server(1)["reason"], why);
    disk.remount(mended);
    let flags = [&["--replicas", "1"], &flags[..]].concat();
    namespace.zk(&create("zk", &flags)).ok();
    zk.verify(&zk.write(20));
}

#[test]
fn a_full_disk() {
    let namespace = Namespace::new("full");
    refused_then_mended(&namespace, "size=4k", "size=64m", "/data/myid");
}

#[test]
fn a_disk_that_is_read_only() {
    let namespace = Namespace::new("read-only");
    refused_then_mended(&namespace, "size=64m,ro", "rw", "/data");
}

/// Filled up under a server, and its pod deleted: `status` says why it does not start; with room again it has all its data.
#[test]
fn a_disk_that_fills_up() {
    let namespace = Namespace::new("fills");
    let disk = Disk::new(&namespace, "size=64m");
    let zk = namespace.create("zk", &["--replicas", "1", "--storage-class", &disk.name]);
    let written = zk.write(200);
    on_node(
        NODE,
        &format!(
            "rm {0}/conf/spare; cat /dev/zero >{0}/filled || true",
            disk.path
        ),
    );
    zk.delete_pods();
    await_until("it is refused", || {
        let reason = zk.server(1)["reason"].clone();
        reason.as_str().is_some_and(|reason| {
            reason.starts_with("it refuses to start: cannot write /data/conf/")
                && reason.contains("is the disk full")
        })
    });
    on_node(NODE, &format!("rm {}/filled", disk.path));
    namespace
        .zk(&create(
            "zk",
            &["--replicas", "1", "--storage-class", &disk.name],
        ))
        .ok();
    zk.verify(&written);
}
