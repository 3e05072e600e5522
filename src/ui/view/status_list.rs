//! `status` without a name: a row per ensemble.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Serialize;

use crate::health::finding::Severity;
use crate::ui::Cell;
use crate::ui::Table;
use crate::ui::View;
use crate::ui::age;
use crate::ui::view::API_VERSION;
use crate::ui::view::server::text;
use crate::ui::view::status::EnsembleStatus;

/// Every ensemble, a row each.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "EnsembleStatusList", deny_unknown_fields)]
pub struct EnsembleList {
    /// The version of this shape.
    #[schemars(extend("const" = API_VERSION))]
    api_version: &'static str,
    /// The name of this shape.
    #[schemars(extend("const" = "EnsembleStatusList"))]
    kind: &'static str,
    /// The ensembles by namespace and name.
    pub items: Vec<EnsembleStatus>,
    #[serde(skip)]
    with_namespace: bool,
}

impl EnsembleList {
    /// A list, with the namespace of each where there are several.
    pub fn new(items: Vec<EnsembleStatus>, with_namespace: bool) -> Self {
        Self {
            api_version: API_VERSION,
            kind: "EnsembleStatusList",
            items,
            with_namespace,
        }
    }
}

/// How many servers shall be ready: every member, whether it votes or not.
fn wanted(item: &EnsembleStatus) -> usize {
    let members = item.servers.iter().filter(|server| {
        let member = server.member;
        member.is_some_and(|member| member != "none")
    });
    members.count().max(item.voters)
}

impl View for EnsembleList {
    fn table(&self, wide: bool) -> Table {
        let namespace = self.with_namespace.then_some("namespace");
        let findings = wide.then_some("findings");
        let heads = ["name", "verdict", "ready", "leader", "version", "age"];
        let mut table = Table::new(namespace.into_iter().chain(heads).chain(findings));
        for item in &self.items {
            let namespace = self.with_namespace.then(|| Cell::new(&item.namespace));
            let findings = wide.then(|| Cell::new(serious(item).to_string()));
            let cells = [
                Cell::new(&item.name),
                Cell::new(item.verdict).tone(item.verdict_tone()),
                Cell::new(format!("{}/{}", item.ready, wanted(item))),
                text(item.leader.map(|id| id.to_string())),
                text(item.version.clone()),
                Cell::new(age::age(item.age_seconds.map(SignedDuration::from_secs))),
            ];
            table.row(namespace.into_iter().chain(cells).chain(findings));
        }
        table
    }

    fn names(&self) -> Vec<String> {
        self.items
            .iter()
            .map(|item| format!("ensemble/{}", item.name))
            .collect()
    }
}

fn serious(item: &EnsembleStatus) -> usize {
    item.findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info.as_str())
        .count()
}
