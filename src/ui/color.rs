//! Whether there is colour. Knows the user's wish and the environment; must not know what is coloured.

use std::env;
use std::str::FromStr;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// Where a terminal can show it and the environment does not forbid it.
    #[default]
    Auto,
    /// Always, in a pipe too.
    Always,
    /// Never.
    Never,
}

/// Why a text is no choice of colour.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be one of auto, always, never")]
pub struct InvalidColorChoice;

/// What the environment says of the terminal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Environment {
    /// `TERM=dumb`, or Windows' console of old: neither colour nor cursor movements.
    pub(crate) dumb: bool,
    /// `NO_COLOR` is set (<https://no-color.org>; like kubectl, to whatever it is set).
    pub(crate) no_color: bool,
    /// `CLICOLOR_FORCE` is set to something else than 0.
    pub(crate) forced: bool,
}

impl FromStr for ColorChoice {
    type Err = InvalidColorChoice;

    fn from_str(text: &str) -> Result<Self, InvalidColorChoice> {
        match text {
            "auto" => Ok(Self::Auto),
            "always" => Ok(Self::Always),
            "never" => Ok(Self::Never),
            _ => Err(InvalidColorChoice),
        }
    }
}

impl Environment {
    pub(crate) fn of_process() -> Self {
        let old_console = cfg!(windows) && env::var_os("WT_SESSION").is_none();
        Self {
            dumb: old_console || env::var_os("TERM").is_some_and(|term| term == "dumb"),
            no_color: env::var_os("NO_COLOR").is_some(),
            forced: env::var_os("CLICOLOR_FORCE").is_some_and(|force| force != "0"),
        }
    }

    /// In order: 1. the user's `--color`; 2. `NO_COLOR`; 3. `CLICOLOR_FORCE`; 4. a terminal that is not dumb.
    pub(crate) fn allows(self, choice: ColorChoice, terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !self.no_color && (self.forced || (terminal && !self.dumb)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order() {
        let plain = Environment::default();
        let dumb = Environment {
            dumb: true,
            ..plain
        };
        let forced = Environment {
            forced: true,
            ..dumb
        };
        let no_color = Environment {
            no_color: true,
            ..forced
        };
        for (environment, on_terminal, in_pipe) in [
            (plain, true, false),
            (dumb, false, false),
            (forced, true, true),
            (no_color, false, false),
        ] {
            let auto = |terminal| environment.allows(ColorChoice::Auto, terminal);
            assert_eq!(
                (auto(true), auto(false)),
                (on_terminal, in_pipe),
                "{environment:?}"
            );
            for terminal in [true, false] {
                assert!(environment.allows(ColorChoice::Always, terminal));
                assert!(!environment.allows(ColorChoice::Never, terminal));
            }
        }
    }

    #[test]
    fn only_the_three_words() {
        assert_eq!("always".parse(), Ok(ColorChoice::Always));
        assert_eq!("never".parse(), Ok(ColorChoice::Never));
        assert_eq!("auto".parse(), Ok(ColorChoice::Auto));
        let error = "yes".parse::<ColorChoice>().unwrap_err();
        assert_eq!(error.to_string(), "must be one of auto, always, never");
    }
}
