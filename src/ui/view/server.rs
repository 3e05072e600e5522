//! One server in `status`.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::Member;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::ServerId;
use crate::ensemble::Version;
use crate::ensemble::Zxid;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Answer;
use crate::ensemble::observed::Probe;
use crate::ensemble::trouble::Stage;
use crate::ui::Cell;
use crate::ui::Tone;
use crate::ui::age;

/// One server.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ServerStatus {
    /// Its id.
    #[schemars(with = "ServerId")]
    pub id: u8,
    /// `leader`, `follower`, `observer`, `standalone`, `read-only`; none of a server that does not serve.
    #[schemars(with = "Option<Mode>")]
    pub role: Option<&'static str>,
    /// `serving`, `read-only`, `looking`, `starting`, `unreachable`, `crashed`, `preparing`, `pending`, `no pod`, `unknown`.
    #[schemars(extend("enum" = ["serving", "read-only", "looking", "starting", "unreachable", "crashed", "preparing", "pending", "no pod", "unknown"]))]
    pub state: String,
    /// Why it is in that state, if that is known.
    pub reason: Option<String>,
    /// `voter`, `observer` or `none`, by the committed configuration; null where that is not known.
    #[schemars(extend("enum" = ["voter", "observer", "none", null]))]
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
    #[schemars(with = "Option<Zxid>")]
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
    #[schemars(with = "Option<Version>")]
    pub version: Option<String>,
    /// Milliseconds since it began to serve.
    pub uptime_ms: Option<u64>,
    /// Bytes of its data directory.
    pub disk_bytes: Option<u64>,
}

impl ServerStatus {
    pub(crate) fn new(seen: &Observed, member: &Member) -> Self {
        let answer = member.answer();
        let monitor = answer.and_then(|answer| answer.monitor.as_ref());
        let pod = member.pod.as_ref();
        Self {
            id: member.id.get(),
            role: answer.map(|answer| answer.mode.as_str()),
            state: state(&member.stage()),
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

    /// Its row.
    pub(crate) fn cells(&self, wide: bool) -> Vec<Cell> {
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

fn state(stage: &Stage) -> String {
    match stage {
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
pub(crate) fn text(value: Option<impl AsRef<str>>) -> Cell {
    value.map_or_else(Cell::unknown, Cell::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every stage by turns: the compiler finds one that is missing here.
    fn after(stage: &Stage) -> Option<Stage> {
        Some(match stage {
            Stage::NoPod => Stage::Pending,
            Stage::Pending => Stage::Preparing,
            Stage::Preparing => Stage::Crashed,
            Stage::Crashed => Stage::Starting,
            Stage::Starting => Stage::Unreachable(String::new()),
            Stage::Unreachable(_) => Stage::Looking,
            Stage::Looking => Stage::Serving("leader"),
            Stage::Serving("leader") => Stage::Serving("read-only"),
            Stage::Serving(_) => Stage::Unknown,
            Stage::Unknown => return None,
        })
    }

    #[test]
    fn the_schema_knows_every_state() {
        let schema = schemars::schema_for!(ServerStatus);
        let listed = &schema.as_value()["properties"]["state"]["enum"];
        let every = std::iter::successors(Some(Stage::NoPod), after);
        let mut states: Vec<String> = every.map(|stage| state(&stage)).collect();
        let mut listed: Vec<String> = serde_json::from_value(listed.clone()).unwrap();
        states.sort();
        listed.sort();
        assert_eq!(states, listed);
    }
}
