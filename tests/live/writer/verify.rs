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
    let kept = record.counter <= counter && counter <= record.counter + 1;
    if lost == 0 && strange <= 1 && kept {
        Ok(text)
    } else {
        Err(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOURNAL: &str = r#"{"ms":3,"counter":0}
{"ms":5,"node":"n-1"}
{"ms":7,"counter":1}
{"ms":1207,"unknown":"n-2"}
{"ms":1307,"node":"n-3"}
{"ms":1310,"counter":2}
{"ms":1410,"node":"n-"#;

    fn judged(names: &[&str], counter: u64) -> Result<String, String> {
        let nodes = names.iter().map(|name| (*name).to_owned()).collect();
        judge(&Record::read(JOURNAL), &nodes, counter)
    }

    #[test]
    fn the_stall_is_between_acknowledgements_and_a_torn_line_is_none() {
        let text = "acknowledged 2, present 2, lost 0, counter 2 of 2, longest stall 1.30 s";
        assert_eq!(judged(&["n-1", "n-3"], 2).unwrap(), text);
    }

    #[test]
    fn what_was_not_answered_may_be_there_or_not() {
        assert!(judged(&["n-1", "n-2", "n-3", "n-4"], 3).is_ok());
    }

    #[test]
    fn what_was_acknowledged_must_be_there() {
        assert!(judged(&["n-1", "n-2"], 2).unwrap_err().contains("lost 1"));
        assert!(judged(&["n-1", "n-3"], 1).is_err());
    }

    #[test]
    fn what_nobody_wrote_must_not() {
        assert!(judged(&["n-1", "n-3", "n-4", "n-5"], 2).is_err());
        assert!(judged(&["n-1", "n-3"], 4).is_err());
    }
}
