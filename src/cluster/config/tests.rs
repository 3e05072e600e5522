//! Kubeconfigs, flags and variables against what kubectl 1.36 makes of them.

use super::*;

use tempfile::TempDir;

const DEV: &str = r"
apiVersion: v1
kind: Config
current-context: dev
clusters:
- {name: c1, cluster: {server: 'https://one:6443', certificate-authority: ca.pem, tls-server-name: inner}}
- {name: c2, cluster: {server: 'https://two:6443', proxy-url: 'http://proxy:1'}}
- {name: none, cluster: {}}
contexts:
- {name: dev, context: {cluster: c1, user: alice, namespace: team}}
- {name: prod, context: {cluster: c2, user: bob}}
- {name: ghost, context: {cluster: c2, user: nobody}}
- {name: broken, context: {cluster: gone, user: bob}}
- {name: serverless, context: {cluster: none}}
users:
- {name: alice, user: {token: a, client-certificate: alice.pem, client-key: sub/alice.key}}
- {name: bob, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/plugin, interactiveMode: Never}}}
";

const OTHER: &str = r"
current-context: other
clusters:
- {name: c1, cluster: {server: 'https://not-this-one'}}
- {name: c3, cluster: {server: 'https://three'}}
contexts:
- {name: other, context: {cluster: c3, user: alice, namespace: elsewhere}}
users:
- {name: alice, user: {token: not-this-one}}
";

/// A directory with kubeconfigs `dev`, `other` and `blank`, whose current context is empty.
pub(crate) struct Files(TempDir);

impl Files {
    pub(crate) fn new() -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        files.write("dev", DEV);
        files.write("other", OTHER);
        files.write("blank", "current-context: ''\ncontexts: null\n");
        files.write("broken", "a: [");
        files.write("empty", "");
        files
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn list(&self, names: &[&str]) -> String {
        names
            .iter()
            .map(|name| self.path(name))
            .collect::<Vec<_>>()
            .join(":")
    }

    /// The settings that `KUBECONFIG` with these files gives.
    pub(crate) fn settings(
        &self,
        names: &[&str],
        connection: &Connection,
    ) -> Result<Settings, BadConfig> {
        settings(connection, &Env::of([("KUBECONFIG", &self.list(names))]))
    }
}

/// Context, namespace and server, or the error.
pub(crate) fn line(settings: Result<Settings, BadConfig>) -> String {
    match settings {
        Ok(Settings {
            context,
            namespace,
            server,
            ..
        }) => format!("{context} {namespace} {server}"),
        Err(error) => error.to_string(),
    }
}

pub(crate) fn flags(set: impl FnOnce(&mut Connection)) -> Connection {
    let mut connection = Connection::default();
    set(&mut connection);
    connection
}

#[expect(clippy::unnecessary_wraps, reason = "it spares a word at every use")]
pub(crate) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[cfg(unix)]
#[test]
fn names_choose_and_unknown_ones_are_told() {
    let files = Files::new();
    let check = |set: fn(&mut Connection), expected: &str| {
        assert_eq!(line(files.settings(&["dev"], &flags(set))), expected);
    };
    check(
        |flags| flags.context = some("prod"),
        "prod default https://two:6443/",
    );
    check(
        |flags| flags.cluster = some("c2"),
        "dev team https://two:6443/",
    );
    check(
        |flags| flags.user = some("bob"),
        "dev team https://one:6443/",
    );
    check(
        |flags| flags.context = some("ghost"),
        "ghost default https://two:6443/",
    );
    check(
        |flags| flags.context = some("x"),
        "Error in configuration: context was not found for specified context: x",
    );
    check(
        |flags| flags.cluster = some("x"),
        r#"no server found for cluster "x""#,
    );
    check(
        |flags| flags.user = some("x"),
        r#"auth info "x" does not exist"#,
    );
    check(
        |flags| flags.context = some("broken"),
        r#"no server found for cluster "gone""#,
    );
    check(
        |flags| flags.context = some("serverless"),
        "no API server is configured: the context's cluster has no server",
    );
    let error = files
        .settings(&["dev"], &flags(|flags| flags.user = some("x")))
        .unwrap_err();
    assert_eq!(
        error.hints(),
        ["the kubeconfig has these users: alice, bob"]
    );
}

#[test]
fn a_server_without_a_scheme_is_http() {
    let files = Files::new();
    let check = |names: &[&str], server: &str, expected: &str| {
        let connection = flags(|flags| flags.server = some(server));
        assert_eq!(line(files.settings(names, &connection)), expected);
    };
    check(&["dev"], "four:1", "dev team http://four:1/");
    check(&["missing"], "four:1", " default http://four:1/");
    check(
        &["missing"],
        "https://[::1]:6443",
        " default https://[::1]:6443/",
    );
    check(
        &["missing"],
        "https://",
        r#"host must be a URL or a host:port pair: "https://""#,
    );
    check(
        &["missing"],
        "http://a b",
        r#"host must be a URL or a host:port pair: "http://a b""#,
    );
}

#[test]
fn the_kubeconfigs_proxy_is_used() {
    let files = Files::new();
    let prod = files
        .settings(&["dev"], &flags(|flags| flags.context = some("prod")))
        .unwrap();
    assert_eq!(prod.proxy.unwrap().to_string(), "http://proxy:1/");
}

#[test]
fn a_pod_without_a_kubeconfig_is_its_service_account() {
    let files = Files::new();
    let pod = |kubeconfig: &str| {
        let (host, port) = (
            ("KUBERNETES_SERVICE_HOST", "10.96.0.1"),
            ("KUBERNETES_SERVICE_PORT", "6443"),
        );
        let mut env = Env::of([host, port, ("KUBECONFIG", kubeconfig)]);
        env.service_account = files.0.path().to_owned();
        env
    };
    let none = Connection::default();
    assert!(line(settings(&none, &pod(""))).starts_with("no API server is configured"));
    files.write("token", "t");
    assert_eq!(
        line(settings(&none, &pod(""))),
        " default https://10.96.0.1:6443/"
    );
    files.write("namespace", "own\n");
    assert_eq!(
        line(settings(&none, &pod(""))),
        " own https://10.96.0.1:6443/"
    );
    let account = settings(&none, &pod("")).unwrap();
    assert_eq!(account.user.token_file, Some(files.path("token")));
    assert_eq!(
        account.cluster.certificate_authority,
        Some(files.path("ca.crt"))
    );
    assert_eq!(
        line(settings(&none, &pod(&files.path("dev")))),
        "dev team https://one:6443/"
    );
    let named = flags(|flags| flags.server = some("http://four"));
    assert_eq!(line(settings(&named, &pod(""))), " own http://four/");
    assert!(
        settings(&named, &pod(""))
            .unwrap()
            .user
            .token_file
            .is_none()
    );
}
