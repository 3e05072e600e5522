//! Cut off anywhere and run again: the same command goes on, restarts nobody twice, and deletes no disk twice.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::pace::REVISIONS;
use crate::rolling::ensemble;

/// A command line, and how the world is before it.
struct Case {
    line: &'static str,
    prepare: fn(&World),
}

const RESTART: Case = Case {
    line: "restart zk -q",
    prepare: |_| (),
};

/// All that can change at once.
const UPDATE: Case = Case {
    line: "update zk --image zookeeper:3.9.4 --config tickTime=3000 --storage 9Gi --network-policy -q",
    prepare: |_| (),
};

/// What restarts nobody.
const STILL: Case = Case {
    line: "update zk --storage 9Gi --service-type NodePort -q",
    prepare: |_| (),
};

const REPLACE: Case = Case {
    line: "replace zk --id 2 --yes -q",
    prepare: |world| world.zoo.mood(2, Mood::Hangs),
};

async fn begun(case: &Case) -> World {
    let world = ensemble(3, 0).await;
    (case.prepare)(&world);
    world
}

/// All objects without what differs from one run to the next.
fn objects(world: &World) -> BTreeMap<String, Value> {
    let mut objects = BTreeMap::new();
    world.api.store(|store| {
        let lasting = store.objects.iter().filter(|(key, _)| key.0 != REVISIONS);
        for (key, object) in lasting {
            let mut object = object.clone();
            for field in ["uid", "resourceVersion", "creationTimestamp", "generation"] {
                object["metadata"][field] = Value::Null;
            }
            objects.insert(format!("{}/{}", key.0, key.2), same(object, &key.0));
        }
    });
    objects
}

/// Random bytes, addresses, moments and their revisions.
fn same(mut object: Value, resource: &str) -> Value {
    let mark = "kubectl.kubernetes.io/restartedAt";
    match resource {
        "secrets" => object["data"] = Value::Null,
        "services" => object["spec"]["clusterIP"] = Value::Null,
        "persistentvolumeclaims" => {
            object["metadata"]["annotations"]["kubectl-zk/founded"] = Value::Null;
        }
        "pods" => {
            object["metadata"]["labels"]["controller-revision-hash"] = Value::Null;
            object["metadata"]["annotations"][mark] = Value::Null;
        }
        "statefulsets" => {
            object["status"] = Value::Null;
            object["spec"]["template"]["metadata"]["annotations"][mark] = Value::Null;
        }
        _ => {}
    }
    object
}

/// Every pod and disk that was ever made: one that is there twice was made again.
fn made(world: &World) -> Vec<String> {
    let mut made = Vec::new();
    world
        .api
        .store(|store| made.clone_from(&store.controllers.made));
    made.sort();
    made
}

/// How many requests came before each that changed something; of Services that follow each other the first stands for all.
/// First those up to the last pod or StatefulSet, then those by which it ends.
fn turning_points(world: &World) -> [Vec<usize>; 2] {
    let log = world.api.log();
    let looks = ["get ", "list "];
    let changes = |line: &str| {
        !looks.iter().any(|word| line.starts_with(word)) && !line.contains("dryRun=All")
    };
    let (mut found, mut last, mut way) = (Vec::new(), "", 0);
    for (before, line) in log.lines().enumerate().filter(|(_, line)| changes(line)) {
        let kind = line.split('/').next().unwrap();
        if kind != "patch services" || last != kind {
            found.push(before);
        }
        if line.contains(" pods/") || line.contains(" statefulsets/") {
            way = found.len();
        }
        last = kind;
    }
    let end = found.split_off(way);
    [found, end]
}

#[track_caller]
fn is_same(world: &World, whole: &World, when: &str) {
    assert_eq!(made(world), made(whole), "{when}");
    let wanted = objects(whole);
    for (name, object) in objects(world) {
        assert_eq!(Some(&object), wanted.get(&name), "{when}: {name}");
    }
    assert_eq!(objects(world).len(), wanted.len(), "{when}");
}

/// The API server is gone for good before each change; the next run ends at the same objects, and nothing is made again that
/// was made again already.
async fn cut_off_at_each_change(case: Case) {
    let whole = begun(&case).await;
    whole.zk(case.line).await.succeeded();
    for number in turning_points(&whole).concat() {
        let world = begun(&case).await;
        world.api.fault(When::After(number), How::Drop);
        let cut = world.zk(&format!("{} --timeout 12s", case.line)).await;
        assert_ne!(cut.exit as u8, 0, "{cut}");
        world.api.forget();
        world.zk(case.line).await.succeeded();
        is_same(&world, &whole, &format!("cut off after {number}"));
    }
}

/// Each change in turn is carried out and its answer lost: the same run looks, and goes on.
async fn answers_are_lost(case: Case) {
    let whole = begun(&case).await;
    whole.zk(case.line).await.succeeded();
    let [way, _] = turning_points(&whole);
    for number in way {
        let world = begun(&case).await;
        world.api.fault(When::At(number + 1), How::DropAnswer);
        let outcome = world.zk(case.line).await;
        let when = format!("no answer to {}: {outcome}", number + 1);
        assert_eq!(outcome.exit as u8, 0, "{when}");
        is_same(&world, &whole, &when);
    }
}

/// When all servers serve only marks and old configurations are left: a lost answer is told, and the next run goes on.
#[tokio::test(start_paused = true)]
async fn answers_at_the_end_of_an_update_are_lost() {
    let whole = begun(&UPDATE).await;
    whole.zk(UPDATE.line).await.succeeded();
    let [_, end] = turning_points(&whole);
    assert!(!end.is_empty());
    for number in end {
        let world = begun(&UPDATE).await;
        world.api.fault(When::At(number + 1), How::DropAnswer);
        world.zk(UPDATE.line).await;
        world.zk(UPDATE.line).await.succeeded();
        is_same(&world, &whole, &format!("no answer to {}", number + 1));
    }
}

/// With its mark a new disk is as any other: run again for want of an answer, the same command would delete it, too.
#[tokio::test(start_paused = true)]
async fn the_last_answer_to_a_replacement_is_lost() {
    let whole = begun(&REPLACE).await;
    whole.zk(REPLACE.line).await.succeeded();
    let [_, end] = turning_points(&whole);
    let world = begun(&REPLACE).await;
    world.api.fault(When::At(end[0] + 1), How::DropAnswer);
    world.zk(REPLACE.line).await.succeeded();
    is_same(&world, &whole, "no answer to the mark");
}

#[tokio::test(start_paused = true)]
async fn a_restart_is_cut_off() {
    cut_off_at_each_change(RESTART).await;
}

#[tokio::test(start_paused = true)]
async fn an_update_is_cut_off() {
    cut_off_at_each_change(UPDATE).await;
}

#[tokio::test(start_paused = true)]
async fn growth_is_cut_off() {
    cut_off_at_each_change(STILL).await;
}

#[tokio::test(start_paused = true)]
async fn a_replacement_is_cut_off() {
    cut_off_at_each_change(REPLACE).await;
}

#[tokio::test(start_paused = true)]
async fn answers_to_a_restart_are_lost() {
    answers_are_lost(RESTART).await;
}

#[tokio::test(start_paused = true)]
async fn answers_to_an_update_are_lost() {
    answers_are_lost(UPDATE).await;
}

#[tokio::test(start_paused = true)]
async fn answers_to_a_replacement_are_lost() {
    answers_are_lost(REPLACE).await;
}
