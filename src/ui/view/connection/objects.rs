//! A connection string as an object that `kubectl apply -f -` takes and pods read their environment from.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::ensemble::ConnectString;
use crate::manifest::labels;
use crate::ui::view::connection::Connection;
use crate::ui::view::connection::shell;

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `ConfigMap`.
    ConfigMap,
    /// `Secret`.
    Secret,
}

/// The object, `NAME-connection`. It is the user's: without the plugin's label, `delete` leaves it alone.
pub fn object(kind: Kind, view: &Connection, string: &ConnectString) -> Value {
    let labels = json!({"app.kubernetes.io/name": "zookeeper", labels::INSTANCE: view.name});
    let metadata = json!({
        "name": format!("{}-connection", view.name),
        "namespace": view.namespace,
        "labels": labels,
    });
    let variables = shell::variables(string).into_iter();
    let data: Map<String, Value> = variables
        .map(|(key, value)| (key.to_owned(), value.into()))
        .collect();
    match kind {
        Kind::ConfigMap => {
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data})
        }
        Kind::Secret => {
            json!({"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "type": "Opaque", "stringData": data})
        }
    }
}
