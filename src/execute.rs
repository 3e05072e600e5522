//! Floor 3: the loop. Look, decide, do, look again, until it is done or the deadline or a signal ends it.
//!
//! Knows nothing of what is waited for: that is the step's business. Nothing is kept between two rounds, so whoever runs
//! the same command again goes on where this one ended.

use std::future::Future;
use std::time::Duration;

/// How long after one look the next one is. Shorter makes the API server work, longer makes people wait.
const PACE: Duration = Duration::from_millis(150);

/// Why the loop ended before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ended {
    /// The deadline passed.
    #[error("it was not done within {0:?}")]
    Deadline(Duration),
    /// Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// TERM.
    #[error("terminated")]
    Terminated,
}

/// Runs `step` until it gives a value, at most for `timeout`, or until a signal comes.
///
/// # Errors
/// The step's own, or why the loop ended.
pub async fn until<T, E, F>(timeout: Duration, step: impl FnMut() -> F) -> Result<T, E>
where
    F: Future<Output = Result<Option<T>, E>>,
    E: From<Ended>,
{
    tokio::select! {
        biased;
        ended = signal() => Err(E::from(ended)),
        result = within(timeout, step) => result,
    }
}

/// The same, for whom a signal shall end at once: nobody listens to them.
///
/// # Errors
/// The step's own, or that the deadline passed.
pub async fn within<T, E, F>(timeout: Duration, mut step: impl FnMut() -> F) -> Result<T, E>
where
    F: Future<Output = Result<Option<T>, E>>,
    E: From<Ended>,
{
    let rounds = async {
        loop {
            if let Some(value) = step().await? {
                return Ok(value);
            }
            tokio::time::sleep(PACE).await;
        }
    };
    let result = tokio::time::timeout(timeout, rounds).await;
    result.unwrap_or_else(|_| Err(E::from(Ended::Deadline(timeout))))
}

/// Waits for a signal that wants us to end.
pub async fn signal() -> Ended {
    tokio::select! {
        _ = tokio::signal::ctrl_c() => Ended::Interrupted,
        () = terminated() => Ended::Terminated,
    }
}

#[cfg(unix)]
async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signals) => drop(signals.recv().await),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn looks_until_it_is_done() {
        let looks = Cell::new(0);
        let done: Result<i32, Ended> = until(Duration::from_secs(9), || async {
            looks.set(looks.get() + 1);
            Ok((looks.get() == 4).then_some(7))
        })
        .await;
        assert_eq!((done, looks.get()), (Ok(7), 4));
    }

    #[tokio::test(start_paused = true)]
    async fn a_step_that_hangs_ends_at_the_deadline() {
        let timeout = Duration::from_secs(9);
        let began = Instant::now();
        let ended: Result<(), Ended> = until(timeout, std::future::pending).await;
        assert_eq!(
            (ended, began.elapsed()),
            (Err(Ended::Deadline(timeout)), timeout)
        );
    }
}
