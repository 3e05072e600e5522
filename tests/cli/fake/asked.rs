//! One request to the API server, read.

use std::collections::BTreeMap;
use std::fmt;

use http::Request;
use kube::client::Body;
use serde_json::Value;

use crate::fake::without_hash;

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) verb: &'static str,
    pub(crate) group: String,
    pub(crate) resource: String,
    pub(crate) namespace: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) body: Value,
    pub(crate) apply: bool,
}

impl Asked {
    pub(crate) async fn read(request: Request<Body>) -> Self {
        let (head, body) = request.into_parts();
        let bytes = body.collect_bytes().await.unwrap();
        let kind = head.headers.get("content-type");
        let parts: Vec<&str> = head.uri.path().trim_matches('/').split('/').collect();
        let (group, rest) = match parts[..] {
            ["api", _, ref rest @ ..] => ("", rest),
            ["apis", group, _, ref rest @ ..] => (group, rest),
            // What the server says of itself.
            ["version"] => ("", &["version", "server"][..]),
            ref other => panic!("no path of an API server: {other:?}"),
        };
        let (namespace, rest) = match rest {
            ["namespaces", namespace, rest @ ..] => (Some((*namespace).to_owned()), rest),
            rest => (None, rest),
        };
        let name = (1 < rest.len()).then(|| rest[1..].join("/"));
        Self {
            verb: verb(head.method.as_str(), name.is_some()),
            group: group.to_owned(),
            resource: rest[0].to_owned(),
            namespace,
            name,
            query: query(head.uri.query().unwrap_or_default()),
            body: serde_json::from_slice(&bytes).unwrap_or_default(),
            apply: kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/apply-patch")),
        }
    }

    /// Whether something is to be changed.
    pub(crate) fn changes(&self) -> bool {
        !matches!(self.verb, "get" | "list")
    }

    /// Whether it is to be checked alone.
    pub(crate) fn is_dry(&self) -> bool {
        self.query.contains_key("dryRun") || self.body["dryRun"].is_array()
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }
}

/// RBAC's word, by which requests are told apart.
fn verb(method: &str, named: bool) -> &'static str {
    match (method, named) {
        ("GET", true) => "get",
        ("GET", false) => "list",
        ("POST", _) => "create",
        ("PATCH", _) => "patch",
        ("DELETE", _) => "delete",
        other => panic!("{other:?}"),
    }
}

fn query(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let mut query: BTreeMap<String, String> = pairs
        .map(|(key, value)| (key.to_owned(), decoded(value)))
        .collect();
    // The same for every list.
    if query.get("limit").is_some_and(|limit| limit == "500") {
        query.remove("limit");
    }
    query
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// `patch statefulsets/zk-server-1 fieldManager=kubectl-zk force=false`: what a snapshot shows and a fault matches.
impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.resource)?;
        if let Some(name) = self
            .name
            .as_deref()
            .or(self.body["metadata"]["name"].as_str())
        {
            write!(f, "/{}", without_hash(name))?;
        }
        if self.namespace.as_deref() != Some("default") {
            write!(f, " in {}", self.namespace.as_deref().unwrap_or("all"))?;
        }
        for (key, value) in &self.query {
            write!(f, " {key}={}", value.replace("app.kubernetes.io/", ""))?;
        }
        let options = match self.body["deleteOptions"].is_object() {
            true => &self.body["deleteOptions"],
            false => &self.body,
        };
        if let Some(uid) = options["preconditions"]["uid"].as_str() {
            write!(f, " uid={uid}")?;
        }
        if let Some(seconds) = options["gracePeriodSeconds"].as_u64() {
            write!(f, " gracePeriodSeconds={seconds}")?;
        }
        if options["propagationPolicy"] == "Orphan" {
            write!(f, " propagationPolicy=Orphan")?;
        }
        if self.verb == "delete" && self.is_dry() {
            write!(f, " dryRun=All")?;
        }
        Ok(())
    }
}
