//! What a grant looks like, and that the table holds together.

use super::*;

use crate::manifest::rbac::need::Need;

fn grant(names: &[&str], holder: Option<Holder>) -> Grant {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    Grant {
        verbs: verbs(&names).unwrap(),
        namespace: Some("team".to_owned()),
        holder,
        name: None,
    }
}

fn binding_of(holder: Holder) -> String {
    match grant(&["exec"], Some(holder)).rights() {
        Rights::Here(_, Some(binding)) => binding.metadata.name.unwrap(),
        other => panic!("{other:?}"),
    }
}

fn all_needs() -> impl Iterator<Item = (&'static str, &'static Need)> {
    let of = |verb: &'static Verb| verb.needs.iter().map(|need| (verb.name, need));
    TABLE.iter().flat_map(of)
}

#[test]
fn each_right_is_there_once_and_known() {
    let mut seen = BTreeSet::new();
    for (verb, need) in all_needs() {
        assert!(
            seen.insert((verb, need.rule())),
            "{verb}: {} twice",
            need.rule()
        );
        assert!(ORDER.contains(&need.right), "{verb}: {}", need.rule());
        assert!(
            !need.why.is_empty() && !need.why.ends_with('.'),
            "{}",
            need.why
        );
    }
}

/// Whoever may list Secrets sees everybody's: no verb needs it. Nor is anything given that a pod could be taken over with.
#[test]
fn what_is_never_needed() {
    for (verb, need) in all_needs() {
        let rule = need.rule();
        let is_safe = rule != "list secrets" && need.resource != "pods/exec";
        let is_for_pods = ["list", "get", "delete"].contains(&need.right);
        assert!(
            is_safe && (need.resource != "pods" || is_for_pods),
            "{verb}: {rule}"
        );
    }
}

#[test]
fn several_verbs_are_one_role_in_any_order() {
    let one = grant(&["status", "exec", "status"], None);
    let other = grant(&["exec", "status"], None);
    assert_eq!(rules(&one.verbs), rules(&other.verbs));
    assert_eq!(one.role_name(), "kubectl-zk-status-exec");
    assert_eq!(grant(&[], None).role_name(), "kubectl-zk");
    let [status, exec] = ["status", "exec"].map(|name| rules(&grant(&[name], None).verbs));
    assert_eq!(rules(&one.verbs), status);
    assert_eq!(exec.len(), 2, "{exec:?}");
    assert_eq!(verbs(&["exce".to_owned()]), Err("exce"));
}

/// A binding that took another's name would take away what he was given.
#[test]
fn every_holder_has_a_binding_of_his_own() {
    let holders = [
        Holder::User("a:b".to_owned()),
        Holder::Group("a:b".to_owned()),
        Holder::ServiceAccount {
            namespace: "a".to_owned(),
            name: "b".to_owned(),
        },
        Holder::User("a/b".to_owned()),
        Holder::User("a%b".to_owned()),
        Holder::User("a-b".to_owned()),
    ];
    let names: BTreeSet<String> = holders.into_iter().map(binding_of).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    assert!(
        names.contains("kubectl-zk-exec:serviceaccount:a:b"),
        "{names:?}"
    );
    assert!(names.iter().all(|name| !name.contains(['/', '%'])));
}
