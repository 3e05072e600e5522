//! Wakes those who wait until something was asked of a fake. Must not know what.

use std::sync::Arc;

use tokio::sync::Notify;

/// Rung after each question. Clones are the same bell.
#[derive(Clone, Default)]
pub(crate) struct Bell(Arc<Notify>);

impl Bell {
    /// Something was asked.
    pub(crate) fn ring(&self) {
        self.0.notify_waiters();
    }

    /// Waits until it is so, looking whenever the bell was rung.
    pub(crate) async fn until(&self, so: impl Fn() -> bool) {
        loop {
            // Who listens before he looks misses nothing.
            let mut rung = std::pin::pin!(self.0.notified());
            rung.as_mut().enable();
            if so() {
                return;
            }
            rung.await;
        }
    }
}
