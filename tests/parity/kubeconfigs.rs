//! Which files count, how they merge, and what of them is used.

use crate::case::Case;
use crate::case::HTTPS;
use crate::case::USUAL;
use crate::case::case;
use crate::case::config;

pub(crate) fn cases() -> Vec<Case> {
    [lists(), files(), clusters(), pods()]
        .into_iter()
        .flatten()
        .collect()
}

/// A second kubeconfig, of which nothing is in the usual one.
fn second() -> String {
    config(HTTPS, "{token: second}")
}

/// `KUBECONFIG`
fn lists() -> Vec<Case> {
    let list = |name, list, kubectl| {
        case(name, "", kubectl)
            .file("second", second())
            .env("KUBECONFIG", list)
    };
    let own = format!(
        "current-context: ''\n{}",
        second().replace("current-context: it\n", "")
    );
    vec![
        list("KUBECONFIG", "{dir}/second", "https its Bearer second"),
        list("an empty KUBECONFIG", "", "https dev-space Bearer dev-token"),
        list("a KUBECONFIG of colons", ":", "The connection to the server localhost:8080 was refused - did you specify the right host or port?").differs("kubectl goes to localhost instead", "error: no API server is configured: there is no kubeconfig, or its current-context is not set"),
        list("a KUBECONFIG that is missing", "{dir}/nope", "The connection to the server localhost:8080 was refused - did you specify the right host or port?").differs("kubectl goes to localhost instead", "error: no API server is configured: there is no kubeconfig, or its current-context is not set"),
        list(
            "a KUBECONFIG that is missing, and a pod's variables",
            "{dir}/nope",
            "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
        ).differs("kubectl goes to localhost instead", "error: no API server is configured: there is no kubeconfig, or its current-context is not set")
        .env("KUBERNETES_SERVICE_HOST", "127.0.0.1")
        .env("KUBERNETES_SERVICE_PORT", "1"),
        list(
            "missing files in a list",
            "{dir}/nope::{dir}/second:{dir}/none",
            "https its Bearer second",
        ),
        list(
            "the first current-context wins",
            "{dir}/second:{dir}/.kube/config",
            "https its Bearer second",
        ),
        list(
            "an empty current-context does not win",
            "{dir}/own:{dir}/.kube/config",
            "https dev-space Bearer dev-token",
        )
        .file("own", own),
        list(
            "a context of another file of the list",
            "{dir}/.kube/config:{dir}/context",
            "https dev-space Bearer dev-token",
        )
        .file(
            "context",
            "current-context: x\ncontexts: [{name: x, context: {cluster: https, user: ops}}]",
        ),
        list(
            "the first of two of a name wins",
            "{dir}/twice:{dir}/.kube/config",
            "https dev-space Bearer first",
        )
        .file("twice", "users: [{name: dev, user: {token: first}}]\n"),
        list(
            "a later file does not add to a name",
            "{dir}/twice:{dir}/.kube/config",
            "https default Bearer ops-token",
        )
        .file(
            "twice",
            "contexts: [{name: dev, context: {cluster: https, user: ops}}]\n",
        ),
        list("two of a name in one file", "{dir}/twice", r#"error: error loading config file "{dir}/twice": error converting *[]NamedAuthInfo into *map[string]*api.AuthInfo: duplicate name "it" in list: [{it { []  [] zero    [] map[]   <nil> <nil> []}} {it { []  [] second    [] map[]   <nil> <nil> []}}]"#).differs("kubectl shows Go's structs, with the tokens in them", r#"error: error loading config file "{dir}/twice": duplicate name "it" in list"#).file(
            "twice",
            second().replace("users: [", "users: [{name: it, user: {token: zero}}, "),
        ),
        list("a bad file in a list", "{dir}/bad:{dir}/.kube/config", r#"error: error loading config file "{dir}/bad": yaml: line 1: did not find expected node content"#).differs("another YAML parser", r#"error: error loading config file "{dir}/bad": line 1 column 11: expected sequence start"#)
            .file("bad", "clusters: {"),
    ]
}

/// What a file may look like.
fn files() -> Vec<Case> {
    let json = r#"{"apiVersion":"v1","kind":"Config","current-context":"j","clusters":[{"name":"j","cluster":{"server":"https://{https}","certificate-authority-data":"{ca64}"}}],"users":[{"name":"j","user":{"token":"json"}}],"contexts":[{"name":"j","context":{"cluster":"j","user":"j","namespace":"its"}}]}"#;
    vec![
        case("JSON", "", "https its Bearer json").config(json),
        case("a byte order mark", "", "https dev-space Bearer dev-token").config(format!("\u{feff}{USUAL}")),
        case("line ends of Windows", "", "https dev-space Bearer dev-token").config(USUAL.replace('\n', "\r\n")),
        case("two documents", "", "https dev-space Bearer dev-token").config(format!("---\n{USUAL}")),
        case("an empty file", "", "The connection to the server localhost:8080 was refused - did you specify the right host or port?").differs("kubectl goes to localhost instead", "error: no API server is configured: there is no kubeconfig, or its current-context is not set").config(""),
        case("no kubeconfig", "-s http://{http}", "http default").config(""),
        case("no current-context", "", "The connection to the server localhost:8080 was refused - did you specify the right host or port?").differs("kubectl goes to localhost instead", "error: no API server is configured: there is no kubeconfig, or its current-context is not set").config(USUAL.replace("current-context: dev\n", "")),
        case("a bad file", "", r#"error: error loading config file "{dir}/.kube/config": yaml: line 1: did not find expected node content"#).differs("another YAML parser", r#"error: error loading config file "{dir}/.kube/config": line 1 column 11: expected sequence start"#).config("clusters: {"),
        case("a file of another kind", "", r#"error: error loading config file "{dir}/.kube/config": no kind "Pod" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111""#).differs("kubectl says where it is compiled", r#"error: error loading config file "{dir}/.kube/config": no kind "Pod" is registered for version "v1""#).config(USUAL.replace("kind: Config", "kind: Pod")),
        case("fields that there are not", "", "https dev-space Bearer dev-token").config(format!(
            "preferences: {{colors: true}}\nnonsense: 1\nextensions: []\n{USUAL}"
        )),
        case("a field of another type", "", r#"error: error loading config file "{dir}/.kube/config": json: cannot unmarshal number into Go struct field Context.contexts.context.namespace of type string"#).differs("a YAML scalar is text where text is wanted", "https 12 Bearer dev-token")
            .config(USUAL.replace("namespace: dev-space", "namespace: 12")),
        case("nulls", "", "https dev-space Bearer dev-token").config(format!(
            "{}preferences: null\nextensions: null\n",
            USUAL.replace("{token: ops-token}", "null")
        )),
        case("an unset context", "", "Error in configuration: context was not found for specified context: nope")
            .config(USUAL.replace("current-context: dev", "current-context: nope")),
        case("a name without a map", "", "error: EOF").differs("kubectl asks for a user name on its standard input", "https dev-space")
            .config(USUAL.replace("{name: dev, user: {token: dev-token}}", "{name: dev}")),
    ]
}

/// What a cluster may say.
fn clusters() -> Vec<Case> {
    let cluster = |name, cluster, kubectl| case(name, "", kubectl).cluster(cluster);
    let ca = |rest: &str| format!("{{server: 'https://{{https}}', {rest}}}");
    vec![
        cluster(
            "a relative authority",
            &ca("certificate-authority: ca.crt"),
            "https its Bearer usual",
        )
        .file(".kube/ca.crt", ca_text()),
        cluster(
            "a relative authority of another directory",
            &ca("certificate-authority: ../ca.crt"),
            "https its Bearer usual",
        )
        .file("ca.crt", ca_text()),
        cluster(
            "authority and data",
            &ca(
                "certificate-authority: '{pki}/stranger-ca.crt', certificate-authority-data: '{ca64}'",
            ),
            "error: certificate-authority-data and certificate-authority are both specified for it. certificate-authority-data will override.",
        ),
        cluster(
            "data that is no base64",
            &ca("certificate-authority-data: '***'"),
            r#"error: error loading config file "{dir}/.kube/config": illegal base64 data at input byte 0"#,
        ).differs("we say what it is of", "error: unable to read certificate-authority data: Invalid symbol 42, offset 0."),
        cluster("no authority", "{server: 'https://{https}'}", "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority"),
        cluster(
            "an insecure cluster",
            "{server: 'https://{stranger}', insecure-skip-tls-verify: true}",
            "stranger its Bearer usual",
        ),
        cluster(
            "insecure with data",
            "{server: 'https://{https}', insecure-skip-tls-verify: true, certificate-authority-data: '{ca64}'}",
            "error: specifying a root certificates file with the insecure flag is not allowed",
        ),
        cluster(
            "a flag for what the kubeconfig says otherwise",
            "{server: 'https://{stranger}', certificate-authority-data: '{ca64}'}",
            "stranger its Bearer usual",
        )
        .flags("--insecure-skip-tls-verify"),
        cluster(
            "a cluster without compression",
            &ca("certificate-authority-data: '{ca64}', disable-compression: true"),
            "https its Bearer usual uncompressed",
        ),
        cluster(
            "a cluster's name",
            "{server: 'https://{named}', certificate-authority: '{pki}/ca.crt', tls-server-name: named.test}",
            "named[named.test] its Bearer usual",
        ),
        cluster(
            "a server with a path and a slash",
            "{server: 'https://{https}/a/b/', certificate-authority: '{pki}/ca.crt'}",
            "https/a/b its Bearer usual",
        ),
        cluster(
            "a server with a query",
            "{server: 'https://{https}/a?b=c#d', certificate-authority: '{pki}/ca.crt'}",
            "https/a its Bearer usual",
        ),
        cluster(
            "a server with capital letters",
            "{server: 'HTTPS://LOCALHOST:{https}', certificate-authority: '{pki}/ca.crt'}",
            "https[localhost] its Bearer usual",
        ),
        cluster(
            "a cluster's server without a scheme",
            "{server: '{https}', certificate-authority: '{pki}/ca.crt'}",
            r#"Unable to connect to the server: net/http: HTTP/1.x transport connection broken: malformed HTTP response "\x15\x03\x03\x00\x02\x022""#,
        ).differs("Go quotes the bytes", "Unable to connect to the server: malformed HTTP response"),
        cluster("no server", "{certificate-authority: '{pki}/ca.crt'}", "The connection to the server localhost:8080 was refused - did you specify the right host or port?").differs("kubectl goes to localhost instead", "error: no API server is configured: the context's cluster has no server"),
        cluster(
            "plain HTTP gets no credentials",
            "{server: 'http://{http}'}",
            "http its",
        ),
    ]
}

/// In a pod: its service account is in `/var/run/secrets`, which is mounted for the process alone.
fn pods() -> Vec<Case> {
    let pod = |name, flags, kubectl| {
        case(name, flags, kubectl).config("").file("pod/token", "pod-token\n").file("pod/namespace", "pod-space").file("pod/ca.crt", ca_text())
            .env("KUBERNETES_SERVICE_HOST", "127.0.0.1").env("KUBERNETES_SERVICE_PORT", "{https-port}")
            .mounted("mount -t tmpfs none /run && mkdir -p /run/secrets/kubernetes.io && cp -r {dir}/pod /run/secrets/kubernetes.io/serviceaccount && rm -f {dir}/.kube/config")
    };
    vec![
        pod("a pod", "", "https pod-space Bearer pod-token"),
        pod("a pod and a namespace", "-n other", "https other Bearer pod-token"),
        pod("a pod and a token", "--token flag-token", "https pod-space Bearer flag-token"),
        pod("a pod and a user", "--as jane", "The connection to the server localhost:8080 was refused - did you specify the right host or port?").differs("kubectl forgets the pod, and goes to localhost", "https pod-space Bearer pod-token user=jane"),
        pod("a pod and a server", "-s http://{http}", "http pod-space"),
        pod(
            "a pod and an https server",
            "-s https://{https} --certificate-authority {pki}/ca.crt",
            "error: EOF",
        ).differs("kubectl asks for a user name on its standard input", "https pod-space"),
        pod(
            "a pod and an authority",
            "--certificate-authority {pki}/stranger-ca.crt",
            "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority",
        ),
        pod("a pod and insecure", "--insecure-skip-tls-verify", "https pod-space Bearer pod-token"),
        pod("a pod and a context", "--context dev", "Error in configuration: context was not found for specified context: dev"),
        pod("a pod with a kubeconfig", "--kubeconfig second", "https its Bearer second").file("second", second()),
        pod(
            "a pod with a kubeconfig that says no namespace",
            "--kubeconfig second",
            "https pod-space Bearer second",
        )
        .file("second", second().replace(", namespace: its", "")),
        pod("a pod that is told its namespace", "", "https told Bearer pod-token").env("POD_NAMESPACE", "told"),
        pod(
            "a pod with a kubeconfig of nothing",
            "--kubeconfig second",
            "https pod-space Bearer pod-token",
        )
        .file("second", "kind: Config\napiVersion: v1\n"),
    ]
}

fn ca_text() -> String {
    let path = crate::certificates::certificates().path().join("ca.crt");
    std::fs::read_to_string(path).unwrap()
}
