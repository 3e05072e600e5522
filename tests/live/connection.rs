//! `connection-string`: what is printed is what answers, in the cluster and outside.

use serde_json::Value;

use crate::bed;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::await_until;
use crate::run::run;

/// `kubectl zk connection-string zk`, from where the nodes' and the load balancers' addresses answer.
fn outside(namespace: &Namespace, args: &[&str]) -> Run {
    let mut zk = bed::inside(env!("CARGO_BIN_EXE_kubectl-zk"));
    zk.args(["connection-string", "zk", "--external"])
        .args(args);
    zk.args([
        "-n",
        &namespace.name,
        "-s",
        "https://kubernetes.default.svc",
    ]);
    run(zk, None)
}

fn zk(namespace: &Namespace, args: &[&str]) -> Run {
    namespace.zk(&[&["connection-string", "zk"], args].concat())
}

/// The string is all of stdout.
#[track_caller]
fn string(run: Run) -> String {
    let said = run.ok();
    let string = said.strip_suffix('\n').unwrap();
    assert!(!string.contains(char::is_whitespace), "{said:?}");
    string.to_owned()
}

#[test]
fn what_is_printed_answers() {
    let namespace = Namespace::new("connection");
    namespace.create("zk", &[]);
    in_the_cluster(&namespace);
    a_chroot(&namespace);
    as_an_object(&namespace);
    by_nodes(&namespace);
    by_a_load_balancer(&namespace);
    without_a_server(&namespace);
}

#[track_caller]
fn in_the_cluster(namespace: &Namespace) {
    let name = &namespace.name;
    // The servers have a quorum before Kubernetes has asked them whether they are ready.
    let all = string(zk(namespace, &["--verify", "--wait"]));
    assert_eq!(all, format!("zk-client.{name}.svc:2181"));
    let servers = string(zk(namespace, &["--servers", "--verify"]));
    let each: Vec<String> = (1..=3)
        .map(|id| format!("zk-peer-{id}.{name}.svc:2181"))
        .collect();
    assert_eq!(servers, each.join(","));
    let full = string(zk(
        namespace,
        &["--servers", "--cluster-domain", "cluster.local"],
    ));
    for address in [&all, &servers, &full]
        .into_iter()
        .flat_map(|list| list.split(','))
    {
        answers(address);
    }
    zk(namespace, &["--external"])
        .ends_with(1)
        .says("Service zk-client is of type ClusterIP");
    let status = namespace.zk(&["create", "zk"]).ok();
    assert!(
        status.ends_with(&format!("clients connect to {all}\n")),
        "{status}"
    );
}

/// A server says that it is well at this address, by its name.
#[track_caller]
fn answers(address: &str) {
    let (host, port) = address.rsplit_once(':').unwrap();
    let script = format!("exec 3<>/dev/tcp/{host}/{port} && printf ruok >&3 && cat <&3");
    let mut bash = bed::inside("bash");
    bash.args(["-c", &script]);
    assert_eq!(run(bash, None).ok(), "imok", "{address}");
}

#[track_caller]
fn a_chroot(namespace: &Namespace) {
    zk(namespace, &["--chroot", "/app/é x", "--verify"])
        .ends_with(1)
        .says("there is no node /app/é x");
    let flags = ["--chroot", "/app/é x", "--create-chroot", "--verify"];
    let first = zk(namespace, &flags)
        .ends_with(0)
        .says("created the node /app/é x");
    assert!(
        first.stdout.ends_with(".svc:2181/app/é x\n"),
        "{}",
        first.stdout
    );
    zk(namespace, &flags).ends_with(0).says("exists already");
    zk(
        namespace,
        &["--chroot", "/zookeeper/config/x", "--create-chroot"],
    )
    .ends_with(1)
    .says("cannot create the node");
}

#[track_caller]
fn as_an_object(namespace: &Namespace) {
    for (form, path) in [
        ("configmap", ".data.ZOOKEEPER"),
        ("secret", ".data.ZOOKEEPER"),
    ] {
        let text = zk(namespace, &["--chroot", "/app", "--for", form]).ok();
        namespace
            .kubectl_with(&["apply", "-f", "-"], Some(&text))
            .ok();
        let kept = namespace.field(form, "zk-connection", path);
        let plain = format!("zk-client.{}.svc:2181/app", namespace.name);
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &plain);
        assert!(kept == plain || kept == base64, "{kept}");
    }
    // What `delete` removes is the plugin's.
    let labels = namespace.field("configmap", "zk-connection", ".metadata.labels");
    assert!(!labels.contains("managed-by"), "{labels}");
}

#[track_caller]
fn expose(namespace: &Namespace, spec: &str) {
    let patch = format!("{{\"spec\":{spec}}}");
    namespace
        .kubectl(&["patch", "service", "zk-client", "-p", &patch])
        .ok();
}

#[track_caller]
fn by_nodes(namespace: &Namespace) {
    expose(namespace, r#"{"type":"NodePort"}"#);
    await_until("every pod is ready", || {
        namespace.ensemble("zk").status()["ready"] == 3
    });
    let port = namespace.field("service", "zk-client", ".spec.ports[0].nodePort");
    let said = outside(namespace, &["--verify", "--wait"])
        .ends_with(0)
        .says(".ensembleTracker(false)");
    let addresses: Vec<&str> = said.stdout.trim_end().split(',').collect();
    let pods = namespace
        .kubectl(&["get", "pods", "-l", "name=zookeeper-pod", "-o", "json"])
        .ok();
    let pods: Value = serde_json::from_str(&pods).unwrap();
    let mut expected: Vec<String> = pods["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pod| format!("{}:{port}", pod["status"]["hostIP"].as_str().unwrap()))
        .collect();
    expected.sort();
    expected.dedup();
    assert_eq!(addresses, expected);
    for address in addresses {
        said_of(&said, address);
        answers(address);
    }
}

#[track_caller]
fn said_of(run: &Run, address: &str) {
    let line = format!("{address} from this machine: a session was opened\n");
    assert!(run.stderr.contains(&line), "{}", run.stderr);
}

#[track_caller]
fn by_a_load_balancer(namespace: &Namespace) {
    // Of a class of its own it stays pending; the class cannot be changed, but the type can.
    expose(
        namespace,
        r#"{"type":"LoadBalancer","loadBalancerClass":"example.com/nobody"}"#,
    );
    zk(namespace, &["--external"])
        .ends_with(1)
        .says("no load balancer has given it an address")
        .says("--wait");
    zk(namespace, &["--external", "--wait", "--timeout", "2s"])
        .ends_with(124)
        .says("kubectl describe service zk-client");
    expose(
        namespace,
        r#"{"type":"ClusterIP","loadBalancerClass":null}"#,
    );
    expose(namespace, r#"{"type":"LoadBalancer"}"#);
    let said = outside(namespace, &["--wait", "--verify"]).ends_with(0);
    let ip = namespace.field("service", "zk-client", ".status.loadBalancer.ingress[0].ip");
    assert_eq!(said.stdout, format!("{ip}:2181\n"));
    said_of(&said, &format!("{ip}:2181"));
    answers(&format!("{ip}:2181"));
}

#[track_caller]
fn without_a_server(namespace: &Namespace) {
    let ensemble = namespace.ensemble("zk");
    for id in 1..=3 {
        ensemble.scale(id, 0);
    }
    let said = zk(namespace, &["--servers"])
        .ends_with(1)
        .says("no server tells the committed configuration");
    assert_eq!(said.stdout, "");
    let said = zk(namespace, &["--verify"])
        .ends_with(1)
        .says("no pod is ready behind it");
    assert_eq!(said.stdout, "");
    // Where clients connect to does not depend on whether somebody answers.
    string(zk(namespace, &[]));
}
