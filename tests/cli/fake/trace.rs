//! What would be traced at `-v9`, kept per thread: each test has one. It is on in every test, from the first command on: a
//! place that another thread passes without a subscriber would be taken for one that nobody listens to.

use std::cell::RefCell;
use std::io;
use std::io::Write;
use std::sync::LazyLock;

use kubectl_zk::cli::traced;

thread_local! {
    static TOLD: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

static ON: LazyLock<()> = LazyLock::new(|| {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(traced(9).unwrap())
        .with_writer(|| Trace)
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
});

struct Trace;

impl Write for Trace {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        TOLD.with_borrow_mut(|told| told.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// From now on everything is kept.
pub(crate) fn on() {
    LazyLock::force(&ON);
}

/// What was traced in this test so far.
pub(crate) fn told() -> String {
    TOLD.with_borrow(|told| String::from_utf8_lossy(told).into_owned())
}
