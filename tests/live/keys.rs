//! Ctrl-C at a real terminal, in the middle of a wait.

use crate::completion::installed;
use crate::namespace::Namespace;
use crate::terminal::Shell;
use crate::terminal::Terminal;

/// The cursor is there again, the exit code is a signal's, the same command goes on.
#[test]
fn ctrl_c_gives_the_terminal_back() {
    let namespace = Namespace::new("keys");
    let dir = installed();
    let terminal = Terminal::start(Shell::Bash, &dir.path().display().to_string());
    let create = format!("kubectl zk create zk -n {}", namespace.name);
    terminal.types(&create);
    terminal.presses("Enter");
    terminal.await_screen("starting");
    assert_eq!(terminal.cursor(), "0", "hidden while lines are drawn");
    terminal.presses("C-c");
    terminal.await_screen("hint: ");
    assert_eq!(terminal.cursor(), "1");
    terminal.types("echo \"ended: $?\"");
    terminal.presses("Enter");
    terminal.await_screen("ended: 130");
    terminal.types(&create);
    terminal.presses("Enter");
    terminal.await_screen("clients connect to");
    assert_eq!(terminal.cursor(), "1");
}
