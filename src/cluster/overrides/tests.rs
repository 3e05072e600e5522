//! What flags make of the kubeconfig that `config`'s tests use.

use super::*;

use secrecy::ExposeSecret as _;

use crate::cluster::config::BadConfig;
use crate::cluster::config::tests::Files;
use crate::cluster::config::tests::flags;
use crate::cluster::config::tests::line;
use crate::cluster::config::tests::some;

#[test]
fn the_namespace_flag_wins() {
    let files = Files::new();
    let check = |set: fn(&mut Connection), expected: &str| {
        assert_eq!(
            files.settings(&["dev"], &flags(set)).unwrap().namespace,
            expected
        );
    };
    check(|flags| flags.namespace = some("mine"), "mine");
    check(|flags| flags.namespace = some(""), "team");
    check(|flags| flags.context = some("prod"), "default");
}

#[test]
fn a_server_flag_drops_what_was_said_of_the_other_server() {
    let files = Files::new();
    let dev = files.settings(&["dev"], &Connection::default()).unwrap();
    assert_eq!(dev.cluster.tls_server_name, some("inner"));
    let server = files
        .settings(
            &["dev"],
            &flags(|flags| flags.server = some("https://four/base")),
        )
        .unwrap();
    assert_eq!(
        (server.server.to_string(), server.cluster.tls_server_name),
        ("https://four/base".to_owned(), None)
    );
    assert_eq!(
        server.cluster.certificate_authority,
        Some(files.path("ca.pem"))
    );
    let named = flags(|flags| flags.tls_server_name = some("n"));
    assert_eq!(
        files
            .settings(&["dev"], &named)
            .unwrap()
            .cluster
            .tls_server_name,
        some("n")
    );
}

#[test]
fn insecure_and_authority_replace_each_other() {
    let files = Files::new();
    let cluster = |set: fn(&mut Connection)| {
        files
            .settings(&["dev"], &flags(set))
            .map(|settings| settings.cluster)
    };
    let insecure = cluster(|flags| flags.insecure_skip_tls_verify = true).unwrap();
    assert_eq!(
        (
            insecure.insecure_skip_tls_verify,
            insecure.certificate_authority
        ),
        (Some(true), None)
    );
    let authority = cluster(|flags| flags.certificate_authority = Some("mine.pem".into())).unwrap();
    assert_eq!(authority.certificate_authority, some("mine.pem"));
    let both = cluster(|flags| {
        flags.insecure_skip_tls_verify = true;
        flags.certificate_authority = Some("mine.pem".into());
    });
    assert_eq!(both.unwrap_err(), BadConfig::InsecureWithAuthority);
}

#[test]
fn an_authority_by_flag_drops_the_data() {
    let files = Files::new();
    let cluster = "{server: 'https://c', certificate-authority-data: aa}";
    files.write(
        "data",
        &format!("clusters: [{{name: c, cluster: {cluster}}}]"),
    );
    for insecure in [true, false] {
        let connection = flags(|flags| {
            flags.cluster = some("c");
            flags.insecure_skip_tls_verify = insecure;
            flags.certificate_authority = Some("mine.pem".into()).filter(|_| !insecure);
        });
        let cluster = files.settings(&["data"], &connection).unwrap().cluster;
        assert_eq!(
            cluster.certificate_authority_data, None,
            "insecure: {insecure}"
        );
    }
}

#[test]
fn a_token_by_flag_beats_the_plugin() {
    let files = Files::new();
    let connection = flags(|flags| (flags.context, flags.token) = (some("prod"), some("t")));
    let user = files.settings(&["dev"], &connection).unwrap().user;
    assert!(user.exec.is_none());
    assert_eq!(user.token.unwrap().expose_secret(), "t");
}

#[test]
fn a_key_by_flag_drops_the_data() {
    let files = Files::new();
    files.write("data", "clusters: [{name: c, cluster: {server: 'https://c'}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\nusers: [{name: u, user: {client-key-data: aa, client-certificate-data: bb}}]");
    let connection = flags(|flags| {
        (flags.client_key, flags.client_certificate) = (Some("k".into()), Some("c".into()));
    });
    let user = files.settings(&["data"], &connection).unwrap().user;
    assert_eq!(
        (user.client_key, user.client_certificate),
        (some("k"), some("c"))
    );
    assert!(user.client_key_data.is_none() && user.client_certificate_data.is_none());
}

#[test]
fn a_token_file_may_end_in_a_newline() {
    let files = Files::new();
    files.write("file", "clusters: [{name: c, cluster: {server: 'https://c'}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\nusers: [{name: u, user: {tokenFile: token}}]");
    let missing = line(files.settings(&["file"], &Connection::default()));
    assert!(
        missing.starts_with(&format!("open {}: no such file", files.path("token"))),
        "{missing}"
    );
    files.write("token", "t\n");
    assert_eq!(
        files
            .settings(&["file"], &Connection::default())
            .unwrap()
            .user
            .token
            .unwrap()
            .expose_secret(),
        "t"
    );
    files.write("token", "t");
    assert_eq!(
        files
            .settings(&["file"], &Connection::default())
            .unwrap()
            .user
            .token_file,
        Some(files.path("token"))
    );
}

#[test]
fn impersonation_is_taken_over() {
    let files = Files::new();
    let connection = flags(|flags| {
        flags.as_user = some("u");
        flags.as_uid = some("7");
        flags.as_groups = vec!["g".to_owned(), "h".to_owned()];
        flags.as_user_extra = [("k", "1"), ("k", "2")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
    });
    let user = files.settings(&["dev"], &connection).unwrap().user;
    assert_eq!(
        (user.impersonate, user.impersonate_uid),
        (some("u"), some("7"))
    );
    assert_eq!(user.impersonate_groups.unwrap(), ["g", "h"]);
    assert_eq!(user.impersonate_user_extra.unwrap()["k"], ["1", "2"]);
}
