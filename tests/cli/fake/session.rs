//! A server's side of a session: the few requests that the plugin sends, over one tree of all servers.

use std::collections::BTreeSet;

use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::io::DuplexStream;

use crate::fake::members::Members;

/// The nodes that there are, and what may not be done to them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: BTreeSet<String>,
    /// Nobody may make nodes.
    pub(crate) closed: bool,
    /// What is made is gone at once.
    pub(crate) leaks: bool,
}

const CREATE: i32 = 1;
const DELETE: i32 = 2;
const EXISTS: i32 = 3;
const SYNC: i32 = 9;
const RECONFIG: i32 = 16;
const AUTH: i32 = 100;
const CLOSE: i32 = -11;

const NO_NODE: i32 = -101;
const NO_AUTH: i32 = -102;
const NODE_EXISTS: i32 = -110;

/// A request: its number, what it asks for, and the path.
struct Request {
    xid: i32,
    kind: i32,
    path: String,
}

/// Reads what follows the length that was read already, opens the session, and answers until it is closed. `heard` is told
/// each request, and answers it.
pub(crate) async fn serve(
    first: [u8; 4],
    stream: &mut DuplexStream,
    mut heard: impl FnMut(&str) -> Option<Vec<u8>>,
) {
    let Some(_) = body(first, stream).await else {
        return;
    };
    send(stream, &opened()).await;
    let mut length = [0; 4];
    while stream.read_exact(&mut length).await.is_ok() {
        let Some(body) = body(length, stream).await else {
            return;
        };
        let request = Request::read(&body);
        // An answer that is lost, and the connection with it.
        let Some(answer) = heard(&request.to_string()) else {
            return;
        };
        send(stream, &[&request.xid.to_be_bytes()[..], &answer].concat()).await;
        if request.kind == CLOSE {
            return;
        }
    }
}

/// Carries a request out; the answer behind its number.
pub(crate) fn answer(tree: &mut Tree, request: &str) -> Vec<u8> {
    let (kind, path) = request.split_once(' ').unwrap_or((request, ""));
    let there = tree.nodes.contains(path);
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    match kind {
        "create" if there => reply(NODE_EXISTS, &[]),
        "create" if tree.closed => reply(NO_AUTH, &[]),
        // The barrier's node is gone at once.
        "create" if parent == "/zookeeper" => reply(0, &text(&format!("{path}0000000001"))),
        "create" if !parent.is_empty() && !tree.nodes.contains(parent) => reply(NO_NODE, &[]),
        "create" => {
            if !tree.leaks {
                tree.nodes.insert(path.to_owned());
            }
            reply(0, &text(path))
        }
        "exists" if there => reply(0, &[0; 68]),
        "exists" => reply(NO_NODE, &[]),
        "sync" => reply(0, &text(path)),
        _ => reply(0, &[]),
    }
}

/// Carries a reconfiguration out; nothing where its answer is lost.
pub(crate) fn reconfigured(members: &mut Members, change: &str) -> Option<Vec<u8>> {
    let done = members.reconfigure(change);
    if std::mem::take(&mut members.drops_answer) {
        return None;
    }
    Some(match done {
        Ok(list) => reply(0, &[text(&list), vec![0; 68]].concat()),
        Err(error) => reply(error, &[]),
    })
}

impl Request {
    fn read(body: &[u8]) -> Self {
        let int = |at: usize| i32::from_be_bytes(body[at..at + 4].try_into().unwrap());
        let kind = int(4);
        let path = match kind {
            CREATE | DELETE | EXISTS | SYNC => string(body, 8).0,
            RECONFIG => change(body),
            _ => String::new(),
        };
        Self {
            xid: int(0),
            kind,
            path,
        }
    }
}

/// A text and what follows it; null is empty.
fn string(body: &[u8], at: usize) -> (String, usize) {
    let length = i32::from_be_bytes(body[at..at + 4].try_into().unwrap());
    let end = at + 4 + usize::try_from(length).unwrap_or(0);
    (String::from_utf8(body[at + 4..end].to_vec()).unwrap(), end)
}

/// `JOINING|LEAVING|VERSION`
fn change(body: &[u8]) -> String {
    let (joining, at) = string(body, 8);
    let (leaving, at) = string(body, at);
    let (_, at) = string(body, at);
    let version = i64::from_be_bytes(body[at..at + 8].try_into().unwrap());
    format!("{joining}|{leaving}|{version}")
}

/// `create /a`
impl std::fmt::Display for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind {
            CREATE => write!(f, "create {}", self.path),
            DELETE => write!(f, "delete {}", self.path),
            RECONFIG => write!(f, "reconfig {}", self.path),
            AUTH => f.write_str("auth"),
            EXISTS => write!(f, "exists {}", self.path),
            SYNC => write!(f, "sync {}", self.path),
            CLOSE => f.write_str("close"),
            other => panic!("request {other}"),
        }
    }
}

async fn body(length: [u8; 4], stream: &mut DuplexStream) -> Option<Vec<u8>> {
    let mut body = vec![0; usize::try_from(i32::from_be_bytes(length)).ok()?];
    stream.read_exact(&mut body).await.ok()?;
    Some(body)
}

async fn send(stream: &mut DuplexStream, body: &[u8]) {
    let length = i32::try_from(body.len()).unwrap().to_be_bytes();
    // Whoever asked may have gone.
    let _ = stream.write_all(&[&length[..], body].concat()).await;
}

/// Protocol 0, ten seconds, session 1, a password of 16 bytes, not read-only.
fn opened() -> Vec<u8> {
    let numbers = [&0_i32.to_be_bytes()[..], &10_000_i32.to_be_bytes()];
    let session = [&1_i64.to_be_bytes()[..], &16_i32.to_be_bytes(), &[0; 16]];
    [numbers.concat(), session.concat(), vec![0]].concat()
}

fn reply(error: i32, body: &[u8]) -> Vec<u8> {
    [&5_i64.to_be_bytes()[..], &error.to_be_bytes(), body].concat()
}

fn text(text: &str) -> Vec<u8> {
    let length = i32::try_from(text.len()).unwrap().to_be_bytes();
    [&length[..], text.as_bytes()].concat()
}
