//! The superuser's password is in the Secret alone: with everything traced, no verb tells it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::ensemble::create;
use crate::namespace::Namespace;

#[test]
fn no_verb_tells_the_password() {
    let namespace = Namespace::new("secrets");
    let mut said = String::new();
    let mut zk = |args: &[&str]| {
        let run = namespace.zk(&[args, &["-v9"]].concat()).ends_with(0);
        said += &(run.stdout + &run.stderr);
    };
    zk(&create("zk", &["--replicas", "1"]));
    let secrets = ["password", "superDigest"].map(|key| {
        let encoded = namespace.field("secret", "zk-identity", &format!(".data.{key}"));
        let bare = String::from_utf8(STANDARD.decode(&encoded).unwrap()).unwrap();
        [encoded, bare.trim_start_matches("super:").to_owned()]
    });
    zk(&["create", "zk", "-o", "yaml"]);
    zk(&["status", "zk", "-o", "yaml"]);
    zk(&["exec", "zk", "conf", "envi", "mntr"]);
    zk(&["delete", "zk", "--yes"]);
    zk(&["create", "zk"]);
    zk(&["delete", "zk", "--delete-data", "--yes"]);
    assert!(said.contains("POST "), "nothing was traced: {said}");
    for secret in secrets.concat() {
        assert!(
            16 < secret.len() && !said.contains(&secret),
            "{secret} in {said}"
        );
    }
}
