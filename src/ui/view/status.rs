//! `status`: one ensemble with its servers and findings, or a row per ensemble.

use jiff::SignedDuration;
use serde::Serialize;

use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Answer;
use crate::ensemble::observed::Probe;
use crate::ensemble::trouble::Stage;
use crate::health::Health;
use crate::health::finding::Finding;
use crate::health::finding::Severity;
use crate::health::verdict::Verdict;
use crate::ui::Cell;
use crate::ui::Look;
use crate::ui::Table;
use crate::ui::Tone;
use crate::ui::View;
use crate::ui::age;
use crate::ui::escape;
use crate::ui::view::API_VERSION;

/// One ensemble.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnsembleStatus {
    api_version: &'static str,
    kind: &'static str,
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// `healthy`, `degraded`, `no quorum` or `unknown`.
    pub verdict: &'static str,
    /// The verdict with its arithmetic.
    pub summary: String,
    /// The leader's id.
    pub leader: Option<u8>,
    /// How many servers vote.
    pub voters: usize,
    /// How many of them serve in sync.
    pub in_sync: usize,
    /// How many more may fail.
    pub survives: Option<usize>,
    /// How many pods are ready.
    pub ready: usize,
    /// The version of the committed configuration, in hexadecimal.
    pub config_version: Option<String>,
    /// The oldest version of ZooKeeper that a server runs.
    pub version: Option<String>,
    /// Whether the plugin made it.
    pub managed: bool,
    /// Seconds since its oldest object was made.
    pub age_seconds: Option<i64>,
    /// Its servers by id.
    pub servers: Vec<ServerStatus>,
    /// What is wrong, the gravest first.
    pub findings: Vec<FindingView>,
}

/// One server.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerStatus {
    /// Its id.
    pub id: u8,
    /// `leader`, `follower`, `observer`, `standalone`, `read-only`; none of a server that does not serve.
    pub role: Option<&'static str>,
    /// `serving`, `read-only`, `looking`, `starting`, `unreachable`, `crashed`, `preparing`, `pending`, `no pod`, `unknown`.
    pub state: String,
    /// Why it is in that state, if that is known.
    pub reason: Option<String>,
    /// `voter`, `observer` or `none`, by the committed configuration; null where that is not known.
    pub member: Option<&'static str>,
    /// Its pod.
    pub pod: Option<String>,
    /// Whether Kubernetes sends clients to it.
    pub ready: bool,
    /// Its node.
    pub node: Option<String>,
    /// Transactions behind the leader; null across epochs.
    pub lag: Option<u64>,
    /// Client connections.
    pub clients: Option<u64>,
    /// Average latency in milliseconds.
    pub latency_ms: Option<f64>,
    /// Seconds since its pod was made.
    pub age_seconds: Option<i64>,
    /// The last transaction it has.
    pub zxid: Option<String>,
    /// That transaction's epoch.
    pub epoch: Option<u32>,
    /// Requests that wait.
    pub outstanding: Option<u64>,
    /// Watches.
    pub watches: Option<u64>,
    /// Znodes.
    pub znodes: Option<u64>,
    /// Bytes of all znodes, nearly.
    pub data_bytes: Option<u64>,
    /// Its version.
    pub version: Option<String>,
    /// Milliseconds since it began to serve.
    pub uptime_ms: Option<u64>,
    /// Bytes of its data directory.
    pub disk_bytes: Option<u64>,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// The rule.
    pub id: &'static str,
    /// `critical`, `warning` or `info`.
    pub severity: &'static str,
    /// The servers that it is about.
    pub servers: Vec<u8>,
    /// What is wrong.
    pub message: String,
    /// What to type.
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
            managed: seen.is_ours(),
            age_seconds: seen.created.map(|created| seen.now - created),
            servers: seen
                .members
                .values()
                .map(|member| ServerStatus::new(seen, member))
                .collect(),
            findings: health.findings.iter().map(FindingView::new).collect(),
        }
    }

    fn verdict_tone(&self) -> Tone {
        match self.verdict {
            word if word == Verdict::Healthy.as_str() => Tone::Good,
            word if word == Verdict::Degraded.as_str() => Tone::Warning,
            word if word == Verdict::NoQuorum.as_str() => Tone::Bad,
            _ => Tone::Plain,
        }
    }
}

impl ServerStatus {
    fn new(seen: &Observed, member: &Member) -> Self {
        let answer = member.answer();
        let monitor = answer.and_then(|answer| answer.monitor.as_ref());
        let pod = member.pod.as_ref();
        Self {
            id: member.id.get(),
            role: answer.map(|answer| answer.mode.as_str()),
            state: state(member),
            reason: reason(seen, member),
            member: membership(seen, member),
            pod: pod.map(|pod| pod.name.clone()),
            ready: pod.is_some_and(|pod| pod.ready),
            node: pod.and_then(|pod| pod.node.clone()),
            lag: seen.lag(member.id),
            clients: answer.map(|answer| answer.connections),
            latency_ms: answer.map(|answer| answer.latency),
            age_seconds: pod
                .and_then(|pod| pod.created)
                .map(|created| seen.now - created),
            zxid: answer.map(|answer| answer.zxid.to_string()),
            epoch: answer.map(|answer| answer.zxid.epoch()),
            outstanding: answer.map(|answer| answer.outstanding),
            watches: monitor.and_then(|monitor| monitor.watches),
            znodes: answer.map(|answer| answer.znodes),
            data_bytes: monitor.and_then(|monitor| monitor.data_size),
            version: answer
                .and_then(|answer: &Answer| answer.version)
                .map(|version| version.to_string()),
            uptime_ms: monitor.and_then(|monitor| monitor.uptime),
            disk_bytes: monitor.and_then(|monitor| monitor.disk),
        }
    }

    fn cells(&self, wide: bool) -> Vec<Cell> {
        let number = |number: Option<u64>| text(number.map(|number| number.to_string()));
        let seconds = |seconds: Option<i64>| age::age(seconds.map(SignedDuration::from_secs));
        let mut cells = vec![
            Cell::new(self.id.to_string()),
            text(self.role),
            Cell::new(&self.state).tone(self.tone()),
            text(self.pod.clone()),
            text(self.node.clone()),
            number(self.lag),
            number(self.clients),
            text(self.latency_ms.map(|latency| format!("{latency:.1}ms"))),
            Cell::new(seconds(self.age_seconds)),
        ];
        if wide {
            let uptime = self
                .uptime_ms
                .and_then(|uptime| i64::try_from(uptime / 1000).ok());
            cells.extend([
                text(self.zxid.clone()),
                number(self.epoch.map(u64::from)),
                number(self.outstanding),
                number(self.watches),
                number(self.znodes),
                text(self.data_bytes.map(age::bytes)),
                text(self.version.clone()),
                text(uptime.map(|uptime| seconds(Some(uptime)))),
                text(self.disk_bytes.map(age::bytes)),
            ]);
        }
        cells
    }

    fn tone(&self) -> Tone {
        match self.state.as_str() {
            "serving" => Tone::Good,
            "crashed" | "unreachable" | "no pod" => Tone::Bad,
            _ => Tone::Warning,
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
        let table = self.table(look.wide).render(look.headers, look.color);
        let findings: String = self.findings.iter().map(FindingView::lines).collect();
        let gap = if findings.is_empty() { "" } else { "\n" };
        format!("{verdict}\n\n{table}{gap}{findings}")
    }
}

/// Every ensemble, a row each.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnsembleList {
    api_version: &'static str,
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
                Cell::new(format!("{}/{}", item.ready, item.voters)),
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

fn state(member: &Member) -> String {
    match member.stage() {
        Stage::Serving("read-only") => "read-only".to_owned(),
        Stage::Serving(_) => "serving".to_owned(),
        other => other.to_string(),
    }
}

fn reason(seen: &Observed, member: &Member) -> Option<String> {
    match &member.probe {
        Probe::Forbidden(rule) => Some(rule.clone()),
        _ => member.trouble(seen.now).map(|trouble| trouble.what),
    }
}

fn membership(seen: &Observed, member: &Member) -> Option<&'static str> {
    let config = seen.committed()?;
    Some(match config.servers.get(&member.id).map(|line| line.role) {
        Some(Role::Participant) => "voter",
        Some(Role::Observer) => "observer",
        None => "none",
    })
}

/// What is not known is said so.
fn text(value: Option<impl AsRef<str>>) -> Cell {
    value.map_or_else(Cell::unknown, Cell::new)
}
