//! A server's side of a session: the few requests that the plugin sends, over one tree of all servers.

use std::collections::BTreeSet;

use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::io::DuplexStream;

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
const EXISTS: i32 = 3;
const SYNC: i32 = 9;
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
    mut heard: impl FnMut(&str) -> Vec<u8>,
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
        let answer = heard(&request.to_string());
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

impl Request {
    fn read(body: &[u8]) -> Self {
        let int = |at: usize| i32::from_be_bytes(body[at..at + 4].try_into().unwrap());
        let kind = int(4);
        let path = match kind {
            CREATE | EXISTS | SYNC => {
                let length = usize::try_from(int(8)).unwrap();
                String::from_utf8(body[12..12 + length].to_vec()).unwrap()
            }
            _ => String::new(),
        };
        Self {
            xid: int(0),
            kind,
            path,
        }
    }
}

/// `create /a`
impl std::fmt::Display for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind {
            CREATE => write!(f, "create {}", self.path),
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
