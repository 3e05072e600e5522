//! What no world in `tests/cli` comes to: every step, and every word of those that are told from a list.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::*;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::fixture::ensemble;
use crate::health::finding::Severity;
use crate::health::verdict::Verdict;
use crate::plan::step::Step;

fn id(number: u8) -> ServerId {
    ServerId::try_from(number).unwrap()
}

#[track_caller]
fn holds(name: &str, view: &impl serde::Serialize) {
    let (_, schema) = schemas().into_iter().find(|it| it.0 == name).unwrap();
    let validator = jsonschema::draft202012::new(schema.as_value()).unwrap();
    let value = serde_json::to_value(view).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}\n{value:#}");
}

#[test]
fn every_step() {
    let servers: BTreeSet<ServerId> = [id(4), id(255)].into();
    let (via, version) = (id(1), 1 << 32);
    let steps = vec![
        Step::Seal,
        Step::Intend {
            voters: 5,
            observers: 0,
        },
        Step::Budget { servers: 5 },
        Step::Start {
            servers: servers.clone(),
        },
        Step::Reconfigure {
            join: BTreeMap::from([(id(4), Role::Participant), (id(255), Role::Observer)]),
            leave: servers.clone(),
            version,
            via,
        },
        Step::Restate {
            server: id(2),
            version,
            via,
        },
        Step::Barrier { via },
        Step::Stop {
            servers: servers.clone(),
        },
        Step::Remove {
            services: servers,
            disks: BTreeSet::new(),
        },
    ];
    holds("steps", &StepsView::new(&ensemble(3, 3), steps, true));
}

/// These words are written by hand, and their schemas derived.
#[test]
fn words_are_spelled_alike() {
    use Severity::Critical;
    use Severity::Info;
    use Severity::Warning;
    use Verdict::Degraded;
    use Verdict::Healthy;
    use Verdict::NoQuorum;
    use Verdict::Unknown;
    let severities = [Critical, Warning, Info].map(Severity::as_str);
    assert_eq!(words::<Severity>(), severities);
    let verdicts = [Healthy, Degraded, NoQuorum, Unknown].map(Verdict::as_str);
    assert_eq!(words::<Verdict>(), verdicts);
}

fn words<T: JsonSchema>() -> Vec<String> {
    let schema = schema::<T>();
    let all = schema.as_value()["oneOf"].as_array().unwrap().iter();
    all.map(|one| one["const"].as_str().unwrap().to_owned())
        .collect()
}
