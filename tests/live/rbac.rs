//! The table of rights, proven: each verb works for a ServiceAccount with exactly the Role that `rbac` prints for it, and
//! without any one line of it the verb fails, or says less, and names that line.
//!
//! The lines are taken away in the table's order, which is the order in which a verb needs them: where one is missing the
//! verb ends, and the next run goes on from there.

use kubectl_zk::manifest::rbac::need::Need;
use kubectl_zk::manifest::rbac::need::Verb;
use kubectl_zk::manifest::rbac::need::Without;
use kubectl_zk::manifest::rbac::table::TABLE;
use serde_json::Value;
use serde_json::json;

use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::await_until;

/// One server is enough: rights do not depend on how many there are.
pub(crate) const ONE: [&str; 2] = ["--replicas", "1"];

/// A verb's users, each of whom lacks one line of the table.
pub(crate) struct Lacking<'a> {
    namespace: &'a Namespace,
    verb: &'static Verb,
}

impl<'a> Lacking<'a> {
    #[track_caller]
    pub(crate) fn of(namespace: &'a Namespace, name: &str) -> Self {
        let verb = TABLE.iter().find(|verb| verb.name == name).unwrap();
        let new = Self { namespace, verb };
        let each = (0..verb.needs.len()).flat_map(|n| new.role_without(n));
        let list = json!({"apiVersion": "v1", "kind": "List", "items": each.collect::<Vec<_>>()});
        namespace.apply(&list);
        // What was applied last is what the API server hears of last.
        namespace.await_right(&user(verb.needs.len() - 1));
        new
    }

    /// The Role that the command prints, right by right, but for one; and its binding.
    fn role_without(&self, n: usize) -> Vec<Value> {
        let (need, user) = (&self.verb.needs[n], user(n));
        let flags = ["--for", "user", &user, "--name", &user, "-o", "json"];
        let rbac = [&["rbac", self.verb.name], &flags[..]].concat();
        let mut printed: Value = serde_json::from_str(&self.namespace.zk(&rbac).ok()).unwrap();
        let rules = single_rights(&printed["items"][0]["rules"]);
        let (group, resource) = need.group_and_resource();
        let taken = json!({"apiGroups": [group], "resources": [resource], "verbs": [need.right]});
        let left: Vec<&Value> = rules.iter().filter(|rule| **rule != taken).collect();
        assert_eq!(left.len() + 1, self.verb.needs.len(), "{}", need.rule());
        printed["items"][0]["rules"] = json!(left);
        printed["items"].as_array().unwrap().clone()
    }

    /// Runs it without the right: it must fail, and say for want of what, and how to have it.
    #[track_caller]
    pub(crate) fn fails(&self, n: usize, args: &[&str]) {
        let need = &self.verb.needs[n];
        assert_eq!(need.without, Without::Fails, "{}", need.rule());
        // Where it is `create` that is missing over WebSocket, the API server does not say to whom.
        let user = match need.rule().as_str() {
            "create pods/portforward" => "NAME".to_owned(),
            _ => user(n),
        };
        let (verb, namespace) = (self.verb.name, &self.namespace.name);
        let role =
            format!("kubectl zk rbac {verb} --for user {user} -n {namespace} | kubectl apply -f -");
        let run = self
            .run(n, args)
            .ends_with(1)
            .says(&named(need))
            .says(&role);
        let again = run.stderr.contains("then run the same command again");
        assert_eq!(again, self.verb.changes(), "{}", run.stderr);
    }

    /// Runs it without the right: it must say so.
    #[track_caller]
    pub(crate) fn tells(&self, n: usize, args: &[&str], code: i32) {
        let need = &self.verb.needs[n];
        assert_eq!(need.without, Without::Less, "{}", need.rule());
        let run = self.run(n, args).ends_with(code);
        let told = format!("{}{}", run.stdout, run.stderr);
        let line = told.lines().find(|line| line.contains("missing: "));
        let rule = named_in_few_words(need);
        assert!(
            line.is_some_and(|line| line.contains(&rule)),
            "{rule}:\n{told}"
        );
    }

    fn run(&self, n: usize, args: &[&str]) -> Run {
        self.namespace.zk(&[args, &["--as", &user(n)]].concat())
    }

    pub(crate) fn needs(&self) -> impl Iterator<Item = (usize, &'static Need)> {
        self.verb.needs.iter().enumerate()
    }
}

fn user(n: usize) -> String {
    format!("lacks-{n}")
}

/// One rule per right.
fn single_rights(rules: &Value) -> Vec<Value> {
    let words = |value: &Value| value.as_array().cloned().unwrap();
    let mut single = Vec::new();
    for rule in words(rules) {
        for resource in words(&rule["resources"]) {
            for verb in words(&rule["verbs"]) {
                single.push(json!({"apiGroups": rule["apiGroups"], "resources": [resource], "verbs": [verb]}));
            }
        }
    }
    single
}

/// Over WebSocket both rights are needed, so both are named.
fn named_in_few_words(need: &Need) -> String {
    match need.resource {
        "pods/portforward" => "get and create pods/portforward".to_owned(),
        _ => need.rule(),
    }
}

fn named(need: &Need) -> String {
    match need.resource {
        "pods/portforward" => named_in_few_words(need),
        resource => format!("this needs the verb {} on {resource} in", need.right),
    }
}

#[test]
fn of_create() {
    let namespace = Namespace::new("rbac-create");
    let lacking = Lacking::of(&namespace, "create");
    let zk = create("zk", &[&ONE[..], &["--network-policy"]].concat());
    for (n, need) in lacking.needs() {
        match (need.without, need.resource) {
            (Without::Fails, _) => lacking.fails(n, &zk),
            (_, "events") => lacking.tells(
                n,
                &create(
                    "late",
                    &[&ONE[..], &["--storage-class", "nosuch", "--timeout", "5s"]].concat(),
                ),
                124,
            ),
            (_, "pods/log") => lacking.tells(
                n,
                &create("crash", &[&ONE[..], &["--jvm-flags", "-Xnosuch"]].concat()),
                1,
            ),
            _ => {
                namespace.zk(&zk).ok();
                lacking.tells(n, &zk, 0);
            }
        }
    }
    let whole = namespace.user_for("whole", &["create"]);
    whole
        .zk(&create(
            "whole",
            &[&ONE[..], &["--network-policy"]].concat(),
        ))
        .ok();
}

#[test]
fn of_status() {
    let namespace = Namespace::new("rbac-status");
    let lacking = Lacking::of(&namespace, "status");
    let whole = namespace.user_for("whole", &["status"]);
    namespace
        .zk(&create(
            "late",
            &[&ONE[..], &["--storage-class", "nosuch", "--no-wait"]].concat(),
        ))
        .ok();
    namespace.create("zk", &ONE);
    let status = whole.zk(&["status", "zk"]).ok();
    assert!(
        status.starts_with("healthy") && !status.contains("missing"),
        "{status}"
    );
    await_until("the cause is told", || {
        whole.zk(&["status", "late"]).stdout.contains("nosuch")
    });
    for (n, need) in lacking.needs() {
        match need.resource {
            "pods" => lacking.fails(n, &["status", "zk"]),
            "events" => lacking.tells(n, &["status", "late"], 0),
            _ => {
                lacking.tells(n, &["status", "zk"], 0);
                lacking.tells(n, &["status"], 0);
            }
        }
    }
    let nowhere = lacking.run(0, &["status", "-A"]).ends_with(1);
    nowhere.says("kubectl zk rbac status --for user lacks-0 -A | kubectl apply -f -");
}

#[test]
fn of_exec() {
    let namespace = Namespace::new("rbac-exec");
    let lacking = Lacking::of(&namespace, "exec");
    namespace.create("zk", &ONE);
    let whole = namespace.user_for("whole", &["exec"]);
    assert_eq!(whole.zk(&["exec", "zk", "ruok"]).ok(), "imok");
    for (n, need) in lacking.needs() {
        match need.without {
            Without::Fails => lacking.fails(n, &["exec", "zk", "ruok"]),
            Without::Less => lacking.tells(n, &["exec", "other", "ruok"], 1),
        }
    }
}

#[test]
fn of_connection_string() {
    let namespace = Namespace::new("rbac-connection");
    let lacking = Lacking::of(&namespace, "connection-string");
    namespace.create("zk", &ONE);
    let whole = namespace.user_for("whole", &["connection-string"]);
    let plain = ["connection-string", "zk"];
    let servers = [&plain[..], &["--servers", "--verify"]].concat();
    let chroot = [&plain[..], &["--chroot", "/app", "--create-chroot"]].concat();
    for args in [&plain[..], &servers, &chroot] {
        whole.zk(args).ok();
    }
    for (n, need) in lacking.needs() {
        match (need.resource, need.right) {
            ("services", "get") => lacking.fails(n, &plain),
            ("services", _) => lacking.fails(n, &servers),
            _ => {
                lacking.fails(n, &servers);
                lacking.fails(n, &chroot);
            }
        }
    }
}

#[test]
fn of_delete() {
    let namespace = Namespace::new("rbac-delete");
    let lacking = Lacking::of(&namespace, "delete");
    let flags = [&ONE[..], &["--network-policy", "--no-wait"]].concat();
    namespace.zk(&create("zk", &flags)).ok();
    namespace.ensemble("zk").await_state(1, "serving");
    for (n, need) in lacking.needs() {
        let last = ["persistentvolumeclaims", "secrets", "configmaps"];
        let data = need.right == "delete" && last.contains(&need.resource);
        match (need.without, data) {
            (Without::Less, _) => lacking.tells(n, &["delete", "zk", "--dry-run=client"], 0),
            (_, false) => lacking.fails(n, &["delete", "zk", "--yes"]),
            (_, true) => lacking.fails(n, &["delete", "zk", "--yes", "--delete-data"]),
        }
    }
    let whole = namespace.user_for("whole", &["delete"]);
    whole.zk(&["delete", "zk", "--yes", "--delete-data"]).ok();
    namespace.zk(&create("zk", &flags)).ok();
    whole.zk(&["delete", "zk", "--yes"]).ok();
    let both = namespace.user_for("both", &["create", "delete"]);
    both.zk(&[&create("zk", &flags)[..], &["--discard-data", "--yes"]].concat())
        .ok();
    whole.zk(&["delete", "zk", "--yes", "--delete-data"]).ok();
    assert_eq!(namespace.objects(), Vec::<String>::new());
}

/// Every verb that needs rights has its proof here.
#[test]
fn of_every_verb() {
    let proven = [
        "create",
        "status",
        "exec",
        "scale",
        "restart",
        "update",
        "diff",
        "replace",
        "repair",
        "delete",
        "connection-string",
    ];
    let needing = TABLE.iter().filter(|verb| !verb.needs.is_empty());
    assert_eq!(needing.map(|verb| verb.name).collect::<Vec<_>>(), proven);
}
