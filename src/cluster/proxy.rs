//! Through which proxy a server is reached: the rules of Go's `httpproxy`, as kubectl has them.
//!
//! kube's own rules match `NO_PROXY` against the proxy instead of the server, and
//! fail on entries they cannot read; so it is decided here.

use std::net::IpAddr;

use http::Uri;

use crate::cluster::config::BadConfig;
use crate::cluster::env::Env;

/// The proxy for `server`, if any.
///
/// 1. `proxy-url` of the kubeconfig, whatever `NO_PROXY` says.
/// 2. None for this machine itself, and for what `NO_PROXY` lists.
/// 3. `HTTPS_PROXY` for https, `HTTP_PROXY` for http; each also in lower case.
pub fn choose(server: &Uri, proxy_url: Option<&str>, env: &Env) -> Result<Option<Uri>, BadConfig> {
    if let Some(url) = proxy_url.filter(|url| !url.is_empty()) {
        return parse(url)
            .filter(|_| url.contains("://"))
            .map(Some)
            .ok_or_else(|| invalid(url));
    }
    let names = match server.scheme_str() {
        Some("https") => ["HTTPS_PROXY", "https_proxy"],
        _ => ["HTTP_PROXY", "http_proxy"],
    };
    let Some(url) = env.any(&names) else {
        return Ok(None);
    };
    if is_local(host(server))
        || is_exempt(
            server,
            env.any(&["NO_PROXY", "no_proxy"]).unwrap_or_default(),
        )
    {
        return Ok(None);
    }
    parse(url).map(Some).ok_or_else(|| invalid(url))
}

/// User and password of a proxy's address, with their percent escapes resolved.
pub fn user_info(proxy: &Uri) -> Option<(String, String)> {
    let (info, _) = proxy.authority()?.as_str().rsplit_once('@')?;
    let (user, password) = info.split_once(':').unwrap_or((info, ""));
    Some((unescape(user), unescape(password)))
}

fn invalid(url: &str) -> BadConfig {
    // The address may hold a password.
    let shown = url.rsplit_once('@').map_or(url, |(_, host)| host);
    BadConfig::InvalidProxy(shown.to_owned())
}

fn parse(url: &str) -> Option<Uri> {
    let url = match url.contains("://") {
        true => url.to_owned(),
        false => format!("http://{url}"),
    };
    let uri = url
        .replacen("socks5h://", "socks5://", 1)
        .parse::<Uri>()
        .ok()?;
    let known = matches!(uri.scheme_str(), Some("http" | "https" | "socks5"));
    (known && uri.host().is_some_and(|host| !host.is_empty())).then_some(uri)
}

fn is_local(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn is_exempt(server: &Uri, no_proxy: &str) -> bool {
    let host = host(server).to_ascii_lowercase();
    let host = host.trim_end_matches('.');
    let port = server.port_u16().unwrap_or(match server.scheme_str() {
        Some("https") => 443,
        _ => 80,
    });
    no_proxy
        .split(',')
        .map(|entry| entry.trim().to_ascii_lowercase())
        .any(|entry| matches(&entry, host, port))
}

/// One entry of `NO_PROXY`; one that makes no sense matches nothing.
fn matches(entry: &str, host: &str, port: u16) -> bool {
    if entry.is_empty() {
        return false;
    }
    if entry == "*" {
        return true;
    }
    if let Some((network, bits)) = entry.split_once('/') {
        return in_network(host, network, bits).unwrap_or(false);
    }
    let (name, only) = with_port(entry);
    let port_matches = only.is_none_or(|only| only == port.to_string());
    match (name.parse::<IpAddr>(), host.parse::<IpAddr>()) {
        (Ok(entry), Ok(host)) => entry == host && port_matches,
        (Ok(_), Err(_)) => false,
        (Err(_), _) => is_in_domain(host, name) && port_matches,
    }
}

/// `x.y` covers itself and what is below it; `.x.y` and `*.x.y` only what is below.
fn is_in_domain(host: &str, domain: &str) -> bool {
    let domain = domain
        .strip_prefix('*')
        .filter(|rest| rest.starts_with('.'))
        .unwrap_or(domain);
    match domain.strip_prefix('.') {
        Some("") => false,
        Some(_) => host.ends_with(domain),
        None => {
            host == domain
                || host
                    .strip_suffix(domain)
                    .is_some_and(|rest| rest.ends_with('.'))
        }
    }
}

fn in_network(host: &str, network: &str, bits: &str) -> Option<bool> {
    let (host, network) = (
        host.parse::<IpAddr>().ok()?,
        network.parse::<IpAddr>().ok()?,
    );
    let bits = bits.parse::<u32>().ok()?;
    match (host, network) {
        (IpAddr::V4(host), IpAddr::V4(network)) => {
            let drop = 32u32.checked_sub(bits)?;
            let cut = |address: u32| address.checked_shr(drop).unwrap_or(0);
            Some(cut(host.to_bits()) == cut(network.to_bits()))
        }
        (IpAddr::V6(host), IpAddr::V6(network)) => {
            let drop = 128u32.checked_sub(bits)?;
            let cut = |address: u128| address.checked_shr(drop).unwrap_or(0);
            Some(cut(host.to_bits()) == cut(network.to_bits()))
        }
        _ => Some(false),
    }
}

/// `host:port`, `[v6]:port`, `[v6]`, or a host alone, which may be a bare IPv6 address.
fn with_port(entry: &str) -> (&str, Option<&str>) {
    if let Some((address, rest)) = entry
        .strip_prefix('[')
        .and_then(|entry| entry.split_once(']'))
    {
        return (address, rest.strip_prefix(':'));
    }
    match entry.split_once(':') {
        Some((host, port)) if !port.contains(':') => (host, Some(port)),
        _ => (entry, None),
    }
}

fn host(server: &Uri) -> &str {
    let host = server.host().unwrap_or_default();
    host.trim_start_matches('[').trim_end_matches(']')
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| after.get(..2).and_then(hex))
            .flatten();
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() {
            &after[2..]
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    digits
        .bytes()
        .all(|digit| digit.is_ascii_hexdigit())
        .then(|| u8::from_str_radix(digits, 16).ok())?
}
