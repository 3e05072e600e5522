//! What the API server means by a `Status`: pure mapping from its reasons to [`Fault`].

use std::fmt;

use kube::core::Status;
use kube::core::response::StatusDetails;

use crate::cluster::denied::Denied;
use crate::cluster::fault::Fault;

/// Who holds a field that server-side apply wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The field manager, as in `managedFields`; with its subresource, if it says one.
    pub manager: String,
    /// Such as `.spec.replicas`.
    pub field: String,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is managed by {}", self.field, self.manager)
    }
}

/// The fault that this answer is.
pub(crate) fn fault(status: Status) -> Fault {
    let Status {
        code,
        message,
        reason,
        details,
        ..
    } = status;
    let details = details.as_ref();
    match (reason.as_str(), code) {
        ("Unauthorized", _) | ("", 401) => Fault::Unauthorized,
        ("Forbidden", _) | ("", 403) => Fault::Forbidden(Denied::parse(&message)),
        ("NotFound", _) | ("", 404) => Fault::NotFound {
            message,
            name: name(details),
        },
        ("AlreadyExists", _) => Fault::AlreadyExists(message),
        ("Conflict", _) | ("", 409) => Fault::Conflict {
            owners: owners(details),
            message,
        },
        ("Expired" | "Gone", _) | ("", 410) => Fault::Gone(message),
        ("TooManyRequests", _) | ("", 429) => Fault::TooManyRequests {
            budget: budget(details),
            message,
        },
        ("Invalid", _) => Fault::Invalid(invalid(details, &message)),
        _ => other(code, reason, message),
    }
}

/// kube puts this before a body that is no `Status`, such as a load balancer's page.
const NO_STATUS: &str = "Failed to parse error data";

fn other(code: u16, reason: String, message: String) -> Fault {
    match reason.as_str() {
        NO_STATUS => match code {
            401 => Fault::Unauthorized,
            _ => Fault::Server {
                code,
                reason: String::new(),
                message: page(code, &message),
            },
        },
        _ => Fault::Server {
            code,
            reason,
            message,
        },
    }
}

/// The first words of an answer that no API server wrote.
fn page(code: u16, body: &str) -> String {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty());
    let line: String = line.unwrap_or_default().chars().take(200).collect();
    match line.as_str() {
        "" => format!("status {code} without a reason"),
        line => format!("status {code}: {line}"),
    }
}

fn name(details: Option<&StatusDetails>) -> String {
    details
        .map(|details| details.name.clone())
        .unwrap_or_default()
}

fn budget(details: Option<&StatusDetails>) -> bool {
    details.is_some_and(|details| {
        details
            .causes
            .iter()
            .any(|cause| cause.reason == "DisruptionBudget")
    })
}

/// kubectl's `The StatefulSet "zk" is invalid: …` (its `checkErr`).
fn invalid(details: Option<&StatusDetails>, message: &str) -> String {
    let Some(details) = details.filter(|details| !details.kind.is_empty()) else {
        return format!("The request is invalid: {message}");
    };
    let causes = details
        .causes
        .iter()
        .map(|cause| format!("{}: {}", cause.field, cause.message));
    let (kind, name, causes) = (
        &details.kind,
        &details.name,
        causes.collect::<Vec<_>>().join(", "),
    );
    match causes.as_str() {
        "" => format!("The {kind} \"{name}\" is invalid: {message}"),
        causes => format!("The {kind} \"{name}\" is invalid: {causes}"),
    }
}

/// The causes of an apply conflict: `conflict with "kubectl" using apps/v1` at `.spec.replicas`.
fn owners(details: Option<&StatusDetails>) -> Vec<Owner> {
    let causes = details
        .map(|details| details.causes.as_slice())
        .unwrap_or_default();
    let ours = causes
        .iter()
        .filter(|cause| cause.reason == "FieldManagerConflict");
    ours.map(|cause| Owner {
        manager: manager(&cause.message),
        field: cause.field.clone(),
    })
    .collect()
}

fn manager(message: &str) -> String {
    let words = message.strip_prefix("conflict with ").unwrap_or(message);
    let name = words
        .strip_prefix('"')
        .and_then(|words| words.split_once('"'));
    name.map_or(words, |(name, _)| name).to_owned()
}
