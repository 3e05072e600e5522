//! `connection-string`, of which exactly what it prints is given to real clients of three kinds: each writes, and what it
//! wrote is read back by another kind.

use std::thread;
use std::time::Instant;

use serde_json::json;

use crate::clients::Clients;
use crate::clients::Place;
use crate::clients::Place::Inside;
use crate::clients::Place::Outside;
use crate::clients::Proof;
use crate::clients::kazoo;
use crate::namespace::Namespace;

/// What the command says on stdout: one line, and nothing else.
#[track_caller]
fn string(namespace: &Namespace, flags: &[&str]) -> String {
    let said = text(namespace, flags);
    let line = said.strip_suffix('\n').unwrap();
    assert!(!line.contains(char::is_whitespace), "{said}");
    line.to_owned()
}

#[track_caller]
fn text(namespace: &Namespace, flags: &[&str]) -> String {
    let command = ["connection-string", "zk"];
    namespace.zk(&[&command, flags].concat()).ok()
}

/// kazoo writes; both Java clients, at once, read that and write; and kazoo reads theirs. Gives what Curator did.
#[track_caller]
fn proves(clients: &Clients<'_>, place: Place, string: &str) -> Proof {
    let began = Instant::now();
    let curator = match place {
        Inside => "curator",
        Outside => "curator-untracked",
    };
    let first = Proof::of(kazoo(place, string, "kazoo's", &[])).wrote;
    let java = |kind| clients.java(place, kind, string, "java's", &first);
    let (plain, curator) = thread::scope(|scope| {
        let plain = scope.spawn(|| java("zookeeper"));
        let curator = java(curator);
        (plain.join().unwrap(), curator)
    });
    let (plain, curator) = (Proof::of(plain), Proof::of(curator));
    for proof in [&plain, &curator] {
        proof.has_read(&first, "kazoo's");
    }
    let written = [&plain.wrote[..], &curator.wrote].concat();
    Proof::of(kazoo(place, string, "kazoo's", &written)).has_read(&written, "java's");
    println!("{string}: {:.1} s", began.elapsed().as_secs_f64());
    curator
}

/// Inside, Curator's tracker must have moved on to the Services of the members, with the chroot, and have written there.
#[track_caller]
fn proves_inside(clients: &Clients<'_>, string: &str, members: &[String]) {
    let curator = proves(clients, Inside, string);
    let uses = curator.uses.unwrap();
    let chroot = string.find('/').map_or("", |at| &string[at..]);
    let mut servers: Vec<&str> = uses.strip_suffix(chroot).unwrap().split(',').collect();
    servers.sort_unstable();
    assert_eq!(
        (servers, curator.wrote.len()),
        (members.iter().map(String::as_str).collect(), 2)
    );
}

#[test]
fn three_kinds_of_clients_connect_by_every_form() {
    let namespace = Namespace::new("clients");
    let zk = namespace.create("zk", &["--service-type", "LoadBalancer"]);
    let of_config_map = text(&namespace, &["--for", "configmap"]);
    namespace
        .kubectl_with(&["apply", "-f", "-"], Some(&of_config_map))
        .ok();
    let clients = Clients::new(&namespace, "zk-connection");
    let addresses = zk.addresses();
    let members: Vec<String> = addresses.iter().map(|ip| format!("{ip}:2181")).collect();
    let forms: [&[&str]; 4] = [
        &[],
        &["--servers"],
        &["--chroot", "/app", "--create-chroot"],
        &["--servers", "--chroot", "/app"],
    ];
    for flags in forms {
        proves_inside(&clients, &string(&namespace, flags), &members);
    }
    by_the_environment(&namespace, &clients);
    outside(&namespace, &clients);
}

/// By the variables that a shell took from `--for env`, and by those that the pod has from `--for configmap`.
#[track_caller]
fn by_the_environment(namespace: &Namespace, clients: &Clients<'_>) {
    let env = text(
        namespace,
        &["--servers", "--chroot", "/app", "--for", "env"],
    );
    let script = r#"eval "$1" && exec /clients/client zookeeper "$ZOOKEEPER" env"#;
    let wrote = Proof::of(clients.in_pod(&["sh", "-c", script, "sh", &env])).wrote;
    let script = r#"exec /clients/client curator "$ZOOKEEPER/app" pod "$1""#;
    let read = Proof::of(clients.in_pod(&["sh", "-c", script, "sh", &wrote[0]]));
    read.has_read(&wrote, "env");
    let service = string(namespace, &["--chroot", "/app"]);
    Proof::of(kazoo(Inside, &service, "kazoo's", &read.wrote)).has_read(&read.wrote, "pod");
}

/// By the load balancer's address, and then by those of nodes. Curator goes wrong where it follows the servers' own list.
#[track_caller]
fn outside(namespace: &Namespace, clients: &Clients<'_>) {
    let balancer = ["--external", "--wait"];
    let address = string(namespace, &balancer);
    proves(clients, Outside, &address);
    let trap = clients.java(Outside, "curator", &address, "java's", &[]);
    trap.ends_with(1).says("lost the session by using ");
    let said = namespace.zk(&[&["connection-string", "zk"], &balancer[..]].concat());
    said.ends_with(0).says(".ensembleTracker(false)");

    let node_port = json!({"spec": {"type": "NodePort"}}).to_string();
    let patch = ["patch", "service", "zk-client", "--patch", &node_port];
    namespace.kubectl(&patch).ok();
    let nodes = string(namespace, &["--external", "--chroot", "/app"]);
    assert_ne!(nodes.strip_suffix("/app").unwrap(), address);
    proves(clients, Outside, &nodes);
}
