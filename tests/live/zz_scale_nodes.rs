//! Nodes cut off while `scale` works: it waits, and says for whom; healed, it goes on, or back.

use crate::bed;
use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::await_until;

/// Nodes that take no new pods, until this is dropped.
struct Cordoned<'a>(&'a Namespace, Vec<&'static str>);

impl<'a> Cordoned<'a> {
    #[track_caller]
    fn new(namespace: &'a Namespace, nodes: &[&'static str]) -> Self {
        namespace.kubectl(&[&["cordon"], nodes].concat()).ok();
        Self(namespace, nodes.to_vec())
    }
}

impl Drop for Cordoned<'_> {
    fn drop(&mut self) {
        self.0.kubectl(&[&["uncordon"], &self.1[..]].concat());
    }
}

#[test]
fn the_joiners_node_cut_off() {
    let namespace = Namespace::alone("joiner-node");
    let cordoned = Cordoned::new(&namespace, &["n3"]);
    let zk = namespace.create("zk", &[]);
    drop(cordoned);
    let writers = zk.start_writers(1..=3);
    let cordoned = Cordoned::new(&namespace, &["n1", "n2"]);
    let scale = zk.start_scale("--replicas 5 --timeout 30s");
    await_until("a new server is on its node", || zk.node_of(4) == "n3");
    let broken = bed::fault("n3", "partition", "heal");
    let ended = scale.end().ends_with(124);
    println!("{}", ended.error());
    let waited = "does not follow the leader in sync yet";
    ended
        .says("could not change the members of ensemble")
        .says(waited);
    writers.lap("3→5, the joiners' node cut off");
    goes_back(&zk);
    drop((broken, cordoned));
    zk.scale_to("--replicas 3").ok();
    zk.is_whole(3, 0);
    writers.lap("back to 3");
    writers.stop("the joiners' node cut off");
}

/// Nothing is left to do but to wait until the pods are gone, which nobody knows of a node that is cut off.
#[track_caller]
fn goes_back(zk: &Ensemble<'_>) {
    let back = zk.scale_to("--replicas 3 --timeout 20s");
    println!("{:?} {}", back.code, back.error());
    let waits = back.code == Some(124) && back.error().contains("end");
    assert!(back.code == Some(0) || waits, "{back:?}");
    assert_eq!(zk.intent(), (3, 0));
}

#[test]
fn the_leaders_node_cut_off() {
    let namespace = Namespace::alone("scale-leader");
    let zk = namespace.create("zk", &[]);
    let writers = zk.start_writers(1..=3);
    let leader = zk.leader();
    let scale = zk.start_scale("--replicas 5 --timeout 120s");
    await_until("the goal is set", || zk.intent() == (5, 0));
    let broken = bed::fault(&zk.node_of(leader), "partition", "heal");
    await_until("another leads", || {
        let now = zk.status()["leader"].as_u64();
        now.is_some_and(|now| now != u64::from(leader))
    });
    drop(broken);
    let ended = scale.end();
    println!("{:?} {}", ended.code, ended.error());
    let told = ended.code == Some(124)
        && ended
            .error()
            .contains("could not change the members of ensemble");
    assert!(ended.code == Some(0) || told, "{ended:?}");
    zk.scale_to("--replicas 5").ok();
    zk.is_whole(5, 0);
    writers.lap("3→5, the leader's node cut off and back");
    writers.stop("the leader's node cut off in 3→5");
}

impl Ensemble<'_> {
    /// The node that a server's pod is on, if it is on any.
    fn node_of(&self, id: u8) -> String {
        let pod = self.namespace.get("pod", &self.pod(id));
        let node = pod["spec"]["nodeName"].as_str();
        node.unwrap_or_default().to_owned()
    }
}
