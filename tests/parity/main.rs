//! Connects as kubectl does: each case is run with the real kubectl and with the built plugin, against servers and proxies
//! on loopback that write down what reaches them.
//!
//! kubectl's side is `get pods`: the command that everybody types, with the namespace resolved, and with discovery before it,
//! which the servers answer and do not write down. Ours is `status`, with the flags after the verb and before it. It needs
//! kubectl and openssl, as the test bed has them, and no cluster. Where we differ on purpose the case says why.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod case;
mod certificates;
mod loopback;
mod proxy;
mod recorder;
mod run;
mod said;

mod answers;
mod flags;
mod kubeconfigs;
mod plugins;
mod proxies;
mod users;

use crate::run::hold;

#[test]
fn answers() {
    hold(&answers::cases());
}

#[test]
fn flags() {
    hold(&flags::cases());
}

#[test]
fn kubeconfigs() {
    hold(&kubeconfigs::cases());
}

#[test]
fn plugins() {
    hold(&plugins::cases());
}

#[test]
fn proxies() {
    hold(&proxies::cases());
}

#[test]
fn users() {
    hold(&users::cases());
}
