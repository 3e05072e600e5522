//! A user of a namespace: a ServiceAccount, by its token.

use std::io::Write as _;

use serde_json::Value;
use serde_json::json;
use tempfile::NamedTempFile;

use crate::bed;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::await_until;
use crate::run::run;

/// A user of a namespace.
pub(crate) struct User<'a> {
    namespace: &'a Namespace,
    kubeconfig: NamedTempFile,
}

impl User<'_> {
    /// `kubectl zk` as this user.
    pub(crate) fn zk(&self, args: &[&str]) -> Run {
        let kubeconfig = self.kubeconfig.path().to_str().unwrap();
        run(self.namespace.zk_command(kubeconfig, args), None)
    }
}

impl Namespace {
    /// A user with the Role that `kubectl zk rbac VERBS` prints, and no other right.
    #[track_caller]
    pub(crate) fn user_for(&self, name: &str, verbs: &[&str]) -> User<'_> {
        let rbac = [&["rbac"], verbs, &["--for", "serviceaccount", name]].concat();
        let objects = self.zk(&rbac).ok();
        self.user(name, &objects)
    }

    /// A user with what these objects give him.
    #[track_caller]
    pub(crate) fn user(&self, name: &str, objects: &str) -> User<'_> {
        self.kubectl(&["create", "serviceaccount", name]).ok();
        self.kubectl_with(&["apply", "-f", "-"], Some(objects)).ok();
        let token = self.kubectl(&["create", "token", name]).ok();
        self.await_right(&format!("system:serviceaccount:{}:{name}", self.name));
        User {
            namespace: self,
            kubeconfig: kubeconfig(&self.name, token.trim()),
        }
    }

    /// Waits until the API server's authorizer has heard of a user's Role: all of them may list pods, or change them.
    #[track_caller]
    pub(crate) fn await_right(&self, user: &str) {
        let may = |right: &str, resource: &str| {
            let can = ["auth", "can-i", right, resource, "--as", user];
            self.kubectl(&can).code == Some(0)
        };
        await_until(&format!("{user} has rights"), || {
            may("list", "pods") || may("list", "services") || may("get", "configmaps")
        });
    }
}

/// The administrator's kubeconfig with a token in the place of its certificate.
fn kubeconfig(namespace: &str, token: &str) -> NamedTempFile {
    let mut kubectl = bed::admin("kubectl");
    kubectl.args(["config", "view", "--raw", "--minify", "-o", "json"]);
    let mut config: Value = serde_json::from_str(&run(kubectl, None).ok()).unwrap();
    config["users"][0]["user"] = json!({"token": token});
    config["contexts"][0]["context"]["namespace"] = json!(namespace);
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(config.to_string().as_bytes()).unwrap();
    file
}
