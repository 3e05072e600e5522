//! Which files count and how they merge, with the kubeconfigs that `config`'s tests use.

use super::*;

use secrecy::ExposeSecret as _;

use crate::cluster::config::settings;
use crate::cluster::config::tests::Files;
use crate::cluster::config::tests::flags;
use crate::cluster::config::tests::line;
use crate::cluster::config::tests::some;

#[test]
fn files_merge_and_the_first_wins() {
    let files = Files::new();
    for (names, expected) in [
        (&["dev"][..], "dev team https://one:6443/"),
        (&["other"], "other elsewhere https://not-this-one/"),
        (&["dev", "other"], "dev team https://one:6443/"),
        (&["missing", "dev"], "dev team https://one:6443/"),
        (&["blank", "dev"], "dev team https://one:6443/"),
        (&["empty", "dev"], "dev team https://one:6443/"),
        (
            &["blank", "missing"],
            "no API server is configured: there is no kubeconfig, or its current-context is not set",
        ),
        (
            &["missing"],
            "no API server is configured: there is no kubeconfig, or its current-context is not set",
        ),
    ] {
        let expected = expected.replace("https://not-this-one/", "https://three/");
        assert_eq!(
            line(files.settings(names, &Connection::default())),
            expected,
            "{names:?}"
        );
    }
    let both = files
        .settings(&["dev", "other"], &Connection::default())
        .unwrap();
    assert_eq!(both.user.token.unwrap().expose_secret(), "a");
    let broken = line(files.settings(&["broken", "dev"], &Connection::default()));
    assert!(
        broken.starts_with(&format!(
            "error loading config file \"{}\": ",
            files.path("broken")
        )),
        "{broken}"
    );
}

#[test]
fn the_flag_names_one_file_that_exists() {
    let files = Files::new();
    let with = |name: &str| {
        let connection = flags(|flags| flags.kubeconfig = Some(files.path(name).into()));
        line(settings(
            &connection,
            &Env::of([("KUBECONFIG", &files.path("dev"))]),
        ))
    };
    assert_eq!(with("other"), "other elsewhere https://three/");
    assert_eq!(
        with("missing"),
        format!("stat {}: no such file or directory", files.path("missing"))
    );
}

#[test]
fn without_a_list_it_is_the_file_at_home() {
    let files = Files::new();
    std::fs::create_dir(files.path(".kube")).unwrap();
    std::fs::copy(files.path("dev"), files.path(".kube/config")).unwrap();
    let home = files.path("");
    for list in ["", ":"] {
        let env = Env::of([("KUBECONFIG", list), ("HOME", &home)]);
        let expected = if list.is_empty() {
            "dev team https://one:6443/"
        } else {
            "no API server is configured: there is no kubeconfig, or its current-context is not set"
        };
        assert_eq!(line(settings(&Connection::default(), &env)), expected);
    }
}

#[test]
fn paths_are_relative_to_their_file() {
    let files = Files::new();
    let dev = files.settings(&["dev"], &Connection::default()).unwrap();
    assert_eq!(
        dev.cluster.certificate_authority,
        Some(files.path("ca.pem"))
    );
    assert_eq!(dev.user.client_key, Some(files.path("sub/alice.key")));
    let prod = files
        .settings(&["dev"], &flags(|flags| flags.context = some("prod")))
        .unwrap();
    assert_eq!(
        prod.user.exec.unwrap().command,
        Some(files.path("./bin/plugin"))
    );
}
