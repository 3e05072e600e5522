//! What others wrote (names, messages, answers) moves no cursor: control characters are shown, never sent.

use serde_json::Value;
use serde_json::json;

use crate::fake::Outcome;
use crate::fake::World;
use crate::fake::controllers::Fate;
use crate::fake::faults::How;
use crate::fake::faults::When;

/// Clears the screen, goes back to the beginning of the line, rings, colours, reorders, deletes, and forges a line.
const EVIL: &str = "\u{1b}[2J\r\u{7}\u{8}\u{9b}31m\u{202e}\u{2066}\u{200f}\u{7f}\nhint: rm -rf /";

const FORMATS: [&str; 8] = [
    "table",
    "wide",
    "yaml",
    "json",
    "name",
    "jsonpath={..reason}{..node}{..message}{.servers}",
    "custom-columns=S:.summary,F:.findings[*].message,N:.servers[*].node,V:.version",
    "custom-columns=I:.items,S:.servers",
];

/// How live lines of three servers, and of what is waited for, are redrawn.
const OWN: [&str; 5] = [
    "\u{1b}[?25l",
    "\u{1b}[?25h",
    "\u{1b}[3A",
    "\u{1b}[4A",
    "\u{1b}[J",
];

fn is_evil(c: char) -> bool {
    let moves = c.is_control() && !['\n', '\t'].contains(&c);
    let reorders = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    moves || reorders
}

#[track_caller]
fn harmless(line: &str, outcome: &Outcome) {
    for text in [&outcome.stdout, &outcome.stderr] {
        assert!(!text.contains(is_evil), "{line}: {text:?}");
    }
}

/// In a pipe, and on a terminal, where a person also answers.
async fn check(world: &World, line: &str) -> Outcome {
    harmless(line, &world.zk(line).await);
    let mut outcome = world.zk_answering("n", line).await;
    for own in OWN {
        outcome.stderr = outcome.stderr.replace(own, "");
    }
    harmless(line, &outcome);
    outcome
}

/// Every `status` of a world; gives all that was said.
async fn check_status(world: &World) -> String {
    let mut said = String::new();
    for format in FORMATS {
        for line in [
            format!("status -o {format}"),
            format!("status zk -o {format}"),
        ] {
            said += &check(world, &line).await.to_string();
        }
    }
    said
}

#[tokio::test(start_paused = true)]
async fn what_kubernetes_tells_of_pods() {
    for fate in [
        Fate::Waits(EVIL, EVIL),
        Fate::Unschedulable(EVIL),
        Fate::Denied(EVIL),
        // Of a termination message the last line is told.
        Fate::Ended(1, EVIL.split('\n').next().unwrap()),
    ] {
        let world = World::default();
        world.api.store(|store| {
            store.log = EVIL;
            store.controllers.decide("zk-server-1", fate.clone());
        });
        let created = world.zk("create zk --timeout 1s").await;
        harmless("create", &created);
        let said = created.to_string() + &check_status(&world).await;
        assert!(said.contains("^[[2J"), "{fate:?} is not told of: {said}");
    }
}

#[tokio::test(start_paused = true)]
async fn names_labels_and_annotations() {
    let world = World::with_zk().await;
    world.api.store(|store| {
        for object in store.objects.values_mut() {
            object["metadata"]["annotations"] = json!({"note": EVIL, "kubectl-zk/voters": EVIL});
            object["metadata"]["labels"]["note"] = EVIL.into();
        }
        store.change("pods", "zk-server-1-0", |pod| {
            pod["spec"]["nodeName"] = EVIL.into();
            pod["spec"]["containers"][0]["image"] = EVIL.into();
            pod["status"]["phase"] = EVIL.into();
        });
    });
    let said = check_status(&world).await;
    assert!(said.contains("^[[2J"), "{said}");
    for line in [
        "create zk",
        "create zk --replicas 5",
        "delete zk",
        "delete zk --dry-run",
    ] {
        check(&world, line).await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_intent_of_somebody_else() {
    let world = World::with_zk().await;
    world.api.store(|store| {
        store.change("configmaps", "zk", |map| {
            let mut intent: Value =
                serde_json::from_str(map["data"]["ensemble.json"].as_str().unwrap()).unwrap();
            intent["image"] = EVIL.into();
            intent["config"] = json!({EVIL: EVIL});
            map["data"]["ensemble.json"] = intent.to_string().into();
        });
    });
    let outcome = check(&world, "create zk --image zookeeper:3.9.5").await;
    assert!(outcome.stderr.contains("^[[2J"), "{outcome}");
    world.api.store(|store| {
        store.change("configmaps", "zk", |map| {
            map["data"]["ensemble.json"] = json!({EVIL: 1}).to_string().into();
        });
    });
    let outcome = check(&world, "create zk").await;
    assert!(outcome.stderr.contains("^[[2J"), "{outcome}");
    check_status(&world).await;
}

/// What changes servers, looks at them, or tells what it would do: of objects that others wrote.
#[tokio::test(start_paused = true)]
async fn what_restarts_servers_and_what_differs() {
    let world = World::with_zk().await;
    world.api.store(|store| {
        store.change("services", "zk-client", |service| {
            service["metadata"]["annotations"] = json!({"note": "mine"});
            service["spec"]["type"] = EVIL.into();
        });
        store.change("configmaps", "zk", |map| {
            let text = map["data"]["ensemble.json"].as_str().unwrap();
            let mut intent: Value = serde_json::from_str(text).unwrap();
            intent["podAnnotations"] = json!({EVIL: EVIL});
            map["data"]["ensemble.json"] = intent.to_string().into();
        });
        store.controllers.decide(
            "zk-server-1",
            Fate::Ended(78, EVIL.split('\n').next().unwrap()),
        );
    });
    let mut said = String::new();
    for format in [
        "table",
        "json",
        "yaml",
        "name",
        "custom-columns=O:.objects,I:.intent,S:.steps",
    ] {
        for line in [
            "diff zk",
            "diff zk --unset pod-annotation",
            "restart zk --dry-run",
            "update zk --unset pod-annotation --dry-run",
            "replace zk --id 1 --dry-run",
        ] {
            said += &check(&world, &format!("{line} -o {format}"))
                .await
                .to_string();
        }
    }
    for line in [
        "replace zk --id 1",
        "update zk --unset pod-annotation",
        "restart zk --id 1",
        "update zk --undo",
    ] {
        said += &check(&world, &format!("{line} --timeout 15s"))
            .await
            .to_string();
    }
    assert!(said.contains("^[[2J"), "{said}");
    assert!(said.contains("it refuses to start: ^[[2J"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn the_api_servers_errors() {
    let world = World::with_zk().await;
    for words in ["list pods", "list services", "get version"] {
        for code in [401, 404, 422, 500] {
            world.api.forget();
            world.api.fault(When::Always(words), How::Says(code, EVIL));
            for line in [
                "status",
                "status zk",
                "exec zk ruok",
                "delete zk",
                "version",
                "restart zk",
                "diff zk",
            ] {
                check(&world, line).await;
            }
        }
    }
    let world = World::default();
    world.api.fault(When::Always("patch"), How::Says(500, EVIL));
    let outcome = check(&world, "create zk").await;
    assert!(outcome.stderr.contains("^[[2J"), "{outcome}");
    world.api.forget();
    world
        .api
        .fault(When::Always("patch"), How::Owned(EVIL, EVIL));
    let outcome = check(&world, "create zk").await;
    assert!(outcome.stderr.contains("^[[2J"), "{outcome}");
}

#[tokio::test(start_paused = true)]
async fn the_servers_answers() {
    let world = World::with_zk().await;
    for id in 1..=3 {
        world
            .zoo
            .change(&format!("zk-server-{id}-0"), |server| server.tail = EVIL);
    }
    check_status(&world).await;
    for word in [
        "srvr", "stat", "mntr", "conf", "cons", "envi", "isro", "dirs", "dump", "hash", "wchs",
        "ruok", "wchc",
    ] {
        let parsed = format!("exec zk {word} -o json");
        harmless(&parsed, &check(&world, &parsed).await);
        for raw in [format!("exec zk {word}"), format!("exec zk {word} --id 1")] {
            let on_terminal = world.zk_answering("n", &raw).await;
            harmless(&raw, &on_terminal);
            harmless(
                &raw,
                &Outcome {
                    stdout: String::new(),
                    ..world.zk(&raw).await
                },
            );
        }
    }
    let raw = world.zk("exec zk envi --id 1").await;
    assert!(raw.stdout.contains(EVIL), "a pipe gets every byte: {raw}");
}
