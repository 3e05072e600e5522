//! The image with the start script as its entry point, without Kubernetes: containers that containerd runs on the nodes'
//! own networks, one to a node, as Docker would on three machines. They have nothing but their environment, and each its
//! own root filesystem as its disk.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use crate::bed;
use crate::ensemble::write_to;
use crate::run::Run;
use crate::run::await_until;
use crate::turns;
use crate::turns::Turn;

const IMAGE: &str = "docker.io/kubectl-zk/zookeeper:3.9.5";
const MODE: &str =
    "exec 3<>/dev/tcp/127.0.0.1/2181 && printf srvr >&3 && sed -n 's/^Mode: //p' <&3";

/// The nodes' networks have each port but once.
static NODES: Mutex<()> = Mutex::new(());
static EXECS: AtomicUsize = AtomicUsize::new(0);

fn nodes() -> (Turn, MutexGuard<'static, ()>) {
    bed::load_image();
    (
        turns::one(),
        NODES.lock().unwrap_or_else(PoisonError::into_inner),
    )
}

/// A container on node N. Killed and removed, its disk with it, when dropped.
struct Container {
    node: u8,
    name: String,
    log: String,
}

impl Container {
    /// Runs it with this environment.
    #[track_caller]
    fn run(node: u8, env: &[String]) -> Self {
        let name = format!("plain-{}-{node}", std::process::id());
        let log = format!("file:///var/log/{name}.log");
        let container = Self { node, name, log };
        let env: Vec<&str> = env.iter().flat_map(|pair| ["--env", pair]).collect();
        let run = ["run", "--detach", "--net-host", "--cgroup", "", "--log-uri"];
        let what = [IMAGE, container.name.as_str()];
        container
            .ctr(&[&run[..], &[&container.log], &env, &what].concat())
            .ok();
        container
    }

    fn ctr(&self, args: &[&str]) -> Run {
        let ctr = ["ctr", "--namespace", "k8s.io"];
        bed::on_node(&format!("n{}", self.node), &[&ctr[..], args].concat())
    }

    /// What `bash -c` prints in it.
    fn bash(&self, script: &str) -> String {
        // The last one's may still be held.
        let id = format!("exec-{}", EXECS.fetch_add(1, Ordering::Relaxed));
        let exec = ["task", "exec", "--exec-id", &id, self.name.as_str()];
        self.ctr(&[&exec[..], &["bash", "-c", script]].concat())
            .stdout
    }

    #[track_caller]
    fn await_mode(&self, modes: &[&str]) {
        let what = format!("server {} is {modes:?}", self.node);
        await_until(&what, || modes.contains(&self.bash(MODE).trim()));
    }

    /// Ends its process as `docker stop` does; the disk stays.
    fn stop(&self) {
        self.ctr(&["task", "kill", "--signal", "SIGTERM", &self.name]);
        await_until("the container has stopped", || {
            let tasks = self.ctr(&["task", "list"]).ok();
            tasks
                .lines()
                .any(|line| line.contains(&self.name) && line.contains("STOPPED"))
        });
        self.ctr(&["task", "delete", &self.name]);
    }

    #[track_caller]
    fn start(&self) {
        self.ctr(&[
            "task",
            "start",
            "--detach",
            "--log-uri",
            &self.log,
            &self.name,
        ])
        .ok();
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        let log = self.log.trim_start_matches("file://");
        let node = format!("n{}", self.node);
        if std::thread::panicking() {
            eprintln!("{}", bed::on_node(&node, &["tail", "-n", "30", log]).stdout);
        }
        self.ctr(&["task", "delete", "--force", &self.name]);
        self.ctr(&["container", "delete", &self.name]);
        bed::on_node(&node, &["rm", "-f", log]);
    }
}

fn address(node: u8) -> String {
    format!("10.99.0.{}", 10 + node)
}

fn all() -> BTreeSet<String> {
    (1..=3).map(address).collect()
}

/// Nothing but the convention's variables.
fn environment(id: u8) -> Vec<String> {
    let peers = (1..=3).flat_map(|peer| {
        [
            format!("ZK_PEER_{peer}_SERVICE_HOST={}", address(peer)),
            format!("ZK_PEER_{peer}_SERVICE_PORT=2888"),
            format!("ZK_ELECTION_{peer}_SERVICE_PORT=3888"),
        ]
    });
    peers.chain([format!("ZK_SERVER_ID={id}")]).collect()
}

#[track_caller]
fn all_serve(servers: &[Container]) {
    for server in servers {
        server.await_mode(&SERVES);
    }
}

const SERVES: [&str; 2] = ["leader", "follower"];

#[test]
fn three_containers_with_nothing_but_the_environment() {
    let _nodes = nodes();
    let mut servers: Vec<Container> = (1..=3)
        .map(|id| Container::run(id, &environment(id)))
        .collect();
    all_serve(&servers);
    for (id, server) in (1..).zip(&servers) {
        assert_eq!(
            server.bash("cat /data/ensemble; id -u"),
            format!("{id}\n1000\n")
        );
    }
    servers[0].stop();
    let written = write_to(&[address(2), address(3)].into(), 100);
    servers[0].start();
    servers[0].await_mode(&SERVES);
    written.verify_at(&[address(1)].into());
    servers.iter().for_each(Container::stop);
    servers.iter().for_each(Container::start);
    all_serve(&servers);
    written.verify_at(&all());
    a_lost_disk(&mut servers);
    written.verify_at(&[address(2)].into());
}

/// A new container in the place of the second, which is told that there has been a quorum: it joins.
fn a_lost_disk(servers: &mut Vec<Container>) {
    drop(servers.remove(1));
    let mut env = environment(2);
    env.push("ZK_FOUNDED=yes".to_owned());
    servers.insert(1, Container::run(2, &env));
    servers[1].await_mode(&SERVES);
    let list = servers[1].bash("cat /data/conf/zoo.cfg.dynamic");
    assert!(
        list.contains("server.2=10.99.0.12:2888:3888:observer"),
        "{list}"
    );
}

#[test]
fn without_an_id_a_container_is_standalone_and_keeps_its_data() {
    let _nodes = nodes();
    let server = Container::run(1, &[]);
    server.await_mode(&["standalone"]);
    assert_eq!(server.bash("cat /data/ensemble"), "standalone\n");
    let alone: BTreeSet<String> = [address(1)].into();
    let written = write_to(&alone, 100);
    server.stop();
    server.start();
    server.await_mode(&["standalone"]);
    written.verify_at(&alone);
}
