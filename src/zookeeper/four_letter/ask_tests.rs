//! Asking servers that answer whole, in pieces, late, wrongly or not at all.

use super::*;
use crate::zookeeper::four_letter::mntr;
use proptest::prelude::*;
use tokio::io::DuplexStream;
use tokio::time::Instant;

const DEADLINE: Duration = Duration::from_secs(5);

macro_rules! recorded {
    ($path:literal) => {
        &include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/wire/",
            $path,
            ".bin"
        ))[..]
    };
}

/// A server that reads four bytes, sends the pieces, and closes after `linger`.
fn server(pieces: &[&[u8]], linger: Duration) -> DuplexStream {
    let pieces: Vec<Vec<u8>> = pieces.iter().map(|piece| piece.to_vec()).collect();
    let (client, mut stream) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        stream.read_exact(&mut [0; 4]).await.unwrap();
        for piece in pieces {
            let _ = stream.write_all(&piece).await;
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(linger).await;
    });
    client
}

async fn silence(word: Word, answer: &[u8]) -> Silence {
    ask(server(&[answer], Duration::ZERO), word, DEADLINE)
        .await
        .unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn exactly_four_bytes_are_sent() {
    let (client, mut stream) = tokio::io::duplex(1 << 16);
    let asked = tokio::spawn(async move {
        let mut bytes = [0; 5];
        stream.read_exact(&mut bytes[..4]).await.unwrap();
        stream.write_all(b"imok").await.unwrap();
        let more = stream.read(&mut bytes[4..]).await.unwrap();
        (bytes, more)
    });
    assert_eq!(ask(client, Word::Ruok, DEADLINE).await.unwrap(), b"imok");
    assert_eq!(asked.await.unwrap(), (*b"ruok\0", 0));
}

#[tokio::test(start_paused = true)]
async fn an_answer_with_an_end_is_not_waited_for() {
    let late = Duration::from_secs(1);
    for (word, answer) in [
        (Word::Srvr, recorded!("3.9.5/srvr-leader")),
        (Word::Stat, recorded!("3.9.5/stat-follower")),
        (Word::Conf, recorded!("3.9.5/conf-leader")),
        (Word::Cons, recorded!("3.9.5/cons-leader")),
    ] {
        for cut in 0..answer.len() {
            let start = Instant::now();
            let stream = server(&[&answer[..cut], &answer[cut..]], late);
            assert_eq!(
                ask(stream, word, DEADLINE).await.unwrap(),
                answer,
                "{word} {cut}"
            );
            assert!(start.elapsed() < late / 10, "{word}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_version_that_comes_in_two_pieces_is_read_to_its_end() {
    let whole = b"clientPort=2181\nmembership: \nserver.1=h:1:2\nversion=1000000010000ab";
    for cut in whole.len() - 7..whole.len() {
        let stream = server(&[&whole[..cut], &whole[cut..]], Duration::from_secs(1));
        assert_eq!(
            ask(stream, Word::Conf, DEADLINE).await.unwrap(),
            whole,
            "{cut}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_an_end_ends_with_the_stream() {
    let late = Duration::from_secs(1);
    let answer = recorded!("3.9.5/envi-leader");
    let start = Instant::now();
    assert_eq!(
        ask(server(&[answer], late), Word::Envi, DEADLINE)
            .await
            .unwrap(),
        answer
    );
    assert!(late <= start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn mntr_ends_when_there_is_enough() {
    let late = Duration::from_secs(1);
    let answer = recorded!("3.9.5/mntr-leader");
    let start = Instant::now();
    let pieces: Vec<&[u8]> = answer.chunks(4096).collect();
    let some = ask_until(server(&pieces, late), Word::Mntr, DEADLINE, mntr::is_enough)
        .await
        .unwrap();
    assert!(answer.starts_with(&some) && mntr::is_enough(&some));
    let all = ask_until(server(&pieces, late), Word::Mntr, DEADLINE, mntr::is_all)
        .await
        .unwrap();
    assert!(answer.starts_with(&all) && mntr::is_all(&all));
    assert!(start.elapsed() < late);
    let looking = server(&[recorded!("3.8.6/srvr-looking")], late);
    let asked = ask_until(looking, Word::Mntr, late / 2, mntr::is_enough).await;
    assert_eq!(asked, Err(Silence::NotServing));
}

#[tokio::test(start_paused = true)]
async fn every_silence_is_told_apart() {
    assert_eq!(silence(Word::Srvr, b"").await, Silence::Empty);
    assert_eq!(
        silence(Word::Srvr, recorded!("3.8.6/srvr-looking")).await,
        Silence::NotServing
    );
    assert_eq!(
        silence(Word::Hash, recorded!("3.8.6/hash-looking")).await,
        Silence::NotServing
    );
    assert_eq!(
        silence(Word::Stat, recorded!("3.9.5/not-whitelisted")).await,
        Silence::NotWhitelisted
    );
    let late = server(&[b"Zookeeper version: 3.9"], DEADLINE * 2);
    assert_eq!(
        ask(late, Word::Srvr, DEADLINE).await,
        Err(Silence::TimedOut)
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_end_is_given_up() {
    let piece = vec![b'x'; 1 << 20];
    let pieces = vec![piece.as_slice(); 9];
    let asked = ask(server(&pieces, Duration::ZERO), Word::Dump, DEADLINE).await;
    assert_eq!(
        asked,
        Err(Silence::Broken(
            "an answer of more than 8388608 bytes".to_owned()
        ))
    );
}

#[tokio::test]
async fn a_refused_connection_is_told_from_a_broken_one() {
    let failing = |kind: io::ErrorKind| broken(&kind.into());
    assert!(matches!(
        failing(io::ErrorKind::ConnectionRefused),
        Silence::Refused(_)
    ));
    assert!(matches!(
        failing(io::ErrorKind::ConnectionReset),
        Silence::Broken(_)
    ));
}

proptest! {
    #[test]
    fn no_answer_panics_or_hangs(answer: Vec<u8>, which in 0..16usize) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let asked = runtime.block_on(async { ask(server(&[&answer], Duration::ZERO), Word::ALL[which], DEADLINE).await });
        prop_assert!(asked == Ok(answer.clone()) || asked == Err(Silence::Empty) && answer.is_empty());
    }
}
