//! Ensembles that somebody made by hand, by the convention's names and labels: what the reading verbs make of them.

mod refused;
mod silent;

use serde_json::Value;
use serde_json::json;

use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::server::Server;

fn world() -> World {
    let world = World::default();
    world.by_hand("old");
    world
}

/// What `status -o json` says.
async fn status(world: &World, name: &str) -> Value {
    let said = world.zk(&format!("status {name} -o json")).await;
    serde_json::from_str(&said.succeeded().stdout).unwrap()
}

fn findings(status: &Value) -> Vec<String> {
    let findings = status["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| format!("{} {}", finding["id"], finding["servers"]).replace('"', ""))
        .collect()
}

/// The pod of each server.
fn pods(status: &Value) -> Vec<Option<&str>> {
    let servers = status["servers"].as_array().unwrap().iter();
    servers.map(|server| server["pod"].as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn all_that_is_known_and_what_is_not() {
    insta::assert_snapshot!(world().zk("status old").await.succeeded(), @r"
    exit 0
    --- stdout
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD     NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   old-1   node-1   0     1         3.7ms     3d1h
    2        leader     serving   old-2   node-2   0     1         11.0ms    3d1h
    3        follower   serving   old-3   node-3   0     1         3.7ms     3d1h

    info: made by hand, not by kubectl zk, so its wanted size, its disks, and whether a server that lost its disk would vote with an empty memory are not known
    --- stderr
    ");
    let status = status(&world(), "old").await;
    assert_eq!(
        (&status["managed"], &status["inSync"], &status["leader"]),
        (&json!(false), &json!(3), &json!(2))
    );
}

#[tokio::test(start_paused = true)]
async fn by_a_name_with_hyphens() {
    let world = World::default();
    world.by_hand("kafka-zk");
    let listed = world.zk("status --no-headers").await;
    insta::assert_snapshot!(listed.succeeded().stdout, @r"kafka-zk   healthy   3/3   2     3.9.5   3d1h");
    assert_eq!(status(&world, "kafka-zk").await["verdict"], "healthy");
}

/// Two ensembles whose pods have the same `name` and `server`: the Services tell which pod is whose.
#[tokio::test(start_paused = true)]
async fn two_in_one_namespace() {
    let world = World::default();
    world.by_hand_with("a", &json!({"app": "a"}));
    world.by_hand_with("b", &json!({"app": "b"}));
    for name in ["a", "b"] {
        let status = status(&world, name).await;
        let expected = [1, 2, 3].map(|id| format!("{name}-{id}"));
        let expected: Vec<_> = expected.iter().map(|pod| Some(pod.as_str())).collect();
        assert_eq!(pods(&status), expected);
        assert_eq!(findings(&status), ["by-hand []"]);
    }
}

#[tokio::test(start_paused = true)]
async fn two_whose_services_cannot_tell_them_apart() {
    let world = World::default();
    world.by_hand("a");
    world.by_hand("b");
    insta::assert_snapshot!(world.zk("status b").await.succeeded().stdout, @r"
    healthy · leader 2 · 3 of 3 voters in sync · survives 1 more failure

    SERVER   ROLE       STATE     POD   NODE     LAG   CLIENTS   LATENCY   AGE
    1        follower   serving   b-1   node-1   0     1         3.7ms     3d1h
    2        leader     serving   b-2   node-2   0     1         11.0ms    3d1h
    3        follower   serving   b-3   node-3   0     1         3.7ms     3d1h

    critical: Service b-peer-1 finds 2 pods, a-1, b-1: what is meant for server 1 reaches any of them
      kubectl get pods --show-labels -l name=zookeeper-pod,server=1 -n default
    critical: Service b-peer-2 finds 2 pods, a-2, b-2: what is meant for server 2 reaches any of them
      kubectl get pods --show-labels -l name=zookeeper-pod,server=2 -n default
    critical: Service b-peer-3 finds 2 pods, a-3, b-3: what is meant for server 3 reaches any of them
      kubectl get pods --show-labels -l name=zookeeper-pod,server=3 -n default
    info: made by hand, not by kubectl zk, so its wanted size, its disks, and whether a server that lost its disk would vote with an empty memory are not known
    ");
    let refused = world.zk("delete b").await;
    assert!(!refused.failed().stderr.contains("pod/"), "{refused}");
}

/// Made by hand beside one of ours, whose pods have the label of their instance.
#[tokio::test(start_paused = true)]
async fn beside_one_of_ours() {
    let world = World::with_zk().await;
    world.by_hand_with("old", &json!({"app": "old"}));
    for (name, managed) in [("zk", true), ("old", false)] {
        let status = status(&world, name).await;
        assert_eq!(status["managed"], managed);
        assert_eq!(status["servers"].as_array().unwrap().len(), 3);
        assert_eq!(status["verdict"], "healthy");
    }
    assert_eq!(pods(&status(&world, "old").await)[0], Some("old-1"));
}

/// Services by hand without anything that leaves our pods out: what is meant for theirs reaches ours.
#[tokio::test(start_paused = true)]
async fn with_services_that_find_ours_as_well() {
    let world = World::with_zk().await;
    world.by_hand("old");
    let old = status(&world, "old").await;
    assert_eq!(pods(&old)[0], Some("old-1"));
    assert_eq!(
        findings(&old),
        [
            "shared-service [1]",
            "shared-service [2]",
            "shared-service [3]",
            "by-hand []"
        ]
    );
}

/// An evicted pod of a Deployment stays, and so does one that goes: the one that lives is the server.
#[tokio::test(start_paused = true)]
async fn pods_that_ended_or_go() {
    let world = world();
    world.api.store(|store| {
        for name in ["old-1", "old-2"] {
            let key = ("pods".to_owned(), "default".to_owned(), name.to_owned());
            let mut pod = store.objects[&key].clone();
            pod["metadata"]["uid"] = json!(format!("other-{name}"));
            for (number, phase) in [("0", "Failed"), ("9", "Succeeded")] {
                pod["metadata"]["name"] = json!(format!("old-{number}-{name}"));
                pod["status"] = json!({"phase": phase});
                store.put("pods", "default", pod.clone());
            }
            pod["metadata"]["name"] = json!(format!("a-{name}"));
            pod["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
            store.put("pods", "default", pod);
        }
    });
    let status = status(&world, "old").await;
    assert_eq!(pods(&status), [Some("old-1"), Some("old-2"), Some("old-3")]);
    assert_eq!(findings(&status), ["by-hand []"]);
}

#[tokio::test(start_paused = true)]
async fn a_server_without_a_pod() {
    let world = world();
    world.api.store(|store| store.remove("pods", "old-3"));
    insta::assert_snapshot!(world.zk("status old").await.succeeded().stdout, @r"
    degraded · leader 2 · 2 of 3 voters in sync · survives no further failure

    SERVER   ROLE        STATE     POD         NODE        LAG         CLIENTS     LATENCY     AGE
    1        follower    serving   old-1       node-1      0           1           3.7ms       3d1h
    2        leader      serving   old-2       node-2      0           1           11.0ms      3d1h
    3        <unknown>   no pod    <unknown>   <unknown>   <unknown>   <unknown>   <unknown>   <unknown>

    critical: server 3 is a member of the committed configuration and has no pod
    warning: server 3: there is no pod that Service old-peer-3 selects
      kubectl get pods -l name=zookeeper-pod,server=3 -n default
    info: made by hand, not by kubectl zk, so its wanted size, its disks, and whether a server that lost its disk would vote with an empty memory are not known
    ");
    let said = world.zk("exec old ruok").await;
    assert!(
        said.succeeded()
            .stdout
            .contains("--- ruok of server 2 ---\nimok\n"),
        "{said}"
    );
    world.zk("exec old ruok --id 3").await.failed();
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_down() {
    let world = world();
    world
        .zoo
        .change("old-3", |server| server.mood = Mood::Refuses);
    let status = status(&world, "old").await;
    assert_eq!(status["verdict"], "degraded");
    assert_eq!(findings(&status), ["server-down [3]", "by-hand []"]);
    for finding in status["findings"].as_array().unwrap() {
        let fix = finding["fix"].as_str().unwrap_or_default();
        assert!(!fix.contains("kubectl zk create"), "{finding}");
    }
}

/// The Services of 2014 to the letter.
#[tokio::test(start_paused = true)]
async fn a_peer_service_without_the_elections_port() {
    let world = world();
    world.api.store(|store| {
        for (kind, port) in [("peer", 2888), ("election", 3888)] {
            store.change("services", &format!("old-{kind}-1"), |service| {
                service["spec"]["ports"] = json!([{"name": kind, "port": port}]);
            });
        }
    });
    assert_eq!(findings(&status(&world, "old").await), ["by-hand []"]);
    for id in 1..=3 {
        let looks = |server: &mut Server| server.mood = Mood::Looks(9);
        world.zoo.change(&format!("old-{id}"), looks);
    }
    insta::assert_snapshot!(world.zk("status old").await.succeeded().stdout, @r#"
    no quorum · no leader · 0 of 3 voters in sync · needs 2 to serve

    SERVER   ROLE        STATE     POD     NODE     LAG         CLIENTS     LATENCY     AGE
    1        <unknown>   looking   old-1   node-1   <unknown>   <unknown>   <unknown>   3d1h
    2        <unknown>   looking   old-2   node-2   <unknown>   <unknown>   <unknown>   3d1h
    3        <unknown>   looking   old-3   node-3   <unknown>   <unknown>   <unknown>   3d1h

    critical: Service old-peer-1 lacks the election's port 3888: the others reach a server at one address, and elect nobody without it
      kubectl patch service old-peer-1 --type=json -p '[{"op":"add","path":"/spec/ports/-","value":{"name":"election","port":3888}}]' -n default
    warning: server 1: it runs, and looks for a quorum
      kubectl logs old-1 -n default
    warning: server 2: it runs, and looks for a quorum
      kubectl logs old-2 -n default
    warning: server 3: it runs, and looks for a quorum
      kubectl logs old-3 -n default
    info: made by hand, not by kubectl zk, so its wanted size, its disks, and whether a server that lost its disk would vote with an empty memory are not known
    "#);
}

/// A Service without a selector has endpoints that somebody made: the convention's label says who is who.
#[tokio::test(start_paused = true)]
async fn services_without_a_selector() {
    let world = world();
    world.api.store(|store| {
        for id in 1..=3 {
            store.change("services", &format!("old-peer-{id}"), |service| {
                service["spec"] = json!({"clusterIP": format!("10.96.0.{id}")});
            });
        }
    });
    let status = status(&world, "old").await;
    assert_eq!(pods(&status), [Some("old-1"), Some("old-2"), Some("old-3")]);
    assert_eq!(status["verdict"], "healthy");
}
