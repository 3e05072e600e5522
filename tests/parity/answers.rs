//! What servers may say, and what is made of it: repetitions, warnings, errors.

use crate::case::Case;
use crate::case::case;
use crate::recorder::Answer;

pub(crate) const UNAUTHORIZED: Answer = status(
    401,
    r#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}"#,
);
const FORBIDDEN: Answer = status(
    403,
    r#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods is forbidden: User \"joe\" cannot list resource \"pods\" in API group \"\" in the namespace \"dev-space\"","reason":"Forbidden","details":{"kind":"pods"},"code":403}"#,
);
const NOT_FOUND: Answer = status(
    404,
    r#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}"#,
);
const INTERNAL: Answer = status(
    500,
    r#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"etcdserver: request timed out","code":500}"#,
);
const FINE: Answer = status(200, "");

const fn status(status: u16, body: &'static str) -> Answer {
    Answer {
        status,
        headers: "",
        body,
    }
}

const fn busy(status: u16, headers: &'static str) -> Answer {
    let body = r#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too busy","reason":"TooManyRequests","code":429}"#;
    Answer {
        status,
        headers,
        body,
    }
}

pub(crate) fn cases() -> Vec<Case> {
    [repetitions(), warnings(), refusals(), connections()]
        .into_iter()
        .flatten()
        .collect()
}

fn repetitions() -> Vec<Case> {
    vec![
        case("put off once", "", "https dev-space Bearer dev-token; put off 1x").answers(&[busy(429, "Retry-After: 1\r\n"), FINE]),
        case("put off once, unavailable", "", "https dev-space Bearer dev-token; put off 1x")
            .answers(&[busy(503, "Retry-After: 1\r\n"), FINE]),
        case(
            "put off for longer than the timeout",
            "--request-timeout 2s",
            "https dev-space Bearer dev-token; put off 1x; client rate limiter Wait returned an error",
        ).differs("we say what the server said", "https dev-space Bearer dev-token; put off 1x; Error from server (TooManyRequests): too busy")
        .answers(&[busy(429, "Retry-After: 60\r\n"), FINE]),
        case("unavailable for ever", "--request-timeout 3s", "https dev-space Bearer dev-token; put off 1x; Error from server (ServiceUnavailable): the server is currently unable to handle the request (get pods)").differs("we try again without Retry-After too, and tell what the server said", "https dev-space Bearer dev-token; put off 4x; Error from server (ServiceUnavailable): no").answers(&[status(503, "no")]),
        case("put off for ever", "--request-timeout 3s", "https dev-space Bearer dev-token; put off 3x; client rate limiter Wait returned an error").differs("we say what the server said", "https dev-space Bearer dev-token; put off 3x; Error from server (TooManyRequests): too busy")
            .answers(&[busy(503, "Retry-After: 1\r\n")]),
    ]
}

fn warnings() -> Vec<Case> {
    let warn = |headers| Answer { headers, ..FINE };
    vec![
        case("a warning", "", "https dev-space Bearer dev-token; Warning: this is old").answers(&[warn("Warning: 299 - \"this is old\"\r\n")]),
        case("two warnings", "", r#"https dev-space Bearer dev-token; Warning: this is "old"; Warning: and odd"#).answers(&[warn(
            "Warning: 299 - \"this is \\\"old\\\"\"\r\nWarning: 299 - \"and odd\"\r\n",
        )]),
        case("two warnings in a line", "", "https dev-space Bearer dev-token; Warning: this is old; Warning: and odd").answers(&[warn(
            "Warning: 299 - \"this is old\", 299 - \"and odd\"\r\n",
        )]),
        case("a warning with a date", "", "https dev-space Bearer dev-token; Warning: this is old").answers(&[warn(
            "Warning: 299 kube \"this is old\" \"Wed, 21 Oct 2015 07:28:00 GMT\"\r\n",
        )]),
        case("a warning of another kind", "", "https dev-space Bearer dev-token")
            .answers(&[warn("Warning: 199 - \"this is old\"\r\n")]),
        case("a warning with an error", "", r#"https dev-space Bearer dev-token; Warning: this is old; Error from server (NotFound): Unable to list "/v1, Resource=pods": the server could not find the requested resource"#).differs("kubectl says what it asked for", "https dev-space Bearer dev-token; Warning: this is old; Error from server (NotFound): the server could not find the requested resource").answers(&[Answer {
            headers: "Warning: 299 - \"this is old\"\r\n",
            ..NOT_FOUND
        }]),
    ]
}

fn refusals() -> Vec<Case> {
    vec![
        case("unauthorized", "", "https dev-space Bearer dev-token; error: You must be logged in to the server (Unauthorized)").hint("kubectl auth whoami").answers(&[UNAUTHORIZED]),
        case("forbidden", "", r#"https dev-space Bearer dev-token; Error from server (Forbidden): pods is forbidden: User "joe" cannot list resource "pods" in API group "" in the namespace "dev-space""#).hint("this needs the verb list on pods").answers(&[FORBIDDEN]),
        case("not found", "", r#"https dev-space Bearer dev-token; Error from server (NotFound): Unable to list "/v1, Resource=pods": the server could not find the requested resource"#).differs("kubectl says what it asked for", "https dev-space Bearer dev-token; Error from server (NotFound): the server could not find the requested resource").answers(&[NOT_FOUND]),
        case("an internal error", "", "https dev-space Bearer dev-token; Error from server: etcdserver: request timed out").answers(&[INTERNAL]),
        case("a page that is no Status", "", r#"https dev-space Bearer dev-token; Error from server (InternalError): an error on the server ("unknown") has prevented the request from succeeding (get pods)"#).differs("we say whose page it may be", "https dev-space Bearer dev-token; Error from server (InternalError): status 502, and not by an API server")
            .answers(&[status(502, "<html>bad gateway</html>")]),
        case("a line that is no Status", "", "https dev-space Bearer dev-token; Error from server (Forbidden): unknown (get pods)").differs("we pass the line on", "https dev-space Bearer dev-token; Error from server (Forbidden): go away").answers(&[status(403, "go away")]),
        case("nonsense", "", "https dev-space Bearer dev-token; invalid character 'o' in literal null (expecting 'u')").differs("other parsers", "https dev-space Bearer dev-token; error: unexpected answer from the server: Error deserializing response: expected ident at line 1 column 2").answers(&[status(200, "nonsense")]),
        case("elsewhere", "", "https dev-space Bearer dev-token; Object 'Kind' is missing in '{}'").differs("we follow nobody", "https dev-space Bearer dev-token; error: unexpected answer from the server: Error deserializing response: expected value at line 1 column 1").answers(&[Answer {
            headers: "Location: /elsewhere\r\n",
            ..status(302, "gone")
        }]),
    ]
}

fn connections() -> Vec<Case> {
    vec![
        case("refused", "-s https://127.0.0.1:1", "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?").hint("kubectl config view --minify"),
        case("refused by name", "-s https://localhost:1", "The connection to the server localhost:1 was refused - did you specify the right host or port?"),
        case("refused without a port", "-s http://127.0.0.1:1/a", "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?"),
        case("no such name", "-s https://nowhere.test", "Unable to connect to the server: dial tcp: lookup nowhere.test").hint("check the server's name").names(),
        case("an unknown authority", "-s https://{stranger}", "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority").hint("--certificate-authority"),
        case("a certificate of another name", "-s https://{named}", "Unable to connect to the server: tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs").hint("--tls-server-name"),
        case("a certificate that has ended", "-s https://{expired}", "Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired").hint("renew it"),
        case("no TLS where there is some", "-s http://{https}", r#"Unable to connect to the server: net/http: HTTP/1.x transport connection broken: malformed HTTP response "\x15\x03\x03\x00\x02\x022""#).hint("https://").differs("Go quotes the bytes", "Unable to connect to the server: malformed HTTP response"),
        case("no answer", "-s https://{silent} --request-timeout 1s", "times out").hint("kubectl config view --minify").differs("we say which server, and how long we waited", "Unable to connect to the server: no answer from {silent} within 1s"),
    ]
}
