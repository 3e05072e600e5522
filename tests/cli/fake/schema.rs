//! The committed JSON schemas (`docs/schemas`), to which whatever is printed is held.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jsonschema::ValidationError;
use jsonschema::Validator;
use kubectl_zk::ui::view::API_VERSION;
use serde_json::Value;

/// By what they say a view's `kind` is; that of `version` has none.
static COMMITTED: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(committed);

fn committed() -> BTreeMap<String, Validator> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas");
    let files = fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let schemas = files.filter(|path| path.extension().is_some_and(|it| it == "json"));
    let read = |path| {
        let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let kind = &schema["properties"]["kind"]["const"];
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        (kind.as_str().unwrap_or_default().to_owned(), validator)
    };
    schemas.map(read).collect()
}

/// What is wrong with a view by the schema of this kind.
pub(crate) fn faults(kind: &str, view: &Value) -> Vec<String> {
    let fault = |fault: ValidationError<'_>| format!("{}: {fault}", fault.instance_path());
    match COMMITTED.get(kind) {
        Some(validator) => validator.iter_errors(view).map(fault).collect(),
        None => vec![format!("there is no schema of {kind:?}")],
    }
}

/// Holds what a command printed to its schema, if it is a view.
#[track_caller]
pub(crate) fn hold(stdout: &str) {
    let Ok(view) = serde_json::from_str::<Value>(stdout) else {
        return;
    };
    if view["apiVersion"] == API_VERSION || view["clientVersion"].is_object() {
        let faults = faults(view["kind"].as_str().unwrap_or_default(), &view);
        assert!(faults.is_empty(), "{faults:#?}\n{stdout}");
    }
}
