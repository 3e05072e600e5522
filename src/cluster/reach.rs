//! Why a connection failed: reads the chain of causes that hyper and rustls leave.
//!
//! Knows their types' words (hyper-util 0.1, rustls 0.23) and nothing of Kubernetes.

use std::error::Error;
use std::io;
use std::net::IpAddr;

use crate::cluster::fault::Fault;

/// The fault that a failed connection to `server` (host and port) is.
pub(crate) fn fault(server: &str, error: &(dyn Error + 'static)) -> Fault {
    let texts: Vec<String> = causes(error).map(ToString::to_string).collect();
    let says = |word: &str| texts.iter().any(|text| text.contains(word));
    if says("tunnel error") || says("SOCKS error") || says("socks error") {
        return Fault::Proxy(root(error));
    }
    if says("dns error") {
        let (host, detail) = (host(server).to_owned(), root(error));
        return Fault::Dns { host, detail };
    }
    if let Some(tls) = causes(error).find_map(|error| error.downcast_ref::<rustls::Error>()) {
        return Fault::Tls(tls_words(tls));
    }
    let cut = [
        "tls handshake eof",
        "connection closed before message completed",
        "without sending TLS close_notify",
    ];
    if cut.iter().any(|word| says(word)) {
        return Fault::Unconnected("EOF".to_owned());
    }
    if says("invalid HTTP version parsed") {
        return Fault::Unconnected("malformed HTTP response".to_owned());
    }
    match causes(error).find_map(kind) {
        Some(io::ErrorKind::ConnectionRefused) => Fault::Refused {
            server: server.to_owned(),
        },
        _ => Fault::Unconnected(chain(error)),
    }
}

/// Why TLS cannot be spoken.
pub(crate) fn tls(error: &(dyn Error + 'static)) -> String {
    let tls = causes(error).find_map(|error| error.downcast_ref::<rustls::Error>());
    tls.map_or_else(|| chain(error), tls_words)
}

/// rustls' error in Go's words, where Go has some.
fn tls_words(error: &rustls::Error) -> String {
    use rustls::CertificateError as Bad;
    let bad = match error {
        rustls::Error::InvalidCertificate(bad) => bad,
        rustls::Error::InconsistentKeys(_) => {
            return "private key does not match public key".to_owned();
        }
        other => return other.to_string(),
    };
    let why = match bad {
        Bad::UnknownIssuer => "certificate signed by unknown authority".to_owned(),
        Bad::Expired | Bad::ExpiredContext { .. } => "certificate has expired".to_owned(),
        Bad::NotValidYet | Bad::NotValidYetContext { .. } => {
            "certificate is not yet valid".to_owned()
        }
        Bad::NotValidForNameContext {
            expected,
            presented,
        } => not_for(&expected.to_str(), presented),
        _ => return error.to_string(),
    };
    format!("failed to verify certificate: x509: {why}")
}

/// The certificate has other names; rustls has them as `DnsName("a")` and `IpAddress(1.2.3.4)`.
fn not_for(name: &str, presented: &[String]) -> String {
    let all = |kind: &str| {
        let names = presented.iter().filter_map(|name| name.strip_prefix(kind));
        let names = names.map(|name| name.trim_matches(['(', ')', '"']).to_owned());
        names.collect::<Vec<_>>().join(", ")
    };
    let (kind, what) = match name.parse::<IpAddr>() {
        Ok(_) => ("IpAddress", "any IP SANs"),
        Err(_) => ("DnsName", "any names"),
    };
    match all(kind).as_str() {
        "" => format!("cannot validate certificate for {name} because it doesn't contain {what}"),
        names => format!("certificate is valid for {names}, not {name}"),
    }
}

/// What helps against a failed handshake, told by rustls' words and ours.
pub(crate) fn tls_hint(detail: &str) -> Option<&'static str> {
    let says = |word: &str| detail.contains(word);
    if says("unknown authority") || says("CaUsedAsEndEntity") {
        Some(
            "the server's certificate is not signed by the kubeconfig's certificate-authority: pass --certificate-authority",
        )
    } else if says("certificate is valid for") || says("cannot validate certificate") {
        Some("the certificate is for another name: pass --tls-server-name")
    } else if says("UnsupportedCertVersion") {
        Some("X.509 v1 certificates are not supported: have them issued as v3")
    } else if says("does not match") {
        Some("client-certificate and client-key are not of one pair")
    } else if says("expired") || says("not yet valid") {
        Some("a certificate has expired: renew it, or check this machine's clock")
    } else {
        None
    }
}

/// What helps against a connection that ended before an answer came.
pub(crate) fn hint(detail: &str) -> Option<&'static str> {
    match detail {
        "EOF" => Some(
            "the server, or a proxy before it, closed the connection: is its address right? kubectl config view --minify",
        ),
        "malformed HTTP response" => {
            Some("the server may want TLS: begin its address with https://")
        }
        _ => None,
    }
}

/// A cause and its causes, each said once, from the outside in.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut said = String::new();
    for cause in causes(error).map(ToString::to_string) {
        if !said.contains(&cause) {
            let colon = if said.is_empty() { "" } else { ": " };
            said = format!("{said}{colon}{cause}");
        }
    }
    said
}

/// An error and what is behind it. An `io::Error` hides what it holds: its source is that of its content.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| match held(error) {
        Some(held) => Some(held),
        None => error.source(),
    })
}

fn held<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let held = error.downcast_ref::<io::Error>()?.get_ref()?;
    Some(held)
}

fn root(error: &(dyn Error + 'static)) -> String {
    causes(error)
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn kind(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    error.downcast_ref::<io::Error>().map(io::Error::kind)
}

fn host(server: &str) -> &str {
    server.rsplit_once(':').map_or(server, |(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Layer(&'static str, #[source] Box<dyn Error + Send + Sync>);

    fn layers(words: &[&'static str], inner: io::Error) -> Layer {
        let (last, rest) = words.split_last().unwrap();
        let start = Layer(last, Box::new(inner));
        rest.iter()
            .rev()
            .fold(start, |inner, word| Layer(word, Box::new(inner)))
    }

    #[track_caller]
    fn check(words: &[&'static str], inner: io::Error, expected: &str) {
        let error = layers(words, inner);
        assert_eq!(fault("api.example:6443", &error).to_string(), expected);
    }

    #[test]
    fn refused_names_and_tls_are_told_apart() {
        let refused = || io::Error::from(io::ErrorKind::ConnectionRefused);
        check(
            &["client error (Connect)", "tcp connect error"],
            refused(),
            "The connection to the server api.example:6443 was refused - did you specify the right host or port?",
        );
        check(
            &["client error (Connect)", "dns error"],
            io::Error::other("no such host"),
            "Unable to connect to the server: dial tcp: lookup api.example: no such host",
        );
        check(
            &["client error (Connect)"],
            io::Error::other(rustls::Error::InvalidCertificate(
                rustls::CertificateError::UnknownIssuer,
            )),
            "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority",
        );
        check(
            &["client error (Connect)", "tunnel error: unsuccessful"],
            refused(),
            "Unable to connect to the server: proxyconnect: connection refused",
        );
        check(
            &["client error (SendRequest)", "connection error"],
            io::Error::from(io::ErrorKind::ConnectionReset),
            "Unable to connect to the server: client error (SendRequest): connection error: connection reset",
        );
        for cut in [
            "tls handshake eof",
            "peer closed connection without sending TLS close_notify: https://docs.rs/rustls",
        ] {
            check(
                &["client error (Connect)"],
                io::Error::new(io::ErrorKind::UnexpectedEof, cut),
                "Unable to connect to the server: EOF",
            );
        }
        check(
            &["client error (SendRequest)", "invalid HTTP version parsed"],
            io::Error::other("x"),
            "Unable to connect to the server: malformed HTTP response",
        );
    }

    #[test]
    fn tls_hints_say_which_flag_helps() {
        let hint = |detail| tls_hint(detail).unwrap_or_default();
        assert!(
            hint("certificate signed by unknown authority").contains("--certificate-authority")
        );
        assert!(hint("certificate is valid for a, not b").contains("--tls-server-name"));
        assert!(hint("UnsupportedCertVersion").contains("v3"));
        assert!(hint("certificate expired: verification time …").contains("clock"));
        assert_eq!(hint("received fatal alert: InternalError"), "");
    }
}
