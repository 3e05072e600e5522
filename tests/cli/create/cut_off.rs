//! `create` that dies after its k-th request, for every k, and is run again.

use kubectl_zk::error::Exit;
use serde_json::Value;

use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;

/// All objects without what differs from one creation to the next: uids, versions, times, and the identity's random bytes.
fn objects(world: &World) -> Vec<Value> {
    let uuid = uuid(world).unwrap_or_default();
    let mut objects = Vec::new();
    world.api.store(|store| {
        for (key, object) in &store.objects {
            let mut object = object.clone();
            for field in ["uid", "resourceVersion", "creationTimestamp"] {
                object["metadata"][field] = Value::Null;
            }
            if key.0 == "secrets" {
                object["data"] = Value::Null;
            }
            if key.0 == "services" && !key.2.contains("-peer-") {
                object["spec"]["clusterIP"] = Value::Null;
            }
            let text = object.to_string().replace(&uuid, "UUID");
            objects.push(serde_json::from_str(&text).unwrap());
        }
    });
    objects
}

/// The identity's UUID as the Secret has it.
fn uuid(world: &World) -> Option<String> {
    use base64::Engine as _;
    let secret = world.api.object("secrets", "zk-identity")?;
    let text = secret["data"]["ensemble"].as_str().unwrap();
    let bytes = base64::prelude::BASE64_STANDARD.decode(text).unwrap();
    Some(String::from_utf8(bytes).unwrap())
}

fn secret(world: &World) -> Option<Value> {
    Some(world.api.object("secrets", "zk-identity")?["data"].clone())
}

/// The objects, how many requests they took, and how many of these before the wait.
async fn whole() -> (Vec<Value>, usize, usize) {
    let world = World::default();
    world.zk("create zk").await.succeeded();
    (
        objects(&world),
        world.api.count(),
        world.api.before_the_wait(),
    )
}

#[track_caller]
fn check(world: &World, wanted: &[Value], when: &str) {
    let objects = objects(world);
    for (object, wanted) in objects.iter().zip(wanted) {
        assert_eq!(object, wanted, "{when}");
    }
    assert_eq!(objects.len(), wanted.len(), "{when}");
}

#[tokio::test(start_paused = true)]
async fn run_again_it_makes_the_same_objects_and_keeps_the_identity() {
    let (wanted, requests, making) = whole().await;
    assert!(
        20 < making && making + 12 < requests,
        "{making} of {requests}"
    );
    for k in 0..requests {
        let world = World::default();
        world.api.fault(When::After(k), How::Drop);
        let cut = world.zk("create zk --timeout 10s").await;
        // While it only looks it waits for the API server, to the deadline.
        let patient = making <= k && cut.exit == Exit::Deadline;
        assert!(patient || cut.exit == Exit::Failure, "after {k}: {cut}");
        let before = secret(&world);
        world.api.forget();
        world.zk("create zk").await.succeeded();
        check(&world, &wanted, &format!("cut off after {k} requests"));
        assert!(
            before.is_none() || secret(&world) == before,
            "another identity after {k}"
        );
    }
}

/// The same where a request was carried out and its answer lost, and over a second cut.
#[tokio::test(start_paused = true)]
async fn lost_answers_and_a_second_cut_change_nothing() {
    let (wanted, requests, making) = whole().await;
    for k in (1..=requests).step_by(5) {
        let world = World::default();
        world.api.fault(When::At(k), How::DropAnswer);
        let lost = world.zk("create zk").await;
        assert!(making < k || lost.exit == Exit::Failure, "at {k}: {lost}");
        world.api.forget();
        world.api.fault(When::After(requests - k), How::Drop);
        world.zk("create zk --timeout 10s").await;
        world.api.forget();
        world.zk("create zk").await.succeeded();
        check(
            &world,
            &wanted,
            &format!("the answer to request {k} was lost"),
        );
    }
}
