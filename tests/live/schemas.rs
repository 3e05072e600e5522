//! What is printed as JSON of real servers, held to `docs/schemas`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::namespace::Namespace;

/// All but those that reset something, and those that the whitelist lacks, which the AdminServer answers, too.
const WORDS: &str = "ruok srvr stat mntr conf cons envi isro dirs dump hash wchs wchc wchp";

/// What `kubectl zk LINE -o json` prints, which must be as this schema says.
#[track_caller]
fn holds(namespace: &Namespace, schema: &str, line: &str) -> Value {
    let words: Vec<&str> = line.split(' ').chain(["-o", "json"]).collect();
    let view: Value = serde_json::from_str(&namespace.zk(&words).ok()).unwrap();
    let file = format!("docs/schemas/{schema}.schema.json");
    let file = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let validator = jsonschema::draft202012::new(&serde_json::from_str(&file).unwrap()).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&view)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{line}: {faults:#?}\n{view:#}");
    view
}

#[test]
fn what_is_printed_is_as_the_schemas_say() {
    let namespace = Namespace::new("schemas");
    let holds = |schema: &str, line: &str| holds(&namespace, schema, line);
    assert_eq!(
        holds("status-list", "status")["items"],
        Value::Array([].into())
    );
    let zk = namespace.create("zk", &[]);
    zk.await_healthy();
    let status = holds("status", "status zk");
    assert_eq!(status["servers"].as_array().unwrap().len(), 3);
    holds("status-list", "status");
    let answers = holds("exec", &format!("exec zk {WORDS}"));
    assert_eq!(answers["items"].as_array().unwrap().len(), 14 * 3);
    holds("exec", "exec zk srst crst --id 1 --yes");
    for flags in ["", " --servers", " --chroot /app --create-chroot"] {
        holds("connection-string", &format!("connection-string zk{flags}"));
    }
    for goal in ["5", "3 --observers 1", "1"] {
        let steps = holds("steps", &format!("scale zk --replicas {goal} --dry-run"));
        assert_ne!(steps["steps"], Value::Array([].into()));
    }
    holds("steps", "repair zk --addresses --dry-run");
    assert!(holds("version", "version")["serverVersion"].is_object());
    zk.scale(3, 0);
    zk.await_state(3, "no pod");
    holds("status", "status zk");
    holds("exec", "exec zk mntr srvr");
}
