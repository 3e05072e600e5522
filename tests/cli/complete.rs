//! What TAB offers: kubectl's completion protocol, from a cluster in memory.

mod rolling;

use std::ffi::OsString;

use kubectl_zk::cli::offered;
use kubectl_zk::cluster::Connection;
use kubectl_zk::error::Error;
use kubectl_zk::error::Kind;

use crate::fake::World;
use crate::fake::faults::How;
use crate::fake::faults::When;

/// What is offered behind these words, of which the last may be empty: `status zk ` has an empty last one.
async fn tab(world: &World, line: &str) -> String {
    let words = std::iter::once("kubectl_complete-zk").chain(line.split(' '));
    let words: Vec<OsString> = words.map(OsString::from).collect();
    let reach = async |connection| Ok(world.cluster(&connection));
    offered(&words, reach).await.unwrap()
}

/// The values alone.
async fn values(world: &World, line: &str) -> Vec<String> {
    let text = tab(world, line).await;
    let lines = text.lines().filter(|line| !line.starts_with(':'));
    lines
        .map(|line| line.split('\t').next().unwrap().to_owned())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn verbs() {
    insta::assert_snapshot!(tab(&World::default(), "").await, @"
    create	Create an ensemble
    status	Show how ensembles are
    exec	Send four-letter words to the servers
    scale	Change how many servers vote
    restart	Restart the servers one at a time
    update	Change an ensemble
    diff	Show how an ensemble's objects differ from what it shall be
    replace	Replace a server whose disk or node is gone
    repair	Mend what the servers themselves do not
    delete	Delete an ensemble
    connection-string	Print where clients connect to
    rbac	Print the Role that verbs need
    version	Print the version of the plugin
    completion	Make TAB work behind `kubectl zk`
    options	Print the flags of every verb
    :4
    ");
    assert_eq!(
        values(&World::default(), "con").await,
        ["connection-string"]
    );
    assert_eq!(values(&World::default(), "help st").await, ["status"]);
}

#[tokio::test(start_paused = true)]
async fn ensembles_by_one_request() {
    let world = World::with_zk().await;
    assert_eq!(tab(&world, "status ").await, "zk\t3 of 3 pods ready\n:4\n");
    assert_eq!(world.api.count(), 1);
    for verb in [
        "create",
        "scale",
        "repair",
        "exec",
        "delete",
        "connection-string",
    ] {
        assert_eq!(values(&world, &format!("{verb} z")).await, ["zk"]);
    }
    assert_eq!(tab(&world, "status x").await, ":4\n");
    assert_eq!(tab(&world, "status zk ").await, ":4\n");
}

#[tokio::test(start_paused = true)]
async fn those_made_by_hand_too() {
    let world = World::with_zk().await;
    world.by_hand("old");
    assert_eq!(values(&world, "exec ").await, ["old", "zk"]);
}

/// Whether flags stand before or behind.
#[tokio::test(start_paused = true)]
async fn of_the_namespace_that_was_typed() {
    let world = World::default();
    world.zk("create there -n far -q").await.succeeded();
    for line in [
        "status -n far ",
        "-n far status ",
        "status --namespace=far -q ",
        "status -nfar ",
        "status -o ? --nonsense -n far ",
        "-n near status -q -q -n far ",
    ] {
        assert_eq!(values(&world, line).await, ["there"], "{line}");
    }
    assert_eq!(tab(&world, "status ").await, ":4\n");
}

#[tokio::test(start_paused = true)]
async fn servers_of_the_ensemble_that_was_named() {
    let world = World::with_zk().await;
    insta::assert_snapshot!(tab(&world, "exec zk ruok --id ").await, @"
    1	ready
    2	ready
    3	ready
    :4
    ");
    assert_eq!(tab(&world, "exec other ruok --id ").await, ":4\n");
    assert_eq!(tab(&world, "exec --id ").await, ":4\n");
    assert_eq!(
        values(&world, "exec zk nonsense --id 1 --id ").await.len(),
        3
    );
}

#[tokio::test(start_paused = true)]
async fn words_sizes_and_formats() {
    let world = World::default();
    insta::assert_snapshot!(tab(&world, "exec zk m").await, @"
    mntr	every metric, one a line
    :4
    ");
    insta::assert_snapshot!(tab(&world, "scale zk --replicas ").await, @"
    1	survives no failure
    3	survives 1 failure
    5	survives 2 failures
    7	survives 3 failures
    9	survives 4 failures
    :4
    ");
    insta::assert_snapshot!(tab(&world, "status -o=").await, @"
    table
    wide
    json
    yaml
    name
    jsonpath=
    jsonpath-file=
    custom-columns=
    custom-columns-file=
    :6
    ");
    insta::assert_snapshot!(tab(&world, "status -oj").await, @"
    -ojson
    -ojsonpath=
    -ojsonpath-file=
    :6
    ");
    insta::assert_snapshot!(tab(&world, "create zk --dry-run=").await, @"
    none	Everything is changed
    client	Nothing is sent to be changed
    server	The server checks everything and keeps nothing
    :4
    ");
}

/// Each once, but those that may be given again.
#[tokio::test(start_paused = true)]
async fn flags() {
    let world = World::default();
    let all = values(&world, "exec zk ruok -").await;
    for flag in ["--id", "--namespace", "-n", "--help", "--color"] {
        assert!(all.contains(&flag.to_owned()), "{flag}: {all:?}");
    }
    assert!(!all.contains(&"--cache-dir".to_owned()));
    assert_eq!(
        values(&world, "exec zk ruok --i").await,
        ["--id", "--insecure-skip-tls-verify"]
    );
    assert_eq!(
        values(&world, "exec --id 1 --i").await,
        ["--id", "--insecure-skip-tls-verify"]
    );
    assert_eq!(
        values(&world, "exec --probe-timeout 1s --prob").await,
        [""; 0]
    );
    assert_eq!(values(&world, "exec -- -").await, [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn files_are_the_shells_to_offer() {
    for line in [
        "--kubeconfig ",
        "create zk --config-file ",
        "status --client-key=x",
    ] {
        assert_eq!(tab(&World::default(), line).await, ":0\n", "{line}");
    }
}

/// A wrong flag before the cursor does not keep the rest from being known.
#[tokio::test(start_paused = true)]
async fn beside_what_makes_no_sense() {
    let world = World::with_zk().await;
    for line in [
        "status --nonsense ",
        "exec --id x ",
        "status -o ? ",
        "delete --timeout never ",
    ] {
        assert_eq!(values(&world, line).await, ["zk"], "{line}");
    }
}

/// Nothing is offered where something fails, and nothing is said of it.
#[tokio::test(start_paused = true)]
async fn silent_where_it_fails() {
    let broken = How::Status(500, "InternalError");
    for how in [How::Forbidden, broken, How::Drop, How::Hangs] {
        let world = World::with_zk().await;
        world.api.fault(When::Always("list"), how);
        assert_eq!(tab(&world, "status ").await, ":4\n");
        assert_eq!(tab(&world, "create zk --storage-class ").await, ":4\n");
    }
    let words = ["kubectl-zk", "__complete", "status", ""].map(OsString::from);
    let nowhere = async |_| Err(Error::new(Kind::Cluster, "no way"));
    assert_eq!(offered(&words, nowhere).await.unwrap(), ":4\n");
}

#[tokio::test(start_paused = true)]
async fn not_longer_than_a_moment() {
    let began = tokio::time::Instant::now();
    let words = ["kubectl-zk", "__complete", "status", ""].map(OsString::from);
    let never = async |_| std::future::pending().await;
    assert_eq!(offered(&words, never).await.unwrap(), ":4\n");
    assert_eq!(began.elapsed().as_millis(), 1500);
}

/// By the link's name, on Windows too, or as programs made with cobra are asked; nothing else is a question.
#[tokio::test(start_paused = true)]
async fn who_asks() {
    let nowhere = async |_| Err(Error::new(Kind::Cluster, "no way"));
    let asked = async |words: &[&str]| {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        offered(&words, nowhere).await
    };
    let described = "version\tPrint the version of the plugin\n:4\n";
    assert_eq!(
        asked(&["/bin/kubectl_complete-zk", "ver"]).await.unwrap(),
        described
    );
    assert_eq!(
        asked(&["kubectl_complete-zk.exe", "ver"]).await.unwrap(),
        described
    );
    assert_eq!(
        asked(&["kubectl-zk", "__complete", "ver"]).await.unwrap(),
        described
    );
    assert_eq!(
        asked(&["kubectl-zk", "__completeNoDesc", "ver"])
            .await
            .unwrap(),
        "version\n:4\n"
    );
    assert!(asked(&["kubectl-zk", "status"]).await.is_none());
    assert!(asked(&["kubectl-zk"]).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn directories() {
    let text = tab(&World::default(), "completion install --dir ").await;
    assert_eq!(text, ":16\n");
}

/// `=false` means what it says: the server's certificate is looked at.
#[tokio::test(start_paused = true)]
async fn a_switch_that_is_off() {
    for (line, insecure) in [
        ("status --insecure-skip-tls-verify=false ", false),
        ("status --insecure-skip-tls-verify=true ", true),
        ("status --insecure-skip-tls-verify ", true),
        ("status ", false),
    ] {
        let words = std::iter::once("kubectl_complete-zk").chain(line.split(' '));
        let words: Vec<OsString> = words.map(OsString::from).collect();
        let asked = std::cell::Cell::new(None);
        let reach = async |connection: Connection| {
            asked.set(Some(connection.insecure_skip_tls_verify));
            Err(Error::new(Kind::Cluster, "no way"))
        };
        offered(&words, reach).await.unwrap();
        assert_eq!(asked.get(), Some(insecure), "{line}");
    }
}
