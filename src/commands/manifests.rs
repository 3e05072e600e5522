//! The objects of an ensemble as text that `kubectl apply -f -` takes.

use k8s_openapi::api::core::v1::Secret;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use crate::error::Error;
use crate::error::Kind;
use crate::manifest::Objects;
use crate::ui::Format;
use crate::ui::output;

/// Everything in the order in which it is made: YAML documents, a list as JSON (of which templates and columns take their
/// paths), or names.
///
/// # Errors
/// A format that does not fit, or an object that cannot be written.
pub fn text(objects: &Objects, secret: Option<&Secret>, format: &Format) -> Result<String, Error> {
    let documents = documents(objects, secret).map_err(|error| {
        Error::new(Kind::Internal, "cannot write the manifests").caused_by(error)
    })?;
    show(&documents, format)
}

/// Objects in this order, as text.
///
/// # Errors
/// A format that does not fit, or an object that cannot be written.
pub(crate) fn show(documents: &[Value], format: &Format) -> Result<String, Error> {
    match format {
        Format::Table | Format::Yaml => {
            let texts = documents
                .iter()
                .map(output::yaml)
                .collect::<Result<Vec<_>, _>>()?;
            Ok(texts.join("---\n"))
        }
        Format::Json => Ok(output::json(&list(documents))?),
        Format::Name => Ok(documents
            .iter()
            .map(|document| name(document) + "\n")
            .collect()),
        Format::JsonPath(template) => Ok(template.fill(&list(documents))),
        Format::CustomColumns(columns) => Ok(columns.render(&list(documents), true)),
        Format::Wide => Err(unfit(format)),
    }
}

/// Whether manifests can be shown so: to be asked before anything is made.
///
/// # Errors
/// They cannot.
pub fn check(format: &Format) -> Result<(), Error> {
    match format {
        Format::Wide => Err(unfit(format)),
        _ => Ok(()),
    }
}

fn unfit(format: &Format) -> Error {
    format
        .unfit("custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,yaml")
        .into()
}

fn list(documents: &[Value]) -> Value {
    json!({"apiVersion": "v1", "kind": "List", "items": documents})
}

fn documents(objects: &Objects, secret: Option<&Secret>) -> Result<Vec<Value>, serde_json::Error> {
    let Objects {
        intent,
        budget,
        network_policy,
        services,
        config,
        stateful_sets,
    } = objects;
    let mut documents = vec![serde_json::to_value(intent)?, serde_json::to_value(budget)?];
    documents.extend(values(network_policy.iter())?);
    documents.extend(values(services.iter())?);
    documents.push(serde_json::to_value(config)?);
    documents.extend(values(secret.into_iter())?);
    documents.extend(values(stateful_sets.iter())?);
    Ok(documents)
}

fn values<'a, T: Serialize + 'a>(
    objects: impl Iterator<Item = &'a T>,
) -> Result<Vec<Value>, serde_json::Error> {
    objects.map(serde_json::to_value).collect()
}

/// `statefulset.apps/zk-server-1`
fn name(document: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (kind, name) = (
        text(&document["kind"]).to_lowercase(),
        text(&document["metadata"]["name"]),
    );
    match text(&document["apiVersion"]).split_once('/') {
        Some((group, _)) => format!("{kind}.{group}/{name}"),
        None => format!("{kind}/{name}"),
    }
}
