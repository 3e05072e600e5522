//! `create`, killed or run twice at once, makes one ensemble.

use std::collections::BTreeSet;
use std::thread;

use crate::bed;
use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::killed_after;
use crate::run::run;

/// When it is killed, in seconds: most while it makes objects, the rest while it waits.
const MOMENTS: [&str; 10] = [
    "0.05", "0.06", "0.07", "0.08", "0.09", "0.10", "0.12", "0.15", "0.5", "3",
];

#[test]
fn killed_at_ten_moments_then_run_again() {
    let namespace = Namespace::new("killed");
    let zk = namespace.ensemble("zk");
    let mut identities = BTreeSet::new();
    for moment in MOMENTS {
        let create = namespace.zk_command(bed::kubeconfig(), &create("zk", &[]));
        let killed = run(killed_after(moment, &create), None);
        let objects = namespace.objects();
        println!(
            "killed after {moment} s ({:?}): {} objects",
            killed.code,
            objects.len()
        );
        if objects.iter().any(|name| name == "secret/zk-identity") {
            identities.insert(zk.identity());
        }
    }
    namespace.zk(&create("zk", &[])).ok();
    identities.insert(zk.identity());
    assert_eq!(identities.len(), 1, "one identity from first to last");
    is_whole(&namespace);
}

#[test]
fn two_at_once_make_one_ensemble() {
    let namespace = Namespace::new("two");
    let arguments = create("zk", &[]);
    thread::scope(|scope| {
        let runs = [(); 2].map(|()| scope.spawn(|| namespace.zk(&arguments)));
        for run in runs {
            run.join().unwrap().ok();
        }
    });
    is_whole(&namespace);
}

#[track_caller]
fn is_whole(namespace: &Namespace) {
    let zk = namespace.ensemble("zk");
    let status = zk.status();
    assert_eq!(status["verdict"], "healthy", "{status}");
    assert_eq!(status["voters"], 3);
    assert_eq!(status["findings"], serde_json::json!([]));
    let objects = namespace.objects();
    assert!(objects.contains(&"configmap/zk-founded".to_owned()));
    // Pods and their disks, two Services each and one for clients, StatefulSets, three ConfigMaps, Secret, budget.
    assert_eq!(
        objects.len(),
        3 * 2 + 3 * 2 + 1 + 3 + 3 + 1 + 1,
        "{objects:?}"
    );
    let (identity, written) = (zk.identity(), zk.write(50));
    for id in 1..=3 {
        let claim = zk.in_pod(id, &["cat", "/data/ensemble"]).ok();
        assert_eq!(claim.trim(), format!("{identity} {id}"));
        zk.verify_at(id, &written);
    }
}

/// Of two that delete one does it, or both; whoever creates meanwhile is told or makes it whole; and the data outlives all.
#[test]
fn two_deletes_and_a_create_meet() {
    let namespace = Namespace::new("meet");
    let zk = namespace.create("zk", &[]);
    let (identity, written) = (zk.identity(), zk.write(100));
    let (delete, create) = (vec!["delete", "zk", "--yes"], create("zk", &[]));
    for both in [[&delete, &delete], [&delete, &create]] {
        let runs = thread::scope(|scope| {
            let runs = both.map(|args| scope.spawn(|| namespace.zk(args)));
            runs.map(|run| run.join().unwrap())
        });
        for run in &runs {
            println!("{:?}: {}", run.code, run.error());
            let told = ["deleted already", "not found", "is gone", "comes and goes"];
            let told = told.iter().any(|words| run.error().contains(words));
            assert!(
                run.code == Some(0) || (run.code == Some(1) && told),
                "{run:?}"
            );
        }
        namespace.zk(&create).ok();
        zk.await_healthy();
        assert_eq!(zk.identity(), identity);
        zk.verify(&written);
    }
}
