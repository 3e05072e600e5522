//! What the proofs of restarting, updating and replacing share: a small world, a run that is watched by a witness; and
//! whatever may go wrong in the middle of any of the three.

pub(crate) mod cases;
pub(crate) mod change;
pub(crate) mod deed;
pub(crate) mod order;
pub(crate) mod plan;
pub(crate) mod server;
pub(crate) mod sight;
pub(crate) mod witness;
pub(crate) mod world;

mod ephemeral;
mod faults;
mod foretold;
mod interrupted;
pub(crate) mod rules;
mod sampled;
mod trouble;
