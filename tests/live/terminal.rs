//! A shell in a terminal (tmux), for what only keys and a screen show. Knows how a shell is started that knows kubectl's
//! completion; must not know what is typed.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::bed;
use crate::run::await_until;
use crate::run::is_within;
use crate::run::run;

/// How long TAB is given before it is pressed again: several times what the plugin takes at the most.
const OFFERED: Duration = Duration::from_secs(6);

/// A shell, by how it is started with nobody's own settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    pub(crate) const ALL: [Self; 3] = [Self::Bash, Self::Zsh, Self::Fish];

    /// The file that is read at its start, and what it says.
    fn settings(self) -> (&'static str, &'static str) {
        match self {
            Self::Bash => (
                "bashrc",
                "PS1='ready> '\n. /usr/share/bash-completion/bash_completion\n. <(kubectl completion bash)\n",
            ),
            Self::Zsh => (
                ".zshrc",
                "PS1='ready> '\nautoload -Uz compinit && compinit -u\n. <(kubectl completion zsh)\n",
            ),
            Self::Fish => (
                "config.fish",
                "function fish_prompt; echo 'ready> '; end\nset fish_greeting\nkubectl completion fish | source\n",
            ),
        }
    }

    fn command(self, dir: &str) -> String {
        match self {
            Self::Bash => format!("bash --noprofile --rcfile {dir}/bashrc -i"),
            Self::Zsh => format!("ZDOTDIR={dir} zsh -i"),
            Self::Fish => format!("fish --no-config --init-command 'source {dir}/config.fish'"),
        }
    }
}

/// A terminal with a shell in it; closed when dropped.
pub(crate) struct Terminal {
    dir: tempfile::TempDir,
}

impl Terminal {
    /// Starts a shell whose PATH begins with a directory, on the bed, and waits for its prompt.
    pub(crate) fn start(shell: Shell, first_in_path: &str) -> Self {
        let new = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        let dir = new.dir.path().display().to_string();
        let (file, text) = shell.settings();
        fs::write(new.dir.path().join(file), text).unwrap();
        let path = format!("{first_in_path}:{}", bed::path());
        let start = format!(
            "env -i TERM=screen LANG=C.UTF-8 HOME={dir} PATH={path} KUBECONFIG={} {}",
            bed::kubeconfig(),
            shell.command(&dir)
        );
        new.tmux(&["new-session", "-d", "-x", "150", "-y", "50", &start]);
        new.await_screen("ready>");
        new
    }

    /// Presses keys: text as it is.
    pub(crate) fn types(&self, text: &str) {
        self.tmux(&["send-keys", "-l", "--", text]);
    }

    /// Presses one key by tmux's name: `Tab`, `Enter`, `C-c`.
    pub(crate) fn presses(&self, key: &str) {
        self.tmux(&["send-keys", key]);
    }

    /// What is on the screen.
    pub(crate) fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// `1` where the cursor is to be seen, `0` where it is hidden.
    pub(crate) fn cursor(&self) -> String {
        let flag = self.tmux(&["display-message", "-p", "#{cursor_flag}"]);
        flag.trim().to_owned()
    }

    /// Presses TAB until this is on the screen. On a busy machine the cluster may not answer within the time that TAB has, and
    /// then nothing is offered.
    #[track_caller]
    pub(crate) fn completes(&self, text: &str) {
        for _ in 0..10 {
            self.presses("Tab");
            if is_within(OFFERED, || self.screen().contains(text)) {
                return;
            }
        }
        panic!("TAB does not give {text:?}");
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub(crate) fn await_screen(&self, text: &str) {
        await_until(&format!("the screen shows {text:?}"), || {
            self.screen().contains(text)
        });
    }

    fn tmux(&self, args: &[&str]) -> String {
        run(self.command(args), None).ok()
    }

    fn command(&self, args: &[&str]) -> Command {
        let socket = self.dir.path().join("tmux");
        let mut tmux = bed::admin("tmux");
        tmux.arg("-f/dev/null").arg("-S").arg(socket).args(args);
        tmux
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let screen = run(self.command(&["capture-pane", "-p"]), None);
            eprintln!("{}{}", screen.stdout.trim_end(), screen.stderr);
        }
        // There may be none.
        run(self.command(&["kill-server"]), None);
    }
}
