//! What is in zoo.cfg whatever the mounted base says, and how the image's own server is run.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::pod::Pod;

const DIGEST: &str = "super:D/InIHSb7yEEbrWz8b9l71RjZJU=";

/// zoo.cfg of a founder with this base.
fn with_base(base: &str) -> Pod {
    let pod = Pod::new();
    pod.mount("zk/zoo.cfg", base);
    pod.starts();
    pod
}

fn fixed(pod: &Pod) {
    let data = pod
        .path("")
        .to_str()
        .unwrap()
        .trim_end_matches('/')
        .to_owned();
    for (key, value) in [
        ("standaloneEnabled", "false"),
        ("reconfigEnabled", "true"),
        ("quorumListenOnAllIPs", "true"),
        ("electionPortBindRetry", "0"),
        ("db.autocreate", "false"),
        ("dataDir", &data),
        ("dataLogDir", &data),
        ("dynamicConfigFile", &format!("{data}/conf/zoo.cfg.dynamic")),
    ] {
        assert_eq!(pod.setting(key), value, "{key}");
    }
}

#[test]
fn the_settings_that_keep_data_safe_are_there() {
    fixed(&with_base("tickTime=2000"));
}

#[test]
fn the_base_stays_otherwise() {
    let pod = with_base(
        "# a comment\ntickTime=500\n4lw.commands.whitelist=conf,srvr\nsecureClientPort=2281\nserverCnxnFactory=x\n",
    );
    for line in [
        "# a comment",
        "tickTime=500",
        "4lw.commands.whitelist=conf,srvr",
        "secureClientPort=2281",
        "serverCnxnFactory=x",
    ] {
        assert!(
            pod.read("conf/zoo.cfg").lines().any(|found| found == line),
            "{line}"
        );
    }
}

#[test]
fn a_base_cannot_break_what_is_ours() {
    let keys = [
        "standaloneEnabled",
        "reconfigEnabled",
        "quorumListenOnAllIPs",
        "electionPortBindRetry",
        "db.autocreate",
        "dataDir",
        "dataLogDir",
        "dynamicConfigFile",
        "clientPort",
        "clientPortAddress",
        "peerType",
        "skipACL",
        "server.1",
        "server.7",
        "group.1",
        "weight.1",
        "DigestAuthenticationProvider.superDigest",
    ];
    let forms = "KEY=wrong\n  KEY = wrong\nKEY:wrong\n\tKEY wrong\nKEY\ntickTime=1\rKEY=wrong\n\\KEY=wrong\ninitLimit=10\n";
    for key in keys {
        let pod = with_base(&forms.replace("KEY", key));
        let config = pod.read("conf/zoo.cfg");
        assert!(!config.contains("wrong"), "{key}: {config}");
        assert!(
            config.starts_with("tickTime=1\ninitLimit=10\n\n"),
            "{key}: {config}"
        );
        assert!(
            !config.contains("clientPort") && !config.contains("server."),
            "{key}: {config}"
        );
        fixed(&pod);
    }
}

#[test]
fn a_last_line_that_goes_on_does_not_swallow_ours() {
    let pod = with_base("4lw.commands.whitelist=conf,\\");
    assert!(
        pod.read("conf/zoo.cfg").contains("conf,\\\n\n"),
        "an empty line ends it"
    );
    fixed(&pod);
}

#[test]
fn a_base_of_nothing_but_our_keys_is_fine() {
    fixed(&with_base("clientPort=2181"));
}

#[test]
fn a_new_base_reaches_a_member_at_its_next_start() {
    let pod = with_base("tickTime=2000");
    pod.mount("zk/zoo.cfg", "tickTime=3000");
    pod.starts();
    assert_eq!(pod.setting("tickTime"), "3000");
}

#[test]
fn the_superusers_digest_is_in_zoo_cfg_alone_and_for_the_owner_alone() {
    let mut pod = Pod::new();
    pod.set("ZK_SUPER_DIGEST", DIGEST);
    let end = pod.run();
    assert_eq!(end.code, 0);
    assert!(pod.read("conf/zoo.cfg").ends_with(&format!(
        "DigestAuthenticationProvider.superDigest={DIGEST}\n"
    )));
    assert!(!end.said.contains("super:"), "{end:?}");
    for (file, text) in pod.disk() {
        let mode = fs::metadata(pod.path(file.to_str().unwrap()))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
        let holds = String::from_utf8(text).unwrap().contains("super:");
        assert_eq!(holds, file.ends_with("zoo.cfg"), "{}", file.display());
    }
}

#[test]
fn without_a_digest_there_is_no_superuser() {
    assert!(
        !with_base("DigestAuthenticationProvider.superDigest=super:mine")
            .read("conf/zoo.cfg")
            .contains("super")
    );
}

#[test]
fn without_a_command_the_images_server_runs() {
    let mut pod = Pod::new();
    pod.server(r#"printf '%s %s\n' "$ZOOCFGDIR" "$*" >"$ZK_DATA/called"; exit 5"#);
    let end = pod.start(&[]).end();
    assert_eq!(end.code, 5, "{end:?}");
    let conf = pod.path("conf").display().to_string();
    assert_eq!(
        pod.read("called"),
        format!("{conf} start-foreground {conf}/zoo.cfg\n")
    );
    assert_eq!(pod.read("conf/logback.xml"), "<configuration/>\n");
}

#[test]
fn without_a_logback_file_the_images_server_does_not_run() {
    let pod = Pod::new();
    fs::remove_file(pod.root().join("zk/logback.xml")).unwrap();
    let end = pod.start(&[]).end();
    assert_eq!(end.code, 78, "{end:?}");
    assert!(
        end.reason
            .contains("logback.xml: is the ConfigMap complete?"),
        "{end:?}"
    );
}

#[test]
fn nothing_is_written_twice_by_a_restart_that_changes_nothing() {
    let pod = with_base("tickTime=2000");
    let modified = |name| fs::metadata(pod.path(name)).unwrap().modified().unwrap();
    let names = [
        "conf/zoo.cfg",
        "conf/zoo.cfg.dynamic",
        "conf/spare",
        "ensemble",
        "myid",
    ];
    let before = names.map(modified);
    pod.starts();
    assert_eq!(names.map(modified), before);
}
