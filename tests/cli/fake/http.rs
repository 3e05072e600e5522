//! The API server on a port of this machine, for processes: an answer for each connection. No server behind it can be reached.

use std::io::BufRead as _;
use std::io::BufReader;
use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::net::TcpStream;
use std::thread;

use http::Request;
use kube::client::Body;
use tokio::runtime::Builder;

use crate::fake::api::Api;

/// Listens as long as the tests run; gives the address.
pub(crate) fn listen(api: &Api) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let api = api.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let api = api.clone();
            thread::spawn(move || answer(&api, stream));
        }
    });
    format!("http://{address}")
}

fn answer(api: &Api, mut stream: TcpStream) -> Option<()> {
    let request = read(&mut BufReader::new(&stream))?;
    let runtime = Builder::new_current_thread().build().unwrap();
    let (status, body) = runtime.block_on(async {
        let response = api.clone().serve(request).await.unwrap();
        let (head, body) = response.into_parts();
        (head.status, body.collect_bytes().await.unwrap())
    });
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n");
    let head = format!(
        "{head}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // Whoever asked may have gone.
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}

/// A request; none if the connection was not used.
fn read(stream: &mut BufReader<&TcpStream>) -> Option<Request<Body>> {
    let mut lines = stream.lines().map_while(Result::ok);
    let first = lines.next()?;
    let mut words = first.split(' ');
    let mut request = Request::builder().method(words.next()?).uri(words.next()?);
    let mut length = 0;
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ")?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().ok()?;
        }
        request = request.header(name, value);
    }
    drop(lines);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    request.body(Body::from(body)).ok()
}
