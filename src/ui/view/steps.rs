//! The steps of a plan: those that would be done, or those that were.

use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::Observed;
use crate::plan::step::Step;
use crate::ui::Cell;
use crate::ui::Look;
use crate::ui::Table;
use crate::ui::View;
use crate::ui::escape;
use crate::ui::view::API_VERSION;

/// The steps of one command.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Steps", deny_unknown_fields)]
pub struct StepsView {
    /// The version of this shape.
    #[schemars(extend("const" = API_VERSION))]
    api_version: &'static str,
    /// The name of this shape.
    #[schemars(extend("const" = "Steps"))]
    kind: &'static str,
    /// The ensemble.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Whether nothing was done.
    pub dry_run: bool,
    /// The steps, in their order.
    pub steps: Vec<StepView>,
}

/// One step.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[schemars(rename = "Step", deny_unknown_fields)]
pub struct StepView {
    #[serde(flatten)]
    step: Step,
    /// As people read it.
    what: String,
}

impl StepsView {
    /// The view of these steps.
    pub fn new(seen: &Observed, steps: Vec<Step>, dry_run: bool) -> Self {
        let view = |step: Step| StepView {
            what: step.to_string(),
            step,
        };
        Self {
            api_version: API_VERSION,
            kind: "Steps",
            name: seen.name.to_string(),
            namespace: seen.namespace.clone(),
            dry_run,
            steps: steps.into_iter().map(view).collect(),
        }
    }
}

impl View for StepsView {
    fn table(&self, _: bool) -> Table {
        let mut table = Table::new(["step", "does"].to_vec());
        for (number, step) in (1..).zip(&self.steps) {
            table.row(vec![Cell::new(number.to_string()), Cell::new(&step.what)]);
        }
        table
    }

    fn names(&self) -> Vec<String> {
        vec![format!("ensemble/{}", self.name)]
    }

    /// A line for each.
    fn text(&self, _: Look) -> String {
        let lines = self
            .steps
            .iter()
            .map(|step| escape::line(&step.what) + "\n");
        lines.collect()
    }
}
