//! Each cause by the facts that show it.

use super::*;
use crate::ensemble::ServerId;
use crate::ensemble::observed::Claim;
use crate::ensemble::observed::End;
use crate::ensemble::observed::Workload;
use crate::ensemble::trouble::pod::REFUSED;

fn member(pod: Pod) -> Member {
    let mut member = Member::new(ServerId::try_from(1).unwrap());
    member.pod = Some(Pod {
        name: "zk-server-1-0".to_owned(),
        image: "zookeeper:x".to_owned(),
        created: Some(0),
        ..pod
    });
    member
}

#[track_caller]
fn check(member: &Member, now: i64, what: &str, lasting: bool) {
    let trouble = member.trouble(now).unwrap();
    assert_eq!((trouble.what.as_str(), trouble.lasting), (what, lasting));
}

fn waiting(reason: &str, message: &str) -> Member {
    member(Pod {
        waiting: Some((reason.to_owned(), message.to_owned())),
        node: Some("n1".to_owned()),
        ..Pod::default()
    })
}

fn ended(code: i32, reason: &str, message: &str, restarts: i32) -> Member {
    let end = End {
        reason: reason.to_owned(),
        code,
        message: message.to_owned(),
    };
    member(Pod {
        last_end: Some(end),
        restarts,
        node: Some("n1".to_owned()),
        ..Pod::default()
    })
}

#[test]
fn pods_without_a_node() {
    let pod = member(Pod {
        unschedulable: Some("0/3 nodes".to_owned()),
        ..Pod::default()
    });
    check(&pod, 12, "no node takes its pod: 0/3 nodes", false);
    check(&pod, 13, "no node takes its pod: 0/3 nodes", true);
    assert_eq!(pod.stage(), Stage::Pending);
    let roomy = member(Pod {
        unschedulable: Some("0/3 nodes".to_owned()),
        makes_room: true,
        ..Pod::default()
    });
    check(
        &roomy,
        99,
        "no node takes its pod: 0/3 nodes (a node is being made ready for it)",
        false,
    );
    let claim = Claim {
        name: "data".to_owned(),
        uid: String::new(),
        deleting: false,
        marked: false,
        phase: "Pending".to_owned(),
        reason: Some("no class".to_owned()),
        size: String::new(),
    };
    check(
        &Member {
            claim: Some(claim),
            ..pod
        },
        13,
        "its disk data is not to be had: no class",
        true,
    );
}

#[test]
fn images() {
    check(
        &waiting("ErrImagePull", "tag not found"),
        0,
        "image zookeeper:x cannot be pulled: tag not found",
        true,
    );
    check(
        &waiting("ErrImagePull", "i/o timeout"),
        12,
        "image zookeeper:x cannot be pulled: i/o timeout",
        false,
    );
    check(
        &waiting("ImagePullBackOff", ""),
        0,
        "image zookeeper:x cannot be pulled: ImagePullBackOff",
        true,
    );
    assert_eq!(waiting("ContainerCreating", "").trouble(12), None);
    check(
        &waiting("ContainerCreating", ""),
        13,
        "node n1 has not made its container yet",
        false,
    );
    check(
        &waiting("CreateContainerConfigError", "no secret"),
        13,
        "its container cannot be made: CreateContainerConfigError: no secret",
        true,
    );
}

#[test]
fn crashes() {
    check(
        &ended(78, "Error", "this disk belongs to 'b 1', not to 'a 1'\n", 0),
        0,
        "it refuses to start: this disk belongs to 'b 1', not to 'a 1'",
        true,
    );
    check(
        &ended(1, "Error", "boom", 0),
        0,
        "it ended with exit code 1: boom",
        false,
    );
    check(
        &ended(1, "Error", "boom", 1),
        0,
        "it ended with exit code 1: boom",
        true,
    );
    check(
        &ended(137, "OOMKilled", "", 2),
        0,
        "it ended with exit code 137: it needed more memory than it may have",
        true,
    );
    assert_eq!(ended(1, "Error", "", 2).stage(), Stage::Crashed);
}

#[test]
fn a_kubelet_that_knows_a_service_late() {
    let message = "no Service address for server 3 in the environment";
    let refused = ended(REFUSED, "Error", message, 9);
    assert!(!refused.trouble(120).unwrap().lasting);
    assert!(refused.trouble(121).unwrap().lasting);
}

#[test]
fn servers_without_a_pod() {
    let mut member = Member::new(ServerId::try_from(1).unwrap());
    check(&member, 0, "it has neither a StatefulSet nor a pod", false);
    let workload = Workload {
        name: "zk-server-1".to_owned(),
        replicas: 1,
        revision: None,
        failed_create: Some("exceeded quota".to_owned()),
        marked: None,
    };
    member.workload = Some(workload.clone());
    check(
        &member,
        0,
        "its pod cannot be created: exceeded quota",
        true,
    );
    let young = "pods \"p\" is forbidden: error looking up service account a/default: serviceaccount \"default\" not found";
    member.workload = Some(Workload {
        failed_create: Some(young.to_owned()),
        marked: None,
        ..workload.clone()
    });
    let what = format!("its pod cannot be created yet: {young}");
    check(&member, 0, &what, false);
    member.workload = Some(Workload {
        failed_create: None,
        marked: None,
        ..workload.clone()
    });
    check(&member, 0, "its pod does not exist yet", false);
    member.workload = Some(Workload {
        failed_create: None,
        marked: None,
        replicas: 0,
        ..workload
    });
    check(&member, 0, "StatefulSet zk-server-1 was scaled to 0", true);
}

#[test]
fn stages_of_a_start() {
    let running = Pod {
        node: Some("n1".to_owned()),
        running: true,
        ..Pod::default()
    };
    let mut member = member(running);
    member.probe = Probe::Unreachable("refused".to_owned());
    assert_eq!((member.stage(), member.trouble(0)), (Stage::Starting, None));
    member.probe = Probe::NotServing;
    assert_eq!(member.stage(), Stage::Looking);
}

#[test]
fn a_refusal_is_told_until_the_next_start_succeeds() {
    let starting = |code, was_started| {
        let mut member = ended(code, "Error", "this disk is b's", 1);
        let pod = member.pod.as_mut().unwrap();
        (pod.running, pod.was_started) = (true, was_started);
        member
    };
    let refused = starting(REFUSED, false);
    assert_eq!(refused.stage(), Stage::Starting);
    check(
        &refused,
        100,
        "it refuses to start: this disk is b's",
        false,
    );
    assert_eq!(starting(REFUSED, true).trouble(100), None);
    assert_eq!(starting(1, false).trouble(100), None);
}

#[test]
fn what_mends_it() {
    let fix = |member: &Member| member.trouble(99).unwrap().fix.unwrap();
    let lost = waiting(
        "CreateContainerConfigError",
        "secret \"zk-identity\" not found",
    );
    assert_eq!(fix(&lost), "kubectl zk create zk");
    let mut crashed = ended(REFUSED, "Error", "no", 1);
    assert_eq!(fix(&crashed), "kubectl logs zk-server-1-0");
    crashed.pod.as_mut().unwrap().running = true;
    assert_eq!(fix(&crashed), "kubectl logs zk-server-1-0 --previous");
}

#[test]
fn a_silent_server_on_a_node_that_is_not_ready() {
    let mut member = member(Pod {
        node: Some("n1".to_owned()),
        node_trouble: Some("Kubelet stopped posting node status".to_owned()),
        running: true,
        was_started: true,
        ..Pod::default()
    });
    member.probe = Probe::Unreachable("no answer in time".to_owned());
    let what = "it does not answer: no answer in time; node n1 is not ready: Kubelet stopped posting node status";
    check(&member, 0, what, false);
    let fix = member.trouble(0).unwrap().fix;
    assert_eq!(fix.as_deref(), Some("kubectl describe node n1"));
}
