//! What may go wrong with a request, and when.

use serde_json::Value;
use serde_json::json;

use crate::fake::asked::Asked;
use crate::fake::objects::Store;

/// What happens to a request instead of an answer.
#[derive(Clone, Debug)]
pub(crate) enum How {
    /// An error of this code and reason.
    Status(u16, &'static str),
    /// An error of this code with these words.
    Says(u16, &'static str),
    /// The authorizer says no.
    Forbidden,
    /// Server-side apply without `force`: this manager owns this field.
    Owned(&'static str, &'static str),
    /// The connection breaks.
    Drop,
    /// The connection breaks after the request was carried out.
    DropAnswer,
    /// It is never answered, and was not carried out.
    Hangs,
    /// Someone else was quicker to delete it.
    Gone,
    /// Someone else was quicker to change something; then it is answered.
    Meanwhile(fn(&mut Store)),
}

/// When it happens.
#[derive(Clone, Debug)]
pub(crate) enum When {
    /// To every request that begins so.
    Always(&'static str),
    /// To the first request that begins so.
    Once(&'static str),
    /// To the request of this number, from 1 on.
    At(usize),
    /// To every request after so many.
    After(usize),
}

impl When {
    /// Whether it is about this request, the `number`th.
    pub(crate) fn is_now(&self, asked: &Asked, number: usize) -> bool {
        match self {
            Self::Always(words) | Self::Once(words) => asked.to_string().starts_with(words),
            Self::At(at) => *at == number,
            Self::After(after) => *after < number,
        }
    }
}

impl How {
    /// Whether it would happen to such a request at all.
    pub(crate) fn fits(&self, asked: &Asked) -> bool {
        match self {
            Self::Owned(..) => asked.apply && asked.parameter("force") != Some("true"),
            _ => true,
        }
    }

    /// The answer; none where the connection breaks.
    pub(crate) fn answer(&self, asked: &Asked) -> Option<(u16, Value)> {
        match self {
            Self::Status(code, reason) => Some(status(*code, reason, "not now")),
            Self::Says(code, words) => Some(status(*code, "InternalError", words)),
            Self::Gone => Some(status(404, "NotFound", "it is gone")),
            Self::Forbidden => Some(status(403, "Forbidden", &forbidden(asked))),
            Self::Owned(manager, field) => Some(owned(manager, field)),
            Self::Drop | Self::DropAnswer | Self::Hangs | Self::Meanwhile(_) => None,
        }
    }
}

/// An error as the API server writes it.
pub(crate) fn status(code: u16, reason: &str, message: &str) -> (u16, Value) {
    let status = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message, "reason": reason, "code": code});
    (code, status)
}

fn owned(manager: &str, field: &str) -> (u16, Value) {
    let message =
        format!("Apply failed with 1 conflict: conflict with \"{manager}\" using v1: {field}");
    let (code, mut status) = status(409, "Conflict", &message);
    let cause = json!({"reason": "FieldManagerConflict", "message": format!("conflict with \"{manager}\" using v1"), "field": field});
    status["details"] = json!({"causes": [cause]});
    (code, status)
}

fn forbidden(asked: &Asked) -> String {
    let Asked {
        verb,
        resource,
        group,
        namespace,
        name,
        ..
    } = asked;
    let name = name
        .as_deref()
        .map(|name| name.split_once('/').unwrap_or((name, "")));
    let (object, resource) = match name {
        None => (resource.clone(), resource.clone()),
        Some((name, "")) => (format!("{resource} \"{name}\""), resource.clone()),
        Some((name, part)) => (
            format!("{resource} \"{name}\""),
            format!("{resource}/{part}"),
        ),
    };
    let place = match namespace {
        Some(namespace) => format!("in the namespace \"{namespace}\""),
        None => "at the cluster scope".to_owned(),
    };
    format!(
        "{object} is forbidden: User \"dev\" cannot {verb} resource \"{resource}\" in API group \"{group}\" {place}"
    )
}
