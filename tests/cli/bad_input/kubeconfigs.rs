//! Kubeconfigs that make no sense: refused by the binary before it dials anything.

use std::io::ErrorKind;
use std::net::TcpListener;

use tempfile::TempDir;

use crate::process::run;

/// A kubeconfig with this cluster, user, context and current context.
fn kubeconfig(cluster: &str, user: &str, context: &str, current: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: {current}\nclusters: [{{name: c, cluster: {{{cluster}}}}}]\ncontexts: [{{name: k, context: {{{context}}}}}]\nusers: [{{name: u, user: {{{user}}}}}]\n"
    )
}

fn of_cluster(cluster: &str) -> String {
    kubeconfig(cluster, "token: t", "cluster: c, user: u", "k")
}

fn of_user(user: &str) -> String {
    kubeconfig("server: 'https://SERVER'", user, "cluster: c, user: u", "k")
}

/// Ends with 2 and says this; `SERVER` listens, and nobody comes.
#[track_caller]
fn refused(kubeconfig: &str, flags: &[&str], error: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let server = listener.local_addr().unwrap().to_string();
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("config").display().to_string();
    std::fs::write(&path, kubeconfig.replace("SERVER", &server)).unwrap();
    let said = run(&[&["status", "--kubeconfig", &path], flags].concat());
    let expected = format!("exit 2\n--- stdout\n--- stderr\n{error}\n");
    let said = said.replace(&path, "FILE").replace(&server, "SERVER");
    assert_eq!(said, expected, "{kubeconfig}");
    let nobody = listener.accept().unwrap_err().kind();
    assert_eq!(nobody, ErrorKind::WouldBlock, "{kubeconfig}");
}

/// What stands in the file is not shown: it may be a token.
#[test]
fn no_kubeconfigs() {
    for (text, why) in [
        ("a: [", "line 1 column 4: unclosed bracket '['"),
        ("- a\n- b\n", "line 1 column 1: expected mapping start"),
        ("hello", "line 1 column 1: expected mapping start"),
        (
            "clusters: {a: b}\n",
            "line 1 column 11: expected sequence start",
        ),
        (
            "users: [{name: u, user: \"s3cret\"}]",
            "line 1 column 25: expected mapping start",
        ),
        (
            "users: [{name: u, user: {token: [s3cret]}}]",
            "line 1 column 33: expected string scalar",
        ),
        (
            "clusters: [{name: c, cluster: {insecure-skip-tls-verify: s3cret}}]",
            "line 1 column 58: invalid boolean",
        ),
    ] {
        let error = format!("error: error loading config file \"FILE\": {why}");
        refused(text, &[], &error);
    }
}

#[test]
fn clusters() {
    for (cluster, error) in [
        (
            "",
            "error: no API server is configured: the context's cluster has no server\nhint: see what is configured: kubectl config view; choose with --kubeconfig or --context",
        ),
        (
            "server: 'https://'",
            "error: host must be a URL or a host:port pair: \"https://\"",
        ),
        (
            "server: 'https://a b'",
            "error: host must be a URL or a host:port pair: \"https://a b\"",
        ),
        (
            "server: 'ftp://SERVER'",
            "error: host must be a URL or a host:port pair: \"ftp://SERVER\"",
        ),
        (
            "server: 'http://SERVER', proxy-url: 'ftp://SERVER'",
            "error: invalid 'proxy-url' \"ftp://SERVER\" for cluster \"c\": unsupported scheme \"ftp\", must be http, https, or socks5",
        ),
        (
            "server: 'http://SERVER', proxy-url: '::'",
            "error: invalid 'proxy-url' \"::\" for cluster \"c\": unsupported scheme \"\", must be http, https, or socks5",
        ),
        (
            "server: 'https://SERVER', insecure-skip-tls-verify: true, certificate-authority: ca.crt",
            "error: specifying a root certificates file with the insecure flag is not allowed",
        ),
        (
            "server: 'https://SERVER', certificate-authority: /nonexistent/ca.crt",
            "error: unable to read certificate-authority /nonexistent/ca.crt for c due to open /nonexistent/ca.crt: no such file or directory",
        ),
        (
            "server: 'https://SERVER', certificate-authority-data: '!!'",
            "error: unable to read certificate-authority data: Invalid symbol 33, offset 0.",
        ),
        (
            "server: 'https://SERVER', certificate-authority-data: aGVsbG8=",
            "error: unable to read certificate-authority data: it holds no certificate",
        ),
    ] {
        refused(&of_cluster(cluster), &[], error);
    }
}

#[test]
fn users() {
    for (user, error) in [
        (
            "tokenFile: /nonexistent/token",
            "error: open /nonexistent/token: no such file or directory",
        ),
        (
            "token: \"a\\nb\"",
            "error: invalid configuration: the token has characters that no token has",
        ),
    ] {
        refused(&of_user(user), &[], error);
    }
    let junk = kubeconfig(
        "server: 'https://SERVER'",
        "client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8=",
        "cluster: c, user: u",
        "k",
    );
    refused(
        &junk,
        &[],
        "error: invalid configuration: identity PEM is missing a private key: the key must be PKCS8 or RSA/PKCS1",
    );
}

#[test]
fn contexts() {
    let of = |context, current| kubeconfig("server: 'http://SERVER'", "token: t", context, current);
    let nowhere = "error: no API server is configured: there is no kubeconfig, or its current-context is not set\nhint: see what is configured: kubectl config view; choose with --kubeconfig or --context";
    for (context, current, error) in [
        (
            "cluster: gone, user: u",
            "k",
            "error: no server found for cluster \"gone\"\nhint: the kubeconfig has these clusters: c",
        ),
        (
            "cluster: c, user: u",
            "gone",
            "Error in configuration: context was not found for specified context: gone\nhint: the kubeconfig has these contexts: k",
        ),
        ("cluster: c, user: u", "''", nowhere),
        (
            "cluster: c, user: u, namespace: a/b",
            "k",
            "error: invalid namespace \"a/b\": at most 63 lower-case letters, digits and '-', no '-' first or last",
        ),
    ] {
        refused(&of(context, current), &[], error);
    }
}

#[test]
fn flags_that_the_kubeconfig_does_not_know() {
    let sound = of_user("token: t");
    for (flags, error) in [
        (
            &["--context", "gone"][..],
            "Error in configuration: context was not found for specified context: gone\nhint: the kubeconfig has these contexts: k",
        ),
        (
            &["--cluster", "gone"],
            "error: no server found for cluster \"gone\"\nhint: the kubeconfig has these clusters: c",
        ),
        (
            &["--user", "gone"],
            "error: auth info \"gone\" does not exist\nhint: the kubeconfig has these users: u",
        ),
        (
            &["-s", "http://"],
            "error: host must be a URL or a host:port pair: \"http://\"",
        ),
        (
            &["--token", "a\nb"],
            "error: invalid configuration: the token has characters that no token has",
        ),
        (
            &["--certificate-authority", "/nonexistent/ca.crt"],
            "error: unable to read certificate-authority /nonexistent/ca.crt for c due to open /nonexistent/ca.crt: no such file or directory",
        ),
    ] {
        refused(&sound, flags, error);
    }
}
