//! `restart`, `update`, `replace` and `diff`: what they show, in which order they do what, and how they go on.

mod again;
mod diff;
mod others;
mod refused;
mod replace;
mod restart;
#[cfg(unix)]
mod signals;
mod still;
mod undo;
mod unfinished;
mod update;

use std::collections::BTreeMap;

use crate::fake::World;
use crate::scale::ensemble;

/// The uid of each server's pod.
fn pods(world: &World) -> BTreeMap<u8, String> {
    let uid = |id: u8| {
        let pod = world.api.object("pods", &format!("zk-server-{id}-0"))?;
        Some((id, pod["metadata"]["uid"].as_str()?.to_owned()))
    };
    (1..=9).filter_map(uid).collect()
}

/// Those whose pods are others than before.
fn restarted(world: &World, before: &BTreeMap<u8, String>) -> Vec<u8> {
    let now = pods(world).into_iter();
    let others = now.filter(|(id, uid)| before.get(id) != Some(uid));
    others.map(|(id, _)| id).collect()
}

/// The requests that changed something, a line each.
fn done(world: &World) -> String {
    world.api.done()
}

/// The steps that a dry run tells are those that are done then.
async fn does_as_told(world: &World, line: &str) {
    let told = world.zk(&format!("{line} -o json --dry-run")).await;
    let told = &told.succeeded().stdout;
    let done = world.zk(&format!("{line} -o json")).await;
    let told = told.replace("\"dryRun\": true", "\"dryRun\": false");
    assert_eq!(told, done.succeeded().stdout, "{line}");
}
