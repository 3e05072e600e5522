//! What goes to which stream, and how.

use super::*;

fn capture(quiet: bool, yes: bool) -> (Ui, Capture) {
    let color = ColorChoice::Auto;
    Ui::capture_with(UiOptions { color, quiet, yes })
}

fn speak(ui: &Ui) {
    ui.status("waiting\u{1b}[2J");
    ui.warning("even number");
    ui.hint("kubectl zk status zk");
    let hints = ["try again".to_owned()];
    ui.error(&io::Error::other("disk is full"), &hints);
    ui.error(&io::Error::other("Error from server (NotFound): no"), &[]);
    ui.data("NAME\n").unwrap();
    ui.bytes(&[0xff]).unwrap();
}

#[test]
fn data_and_the_rest_go_their_ways() {
    let (ui, capture) = Ui::capture();
    speak(&ui);
    assert_eq!(capture.stdout_bytes(), b"NAME\n\xff");
    insta::assert_snapshot!(capture.stderr(), @r#"
    waiting^[[2J
    Warning: even number
    hint: kubectl zk status zk
    error: disk is full
    hint: try again
    Error from server (NotFound): no
    "#);
}

#[test]
fn quiet_silences_status_alone() {
    let (ui, captured) = capture(true, false);
    speak(&ui);
    assert!(captured.stderr().starts_with("Warning: even number\nhint:"));
    assert_eq!(captured.stdout(), "NAME\n\u{fffd}");
}

#[test]
fn colour_on_a_terminal() {
    let (ui, capture) = Ui::capture();
    assert!(!ui.stdout_color() && ui.width() == 80);
    capture.pretend_terminal(120);
    assert!(ui.stdout_color() && ui.stdout_is_terminal() && ui.width() == 120);
    ui.hint("x");
    assert_eq!(capture.stderr(), "\u{1b}[1m\u{1b}[36mhint:\u{1b}[0m x\n");
}

#[test]
fn only_yes_is_yes() {
    for (answer, yes) in [
        ("y\n", true),
        ("Yes\n", true),
        ("n\n", false),
        ("\n", false),
        ("", false),
        ("yep", false),
    ] {
        let (ui, capture) = Ui::capture();
        capture.pretend_terminal(80);
        capture.answer(answer);
        assert_eq!(ui.confirm("delete zk?").unwrap(), yes, "{answer:?}");
        assert_eq!(capture.stderr(), "delete zk? (y/N): ");
        assert_eq!(capture.stdout(), "");
    }
}

#[test]
fn nobody_to_ask() {
    let (ui, captured) = Ui::capture();
    let error = ui.confirm("delete zk?").unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot ask for confirmation without a terminal; pass --yes to go ahead"
    );
    assert_eq!(captured.stderr(), "");
    let (ui, captured) = capture(false, true);
    assert!(ui.confirm("delete zk?").unwrap());
    assert_eq!(captured.stderr(), "");
}

#[test]
fn bytes_are_shown_on_a_terminal_and_verbatim_elsewhere() {
    let (ui, capture) = Ui::capture();
    ui.bytes(b"a\x1b[2J").unwrap();
    capture.pretend_terminal(80);
    ui.bytes(b"a\x1b[2J\xff").unwrap();
    assert_eq!(capture.stdout(), "a\u{1b}[2Ja^[[2J\u{fffd}");
}

#[test]
fn a_broken_pipe_has_its_own_value() {
    let (ui, capture) = Ui::capture();
    capture.break_pipe();
    assert!(matches!(ui.data("x"), Err(UiError::BrokenPipe)));
}
