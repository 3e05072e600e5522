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
        ("Forbidden", _) | ("", 403) => Fault::Forbidden(Box::new(Denied::parse(&message))),
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
                reason: said_by(code).to_owned(),
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

/// What client-go takes a code for that comes without a `Status`.
fn said_by(code: u16) -> &'static str {
    match code {
        403 => "Forbidden",
        404 => "NotFound",
        429 => "TooManyRequests",
        502 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => "",
    }
}

/// The words of an answer that is no `Status`: a kubelet's line, or a load balancer's page.
fn page(code: u16, body: &str) -> String {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty());
    match line {
        Some(line) if !line.starts_with('<') => line.chars().take(300).collect(),
        _ => format!("status {code}, and not by an API server"),
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
    let causes = details.causes.iter().map(|cause| match &cause.field {
        field if field.is_empty() => cause.message.clone(),
        field => format!("{field}: {}", cause.message),
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(json: &str) -> Fault {
        fault(serde_json::from_str(json).unwrap())
    }

    #[track_caller]
    fn check(json: &str, expected: &str) {
        assert_eq!(read(json).to_string(), expected);
    }

    #[test]
    fn reasons_are_told_in_kubectls_words() {
        check(
            r#"{"status":"Failure","message":"pods \"nope\" not found","reason":"NotFound","details":{"name":"nope","kind":"pods"},"code":404}"#,
            r#"Error from server (NotFound): pods "nope" not found"#,
        );
        check(
            r#"{"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}"#,
            "You must be logged in to the server (Unauthorized)",
        );
        check(
            r#"{"status":"Failure","message":"configmaps \"cm\" already exists","reason":"AlreadyExists","code":409}"#,
            r#"Error from server (AlreadyExists): configmaps "cm" already exists"#,
        );
        check(
            r#"{"status":"Failure","message":"The resourceVersion is too old","reason":"Expired","code":410}"#,
            "Error from server (Expired): The resourceVersion is too old",
        );
        check(
            r#"{"status":"Failure","message":"container x is not valid for pod zk-0","reason":"BadRequest","code":400}"#,
            "Error from server (BadRequest): container x is not valid for pod zk-0",
        );
        check(
            r#"{"status":"Failure","message":"Internal error occurred: failed calling webhook","reason":"InternalError","code":500}"#,
            "Error from server (InternalError): Internal error occurred: failed calling webhook",
        );
        check(
            r#"{"status":"Failure","message":"Too many requests, please try again later.","reason":"TooManyRequests","code":429}"#,
            "Error from server (TooManyRequests): Too many requests, please try again later.",
        );
    }

    #[test]
    fn what_is_invalid_is_named() {
        check(
            r#"{"status":"Failure","message":"Pod \"Bad\" is invalid: metadata.name: no","reason":"Invalid","details":{"name":"Bad","kind":"Pod","causes":[{"reason":"FieldValueInvalid","message":"no","field":"metadata.name"}]},"code":422}"#,
            r#"The Pod "Bad" is invalid: metadata.name: no"#,
        );
    }

    #[test]
    fn a_policy_names_no_field() {
        check(
            r#"{"status":"Failure","message":"no","reason":"Invalid","details":{"name":"zk","kind":"statefulsets","causes":[{"message":"ValidatingAdmissionPolicy 'p' with binding 'p' denied request: no"}]},"code":422}"#,
            r#"The statefulsets "zk" is invalid: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: no"#,
        );
    }

    #[test]
    fn a_conflict_names_the_owner() {
        let fault = read(
            r#"{"status":"Failure","message":"Apply failed with 1 conflict: conflict with \"one\" using v1: .data.k","reason":"Conflict","details":{"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"one\" using v1","field":".data.k"}]},"code":409}"#,
        );
        assert!(fault.is_conflict());
        assert!(fault.hints()[0].contains("--force-conflicts"));
        let Fault::Conflict { owners, .. } = fault else {
            panic!("{fault}")
        };
        assert_eq!(
            owners,
            [Owner {
                manager: "one".to_owned(),
                field: ".data.k".to_owned()
            }]
        );
        assert_eq!(owners[0].to_string(), ".data.k is managed by one");
    }

    #[test]
    fn a_precondition_has_no_owner() {
        let fault = read(
            r#"{"status":"Failure","message":"Operation cannot be fulfilled on ConfigMap \"cm\": the UID in the precondition (z) does not match","reason":"Conflict","details":{"name":"cm","kind":"ConfigMap"},"code":409}"#,
        );
        assert!(fault.is_conflict());
        assert!(fault.hints()[0].contains("run the command again"));
    }

    #[test]
    fn a_budget_is_told_from_overload() {
        let fault = read(
            r#"{"status":"Failure","message":"Cannot evict pod as it would violate the pod's disruption budget.","reason":"TooManyRequests","details":{"causes":[{"reason":"DisruptionBudget","message":"The disruption budget zk needs 2 healthy pods and has 2 currently"}]},"code":429}"#,
        );
        assert!(
            matches!(fault, Fault::TooManyRequests { budget: true, .. }),
            "{fault}"
        );
    }

    #[test]
    fn what_is_no_status_is_told_as_it_is() {
        let page =
            |code, body: &str| fault(Status::failure(body, NO_STATUS).with_code(code)).to_string();
        assert_eq!(
            page(500, "container not found (\"a\")\n"),
            r#"Error from server: container not found ("a")"#
        );
        assert_eq!(
            page(502, "<html>bad gateway"),
            "Error from server (InternalError): status 502, and not by an API server"
        );
        assert_eq!(
            page(401, "go away"),
            "You must be logged in to the server (Unauthorized)"
        );
    }
}
