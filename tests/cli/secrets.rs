//! The superuser's password is in the Secret alone: no verb shows it, nor what it can be found from.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;
use crate::fake::trace;

/// The password and its digest: bare, as the Secret has them, and as a slip of `{:?}` would show them.
fn secrets(world: &World) -> Vec<String> {
    let identity = world.api.object("secrets", "zk-identity").unwrap();
    let forms = |key: &str| {
        let encoded = identity["data"][key].as_str().unwrap().to_owned();
        let bytes = BASE64_STANDARD.decode(&encoded).unwrap();
        let bare = String::from_utf8(bytes.clone()).unwrap();
        let digest = bare.trim_start_matches("super:").to_owned();
        [encoded, digest, format!("{bytes:?}")]
    };
    [forms("password"), forms("superDigest")].concat()
}

#[tokio::test(start_paused = true)]
async fn no_verb_tells_the_password() {
    let world = World::default();
    let mut said = String::new();
    for how in [How::Says(422, "no"), How::DropAnswer, How::Forbidden] {
        world.api.fault(When::Once("create secrets"), how);
        said += &world.zk("create zk -v9").await.to_string();
    }
    for line in [
        "create zk -v9",
        "create zk -v9 -o yaml",
        "create zk --dry-run=client -o json -v9",
        "create zk --dry-run=server -o json -v9",
        "status -v9 -o wide",
        "status zk -v9 -o yaml",
        "status zk -v9 -o json",
        "exec zk conf envi mntr -v9",
        "exec zk srvr -o json -v9",
        "restart zk -v9",
        "update zk --memory 2Gi --storage 9Gi --dry-run -v9",
        "update zk --memory 2Gi --storage 9Gi -o json -v9",
        "update zk --undo -v9",
        "replace zk --id 3 --yes -o yaml -v9",
        "diff zk -o json -v9",
        "delete zk -v9 --dry-run",
        "delete zk -v9 --dry-run=server",
        "delete zk -v9 --yes",
        "create zk -v9",
    ] {
        said += &world.zk(line).await.succeeded().to_string();
    }
    let secrets = secrets(&world);
    let differs = "diff zk --image zookeeper:3.9.4 -o yaml -v9";
    said += &world.zk(differs).await.failed().to_string();
    said += &world
        .zk("delete zk --delete-data --yes -v9")
        .await
        .succeeded()
        .to_string();
    let trace = trace::told();
    assert!(
        trace.contains("POST /api/v1/namespaces/default/secrets"),
        "{trace}"
    );
    for secret in secrets {
        assert!(!said.contains(&secret), "{secret} in {said}");
        assert!(!trace.contains(&secret), "{secret} in {trace}");
    }
}

/// Who asks for it gets it: a fresh one, for those who seal secrets themselves.
#[tokio::test(start_paused = true)]
async fn but_the_one_that_was_asked_for() {
    let world = World::default();
    let outcome = world.zk("create zk --dry-run=client --with-identity").await;
    assert!(outcome.succeeded().stdout.contains("\n  superDigest: "));
}
