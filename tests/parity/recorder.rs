//! API servers on loopback that write down what they are asked, and by whom. Knows HTTP; proxies are in `proxy`.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;

use tokio::io::AsyncBufReadExt as _;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;
use tokio::io::BufReader;

/// What a server says to a request for objects.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Lines of the head, each with its line end.
    pub(crate) headers: &'static str,
    /// Empty: an empty list.
    pub(crate) body: &'static str,
}

/// What servers and proxies wrote down, and what they are to say.
#[derive(Default)]
pub(crate) struct Book {
    lines: Mutex<Vec<String>>,
    asked: Mutex<HashMap<String, usize>>,
    put_off: Mutex<HashMap<String, usize>>,
    /// One per request for the same thing, the last one for ever.
    answers: Vec<Answer>,
}

/// The head of a request.
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
}

impl Book {
    /// An empty one, for servers that say this.
    pub(crate) fn saying(answers: Vec<Answer>) -> Self {
        Self {
            answers,
            ..Self::default()
        }
    }

    /// What came since the last call: each different line once, sorted, and how often one thing was put off.
    pub(crate) fn take(&self) -> Vec<String> {
        let mut lines = std::mem::take(&mut *self.lines.lock().unwrap());
        lines.sort();
        lines.dedup();
        self.asked.lock().unwrap().clear();
        let put_off = std::mem::take(&mut *self.put_off.lock().unwrap());
        let most = put_off.values().max().copied().unwrap_or_default();
        if 0 < most {
            lines.push(format!("put off {most}x"));
        }
        lines
    }

    /// Writes a line down.
    pub(crate) fn write(&self, line: String) {
        self.lines.lock().unwrap().push(line);
    }

    /// The answer to a request for objects, asked again and again.
    fn answer(&self, target: &str) -> Option<Answer> {
        let mut asked = self.asked.lock().unwrap();
        let times = asked.entry(target.to_owned()).or_default();
        *times += 1;
        let answer = self.answers.get(*times - 1).or(self.answers.last());
        if answer.is_some_and(|answer| matches!(answer.status, 429 | 503)) {
            *self
                .put_off
                .lock()
                .unwrap()
                .entry(target.to_owned())
                .or_default() += 1;
        }
        answer.copied()
    }
}

impl Head {
    /// Reads a head; none where the client has gone.
    pub(crate) async fn read<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<Self> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            if line.trim_end().is_empty() {
                break;
            }
            lines.push(line.trim_end().to_owned());
        }
        let mut words = lines.first()?.split(' ').map(str::to_owned);
        let (method, target) = (words.next()?, words.next()?);
        let headers = lines[1..].iter().filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        });
        Some(Self {
            method,
            target,
            headers: headers.collect(),
        })
    }

    /// A header's values.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    }

    /// Who asks, and how: what tells one user from another.
    fn who(&self) -> String {
        let mut who: Vec<String> = self.all("authorization").map(str::to_owned).collect();
        let mut impersonated: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| name.starts_with("impersonate-"))
            .map(|(name, value)| format!("{}={value}", &name["impersonate-".len()..]))
            .collect();
        impersonated.sort();
        who.extend(impersonated);
        if self.all("accept-encoding").all(|it| it != "gzip") {
            who.push("uncompressed".to_owned());
        }
        who.join(" ")
    }
}

/// Answers requests until the client goes. `name` is the server's, and whatever the handshake told.
pub(crate) async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    name: &str,
    book: &Arc<Book>,
) {
    let mut stream = BufReader::new(stream);
    while let Some(head) = Head::read(&mut stream).await {
        if respond(&mut stream, &head, name, book).await.is_none() {
            return;
        }
    }
}

/// Answers one request.
pub(crate) async fn respond<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
    head: &Head,
    name: &str,
    book: &Arc<Book>,
) -> Option<()> {
    let length = head
        .all("content-length")
        .next()
        .and_then(|it| it.parse().ok())
        .unwrap_or(0);
    stream.read_exact(&mut vec![0; length]).await.ok()?;
    let path = head.target.split('?').next().unwrap_or_default();
    let (status, headers, body) = match path.split_once("/namespaces/") {
        None => (200, "", discovery(path)),
        Some((prefix, rest)) => {
            let (namespace, kind) = rest.split_once('/').unwrap_or((rest, ""));
            let prefix = &prefix[..prefix
                .find("/api/")
                .or(prefix.find("/apis/"))
                .unwrap_or_default()];
            book.write(
                format!("{name}{prefix} {namespace} {}", head.who())
                    .trim_end()
                    .to_owned(),
            );
            match book.answer(&head.target) {
                Some(answer) if !answer.body.is_empty() => {
                    (answer.status, answer.headers, answer.body.to_owned())
                }
                Some(answer) => (answer.status, answer.headers, list(kind)),
                None => (200, "", list(kind)),
            }
        }
    };
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(answer.as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

fn list(kind: &str) -> String {
    let kind = match kind {
        "pods" => "PodList",
        _ => "List",
    };
    format!(r#"{{"kind":"{kind}","apiVersion":"v1","metadata":{{}},"items":[]}}"#)
}

/// As much of the discovery documents as kubectl wants before it asks for pods.
fn discovery(path: &str) -> String {
    let pods = r#"{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list"],"shortNames":["po"]}"#;
    let last = path.rsplit('/').next().unwrap_or_default();
    match last {
        "api" => r#"{"kind":"APIVersions","versions":["v1"]}"#.to_owned(),
        "apis" => r#"{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"#.to_owned(),
        "v1" => format!(r#"{{"kind":"APIResourceList","groupVersion":"v1","resources":[{pods}]}}"#),
        _ => "{}".to_owned(),
    }
}
