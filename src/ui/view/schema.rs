//! The JSON schemas of the views (`docs/schemas`), made from their types. Knows how schemas are written; must not know what a
//! view says.

use schemars::JsonSchema;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::Value;

use crate::ui::view::answers::AnswerList;
use crate::ui::view::connection::Connection;
use crate::ui::view::diff::DiffView;
use crate::ui::view::status::EnsembleStatus;
use crate::ui::view::status_list::EnsembleList;
use crate::ui::view::steps::StepsView;
use crate::ui::view::version::VersionView;

/// The schema of each view, by its name: that of the verb that prints it, where it is the only one.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("connection-string", schema::<Connection>()),
        ("diff", schema::<DiffView>()),
        ("exec", schema::<AnswerList>()),
        ("status", schema::<EnsembleStatus>()),
        ("status-list", schema::<EnsembleList>()),
        ("steps", schema::<StepsView>()),
        ("version", schema::<VersionView>()),
    ]
}

/// Of what is written, not of what could be read.
fn schema<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(RecursiveTransform(plain));
    settings.into_generator().into_root_schema_for::<T>()
}

/// Without schemars' own formats of numbers, at which strict validators stop, and without the line breaks of comments.
fn plain(schema: &mut Schema) {
    schema.remove("format");
    if let Some(Value::String(text)) = schema.get_mut("description") {
        let paragraphs = text.split("\n\n").map(|lines| lines.replace('\n', " "));
        *text = paragraphs.collect::<Vec<_>>().join("\n\n");
    }
}

#[cfg(test)]
mod tests;
