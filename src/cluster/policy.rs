//! Which credential plugins the user lets run: `~/.kube/kuberc`, as kubectl reads it (KEP-3104).
//!
//! Knows `credentialPluginPolicy` and its list; the rest of the file is about kubectl's own commands.

use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;

use crate::cluster::credentials::BadCredentials;
use crate::cluster::env::Env;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Preference {
    credential_plugin_policy: Option<String>,
    credential_plugin_allowlist: Option<Vec<Allowed>>,
}

#[derive(Deserialize)]
struct Allowed {
    name: String,
}

/// Whether this plugin may run.
///
/// Names are compared as what `PATH` makes of them. A kuberc that cannot be read allows nothing.
pub(crate) fn allow(command: &str, env: &Env) -> Result<(), BadCredentials> {
    let Some(path) = kuberc(env).filter(|path| path.exists()) else {
        return Ok(());
    };
    let denied = |why: String| Err(BadCredentials::Denied(why));
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let Ok(preference) = serde_saphyr::from_str::<Preference>(&text) else {
        return denied(format!("{} cannot be read", path.display()));
    };
    match preference.credential_plugin_policy.as_deref() {
        None | Some("" | "AllowAll") => Ok(()),
        Some("Allowlist") => {
            let found = look_up(command, env);
            let mut list = preference.credential_plugin_allowlist.into_iter().flatten();
            match list.any(|allowed| look_up(&allowed.name, env) == found) {
                true => Ok(()),
                false => denied(format!(
                    "plugin path \"{}\" is not permitted by the credential plugin allowlist",
                    found.display()
                )),
            }
        }
        Some(policy) => denied(format!(
            "plugin \"{command}\" not allowed: policy set to \"{policy}\""
        )),
    }
}

fn kuberc(env: &Env) -> Option<PathBuf> {
    match env.any(&["KUBERC"]) {
        Some("off") => None,
        Some(path) => Some(PathBuf::from(path)),
        None => Some(env.default_kubeconfig()?.with_file_name("kuberc")),
    }
}

/// The file that a command is; itself where `PATH` does not have it.
fn look_up(command: &str, env: &Env) -> PathBuf {
    let paths = env.os("PATH").filter(|_| !command.contains('/'));
    let mut places = paths.into_iter().flat_map(std::env::split_paths);
    let found = places.find_map(|dir| Some(dir.join(command)).filter(|path| path.is_file()));
    found.unwrap_or_else(|| Path::new(command).to_owned())
}
