//! Reads back: every acknowledged node is there, and nobody has taken the counter back.

use std::collections::BTreeSet;

use kubectl_zk::zookeeper::error::SessionError;

use crate::client::Client;
use crate::journal::Record;
use crate::run::COUNTER;
use crate::run::value_of;

/// Compares what a server has, after it has caught up with the leader, with the journal.
pub(crate) async fn verify(
    mut client: Client,
    path: &str,
    journal: &str,
) -> Result<String, String> {
    let record = Record::read(journal);
    let (names, counter) = loop {
        match read(&mut client, path).await {
            Ok(read) => break read,
            Err(why @ SessionError::Server(_)) => return Err(format!("reading back: {why}")),
            Err(why) => client.leave(&why),
        }
    };
    client.close().await;
    let nodes = names.into_iter().filter(|name| name != COUNTER).collect();
    judge(&record, &nodes, value_of(&counter)?)
}

async fn read(client: &mut Client, path: &str) -> Result<(Vec<String>, Vec<u8>), SessionError> {
    let session = client.session().await;
    session.sync(path).await?;
    let (names, _) = session.get_children2(path).await?;
    let (counter, _) = session.get_data(&format!("{path}/{COUNTER}")).await?;
    Ok((names, counter))
}

/// The one line that says it all; an error if anything acknowledged is missing, or anything is there that nobody wrote.
fn judge(record: &Record, nodes: &BTreeSet<String>, counter: u64) -> Result<String, String> {
    let lost = record.nodes.difference(nodes).count();
    let strange = nodes
        .difference(&record.nodes)
        .filter(|name| !record.unknown.contains(*name))
        .count();
    let text = format!(
        "acknowledged {}, present {}, lost {lost}, counter {counter} of {}, longest stall {:.2} s",
        record.nodes.len(),
        nodes.len(),
        record.counter,
        record.stall.as_secs_f64(),
    );
    // One request may have been under way, unanswered, when the writer was stopped.
    let counted = record.counter <= counter && counter <= record.counter + 1;
    match lost == 0 && strange <= 1 && counted {
        true => Ok(text),
        false => Err(text),
    }
}
