//! Drives a plan to its end: look, decide, do, look again. Every wait has its reason on the screen; what is done is said
//! before it is done. Must not know which plan it is.

use std::cell::RefCell;
use std::time::Duration;

use tokio::time::Instant;

use crate::cluster::apply::Making;
use crate::cluster::observe::Asking;
use crate::commands::Context;
use crate::commands::founding;
use crate::commands::members::Doing;
use crate::commands::members::RUN_AGAIN;
use crate::commands::members::refused;
use crate::commands::perform::How;
use crate::commands::perform::Outcome;
use crate::commands::perform::perform;
use crate::commands::status::unseen;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::error::Error;
use crate::error::Kind;
use crate::execute;
use crate::plan::run::Run;
use crate::plan::scale::GUARD;
use crate::plan::simulate;
use crate::plan::simulate::Plan;
use crate::plan::step::Next;
use crate::plan::step::Step;
use crate::ui::Line;
use crate::ui::Progress;

/// How long a server may take to answer.
const PROBE: Duration = Duration::from_secs(2);

/// How long what may pass is given to pass before it counts: an election, a server that just comes back.
const GRACE: Duration = Duration::from_secs(10);

/// How long after a step that was not done the world is looked at again: each try opens a session, which is a write.
const AGAIN: Duration = Duration::from_secs(1);

/// How old a look may be when the list is changed by it: less than the time for which a list is left as it is before anyone
/// is stopped. What another run has decided is then done, or given up.
const FRESH: Duration = Duration::from_secs(GUARD.unsigned_abs() - 1);

/// A plan on its way.
pub(crate) struct Drive<'a, N> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) name: &'a EnsembleName,
    /// What is done, as in "cannot WHAT ensemble zk", and what to type if a server cannot come up.
    pub(crate) doing: Doing<'a>,
    /// The planner.
    pub(crate) next: N,
    /// What the ensemble shall be, from what it is.
    pub(crate) wish: &'a dyn Fn(&Ensemble) -> Ensemble,
    /// How objects are applied.
    pub(crate) making: Making,
    pub(crate) timeout: Duration,
}

/// What was done, and how it is now.
pub(crate) struct Driven {
    pub(crate) seen: Observed,
    pub(crate) steps: Vec<Step>,
}

/// What is kept between two rounds; the world is the rest.
#[derive(Default)]
struct Memory {
    run: Run,
    steps: Vec<Step>,
    /// A change of the list whose outcome is not known, and the version that the list had.
    pending: Option<(Step, Option<u64>)>,
    /// The step that was tried last.
    tried: Option<Step>,
    refused: Option<Instant>,
    /// What was waited for last.
    last: String,
    /// Rights without which less is told.
    missing: Vec<String>,
}

impl Memory {
    /// Takes note of a look. A list of another version tells that a change whose outcome was not known was done.
    fn look(&mut self, seen: &Observed, began: Instant) {
        let elapsed = began.elapsed().as_secs();
        self.run
            .look(seen, i64::try_from(elapsed).unwrap_or(i64::MAX));
        self.missing.clone_from(&seen.missing_rights);
        let now = self.run.version;
        if let Some((step, _)) = self.pending.take_if(|(_, before)| *before != now) {
            self.did(step);
        }
    }

    fn did(&mut self, step: Step) {
        self.run.did(&step);
        self.steps.push(step);
    }

    fn look_again(&mut self, step: Step, why: String) {
        if matches!(step, Step::Reconfigure { .. } | Step::Restate { .. }) {
            self.pending = Some((step, self.run.version));
        }
        self.last = why;
    }
}

impl<N: Fn(&Observed, &Run) -> Next> Drive<'_, N> {
    /// The first look, and every step from there to the goal if nothing fails. What may pass is looked at again.
    pub(crate) async fn preview(&self) -> Result<(Observed, Plan), Error> {
        let began = Instant::now();
        let progress = RefCell::new(Progress::new(self.context.ui));
        let memory = RefCell::new(Memory::default());
        let step = || async {
            let Some(seen) = self.look(&memory).await? else {
                return Ok(None);
            };
            match simulate::plan(seen.clone(), Run::default(), &self.next) {
                Ok(plan) => Ok(Some((seen, plan))),
                Err(refusal) if refusal.may_pass() && began.elapsed() < GRACE => {
                    note(&memory, &progress, &seen, refusal.to_string());
                    Ok(None)
                }
                Err(refusal) => Err(refused(self.context, &seen, &refusal, &self.doing).await),
            }
        };
        // Not by `until`: who listens to signals cannot be asked a question any more.
        let result = execute::within(self.timeout, step).await;
        result.map_err(|error| self.explained(error, memory.into_inner()))
    }

    /// Goes on until it is done.
    pub(crate) async fn run(&self) -> Result<Driven, Error> {
        let began = Instant::now();
        let progress = RefCell::new(Progress::new(self.context.ui));
        let memory = RefCell::new(Memory::default());
        let step = || async {
            let looked = Instant::now();
            let Some(seen) = self.look(&memory).await? else {
                return Ok(None);
            };
            let next = {
                let memory = &mut *memory.borrow_mut();
                memory.look(&seen, began);
                (self.next)(&seen, &memory.run)
            };
            if !matches!(next, Next::Refuse(_)) {
                memory.borrow_mut().refused = None;
            }
            match next {
                Next::Done => Ok(Some(seen)),
                Next::Wait(reason) => {
                    founding::may_ask(self.context, &seen).await?;
                    note(&memory, &progress, &seen, reason.to_string());
                    Ok(None)
                }
                Next::Refuse(refusal) => {
                    note(&memory, &progress, &seen, refusal.to_string());
                    let since = *memory.borrow_mut().refused.get_or_insert_with(Instant::now);
                    match refusal.may_pass() && since.elapsed() < GRACE {
                        true => Ok(None),
                        false => Err(refused(self.context, &seen, &refusal, &self.doing).await),
                    }
                }
                Next::Do(step) => {
                    self.act(&memory, &seen, step, looked).await?;
                    Ok(None)
                }
            }
        };
        let result = execute::until(self.timeout, step).await;
        drop(progress);
        let memory = memory.into_inner();
        match result {
            Ok(seen) => Ok(Driven {
                seen,
                steps: memory.steps,
            }),
            Err(error) => Err(self.explained(error, memory)),
        }
    }

    /// The world as it is; none while the API server is away, which is kept in mind.
    async fn look(&self, memory: &RefCell<Memory>) -> Result<Option<Observed>, Error> {
        let asking = Asking {
            deadline: PROBE,
            ..Asking::default()
        };
        match self.context.cluster.observe(self.name, asking).await {
            Ok(Some(seen)) => Ok(Some(seen)),
            Ok(None) => Err(founding::gone(self.context, self.name)),
            Err(fault) if fault.may_pass() => {
                memory.borrow_mut().last = fault.to_string();
                Ok(None)
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Does a step, and says so; one that is tried again is said once, and each reason why not once in a row.
    async fn act(
        &self,
        memory: &RefCell<Memory>,
        seen: &Observed,
        step: Step,
        looked: Instant,
    ) -> Result<(), Error> {
        let Some(have) = seen.ensemble() else {
            return Ok(());
        };
        let again = memory.borrow_mut().tried.replace(step.clone());
        if again.as_ref() != Some(&step) {
            self.context.ui.status(&step.to_string());
        }
        let wish = (self.wish)(have);
        let how = How {
            making: self.making,
            by: looked + FRESH,
        };
        match perform(self.context, seen, &wish, &step, how).await? {
            Outcome::Done => memory.borrow_mut().did(step),
            Outcome::Look(why) => {
                if memory.borrow().last != why {
                    self.context.ui.status(&format!("  looking again: {why}"));
                }
                memory.borrow_mut().look_again(step, why);
                tokio::time::sleep(AGAIN).await;
            }
        }
        Ok(())
    }

    /// What the deadline or a signal means here.
    fn explained(&self, error: Error, memory: Memory) -> Error {
        let status = format!("kubectl zk status {}", self.name);
        let status = self.context.in_namespace(&status);
        let Memory {
            last, missing, run, ..
        } = memory;
        let again = match run.acted {
            true => &self.doing.again,
            false => RUN_AGAIN,
        };
        let error = match missing.is_empty() || error.lacks.is_some() {
            true => error,
            false => error.hint(unseen(missing)),
        };
        match error.kind {
            Kind::Deadline => Error {
                message: format!(
                    "could not {} ensemble {} in time: {last}",
                    self.doing.what, self.name
                ),
                hints: error.hints.clone(),
                ..Error::new(Kind::Deadline, "").caused_by(error)
            }
            .hint(status)
            .hint(again),
            Kind::Interrupted | Kind::Terminated => {
                error.hint(format!("nothing is lost: {again}")).hint(status)
            }
            _ => error,
        }
    }
}

fn note(
    memory: &RefCell<Memory>,
    progress: &RefCell<Progress<'_>>,
    seen: &Observed,
    reason: String,
) {
    progress.borrow_mut().update(&lines(seen, &reason));
    memory.borrow_mut().last = reason;
}

fn lines(seen: &Observed, reason: &str) -> Vec<Line> {
    let waits = Line {
        label: "waiting".to_owned(),
        state: reason.to_owned(),
        ..Line::default()
    };
    let servers = founding::lines(seen);
    servers.into_iter().chain([waits]).collect()
}
