//! `diff`: how objects differ from what an ensemble shall be. Must not know how they were compared.

use schemars::JsonSchema;
use serde::Serialize;

use crate::cluster::compare::Compared;
use crate::cluster::compare::State;
use crate::ensemble::Observed;
use crate::ensemble::difference::Difference;
use crate::ui::Cell;
use crate::ui::Look;
use crate::ui::Table;
use crate::ui::View;
use crate::ui::escape;
use crate::ui::view::API_VERSION;

/// What differs.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Diff", deny_unknown_fields)]
pub struct DiffView {
    /// The version of this shape.
    #[schemars(extend("const" = API_VERSION))]
    api_version: &'static str,
    /// The name of this shape.
    #[schemars(extend("const" = "Diff"))]
    kind: &'static str,
    /// The ensemble.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Fields of the intent that the flags change.
    pub intent: Vec<FieldView>,
    /// Objects that are not as they shall be.
    pub objects: Vec<ObjectView>,
}

/// One object.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DifferentObject", deny_unknown_fields)]
pub struct ObjectView {
    /// As `-o name` has it.
    pub object: String,
    /// `missing`, `differs`, or `unwanted`: there, and not to be.
    pub state: &'static str,
    /// Whether its server is restarted for it.
    pub restarts: bool,
    /// The fields that differ.
    pub fields: Vec<FieldView>,
}

/// One field.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DifferentField", deny_unknown_fields)]
pub struct FieldView {
    /// Its path.
    pub field: String,
    /// As it is.
    pub have: String,
    /// As it shall be.
    pub want: String,
}

impl From<Difference> for FieldView {
    fn from(Difference { field, have, want }: Difference) -> Self {
        Self { field, have, want }
    }
}

impl From<Compared> for ObjectView {
    fn from(compared: Compared) -> Self {
        Self {
            object: compared.object,
            state: match compared.state {
                State::Missing => "missing",
                State::Differs => "differs",
                State::Unwanted => "unwanted",
            },
            restarts: compared.template.is_some(),
            fields: compared.fields.into_iter().map(Into::into).collect(),
        }
    }
}

impl DiffView {
    /// The view of these differences.
    pub fn new(seen: &Observed, intent: Vec<Difference>, objects: Vec<Compared>) -> Self {
        Self {
            api_version: API_VERSION,
            kind: "Diff",
            name: seen.name.to_string(),
            namespace: seen.namespace.clone(),
            intent: intent.into_iter().map(Into::into).collect(),
            objects: objects.into_iter().map(Into::into).collect(),
        }
    }

    /// Whether anything does.
    pub fn differs(&self) -> bool {
        !self.intent.is_empty() || !self.objects.is_empty()
    }

    /// What differs, a row each: where, which field, how it is and how it shall be.
    fn rows<'a>(&'a self) -> impl Iterator<Item = [&'a str; 4]> {
        let intent = self
            .intent
            .iter()
            .map(|it| ["intent", &*it.field, &*it.have, &*it.want]);
        let objects = self.objects.iter().flat_map(|object| {
            let whole = [&*object.object, object.state, "", ""];
            let whole = (object.state != "differs").then_some(whole);
            let row = |it: &'a FieldView| [&*object.object, &*it.field, &*it.have, &*it.want];
            whole.into_iter().chain(object.fields.iter().map(row))
        });
        intent.chain(objects)
    }
}

impl View for DiffView {
    fn table(&self, _: bool) -> Table {
        let mut table = Table::new(["object", "field", "is", "shall be"].to_vec());
        for row in self.rows() {
            table.row(row.map(Cell::new).to_vec());
        }
        table
    }

    fn names(&self) -> Vec<String> {
        self.objects.iter().map(|it| it.object.clone()).collect()
    }

    /// An object, and below it a line for each field.
    fn text(&self, _: Look) -> String {
        let mut text = String::new();
        let mut last = "";
        for [object, field, have, want] in self.rows() {
            if object != last {
                text += &(escape::line(object) + "\n");
                last = object;
            }
            let line = match (have, want) {
                ("", "") => format!("  {field}"),
                _ => format!("  {field}: {have} -> {want}"),
            };
            text += &(escape::line(&line) + "\n");
        }
        text
    }
}
