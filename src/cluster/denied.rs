//! A refusal by the API server's authorizer, and the rule that would have allowed it.
//!
//! Knows the authorizer's sentence (apiserver's `forbiddenMessage`) and RBAC's
//! words; it does not ask what rights there are.

use std::fmt;

/// A 403: what was said, and what was asked, as far as the sentence tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The server's words.
    pub message: String,
    /// The missing right; none where it is admission (a quota, a pod security level) that refused.
    pub right: Option<Right>,
}

/// A right that a Role can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// Who asked, such as `system:serviceaccount:NAMESPACE:NAME`; none where the server did not say it.
    pub user: Option<String>,
    /// Such as `get`.
    pub verb: String,
    /// Such as `pods`, `pods/exec`.
    pub resource: String,
    /// Such as `apps`; empty for the core group.
    pub group: String,
    /// None at the cluster scope.
    pub namespace: Option<String>,
}

impl Denied {
    /// Reads `pods "a" is forbidden: User "u" cannot get resource "pods" in API group "" in the namespace "n"`.
    pub fn parse(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            right: right(message),
        }
    }

    /// The answer to a request to switch to WebSocket: from 1.35 on the API server asks for `create`, too, and where that is
    /// missing says no more than `pods "p" is forbidden: ` (seen with 1.36).
    #[must_use]
    pub fn of_upgrade(mut self, resource: &str, namespace: &str) -> Self {
        if self.message.trim_end().ends_with(" is forbidden:") {
            self.right = Some(Right {
                user: None,
                verb: "create".to_owned(),
                resource: resource.to_owned(),
                group: String::new(),
                namespace: Some(namespace.to_owned()),
            });
        }
        self
    }

    /// The missing rule in few words, or the server's words where none is.
    pub fn rule(&self) -> String {
        self.right
            .as_ref()
            .map_or_else(|| self.message.clone(), Right::rule)
    }

    /// The rule that is missing; [`Right::role`] tells how to have it.
    pub fn hints(&self) -> Vec<String> {
        match &self.right {
            Some(right) if right.is_anonymous() => {
                vec![
                    "the server does not know you: the kubeconfig's context has no credentials"
                        .to_owned(),
                ]
            }
            Some(right) => vec![right.to_string()],
            None => self.terminating().into_iter().collect(),
        }
    }

    /// In a namespace that is being deleted nothing can be made (apiserver's `NamespaceLifecycle`).
    fn terminating(&self) -> Option<String> {
        let (_, said) = self.message.split_once("new content in namespace ")?;
        let (namespace, _) = said.split_once(" because it is being terminated")?;
        Some(format!(
            "wait until it is gone: kubectl wait --for=delete namespace/{namespace}"
        ))
    }
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Right {
    /// The missing rule in words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verbs = self.verbs();
        let plural = if verbs.len() == 1 { "" } else { "s" };
        let (verbs, resource) = (verbs.join(", "), self.with_group());
        write!(f, "this needs the verb{plural} {verbs} on {resource}")?;
        match &self.namespace {
            Some(namespace) => write!(f, " in the namespace {namespace}"),
            None => write!(f, " in all namespaces (a ClusterRole)"),
        }
    }
}

impl Right {
    /// The missing rule in few words: `list pods`, `get and create pods/portforward`.
    pub fn rule(&self) -> String {
        format!("{} {}", self.verbs().join(" and "), self.with_group())
    }

    /// The command of an administrator that gives all rights of a verb of the plugin; none for whom the server does not know.
    pub fn role(&self, verb: &str) -> Option<String> {
        let user = self.user.as_deref().unwrap_or("NAME");
        let holder = match user.strip_prefix("system:serviceaccount:") {
            Some(account) => format!("serviceaccount {account}"),
            None => format!("user {}", quoted_for_shell(user)),
        };
        let place = match &self.namespace {
            Some(namespace) => format!("-n {namespace}"),
            None => "-A".to_owned(),
        };
        let command = format!("kubectl zk rbac {verb} --for {holder} {place} | kubectl apply -f -");
        (!self.is_anonymous()).then_some(command)
    }

    fn is_anonymous(&self) -> bool {
        self.user.as_deref() == Some("system:anonymous")
    }

    /// Over WebSocket, servers before 1.35 ask for `get`, later ones for `create` too.
    fn verbs(&self) -> Vec<&str> {
        match self.resource.as_str() {
            "pods/exec" | "pods/portforward" | "pods/attach" => vec!["get", "create"],
            _ => vec![&self.verb],
        }
    }

    /// The resource as `kubectl create role --resource` wants it: `statefulsets.apps/scale`.
    fn with_group(&self) -> String {
        let (resource, subresource) = match self.resource.split_once('/') {
            Some((resource, sub)) => (resource, format!("/{sub}")),
            None => (self.resource.as_str(), String::new()),
        };
        match self.group.as_str() {
            "" => self.resource.clone(),
            group => format!("{resource}.{group}{subresource}"),
        }
    }
}

fn right(message: &str) -> Option<Right> {
    let (_, said) = message.split_once("is forbidden: User ")?;
    let (user, said) = quoted(said)?;
    let (verb, said) = said.strip_prefix(" cannot ")?.split_once(" resource ")?;
    let (resource, said) = quoted(said)?;
    let (group, said) = quoted(said.strip_prefix(" in API group ")?)?;
    let namespace = said.strip_prefix(" in the namespace ").and_then(quoted);
    Some(Right {
        user: Some(user.to_owned()),
        verb: verb.to_owned(),
        resource: resource.to_owned(),
        group: group.to_owned(),
        namespace: namespace.map(|(namespace, _)| namespace.to_owned()),
    })
}

/// A word for a POSIX shell.
fn quoted_for_shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_@+=:,./-".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

fn quoted(said: &str) -> Option<(&str, &str)> {
    said.strip_prefix('"')?.split_once('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(message: &str, expected: &[&str]) {
        let denied = Denied::parse(message);
        assert_eq!(denied.to_string(), message);
        let role = denied.right.as_ref().and_then(|right| right.role("exec"));
        let said: Vec<String> = denied.hints().into_iter().chain(role).collect();
        assert_eq!(said, expected, "{message}");
    }

    #[test]
    fn the_missing_rule_is_given() {
        check(
            r#"pods is forbidden: User "system:serviceaccount:a:b" cannot list resource "pods" in API group "" in the namespace "a""#,
            &[
                "this needs the verb list on pods in the namespace a",
                "kubectl zk rbac exec --for serviceaccount a:b -n a | kubectl apply -f -",
            ],
        );
        check(
            r#"statefulsets.apps "zk" is forbidden: User "jane" cannot patch resource "statefulsets/scale" in API group "apps" in the namespace "n": RBAC: role.rbac.authorization.k8s.io "x" not found"#,
            &[
                "this needs the verb patch on statefulsets.apps/scale in the namespace n",
                "kubectl zk rbac exec --for user jane -n n | kubectl apply -f -",
            ],
        );
        check(
            r#"pods is forbidden: User "jane's $HOME" cannot list resource "pods" in API group "" at the cluster scope"#,
            &[
                "this needs the verb list on pods in all namespaces (a ClusterRole)",
                r"kubectl zk rbac exec --for user 'jane'\''s $HOME' -A | kubectl apply -f -",
            ],
        );
    }

    #[test]
    fn a_websocket_needs_two_verbs() {
        for (resource, verb) in [("pods/portforward", "create"), ("pods/exec", "get")] {
            let message = format!(
                r#"pods "p" is forbidden: User "u" cannot {verb} resource "{resource}" in API group "" in the namespace "n""#
            );
            let hints = Denied::parse(&message).hints();
            let expected =
                format!("this needs the verbs get, create on {resource} in the namespace n");
            assert_eq!(hints, [expected]);
        }
    }

    #[test]
    fn what_the_server_does_not_say_is_known_from_what_was_asked() {
        let message = "pods \"p\" is forbidden: ";
        let denied = Denied::parse(message).of_upgrade("pods/portforward", "n");
        assert_eq!(denied.rule(), "get and create pods/portforward");
        let role = denied.right.unwrap().role("exec").unwrap();
        let command = "kubectl zk rbac exec --for user NAME -n n | kubectl apply -f -";
        assert_eq!(role, command);
        let quota = Denied::parse("pods \"p\" is forbidden: exceeded quota: q");
        assert_eq!(quota.clone().of_upgrade("pods/exec", "n"), quota);
    }

    #[test]
    fn nobody_is_told_to_give_rights_to_everybody() {
        check(
            r#"pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "n""#,
            &["the server does not know you: the kubeconfig's context has no credentials"],
        );
    }

    #[test]
    fn admission_is_no_missing_right() {
        check(
            r#"pods "p" is forbidden: exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3"#,
            &[],
        );
        check(
            r#"pods "p" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true"#,
            &[],
        );
        check("", &[]);
        check(
            r#"configmaps "zk" is forbidden: unable to create new content in namespace n because it is being terminated"#,
            &["wait until it is gone: kubectl wait --for=delete namespace/n"],
        );
    }
}
