//! The ensembles: made by `create`, ten to a namespace, and all that an API server answers when they are looked at.

use std::path::Path;

use crate::fake::World;
use crate::fake::ensemble::Zoo;
use crate::fake::server::Server;
use crate::measure;
use crate::recorded;

/// The servers of an ensemble.
const SERVERS: u8 = 5;

/// How many ensembles share a namespace.
const TOGETHER: usize = 10;

/// Makes so many ensembles, and writes every answer that `status -A` needs of them into the directory.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn record(ensembles: usize, answers: &Path) {
    let world = World {
        zoo: servers(ensembles),
        ..World::default()
    };
    for number in 0..ensembles {
        let (name, namespace) = (name(number), number / TOGETHER);
        let line = format!("create {name} --replicas {SERVERS} -q -n team-{namespace}");
        world.zk(&line).await.succeeded();
    }
    let api = world
        .api
        .client("default", kubectl_zk::cluster::Warnings::default());
    let api = recorded::recorder(api, answers.to_owned());
    measure::run(recorded::cluster(api, world.zoo.clone()), "table").await;
}

/// Their servers; the second of each leads.
pub(crate) fn servers(ensembles: usize) -> Zoo {
    let zoo = Zoo::default();
    for name in (0..ensembles).map(name) {
        for id in 1..=SERVERS {
            zoo.change(&format!("{name}-server-{id}-0"), |server| {
                *server = Server::new(id == 2, SERVERS);
            });
        }
    }
    zoo
}

fn name(number: usize) -> String {
    format!("zk-{number}")
}
