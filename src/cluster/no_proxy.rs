//! What `NO_PROXY` exempts: the entries of Go's `httpproxy`.
//!
//! Pure; knows names, domains, addresses and networks, with or without a port.

use std::net::IpAddr;

use http::Uri;

/// Whether an entry of `no_proxy` is about this server. (`proxy` sees to this machine itself.)
pub(crate) fn is_exempt(server: &Uri, no_proxy: &str) -> bool {
    let host = server.host().unwrap_or_default().to_ascii_lowercase();
    let host = host.trim_matches(['[', ']']);
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
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
        (Err(_), Err(_)) => is_in_domain(host, name) && port_matches,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(server: &str, no_proxy: &str, proxied: bool) {
        let exempt = is_exempt(&server.parse().unwrap(), no_proxy);
        assert_eq!(!exempt, proxied, "{server} with NO_PROXY={no_proxy}");
    }

    #[test]
    fn entries_are_about_the_server() {
        for (server, no_proxy, proxied) in [
            ("https://api.example:6443", "", true),
            ("https://api.example:6443", "proxy", true),
            ("https://api.example:6443", "*", false),
            ("https://api.example:6443", "api.example", false),
            ("https://API.example:6443", "Api.Example", false),
            ("https://api.example:6443", "example", false),
            ("https://api.example:6443", ".example", false),
            ("https://api.example:6443", "*.example", false),
            ("https://example:6443", ".example", true),
            ("https://example:6443", "*.example", true),
            ("https://notexample:6443", "example", true),
            ("https://api.example:6443", "api.example:6443", false),
            ("https://api.example:6443", "api.example:443", true),
            ("https://api.example", "api.example:443", false),
            ("https://api.example:6443", "other, ,api.example,", false),
            (
                "https://api.example:6443",
                "bad/entry,999.0.0.0/8,::/1x",
                true,
            ),
            ("https://10.1.2.3:6443", "10.0.0.0/8", false),
            ("https://11.1.2.3:6443", "10.0.0.0/8", true),
            ("https://11.1.2.3:6443", "0.0.0.0/0", false),
            ("https://10.1.2.3:6443", "10.0.0.0/33", true),
            ("https://10.1.2.3:6443", "10.1.2.3", false),
            ("https://10.1.2.3:6443", "10.1.2.3:6443", false),
            ("https://10.1.2.3:6443", "10.1.2.3:443", true),
            ("https://10.1.2.3:6443", "2.3", true),
            ("https://api.example:6443", "10.0.0.0/8", true),
            ("https://[2001:db8::1]:6443", "2001:db8::/32", false),
            ("https://[2001:db9::1]:6443", "2001:db8::/32", true),
            ("https://[2001:db8::1]:6443", "[2001:db8::1]:6443", false),
            ("https://[2001:db8::1]:6443", "2001:db8::1", false),
        ] {
            check(server, no_proxy, proxied);
        }
    }
}
