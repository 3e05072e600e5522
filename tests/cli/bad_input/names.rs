//! Names of ensembles, namespaces and other objects.

use crate::bad_input::refused;

#[tokio::test(start_paused = true)]
async fn names() {
    refused(&[
        ("create", "error: exactly one NAME is required, got 0\nhint: see kubectl zk create --help"),
        ("create ''", r#"error: "" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("create Zk", r#"error: "Zk" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("create 1zk", r#"error: "1zk" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("create zk-", r#"error: "zk-" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("create z_k", r#"error: "z_k" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("create zk.prod", r#"error: "zk.prod" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("create ž", r#"error: "ž" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("create 'zk;reboot'", r#"error: "zk;reboot" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("create aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", r#"error: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 43 characters, an ensemble's name has at most 42 (Kubernetes' limit for what is named after it)"#),
        ("create zk 3", "error: unexpected argument \"3\"\nhint: see kubectl zk create --help"),
        ("status Zk", r#"error: "Zk" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("status a b", "error: unexpected argument \"b\"\nhint: see kubectl zk status --help"),
        ("delete", "error: exactly one NAME is required, got 0\nhint: see kubectl zk delete --help"),
        ("delete ../zk", r#"error: "../zk" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("delete zk zk2", "error: unexpected argument \"zk2\"\nhint: see kubectl zk delete --help"),
        ("exec", "error: NAME and WORD are required\nhint: see kubectl zk exec --help"),
        ("exec zk", "error: at least one WORD is required, got 0\nhint: see kubectl zk exec --help"),
        ("exec Zk ruok", r#"error: "Zk" cannot name an ensemble: lower-case letters, digits and '-' only, a letter first, no '-' last"#),
        ("status -n Team", r#"error: invalid argument "Team" for "--namespace" flag: at most 63 lower-case letters, digits and '-', no '-' first or last"#),
        ("status -n a/b", r#"error: invalid argument "a/b" for "--namespace" flag: at most 63 lower-case letters, digits and '-', no '-' first or last"#),
        ("status -n a.b", r#"error: invalid argument "a.b" for "--namespace" flag: at most 63 lower-case letters, digits and '-', no '-' first or last"#),
        ("create zk --storage-class a/b", r#"error: invalid argument "a/b" for "--storage-class" flag: the name of an object has lower-case letters, digits, '-' and '.' only"#),
        ("create zk --priority-class High", r#"error: invalid argument "High" for "--priority-class" flag: the name of an object has lower-case letters, digits, '-' and '.' only"#),
        ("create zk --image-pull-secret a_b", r#"error: invalid argument "a_b" for "--image-pull-secret" flag: the name of an object has lower-case letters, digits, '-' and '.' only"#),
        ("create zk --image ''", "error: \"\" is not the name of an image\nhint: for example --image zookeeper:3.9.5"),
        ("create zk --image 'a b'", "error: \"a b\" is not the name of an image\nhint: for example --image zookeeper:3.9.5"),
        ("create zk --image Zookeeper", "error: \"Zookeeper\" is not the name of an image\nhint: for example --image zookeeper:3.9.5"),
    ])
    .await;
}
