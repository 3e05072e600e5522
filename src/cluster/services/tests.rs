//! Which port is the clients', from where it is reached, and what a pod listens at.

use super::*;
use serde_json::json;

fn service(object: serde_json::Value, only_clients: bool) -> ClientService {
    let service: Service = serde_json::from_value(object).unwrap();
    ClientService::new(&service, &"zk".parse().unwrap(), only_clients)
}

#[track_caller]
fn port(ports: &serde_json::Value, only_clients: bool) -> Option<u16> {
    let object = json!({"metadata": {"name": "zk-client"}, "spec": {"ports": ports}});
    service(object, only_clients).port
}

#[test]
fn the_clients_port() {
    let peer = json!([{"name": "peer", "port": 2888}, {"name": "election", "port": 3888}]);
    assert_eq!((port(&peer, true), port(&peer, false)), (None, None));
    let single = json!([{"name": "zookeeper", "port": 12181}]);
    assert_eq!(
        (port(&single, true), port(&single, false)),
        (Some(12181), None)
    );
    for ports in [
        json!([{"name": "peer", "port": 2888}, {"name": "client", "port": 9}]),
        json!([{"name": "metrics", "port": 7000}, {"name": "zookeeper-client-port", "port": 9}]),
        json!([{"name": "metrics", "port": 7000}, {"port": 9, "targetPort": 2181}]),
        json!([{"name": "secure-client", "port": 2281}, {"name": "x-client", "port": 9}]),
        json!([{"name": "client", "port": 9}, {"name": "other", "port": 2181}]),
        json!([{"name": "client", "protocol": "UDP", "port": 8}, {"name": "y", "port": 9}]),
    ] {
        assert_eq!(port(&ports, true), Some(9), "{ports}");
    }
    assert_eq!(
        port(
            &json!([{"name": "peer", "port": 2888}, {"name": "c", "port": 2181}]),
            false
        ),
        Some(2181)
    );
    assert_eq!(port(&json!([]), true), None);
}

#[test]
fn from_where_it_is_reached() {
    let exposure = |spec: &serde_json::Value, status: &serde_json::Value| {
        service(
            json!({"metadata": {"name": "zk-client"}, "spec": spec, "status": status}),
            true,
        )
        .exposure
    };
    let ports = json!([{"name": "client", "port": 2181, "nodePort": 31000}]);
    assert_eq!(
        exposure(&json!({"ports": ports}), &json!({})),
        Exposure::Inside("ClusterIP".to_owned())
    );
    assert_eq!(
        exposure(&json!({"type": "NodePort", "ports": ports}), &json!({})),
        Exposure::Nodes(Some(31000))
    );
    let balancer = json!({"type": "LoadBalancer", "ports": ports});
    assert_eq!(
        exposure(&balancer, &json!({})),
        Exposure::LoadBalancer(Vec::new())
    );
    let ingress =
        json!([{"hostname": "b.example"}, {"ip": "1.2.3.4", "hostname": "x"}, {"ip": "1.2.3.4"}]);
    assert_eq!(
        exposure(&balancer, &json!({"loadBalancer": {"ingress": ingress}})),
        Exposure::LoadBalancer(vec!["1.2.3.4".to_owned(), "b.example".to_owned()])
    );
}

#[test]
fn whose_it_is() {
    let known = |labels: &serde_json::Value, selector: &serde_json::Value| {
        service(json!({"metadata": {"name": "zk-client", "labels": labels}, "spec": {"selector": selector}}), true).is_known
    };
    let convention = json!({"name": "zookeeper-pod"});
    assert!(known(
        &json!({"app.kubernetes.io/instance": "zk"}),
        &json!({})
    ));
    assert!(known(&json!({}), &convention));
    assert!(!known(
        &json!({"app.kubernetes.io/instance": "other"}),
        &convention
    ));
    assert!(!known(&json!({}), &json!({"app": "zk"})));
}

#[test]
fn what_a_pod_listens_at() {
    let at = |target: serde_json::Value| {
        let ports = json!([{"name": "client", "port": 80, "targetPort": target}]);
        let pod: Pod = serde_json::from_value(json!({"metadata": {"name": "zk-1"}, "status": {"hostIP": "10.0.0.1"},
            "spec": {"containers": [{"name": "a"}, {"name": "b", "ports": [{"name": "zk", "containerPort": 2182}]}]}}))
        .unwrap();
        let service = service(
            json!({"metadata": {"name": "zk-client"}, "spec": {"ports": ports}}),
            true,
        );
        service.endpoint(&pod)
    };
    assert_eq!(at(json!(2183)).port, 2183);
    assert_eq!(at(json!("zk")).port, 2182);
    assert_eq!(at(json!("nothing")).port, 2181);
    assert_eq!(at(json!(null)).port, 80);
    assert_eq!(at(json!(null)).host_ip.as_deref(), Some("10.0.0.1"));
    assert!(!at(json!(null)).ready);
}
