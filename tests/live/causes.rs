//! `create` of what cannot be: it ends by itself with the cause in one sentence, and what it says to type works.

use std::thread;

use k8s_openapi::jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::bed;
use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::run;

/// An ensemble of one server with these flags, and why it cannot be; after `…` come words of others.
pub(crate) struct Cause<'a> {
    pub(crate) name: &'a str,
    pub(crate) flags: &'a [&'a str],
    pub(crate) why: &'a str,
    /// The first hint: what it begins with.
    pub(crate) hint: &'a str,
}

impl Cause<'_> {
    /// Creates it; it must fail by itself, and say why.
    #[track_caller]
    pub(crate) fn shows(&self, namespace: &Namespace) -> Run {
        let began = now();
        let flags = [&["--replicas", "1"], self.flags].concat();
        let ended = namespace.zk(&create(self.name, &flags)).ends_with(1);
        self.timed(namespace, began);
        let wanted = format!(
            "error: ensemble {} cannot come up: server 1: {}",
            self.name, self.why
        );
        match wanted.strip_suffix('…') {
            Some(wanted) => assert!(ended.error().starts_with(wanted), "{}", ended.error()),
            None => assert_eq!(ended.error(), wanted),
        }
        let hint = format!("{} -n {}", self.hint, namespace.name);
        assert_eq!(ended.hinted()[0], hint, "{}", ended.stderr);
        typed(&hint);
        ended
    }

    /// Prints how long after Kubernetes' first warning it ended.
    fn timed(&self, namespace: &Namespace, began: i64) {
        let ended = now();
        let events = namespace.kubectl(&["get", "events", "-o", "json"]).ok();
        let events: Value = serde_json::from_str(&events).unwrap();
        let about = |event: &&Value| {
            let name = event["involvedObject"]["name"].as_str().unwrap_or_default();
            event["type"] == "Warning" && name.contains(&format!("{}-server-", self.name))
        };
        let when = |event: &Value| {
            let text = ["firstTimestamp", "eventTime"].map(|field| event[field].as_str());
            let time: Timestamp = text.into_iter().flatten().next()?.parse().ok()?;
            Some(time.as_second()).filter(|time| began <= *time)
        };
        let warned = events["items"].as_array().unwrap().iter().filter(about);
        let since = warned.filter_map(when).min().map(|first| ended - first);
        println!("{}: ended {since:?} s after the first warning", self.name);
    }
}

/// In seconds since 1970.
fn now() -> i64 {
    Timestamp::now().as_second()
}

/// Types what was hinted; a question is answered with yes.
#[track_caller]
pub(crate) fn typed(line: &str) -> Run {
    let yes = if line.contains("kubectl zk delete") {
        " --yes"
    } else {
        ""
    };
    let typed = run(bed::shell(&format!("{line}{yes}")), None).ends_with(0);
    println!("typed: {line}");
    typed
}

#[test]
fn a_wish_that_cannot_be_fulfilled() {
    let namespace = Namespace::new("causes");
    let causes = [
        Cause {
            name: "image",
            flags: &["--image", "zookeeper:3.9.99"],
            why: "image zookeeper:3.9.99 cannot be pulled: failed to do request: Head …",
            hint: "kubectl describe pod image-server-1-0",
        },
        Cause {
            name: "room",
            flags: &["--cpu", "9999"],
            why: "no node takes its pod: 0/3 nodes are available: 3 Insufficient cpu",
            hint: "kubectl describe pod room-server-1-0",
        },
        Cause {
            name: "selector",
            flags: &["--node-selector", "disk=none"],
            why: "no node takes its pod: 0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector",
            hint: "kubectl describe pod selector-server-1-0",
        },
        Cause {
            name: "class",
            flags: &["--storage-class", "nosuch"],
            why: "its disk data-class-server-1-0 is not to be had: storageclass.storage.k8s.io \"nosuch\" not found",
            hint: "kubectl describe pvc data-class-server-1-0",
        },
        Cause {
            name: "user",
            flags: &["--run-as-user", "none"],
            why: "its container cannot be made: CreateContainerConfigError: container has runAsNonRoot and image will run as root …",
            hint: "kubectl describe pod user-server-1-0",
        },
        Cause {
            name: "priority",
            flags: &["--priority-class", "nosuch"],
            why: "its pod cannot be created: pods \"priority-server-1-0\" is forbidden: no PriorityClass with name nosuch was found",
            hint: "kubectl describe statefulset priority-server-1",
        },
        Cause {
            name: "flags",
            flags: &["--jvm-flags=-Xnonsense"],
            why: "it ended with exit code 1: Unrecognized option: -Xnonsense",
            hint: "kubectl logs flags-server-1-0",
        },
    ];
    thread::scope(|scope| {
        let namespace = &namespace;
        let runs = causes
            .each_ref()
            .map(|cause| scope.spawn(|| cause.shows(namespace)));
        for run in runs {
            typed(&run.join().unwrap().hinted()[1]);
        }
    });
    let kept = |name: &String| name.starts_with("persistent") || name.starts_with("secret/");
    assert!(
        namespace.objects().iter().all(kept),
        "{:?}",
        namespace.objects()
    );
}

#[test]
fn a_quota_on_what_create_makes_itself() {
    let namespace = Namespace::new("services");
    namespace.quota("services", "1");
    let refused = namespace.zk(&create("zk", &[])).ends_with(1);
    let why = "Error from server (Forbidden): services \"zk-election-1\" is forbidden: exceeded quota: tight, requested: services=1, used: services=1, limited: services=1";
    assert_eq!(refused.error(), why);
    for hint in refused.hinted() {
        typed(&hint);
    }
}

impl Namespace {
    /// A quota named tight, of one resource.
    #[track_caller]
    pub(crate) fn quota(&self, resource: &str, limit: &str) {
        self.apply(
            &json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "tight"},
            "spec": {"hard": {resource: limit}}}),
        );
    }
}
