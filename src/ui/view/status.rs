//! `status NAME`: one ensemble with its servers and findings.

use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::Version;
use crate::health::Health;
use crate::health::finding::Finding;
use crate::health::finding::Severity;
use crate::health::verdict::Verdict;
use crate::ui::Look;
use crate::ui::Table;
use crate::ui::Tone;
use crate::ui::View;
use crate::ui::escape;
use crate::ui::view::API_VERSION;
use crate::ui::view::server::ServerStatus;

/// One ensemble.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct EnsembleStatus {
    /// The version of this shape.
    #[schemars(extend("const" = API_VERSION))]
    api_version: &'static str,
    /// The name of this shape.
    #[schemars(extend("const" = "EnsembleStatus"))]
    kind: &'static str,
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// `healthy`, `degraded`, `no quorum` or `unknown`.
    #[schemars(with = "Verdict")]
    pub verdict: &'static str,
    /// The verdict with its arithmetic.
    pub summary: String,
    /// The leader's id; null where it is not known who leads.
    #[schemars(with = "Option<ServerId>")]
    pub leader: Option<u8>,
    /// How many servers vote: by their own list, else as intended, else as many as there are.
    pub voters: usize,
    /// How many of them serve in sync; null where none could be asked, or none tells who votes.
    pub in_sync: Option<usize>,
    /// How many more may fail while it serves on; null where it does not serve, or who votes is not known.
    pub survives: Option<usize>,
    /// How many pods are ready.
    pub ready: usize,
    /// The version of the committed configuration, in hexadecimal; null where no server tells it.
    #[schemars(regex(pattern = "^[0-9a-f]+$"))]
    pub config_version: Option<String>,
    /// The oldest version of ZooKeeper that a server runs; null where none tells.
    #[schemars(with = "Option<Version>")]
    pub version: Option<String>,
    /// Whether the plugin made it; null where its ConfigMap may not be seen.
    pub managed: Option<bool>,
    /// Seconds since its oldest object was made.
    pub age_seconds: Option<i64>,
    /// Its servers by id.
    pub servers: Vec<ServerStatus>,
    /// What is wrong, the gravest first.
    pub findings: Vec<FindingView>,
}

fn sees_intents(seen: &Observed) -> bool {
    !seen
        .missing_rights
        .iter()
        .any(|right| right == "list configmaps")
}

/// A finding.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Finding", deny_unknown_fields)]
pub struct FindingView {
    /// The rule: `server-down`.
    pub id: &'static str,
    /// `critical`, `warning` or `info`.
    #[schemars(with = "Severity")]
    pub severity: &'static str,
    /// The servers that it is about.
    #[schemars(with = "Vec<ServerId>")]
    pub servers: Vec<u8>,
    /// What is wrong.
    pub message: String,
    /// What to type to mend it, or to see more.
    pub fix: Option<String>,
}

impl EnsembleStatus {
    /// The view of what was seen and judged.
    pub fn new(seen: &Observed, health: &Health) -> Self {
        let summary = &health.summary;
        Self {
            api_version: API_VERSION,
            kind: "EnsembleStatus",
            name: seen.name.to_string(),
            namespace: seen.namespace.clone(),
            verdict: summary.verdict.as_str(),
            summary: summary.line(),
            leader: summary.leader.map(ServerId::get),
            voters: summary.voters,
            in_sync: summary.in_sync,
            survives: summary.survives,
            ready: seen
                .members
                .values()
                .filter(|member| member.pod.as_ref().is_some_and(|pod| pod.ready))
                .count(),
            config_version: seen
                .committed()
                .and_then(|config| config.version)
                .map(|version| format!("{version:x}")),
            version: seen
                .serving()
                .filter_map(|(_, answer)| answer.version)
                .min()
                .map(|version| version.to_string()),
            managed: (seen.is_ours() || sees_intents(seen)).then(|| seen.is_ours()),
            age_seconds: seen.created.map(|created| seen.now - created),
            servers: seen
                .members
                .values()
                .map(|member| ServerStatus::new(seen, member))
                .collect(),
            findings: health.findings.iter().map(FindingView::new).collect(),
        }
    }

    /// The verdict's colour.
    pub(crate) fn verdict_tone(&self) -> Tone {
        match self.verdict {
            word if word == Verdict::Healthy.as_str() => Tone::Good,
            word if word == Verdict::Degraded.as_str() => Tone::Warning,
            word if word == Verdict::NoQuorum.as_str() => Tone::Bad,
            _ => Tone::Plain,
        }
    }
}

impl FindingView {
    fn new(finding: &Finding) -> Self {
        Self {
            id: finding.id,
            severity: finding.severity.as_str(),
            servers: finding.servers.iter().map(|id| id.get()).collect(),
            message: finding.what.clone(),
            fix: finding.fix.clone(),
        }
    }

    /// Two lines: what, and what to type.
    fn lines(&self) -> String {
        let what = format!("{}: {}\n", self.severity, escape::line(&self.message));
        let fix = self
            .fix
            .as_ref()
            .map(|fix| format!("  {}\n", escape::line(fix)));
        what + &fix.unwrap_or_default()
    }
}

impl View for EnsembleStatus {
    fn table(&self, wide: bool) -> Table {
        let mut heads = vec![
            "server", "role", "state", "pod", "node", "lag", "clients", "latency", "age",
        ];
        if wide {
            heads.extend([
                "zxid",
                "epoch",
                "outstanding",
                "watches",
                "znodes",
                "data",
                "version",
                "uptime",
                "disk",
            ]);
        }
        let mut table = Table::new(heads);
        for server in &self.servers {
            table.row(server.cells(wide));
        }
        table
    }

    fn names(&self) -> Vec<String> {
        self.servers
            .iter()
            .filter_map(|server| Some(format!("pod/{}", server.pod.as_ref()?)))
            .collect()
    }

    fn text(&self, look: Look) -> String {
        let verdict = self.verdict_tone().paint(&self.summary, look.color);
        let table = self.table(look.wide).render(look.headers, look.paper());
        let findings: String = self.findings.iter().map(FindingView::lines).collect();
        let gap = if findings.is_empty() { "" } else { "\n" };
        format!("{verdict}\n\n{table}{gap}{findings}")
    }
}
