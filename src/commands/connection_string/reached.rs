//! Opens sessions over streams that were dialled, and says in few words why one could not be had.

use std::time::Duration;

use crate::cluster::Unreachable;
use crate::cluster::dial::Stream;
use crate::zookeeper::error::SessionError;
use crate::zookeeper::session::ConnectOptions;
use crate::zookeeper::session::Session;

/// A session over a port-forward or TCP.
pub(crate) type Opened = Session<Box<dyn Stream>>;

/// Opens one.
///
/// # Errors
/// Why not, in a few words.
pub(crate) async fn open(
    dialled: Result<Box<dyn Stream>, Unreachable>,
    deadline: Duration,
) -> Result<Opened, String> {
    let stream = dialled.map_err(|why| why.to_string())?;
    let options = ConnectOptions {
        deadline,
        ..ConnectOptions::default()
    };
    let opened = Session::connect(stream, &options).await;
    opened.map_err(why)
}

/// The stream's own failure says more than that the connection was lost.
pub(crate) fn why(error: SessionError) -> String {
    match error {
        SessionError::ConnectionLost { source, .. } => match Unreachable::from(source) {
            // What stands behind it are containerd's words about its own plumbing.
            Unreachable::Refused => Unreachable::Refused.to_string(),
            other => other.to_string(),
        },
        other => other.to_string(),
    }
}
