//! Other shapes of ensembles made by hand, in one namespace with one of ours: pods of any controller, another prefix,
//! servers that answer little, a server that is standalone.

use serde_json::Value;
use serde_json::json;

use crate::bed;
use crate::ensemble::SMALL;
use crate::namespace::Namespace;
use crate::run::await_until;

/// The convention's labels, and one that tells the ensembles of a namespace apart.
fn labels(ensemble: &str, id: u8) -> Value {
    json!({"name": "zookeeper-pod", "server": id.to_string(), "app": ensemble})
}

fn services(namespace: &Namespace, ensemble: &str, ids: &[u8]) {
    let ports = json!([{"name": "peer", "port": 2888}, {"name": "election", "port": 3888}, {"name": "client", "port": 2181}]);
    for id in ids {
        for (kind, ports) in [("peer", ports.clone()), ("election", json!([ports[1]]))] {
            let spec = json!({"publishNotReadyAddresses": true, "selector": labels(ensemble, *id), "ports": ports});
            namespace.apply(&json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": format!("{ensemble}-{kind}-{id}")}, "spec": spec}));
        }
    }
}

/// What a pod needs where Pod Security is `restricted`.
fn pod_spec(container: Value) -> Value {
    let mut container = container;
    container["resources"] = json!({"limits": {"memory": "384Mi"}, "requests": {"cpu": "50m"}});
    container["securityContext"] =
        json!({"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}});
    json!({"containers": [container], "automountServiceAccountToken": false,
        "securityContext": {"runAsNonRoot": true, "runAsUser": 1000, "fsGroup": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
        "volumes": [{"name": "data", "emptyDir": {}}, {"name": "base", "configMap": {"name": "base", "optional": true}}]})
}

/// A server of the image with the start script.
fn server(ensemble: &str, id: u8) -> Value {
    let env = json!([{"name": "ZK_SERVER_ID", "value": id.to_string()}, {"name": "ZK_ENV_PREFIX", "value": ensemble},
        {"name": "ZK_SERVERS", "value": "1 2 7"}, {"name": "ZK_SERVER_HEAP", "value": "192"}]);
    let mounts =
        json!([{"name": "data", "mountPath": "/data"}, {"name": "base", "mountPath": "/zk"}]);
    pod_spec(
        json!({"name": format!("zookeeper-server-{id}"), "image": "kubectl-zk/zookeeper:3.9.5", "env": env, "volumeMounts": mounts}),
    )
}

/// A controller of one pod.
fn controller(kind: &str, ensemble: &str, id: u8) -> Value {
    let (version, selector) = match kind {
        "ReplicationController" => ("v1", labels(ensemble, id)),
        _ => ("apps/v1", json!({"matchLabels": labels(ensemble, id)})),
    };
    let template =
        json!({"metadata": {"labels": labels(ensemble, id)}, "spec": server(ensemble, id)});
    json!({"apiVersion": version, "kind": kind, "metadata": {"name": format!("{ensemble}-{id}")},
        "spec": {"replicas": 1, "selector": selector, "template": template}})
}

fn bare(name: &str, labels: &Value, spec: &Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": labels}, "spec": spec})
}

/// ids 1, 2 and 7 of `kafka-zk`: a bare pod, a `ReplicationController` and a StatefulSet, whose servers answer `srvr` alone.
fn mixture(namespace: &Namespace) {
    namespace.apply(&json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "base"},
        "data": {"zoo.cfg": "tickTime=2000\ninitLimit=10\nsyncLimit=5\nadmin.enableServer=false\n"}}));
    services(namespace, "kafka-zk", &[1, 2, 7]);
    namespace.apply(&bare(
        "kafka-zk-1",
        &labels("kafka-zk", 1),
        &server("kafka-zk", 1),
    ));
    namespace.apply(&controller("ReplicationController", "kafka-zk", 2));
    namespace.apply(&controller("StatefulSet", "kafka-zk", 7));
}

/// The official image as it is, one server, standalone: known by its peer Service.
fn standalone(namespace: &Namespace) {
    services(namespace, "solo", &[1]);
    let mounts = json!([{"name": "data", "mountPath": "/data"}]);
    let env = json!([{"name": "ZK_SERVER_HEAP", "value": "192"}]);
    let container = json!({"name": "zookeeper", "image": "zookeeper:3.9.5", "env": env, "volumeMounts": mounts});
    namespace.apply(&bare("solo", &labels("solo", 1), &pod_spec(container)));
}

/// What is found, but for servers that happen to share a node.
#[track_caller]
fn findings(status: &Value) -> Vec<&str> {
    let findings = status["findings"].as_array().unwrap().iter();
    let ids = findings.map(|finding| finding["id"].as_str().unwrap());
    ids.filter(|id| *id != "co-located").collect()
}

#[test]
fn several_shapes_beside_one_of_ours() {
    let namespace = Namespace::new("by-hand-shapes");
    bed::load_image();
    mixture(&namespace);
    standalone(&namespace);
    namespace
        .zk(&[&["create", "zk", "--replicas", "1"], &SMALL[..]].concat())
        .ok();
    for name in ["kafka-zk", "solo", "zk"] {
        namespace.ensemble(name).await_healthy();
    }
    let list = namespace.zk(&["status", "-o", "name"]).ok();
    assert_eq!(list, "ensemble/kafka-zk\nensemble/solo\nensemble/zk\n");
    the_mixture(&namespace);
    the_standalone_one(&namespace);
    namespace.zk(&["delete", "zk", "--yes"]).ok();
    namespace.ensemble("kafka-zk").await_healthy();
}

/// Who votes is read by a session, as any client may: the words are not needed for it.
#[track_caller]
fn the_mixture(namespace: &Namespace) {
    let kafka = namespace.ensemble("kafka-zk");
    let status = kafka.status();
    let ids: Vec<_> = status["servers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|server| &server["id"])
        .collect();
    assert_eq!(ids, [1, 2, 7]);
    assert_eq!(
        findings(&status)[..],
        ["sync-unknown", "by-hand"],
        "{status}"
    );
    assert_eq!(
        namespace
            .zk(&["exec", "kafka-zk", "srvr"])
            .ok()
            .matches("Mode: ")
            .count(),
        3
    );
    let refused = namespace
        .zk(&["exec", "kafka-zk", "ruok", "--id", "7"])
        .ends_with(1);
    refused.says("4lw.commands.whitelist");
    let told = namespace.zk(&["delete", "kafka-zk"]).ends_with(1);
    told.says("pod/kafka-zk-1 replicationcontroller/kafka-zk-2 statefulset/kafka-zk-7");
    let written = kafka.write(100);
    namespace.kubectl(&["delete", "pod", "kafka-zk-1"]).ok();
    await_until("server 1 has no pod", || {
        kafka.server(1)["state"] == "no pod"
    });
    assert_eq!(kafka.status()["verdict"], "degraded");
    let said = namespace.zk(&["status", "kafka-zk"]).ok();
    assert!(
        said.contains("there is no pod that Service kafka-zk-peer-1 selects"),
        "{said}"
    );
    namespace.apply(&bare(
        "kafka-zk-1",
        &labels("kafka-zk", 1),
        &server("kafka-zk", 1),
    ));
    kafka.await_healthy();
    kafka.verify_at(1, &written);
}

/// Its words are not listed either, but its AdminServer is on.
#[track_caller]
fn the_standalone_one(namespace: &Namespace) {
    let status = namespace.ensemble("solo").status();
    assert_eq!(status["servers"][0]["role"], "standalone");
    assert_eq!(findings(&status)[..], ["standalone", "by-hand"], "{status}");
    let said = namespace.zk(&["exec", "solo", "ruok"]).ends_with(0);
    said.says("AdminServer");
}
