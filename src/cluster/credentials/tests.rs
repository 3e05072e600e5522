//! Plugins that are missing, fail, or would ask.

use super::*;

fn exec(command: &str, mode: Option<ExecInteractiveMode>) -> ExecConfig {
    ExecConfig {
        command: Some(command.to_owned()),
        install_hint: Some("get it\n".to_owned()),
        interactive_mode: mode,
        ..ExecConfig::default()
    }
}

#[tokio::test]
async fn a_missing_plugin_shows_how_to_get_it() {
    let error = run(
        &exec("no-such-plugin", None),
        &Cluster::default(),
        &Env::of([]),
    )
    .await
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "exec: executable no-such-plugin not found"
    );
    assert_eq!(error.hints(), ["get it"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_failed_plugin_is_quoted() {
    let mut exec = exec("sh", None);
    exec.args = Some(vec![
        "-c".to_owned(),
        "echo log in first >&2; exit 7".to_owned(),
    ]);
    let error = run(&exec, &Cluster::default(), &Env::of([]))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "exec: executable sh failed with exit code 7: log in first"
    );
}

#[test]
fn standard_input_is_a_plugins_only_if_a_terminal() {
    use ExecInteractiveMode::Always;
    use ExecInteractiveMode::IfAvailable;
    use ExecInteractiveMode::Never;
    let (pipe, mut terminal) = (Env::of([]), Env::of([]));
    terminal.stdin_is_terminal = true;
    for (mode, at_pipe, at_terminal) in [
        (None, Ok(false), Ok(true)),
        (Some(Never), Ok(false), Ok(false)),
        (Some(IfAvailable), Ok(false), Ok(true)),
        (Some(Always), Err(BadCredentials::NoTerminal), Ok(true)),
    ] {
        let exec = exec("p", mode);
        assert_eq!(is_interactive(&exec, &pipe), at_pipe, "{exec:?}");
        assert_eq!(is_interactive(&exec, &terminal), at_terminal, "{exec:?}");
    }
}

#[test]
fn cluster_information_is_given_on_request() {
    let mut exec = exec("p", None);
    let server = Some("https://api:6443".to_owned());
    let cluster = Cluster {
        server,
        ..Cluster::default()
    };
    assert!(
        !exec_info(&exec, &cluster, false)
            .unwrap()
            .contains("api:6443")
    );
    exec.provide_cluster_info = true;
    assert!(
        exec_info(&exec, &cluster, false)
            .unwrap()
            .contains(r#""server":"https://api:6443""#)
    );
}
