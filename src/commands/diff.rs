//! `diff`: what an ensemble shall be, against its objects as they are.

use clap::Args;

use crate::commands::Context;
use crate::commands::rolled::ours;
use crate::commands::update::over;
use crate::commands::wish::Change;
use crate::commands::wish::Unset;
use crate::ensemble::EnsembleName;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::ui::Format;
use crate::ui::render;
use crate::ui::view::diff::DiffView;

/// Show how an ensemble's objects differ from what it shall be, objects that others changed included
///
/// With flags: what `update` with them would change. Exits with 0 where nothing differs, with 1 where something does, as
/// `kubectl diff`.
#[derive(Args, Debug)]
pub struct DiffArgs {
    /// The ensemble
    pub name: EnsembleName,
    #[command(flatten)]
    change: Change,
    /// Have a flag's default again (can be repeated)
    #[arg(long, value_enum, value_name = "FLAG")]
    unset: Vec<Unset>,
    /// How to show it: table, json, yaml, name, jsonpath=…, custom-columns=…
    #[arg(
        short = 'o',
        long,
        default_value = "table",
        hide_default_value = true,
        value_name = "FORMAT"
    )]
    output: Format,
}

/// Runs it.
///
/// # Errors
/// The ensemble is not there; a flag makes no sense; a fault.
pub async fn run(context: &Context<'_>, args: DiffArgs) -> Result<Exit, Error> {
    let seen = ours(context, &args.name, "diff").await?;
    let Some(have) = seen.ensemble() else {
        let text = format!("the intent of ensemble {} cannot be read", args.name);
        return Err(Error::new(Kind::Refused, text));
    };
    let wish = over(have.clone(), args.change, &args.unset)?;
    let compared = context.cluster.compare(&wish, true).await?;
    let view = DiffView::new(&seen, have.differences(&wish), compared);
    let differs = view.differs();
    context
        .ui
        .data(&render(&view, &args.output, true, context.ui.paper())?)?;
    match differs {
        true => Ok(Exit::Failure),
        false => Ok(Exit::Success),
    }
}
