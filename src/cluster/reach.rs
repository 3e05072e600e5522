//! Why a connection failed: reads the chain of causes that hyper and rustls leave.
//!
//! Knows their types' words (hyper-util 0.1, rustls 0.23) and nothing of Kubernetes.

use std::error::Error;
use std::io;

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
        return Fault::Tls(tls.to_string());
    }
    match causes(error).find_map(kind) {
        Some(io::ErrorKind::ConnectionRefused) => Fault::Refused {
            server: server.to_owned(),
        },
        _ => Fault::Unconnected(chain(error)),
    }
}

/// What helps against a failed handshake, told by rustls' words.
pub(crate) fn tls_hint(detail: &str) -> Option<&'static str> {
    let says = |word: &str| detail.contains(word);
    if says("UnknownIssuer") || says("CaUsedAsEndEntity") {
        Some(
            "the server's certificate is not signed by the kubeconfig's certificate-authority: pass --certificate-authority",
        )
    } else if says("not valid for name") || says("NotValidForName") {
        Some("the certificate is for another name: pass --tls-server-name")
    } else if says("UnsupportedCertVersion") {
        Some("X.509 v1 certificates are not supported: have them issued as v3")
    } else if says("expired") || says("Expired") {
        Some("a certificate has expired: renew it, or check this machine's clock")
    } else {
        None
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
            "Unable to connect to the server: tls: invalid peer certificate: UnknownIssuer",
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
    }

    #[test]
    fn tls_hints_say_which_flag_helps() {
        let hint = |detail| tls_hint(detail).unwrap_or_default();
        assert!(
            hint("invalid peer certificate: UnknownIssuer").contains("--certificate-authority")
        );
        assert!(hint("certificate not valid for name \"x\"").contains("--tls-server-name"));
        assert!(hint("UnsupportedCertVersion").contains("v3"));
        assert!(hint("certificate expired: verification time …").contains("clock"));
        assert_eq!(hint("received fatal alert: InternalError"), "");
    }
}
