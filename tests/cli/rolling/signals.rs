//! Ctrl-C and TERM in the middle of a restart: that nothing is lost, and how to go on.

use std::io::BufRead as _;
use std::io::BufReader;
use std::process::Command;
use std::process::Stdio;

use crate::fake::http::listen;
use crate::process::zk;
use crate::rolling::ensemble;

/// What a restart that is ended in this way said from its first wait on, and its exit code.
fn ended_by(signal: &str, server: &str) -> (Option<i32>, String) {
    let mut command = zk(&["restart", "zk", "-s", server]);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let stderr = child.stderr.take().unwrap();
    let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
    let wait = lines.find(|line| line.starts_with("waiting: ")).unwrap();
    let pid = child.id().to_string();
    let kill = Command::new("kill").args([signal, &pid]).status();
    assert!(kill.unwrap().success());
    let rest: Vec<String> = std::iter::once(wait).chain(lines).collect();
    (child.wait().unwrap().code(), rest.join("\n"))
}

#[tokio::test(start_paused = true)]
async fn they_lose_nothing() {
    let world = ensemble(3, 0).await;
    let server = listen(&world.api);
    let (code, said) = ended_by("-INT", &server);
    insta::assert_snapshot!(said, @"
    waiting: server 1 does not serve in sync by the ensemble's list: it does not answer: no running pod
    error: interrupted
    hint: nothing is lost: run the same command again to go on
    hint: kubectl zk status zk -n default
    ");
    assert_eq!(code, Some(130));
    let (code, said) = ended_by("-TERM", &server);
    assert!(
        said.contains("hint: nothing is lost: run the same command again to go on"),
        "{said}"
    );
    assert_eq!(code, Some(143));
}
