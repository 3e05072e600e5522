//! The flags of `create` that describe an ensemble, and how they become an intent.

mod change;
mod over;
mod unset;

use clap::Args;

use crate::commands::values::User;
use crate::commands::values::object_name;
use crate::commands::values::user;
pub use crate::commands::wish::change::Change;
pub use crate::commands::wish::unset::Unset;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Size;
use crate::ensemble::intent;
use crate::ensemble::intent::Storage;
use crate::ensemble::roles::MOST_OBSERVERS;
use crate::error::Error;
use crate::error::Kind;

/// What an ensemble shall be. The defaults are [`Ensemble::new`]'s.
#[derive(Args, Debug, Default, PartialEq)]
pub struct Wish {
    /// How many servers vote, 1 to 9, best an odd number; 3 if not given
    #[arg(long, value_name = "N")]
    pub replicas: Option<Size>,
    /// How many more servers observe, without a vote; 0 if not given
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u8).range(0..=i64::from(MOST_OBSERVERS)))]
    pub observers: Option<u8>,
    /// StorageClass of the disks; the cluster's default if not given
    #[arg(long, value_name = "NAME", value_parser = object_name)]
    pub storage_class: Option<String>,
    /// Keep the data in the pods: gone with them
    #[arg(long, conflicts_with_all = ["storage", "storage_class"])]
    pub ephemeral: bool,
    /// User and group that own the data, 1000 if not given; none leaves them to the cluster (OpenShift)
    #[arg(long, value_name = "UID|none", value_parser = user)]
    pub run_as_user: Option<User>,
    /// What can be changed later, too.
    #[command(flatten)]
    pub change: Change,
}

impl Wish {
    /// The intent, validated.
    ///
    /// # Errors
    /// The first flag that makes no sense, or two that do not go together.
    pub fn intent(self, name: EnsembleName) -> Result<Ensemble, Error> {
        let mut usual = Ensemble::new(name);
        usual.replicas = self.replicas.unwrap_or(usual.replicas);
        usual.observers = self.observers.unwrap_or_default();
        let kept = usual.placement.run_as_user;
        usual.placement.run_as_user = self.run_as_user.map_or(kept, |user| user.0);
        usual.storage = match self.ephemeral {
            true => Storage::Ephemeral,
            false => Storage::Claim {
                size: intent::default_storage(),
                class: self.storage_class,
            },
        };
        if let Some(key) = self.change.removed() {
            let text = format!("{key}- removes {key}, and there is nothing to remove from yet");
            return Err(Error::new(Kind::Usage, text));
        }
        self.change.over(usual)
    }

    /// Whether no flag was given: whoever types a name alone means the ensemble that has it.
    pub fn says_nothing(&self) -> bool {
        *self == Self::default()
    }
}
