//! Just enough of HTTP/1.1 to read one response, in memory.

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The body, chunks joined.
    pub body: Vec<u8>,
}

/// Why bytes are not a response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an HTTP response: {0}")]
pub struct NotHttp(&'static str);

/// How a body ends.
enum Body {
    Length(usize),
    Chunked,
    UntilEnd,
}

/// The response in `bytes`; `None` while more is to come.
///
/// `ended` says that the stream is at its end. A body that lacks bytes then is an error, not a short body.
pub fn response(bytes: &[u8], ended: bool) -> Result<Option<Response>, NotHttp> {
    let read = read(bytes, ended)?;
    match (read, ended) {
        (None, true) => Err(NotHttp("the stream ended within it")),
        (read, _) => Ok(read),
    }
}

fn read(bytes: &[u8], ended: bool) -> Result<Option<Response>, NotHttp> {
    let Some(end) = find(bytes, b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(&bytes[..end]).map_err(|_| NotHttp("its head is not text"))?;
    let rest = &bytes[end + 4..];
    let body = match framing(head)? {
        Body::Length(length) => rest.get(..length).map(<[u8]>::to_vec),
        Body::Chunked => dechunk(rest)?,
        Body::UntilEnd => ended.then(|| rest.to_vec()),
    };
    let status = status(head)?;
    Ok(body.map(|body| Response { status, body }))
}

fn status(head: &str) -> Result<u16, NotHttp> {
    let code = head
        .strip_prefix("HTTP/1.")
        .and_then(|rest| rest.split(' ').nth(1));
    code.and_then(|code| code.trim().parse().ok())
        .ok_or(NotHttp("it has no status line"))
}

fn framing(head: &str) -> Result<Body, NotHttp> {
    let fields = || head.lines().skip(1).filter_map(|line| line.split_once(':'));
    let field = |name: &str| {
        fields()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    match (field("transfer-encoding"), field("content-length")) {
        (Some(coding), _) if coding.eq_ignore_ascii_case("chunked") => Ok(Body::Chunked),
        (Some(_), _) => Err(NotHttp("its transfer encoding is unknown")),
        (None, Some(length)) => length
            .parse()
            .map(Body::Length)
            .map_err(|_| NotHttp("its length is not a number")),
        (None, None) => Ok(Body::UntilEnd),
    }
}

/// The chunks of `rest` joined; `None` while the last one, of length 0, is to come. Trailers are not waited for.
fn dechunk(mut rest: &[u8]) -> Result<Option<Vec<u8>>, NotHttp> {
    let mut body = Vec::new();
    while let Some(end) = find(rest, b"\r\n") {
        let length = chunk_length(&rest[..end])?;
        rest = &rest[end + 2..];
        if length == 0 {
            return Ok(Some(body));
        }
        let Some((chunk, after)) = rest.split_at_checked(length) else {
            break;
        };
        body.extend_from_slice(chunk);
        let Some((mark, after)) = after.split_first_chunk::<2>() else {
            break;
        };
        if mark != b"\r\n" {
            return Err(NotHttp("a chunk does not end where it should"));
        }
        rest = after;
    }
    Ok(None)
}

fn chunk_length(line: &[u8]) -> Result<usize, NotHttp> {
    let text = std::str::from_utf8(line)
        .ok()
        .and_then(|line| line.split(';').next());
    let length = text.and_then(|text| usize::from_str_radix(text.trim(), 16).ok());
    length.ok_or(NotHttp("a chunk's length is not a number"))
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody";
    const CHUNKED: &str =
        "HTTP/1.1 500 X\r\ntransfer-encoding: Chunked\r\n\r\n2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\n\r\n";

    #[track_caller]
    fn check(text: &str, status: u16, minimum: usize) {
        let bytes = text.as_bytes();
        let whole = Response {
            status,
            body: b"body".to_vec(),
        };
        assert_eq!(response(bytes, false), Ok(Some(whole.clone())));
        for end in 0..minimum {
            assert_eq!(response(&bytes[..end], false), Ok(None), "{end}");
            assert!(response(&bytes[..end], true).is_err(), "{end}");
        }
        assert_eq!(response(&bytes[..minimum], true), Ok(Some(whole)));
    }

    #[test]
    fn no_beginning_of_a_response_is_taken_for_it() {
        check(PLAIN, 200, PLAIN.len());
        check(CHUNKED, 500, CHUNKED.len() - 2);
    }

    #[test]
    fn without_a_length_the_end_of_the_stream_decides() {
        let bytes = b"HTTP/1.0 200 OK\r\n\r\nbody";
        assert_eq!(response(bytes, false), Ok(None));
        assert_eq!(response(bytes, true).unwrap().unwrap().body, b"body");
    }

    #[test]
    fn what_is_not_http_is_said_to_be_none() {
        for text in [
            "imok\r\n\r\n",
            "HTTP/1.1 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabcd",
        ] {
            assert!(response(text.as_bytes(), false).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, ended: bool) {
            let _ = response(&bytes, ended);
        }

        #[test]
        fn no_body_panics(body: Vec<u8>, ended: bool) {
            for head in ["Content-Length: 7", "Transfer-Encoding: chunked", "X: y"] {
                let mut bytes = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").into_bytes();
                bytes.extend_from_slice(&body);
                let _ = response(&bytes, ended);
            }
        }
    }
}
