//! `version`: the plugin's and the API server's.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Map;
use serde_json::Value;

use crate::ui::escape;

/// Both versions, with the keys of `kubectl version`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Versions", deny_unknown_fields)]
pub struct VersionView {
    /// The plugin.
    pub client_version: ClientVersion,
    /// The ZooKeeper of ensembles that name no image.
    pub zookeeper_version: String,
    /// What the API server says of itself, as it says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Value>")]
    pub server_version: Option<Value>,
}

/// The plugin's version.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ClientVersion {
    /// `0` of `v0.1.2`.
    pub major: String,
    /// `1` of `v0.1.2`.
    pub minor: String,
    /// With the `v` that kubectl writes before its own.
    pub git_version: String,
    /// The commit it was built from, where the build was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub git_commit: Option<String>,
    /// `linux/amd64`.
    pub platform: String,
}

impl VersionView {
    /// For people: a line for each.
    pub fn lines(&self) -> String {
        let client = &self.client_version.git_version;
        let ours = format!(
            "Client Version: {client}\nDefault ZooKeeper Version: {}\n",
            self.zookeeper_version
        );
        let server = self.server_version.as_ref().map(|server| {
            let version = server["gitVersion"].as_str().unwrap_or("<unknown>");
            format!("Server Version: {}\n", escape::line(version))
        });
        ours + &server.unwrap_or_default()
    }
}
