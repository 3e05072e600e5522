//! The leader goes away under a client that knows all servers.

use crate::namespace::Namespace;
use crate::run::await_until;

#[test]
fn nothing_acknowledged_is_lost_when_the_leaders_pod_is_deleted() {
    let namespace = Namespace::new("leader");
    let zk = namespace.create("zk", &[]);
    let writing = zk.start_writing(&[]);
    writing.await_more(200);
    let (leader, pod) = (zk.leader(), zk.pod(zk.leader()));
    namespace
        .kubectl(&["delete", "pod", &pod, "--wait=false"])
        .ok();
    await_until("another server leads", || {
        let now = zk.status()["leader"].as_u64();
        now.is_some_and(|now| now != u64::from(leader))
    });
    writing.await_more(200);
    zk.await_healthy();
    let written = writing.stop();
    println!("{}", zk.verify(&written).trim());
    for id in 1..=3 {
        zk.verify_at(id, &written);
    }
}
