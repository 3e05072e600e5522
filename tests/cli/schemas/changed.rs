//! The schemas are strict: they are true of nothing that has a field missing, renamed, new or of another type.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::fake::World;
use crate::fake::ensemble::Mood;
use crate::fake::schema::faults;
use crate::scale;
use crate::schemas::view;

type Fields = Map<String, Value>;

/// Each field of each object in turn.
#[tokio::test(start_paused = true)]
async fn no_field_may_be_missing_renamed_new_or_of_another_type() {
    let world = World::with_zk().await;
    world.zoo.mood(3, Mood::Refuses);
    let scaled = scale::ensemble(3, 0).await;
    for (world, kind, line) in [
        (&world, "EnsembleStatus", "status zk"),
        (&world, "EnsembleStatusList", "status"),
        (&world, "ConnectionString", "connection-string zk --servers"),
        (&world, "", "version --client"),
        (&world, "AnswerList", "exec zk ruok srvr wchs dirs isro"),
        (&scaled, "Steps", "scale zk --replicas 5 --dry-run"),
        (&scaled, "Steps", "restart zk --dry-run"),
        (&scaled, "Steps", "replace zk --id 2 --dry-run"),
        (
            &scaled,
            "Steps",
            "update zk --storage 9Gi --memory 2Gi --dry-run",
        ),
        (&scaled, "Diff", "diff zk --memory 2Gi --network-policy"),
    ] {
        let real = view(world, kind, line).await;
        let changes = changes(&real);
        // By the schema of the kind that it was, also where `kind` is what was changed.
        let passed = changes
            .iter()
            .filter(|(_, view)| faults(kind, view).is_empty());
        let passed: Vec<&str> = passed.map(|(what, _)| what.as_str()).collect();
        assert!(10 < changes.len(), "{line}");
        assert!(passed.is_empty(), "{line}: {passed:#?}");
    }
}

/// Every view with one thing changed, and what that is.
fn changes(view: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    objects(view, String::new(), &mut places);
    let mut all = Vec::new();
    for place in places {
        let mut change = |what: String, change: &dyn Fn(&mut Fields)| {
            let mut changed = view.clone();
            if let Some(Value::Object(fields)) = changed.pointer_mut(&place) {
                change(fields);
            }
            all.push((format!("{place}: {what}"), changed));
        };
        let fields = view.pointer(&place).unwrap().as_object().unwrap();
        // Ids are keys there: one may be missing, and the commit too.
        let free = |key: &str| place.ends_with("/join") || key == "gitCommit";
        for key in fields.keys() {
            if !free(key) {
                change(format!("without {key}"), &|fields| drop(fields.remove(key)));
            }
            change(format!("{key} renamed"), &|fields| {
                let value = fields.remove(key).unwrap();
                fields.insert(format!("{key}X"), value);
            });
            change(format!("{key} of another type"), &|fields| {
                fields.insert(key.clone(), json!({"other": []}));
            });
        }
        change("with another".to_owned(), &|fields| {
            fields.insert("another".to_owned(), Value::Null);
        });
    }
    all
}

/// Where the objects are.
fn objects(value: &Value, place: String, places: &mut Vec<String>) {
    let mut inside = |key: &str, value| objects(value, format!("{place}/{key}"), places);
    match value {
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                inside(&number.to_string(), item);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                inside(key, field);
            }
            places.push(place);
        }
        _ => {}
    }
}
