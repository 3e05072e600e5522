//! Every rule finds what it is for, and nothing in a healthy ensemble.

use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::observed::End;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::ensemble::observed::Monitor;
use crate::ensemble::observed::Probe;
use crate::ensemble::observed::Workload;
use crate::ensemble::observed::fixture;
use crate::ensemble::observed::fixture::answer_mut;
use crate::health::assess;

/// The findings of a sealed ensemble of three in which `change` was made: `id: what`.
fn found(change: impl Fn(&mut Observed)) -> Vec<String> {
    let mut seen = fixture::ensemble(3, 3);
    seen.sealed = Fact::Known(true);
    change(&mut seen);
    let findings = assess(&seen).findings;
    findings
        .iter()
        .map(|finding| {
            format!(
                "{}: {} [{}]",
                finding.id,
                finding.what,
                finding.fix.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

#[track_caller]
fn check(change: impl Fn(&mut Observed), expected: &[&str]) {
    assert_eq!(found(change), expected);
}

fn last(seen: &mut Observed) -> &mut crate::ensemble::Member {
    seen.members.values_mut().last().unwrap()
}

fn workload(replicas: i32, revision: &str) -> Workload {
    Workload {
        name: "zk-server-3".to_owned(),
        replicas,
        revision: Some(revision.to_owned()),
        failed_create: None,
        marked: None,
    }
}

#[test]
fn nothing_in_a_healthy_ensemble() {
    check(|_| (), &[]);
}

#[test]
fn kubernetes_objects() {
    check(
        |seen| seen.sealed = Fact::Known(false),
        &[
            "unsealed: ConfigMap zk-founded (the seal) is missing: a server that loses its disk could vote with an empty memory [kubectl zk create zk -n default]",
        ],
    );
    check(
        |seen| {
            *seen = fixture::ensemble(3, 0);
            drop(seen.members.pop_first());
            seen.members
                .values_mut()
                .for_each(|member| member.probe = Probe::NotAsked);
        },
        &[
            "unmade: server 1 was not made yet: the creation did not come so far [kubectl zk create zk -n default]",
        ],
    );
    check(
        |seen| seen.budget = Fact::Known(None),
        &[
            "no-budget: PodDisruptionBudget zk is missing: a drain may take more servers than the ensemble survives [kubectl zk create zk -n default]",
        ],
    );
    check(
        |seen| seen.budget = Fact::Known(Some(1)),
        &[
            "low-budget: PodDisruptionBudget zk has minAvailable 1, and should have 2: a drain may take more servers than the ensemble survives [kubectl zk create zk -n default]",
        ],
    );
    check(
        |seen| last(seen).workload = Some(workload(2, "a")),
        &[
            "scaled: StatefulSet zk-server-3 has 2 replicas: each server's own must have 1 [kubectl scale statefulset zk-server-3 --replicas 1 -n default]",
        ],
    );
    check(
        |seen| {
            last(seen).workload = Some(workload(1, "b"));
            last(seen).pod.as_mut().unwrap().revision = Some("a".to_owned());
        },
        &[
            "old-template: the pods of server 3 run an older template: a restart, or an update, is not finished [kubectl zk restart zk -n default]",
        ],
    );
    check(
        |seen| last(seen).pod.as_mut().unwrap().node = Some("n1".to_owned()),
        &["co-located: servers 1 and 3 are on the same node n1: they would fail together [-]"],
    );
    check(
        |seen| seen.missing_rights = vec!["list pods".to_owned(); 2],
        &[
            "rights: not all could be seen, these rights are missing: list pods [kubectl zk rbac status -n default]",
        ],
    );
}

#[test]
fn ensembles_of_others_need_no_seal_and_no_budget() {
    check(
        |seen| {
            seen.intent = Intent::Absent;
            seen.sealed = Fact::Known(false);
            seen.budget = Fact::Known(None);
        },
        &[],
    );
}

#[test]
fn membership() {
    check(
        |seen| answer_mut(last(seen)).mode = Mode::Leader,
        &[
            "two-leaders: servers 1 and 3 both say that they lead: clients may be writing into two different worlds [kubectl zk exec zk conf srvr -n default]",
        ],
    );
    check(
        |seen| answer_mut(last(seen)).config.as_mut().unwrap().version = Some(7),
        &[
            "config-differs: server 3 goes by version 7 of the list of members, the ensemble by 100000000 [kubectl zk exec zk conf -n default]",
        ],
    );
    check(
        |seen| {
            answer_mut(last(seen))
                .config
                .as_mut()
                .unwrap()
                .servers
                .values_mut()
                .for_each(|line| line.host = "x".to_owned());
        },
        &[
            "config-differs: server 3 has the ensemble's list at the same version with other members or addresses [kubectl zk repair zk --addresses -n default]",
        ],
    );
    check(
        |seen| {
            seen.intent = Intent::Absent;
            with_a_fourth(seen);
        },
        &[
            "not-a-member: server 4 runs and is not a member of the committed configuration: it does not vote [kubectl zk exec zk conf -n default]",
        ],
    );
    let gone = found(|seen| drop(seen.members.pop_last()));
    assert!(
        gone[0].starts_with("member-without-pod: server 3 is a member"),
        "{gone:?}"
    );
}

/// A server like the last one, which no list names.
fn with_a_fourth(seen: &mut Observed) {
    let pod = last(seen).clone();
    let id = 4.try_into().unwrap();
    seen.members
        .insert(id, crate::ensemble::Member { id, ..pod });
    let pod = seen.members.get_mut(&id).unwrap().pod.as_mut().unwrap();
    pod.node = Some("n4".to_owned());
}

#[test]
fn what_a_scale_left_unfinished() {
    let intend = |seen: &mut Observed, voters: u8, observers| {
        let ensemble = seen.ensemble().unwrap();
        let scaled = ensemble.scaled(voters.try_into().unwrap(), observers);
        seen.intent = Intent::Known(Box::new(scaled));
    };
    check(
        |seen| intend(seen, 5, 1),
        &[
            "unfinished-scale: scaling to 5 voters and 1 observer is not finished: servers 4, 5 and 6 are not members yet [kubectl zk scale zk --replicas 5 --observers 1 -n default]",
        ],
    );
    check(
        |seen| intend(seen, 1, 1),
        &[
            "unfinished-scale: scaling to 1 voter and 1 observer is not finished: server 2 is to observe alone, server 3 is to leave [kubectl zk scale zk --replicas 1 --observers 1 -n default]",
        ],
    );
    check(
        with_a_fourth,
        &[
            "unfinished-scale: scaling to 3 voters is not finished: server 4 has left and is to be removed [kubectl zk scale zk --replicas 3 -n default]",
        ],
    );
    check(
        |seen| {
            seen.services.insert(5.try_into().unwrap());
        },
        &[
            "unfinished-scale: scaling to 3 voters is not finished: server 5 has left and is to be removed [kubectl zk scale zk --replicas 3 -n default]",
        ],
    );
}

#[test]
fn a_budget_that_nobody_lowered() {
    check(
        |seen| seen.budget = Fact::Known(Some(4)),
        &[
            "unfinished-scale: scaling to 3 voters is not finished: the disruption budget keeps 4 pods of 3 [kubectl zk scale zk --replicas 3 -n default]",
        ],
    );
}

#[test]
fn addresses() {
    check(
        |seen| last(seen).address = Some("10.9.9.9".to_owned()),
        &[
            "address-differs: server 3 is at 10.9.9.9 (Service zk-peer-3), the list of members says 10.0.0.3: the others cannot reach it there [kubectl zk repair zk --addresses -n default]",
        ],
    );
}

#[test]
fn servers() {
    let down = found(|seen| {
        *seen = Observed {
            sealed: Fact::Known(true),
            ..fixture::ensemble(3, 2)
        }
    });
    assert_eq!(
        down,
        [
            "server-down: server 3: it does not answer: connection refused [kubectl describe pod zk-server-3-0 -n default]"
        ]
    );
    check(|seen| answer_mut(last(seen)).zxid.0 -= 4, &[]);
    check(
        |seen| {
            answer_mut(last(seen)).monitor = Some(Monitor {
                digest_mismatches: Some(2),
                ..Monitor::default()
            });
        },
        &[
            "digest-mismatch: server 3 counted 2 transactions whose digest differs from the leader's: if `hash` differs among the servers, or the number rises, its data is damaged [kubectl zk exec zk hash -n default]",
        ],
    );
    check(
        |seen| {
            let pod = last(seen).pod.as_mut().unwrap();
            pod.restarts = 2;
            pod.last_end = Some(End {
                reason: "Error".to_owned(),
                code: 1,
                message: "a\nboom\n".to_owned(),
            });
            pod.name = "zk-server-3-0".to_owned();
        },
        &[
            "restarted: server 3 was started 2 times again, last after exit code 1: boom [kubectl logs zk-server-3-0 --previous -n default]",
        ],
    );
    let read_only = found(|seen| answer_mut(last(seen)).mode = Mode::ReadOnly);
    assert!(
        read_only[0].starts_with("read-only: server 3 is read-only"),
        "{read_only:?}"
    );
    let unsynced = found(|seen| {
        answer_mut(seen.members.values_mut().next().unwrap())
            .monitor
            .as_mut()
            .unwrap()
            .synced_followers = Some(1);
    });
    assert_eq!(
        unsynced,
        ["unsynced: the leader has 1 of 2 followers in sync [-]"]
    );
    let far = found(|seen| answer_mut(seen.members.values_mut().next().unwrap()).zxid.0 += 1_001);
    assert_eq!(far.len(), 2, "{far:?}");
}
