//! Who may run ensembles when: few at once, as each is three JVMs; and who breaks nodes alone, after all others.

use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;

/// How many ensembles run at once: on two cores more only take longer, each.
const AT_ONCE: usize = 3;

static STATE: Mutex<State> = Mutex::new(State {
    running: 0,
    waiting: 0,
});
static CHANGED: Condvar = Condvar::new();

struct State {
    running: usize,
    waiting: usize,
}

/// Leave to run; given back when dropped.
#[derive(Debug)]
pub(crate) struct Turn(usize);

/// Waits for a turn among others.
pub(crate) fn one() -> Turn {
    let mut state = lock();
    state.waiting += 1;
    while AT_ONCE <= state.running {
        state = CHANGED.wait(state).unwrap();
    }
    state.waiting -= 1;
    state.running += 1;
    Turn(1)
}

/// Waits until nobody runs or waits. The tests that want it are last by name, and so are started last.
pub(crate) fn alone() -> Turn {
    let mut state = lock();
    while 0 < state.running + state.waiting {
        state = CHANGED.wait(state).unwrap();
    }
    state.running += AT_ONCE;
    Turn(AT_ONCE)
}

fn lock() -> MutexGuard<'static, State> {
    STATE.lock().unwrap()
}

impl Drop for Turn {
    fn drop(&mut self) {
        lock().running -= self.0;
        CHANGED.notify_all();
    }
}
