//! What is known of `ZooKeeper`'s releases, for whoever goes from one to another. Must not know how servers are restarted.

use crate::commands::Context;
use crate::ensemble::Ensemble;
use crate::ensemble::Observed;
use crate::ensemble::Version;
use crate::error::Error;
use crate::error::Kind;

/// The oldest release that is gone to: older ones get no fixes any more, and lack what the start script relies on.
const OLDEST: Version = Version(3, 8, 0);

/// Whether servers may go from the release they run to that of the image, with a word where that is unwise.
///
/// # Errors
/// The release is too old.
pub(crate) fn check(context: &Context<'_>, seen: &Observed, wish: &Ensemble) -> Result<(), Error> {
    let changes = seen.ensemble().is_some_and(|have| have.image != wish.image);
    let Some(to) = Version::of_image(&wish.image).filter(|_| changes) else {
        return Ok(());
    };
    if to < OLDEST {
        let text = format!(
            "ZooKeeper {to} is too old: its line gets no fixes any more, and loses data by known defects that are mended since"
        );
        return Err(Error::new(Kind::Refused, text).hint("for example --image zookeeper:3.9.5"));
    }
    if let Some(from) = newest(seen).filter(|from| to < *from) {
        context.ui.warning(&format!(
            "{from} -> {to} goes back: between 3.8 and 3.9 no data is lost by it, settings that {to} does not know must go first"
        ));
    }
    if has_defects(to) {
        context.ui.warning(&format!(
            "ZooKeeper {to} can lose committed transactions by known defects (ZOOKEEPER-4785, 4394, 4643, 4646, 4712, 4925): 3.9.4 and 3.8.5 have them mended"
        ));
    }
    Ok(())
}

/// The newest release that a server runs.
fn newest(seen: &Observed) -> Option<Version> {
    let versions = seen.serving().filter_map(|(_, answer)| answer.version);
    versions.max()
}

fn has_defects(version: Version) -> bool {
    let Version(major, minor, patch) = version;
    match (major, minor) {
        (3, 8) => patch < 5,
        (3, 9) => patch < 4,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_with_defects() {
        let having = [Version(3, 8, 4), Version(3, 9, 3)];
        let mended = [Version(3, 8, 5), Version(3, 9, 4), Version(3, 9, 5)];
        assert!(having.into_iter().all(has_defects));
        assert!(!mended.into_iter().any(has_defects));
    }
}
