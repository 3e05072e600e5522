//! A server's Service is made again with another address: `status` tells, `scale` refuses, `repair --addresses` mends.

use crate::ensemble::Ensemble;
use crate::namespace::Namespace;
use crate::run::await_until;
use crate::scaling::findings;

#[test]
fn a_followers_service_and_the_leaders_made_again() {
    let namespace = Namespace::new("addresses");
    let zk = namespace.create("zk", &[]);
    let leader = zk.leader();
    let followers: Vec<u8> = (1..=3).filter(|id| *id != leader).collect();
    let writers = zk.start_writers([followers[0]]);
    moved_and_mended(&zk, followers[1]);
    writers.lap("a follower's address, with its restart");
    assert_eq!(zk.leader(), leader);
    moved_and_mended(&zk, leader);
    writers.lap("the leader's address, with its restart");
    writers.stop("addresses repaired");
}

/// Whoever joins learns the list with the old address, and could not reach the leader there.
#[test]
fn the_leaders_service_made_again_and_nobody_restarted() {
    let namespace = Namespace::new("address");
    let zk = namespace.create("zk", &[]);
    let leader = zk.leader();
    let writers = zk.start_writers((1..=3).filter(|id| *id != leader));
    zk.move_service(leader);
    is_refused(&zk);
    zk.namespace.zk(&["repair", "zk", "--addresses"]).ok();
    is_mended(&zk, leader);
    writers.lap("the leader's address, without a restart");
    zk.scale_to("--replicas 5").ok();
    zk.is_whole(5, 0);
    writers.lap("3→5 after it");
    writers.stop("the leader's address repaired");
}

/// `scale` changes nothing, and says what to type.
#[track_caller]
fn is_refused(zk: &Ensemble<'_>) {
    let hint = format!("kubectl zk repair zk --addresses -n {}", zk.namespace.name);
    let refused = zk.scale_to("--replicas 5").ends_with(1);
    println!("{}", refused.error());
    assert!(refused.hinted().contains(&hint), "{}", refused.stderr);
    assert_eq!(zk.intent(), (3, 0));
}

/// The address is another, the server learns it at its restart, and differs from the others until it is repaired.
#[track_caller]
fn moved_and_mended(zk: &Ensemble<'_>, id: u8) {
    zk.move_service(id);
    let pod = zk.pod(id);
    zk.namespace.kubectl(&["delete", "pod", &pod]).ok();
    await_until("status tells of the address and of the lists", || {
        let found = findings(&zk.status());
        let has = |id: &str| found.iter().any(|finding| finding["id"] == id);
        has("config-differs") && has("address-differs")
    });
    is_refused(zk);
    let before = version(zk);
    zk.namespace.zk(&["repair", "zk", "--addresses"]).ok();
    assert!(before < version(zk));
    is_mended(zk, id);
}

/// All servers list the address of its Service, at one version.
#[track_caller]
fn is_mended(zk: &Ensemble<'_>, id: u8) {
    let line = format!("server.{id}={}:2888:3888:participant", zk.address(id));
    let lists: Vec<String> = zk.ids().iter().map(|id| list(zk, *id)).collect();
    for list in &lists {
        assert!(list.contains(&line), "no {line:?} in {list}");
        assert_eq!(list, &lists[0]);
    }
    zk.is_whole(3, 0);
}

/// A server's member list with its version.
#[track_caller]
fn list(zk: &Ensemble<'_>, id: u8) -> String {
    let conf = ["exec", "zk", "conf", "--id", &id.to_string()];
    let conf = zk.namespace.zk(&conf).ok();
    let lines = conf.lines();
    let listed = lines.filter(|line| line.starts_with("server.") || line.starts_with("version="));
    listed.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn version(zk: &Ensemble<'_>) -> u64 {
    let status = zk.status();
    u64::from_str_radix(status["configVersion"].as_str().unwrap(), 16).unwrap()
}

impl Ensemble<'_> {
    /// Deletes a server's Service and makes it again, at another address.
    #[track_caller]
    pub(crate) fn move_service(&self, id: u8) {
        let (name, before) = (format!("{}-peer-{id}", self.name), self.address(id));
        let mut service = self.namespace.get("service", &name);
        for field in ["clusterIP", "clusterIPs"] {
            service["spec"].as_object_mut().unwrap().remove(field);
        }
        for field in ["resourceVersion", "uid", "creationTimestamp"] {
            service["metadata"].as_object_mut().unwrap().remove(field);
        }
        self.namespace.kubectl(&["delete", "service", &name]).ok();
        let create = ["create", "-f", "-"];
        self.namespace
            .kubectl_with(&create, Some(&service.to_string()))
            .ok();
        assert_ne!(self.address(id), before);
    }
}
