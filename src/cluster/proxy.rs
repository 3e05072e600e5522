//! Through which proxy a server is reached: the rules of Go's `httpproxy`, as kubectl has them.
//!
//! kube's own rules match `NO_PROXY` against the proxy instead of the server, and
//! fail on entries they cannot read; so it is decided here.

use std::net::IpAddr;

use http::Uri;

use crate::cluster::config::BadConfig;
use crate::cluster::env::Env;
use crate::cluster::kubeconfig::Chosen;
use crate::cluster::no_proxy::is_exempt;

/// The proxy for `server`, if any.
///
/// 1. `proxy-url` of the kubeconfig, whatever `NO_PROXY` says.
/// 2. None for this machine itself, and for what `NO_PROXY` lists.
/// 3. `HTTPS_PROXY` for https, `HTTP_PROXY` for http; each also in lower case.
pub fn choose(server: &Uri, chosen: &Chosen, env: &Env) -> Result<Option<Uri>, BadConfig> {
    let proxy_url = chosen.cluster.proxy_url.as_deref();
    if let Some(url) = proxy_url.filter(|url| !url.is_empty()) {
        let known = |uri: &Uri| uri.scheme_str() == url.split("://").next();
        let parsed = parse(url).filter(|uri| url.contains("://") && known(uri));
        return parsed
            .map(Some)
            .ok_or_else(|| invalid_proxy_url(url, &chosen.cluster_name));
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

/// The address may hold a password.
fn shown(url: &str) -> String {
    url.rsplit_once('@')
        .map_or(url, |(_, host)| host)
        .to_owned()
}

fn invalid(url: &str) -> BadConfig {
    BadConfig::InvalidProxy(shown(url))
}

fn invalid_proxy_url(url: &str, cluster: &str) -> BadConfig {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    BadConfig::ProxyUrl {
        url: shown(url),
        cluster: cluster.to_owned(),
        why: match scheme {
            "http" | "https" | "socks5" => "it has no host".to_owned(),
            _ => format!("unsupported scheme {scheme:?}, must be http, https, or socks5"),
        },
    }
}

fn parse(url: &str) -> Option<Uri> {
    let scheme = if url.contains("://") { "" } else { "http://" };
    let url = format!("{scheme}{url}");
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

/// The server's name or address, without the brackets of IPv6.
pub(crate) fn host(server: &Uri) -> &str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn chosen(server: &str, url: Option<&str>, env: &Env) -> String {
        let mut chosen = Chosen::default();
        chosen.cluster.proxy_url = url.map(str::to_owned);
        match choose(&server.parse().unwrap(), &chosen, env) {
            Ok(proxy) => proxy.map(|proxy| proxy.to_string()).unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_scheme_chooses_the_variable() {
        let env = Env::of([
            ("HTTPS_PROXY", "http://s:1"),
            ("http_proxy", "http://p:2"),
            ("https_proxy", "http://x:3"),
        ]);
        assert_eq!(chosen("https://a", None, &env), "http://s:1/");
        assert_eq!(chosen("http://a", None, &env), "http://p:2/");
        assert_eq!(
            chosen("https://a", None, &Env::of([("https_proxy", "http://x:3")])),
            "http://x:3/"
        );
        assert_eq!(
            chosen("https://a", None, &Env::of([("HTTP_PROXY", "http://p:2")])),
            ""
        );
    }

    #[test]
    fn this_machine_and_exempt_servers_have_none() {
        let env = Env::of([("HTTPS_PROXY", "http://s:1"), ("no_proxy", "example,s")]);
        for server in [
            "https://localhost:1",
            "https://127.0.0.2",
            "https://[::1]:1",
            "https://api.example",
        ] {
            assert_eq!(chosen(server, None, &env), "", "{server}");
        }
        assert_eq!(chosen("https://a", None, &env), "http://s:1/");
    }

    #[test]
    fn a_proxy_without_a_scheme_is_http() {
        let env = |url| Env::of([("HTTPS_PROXY", url)]);
        assert_eq!(
            chosen("https://a", None, &env("proxy:3128")),
            "http://proxy:3128/"
        );
        assert_eq!(
            chosen("https://a", None, &env("socks5h://proxy:1080")),
            "socks5://proxy:1080/"
        );
        let odd = chosen("https://a", None, &env("ftp://user:s3cret@proxy"));
        assert_eq!(
            odd,
            r#"invalid proxy address "proxy": want http://, https:// or socks5://"#
        );
    }

    #[test]
    fn the_kubeconfigs_proxy_is_exempt_from_no_proxy() {
        let env = Env::of([("HTTPS_PROXY", "http://s:1"), ("NO_PROXY", "*")]);
        assert_eq!(
            chosen("https://a", Some("socks5://k:1080"), &env),
            "socks5://k:1080/"
        );
        assert_eq!(
            chosen("https://localhost", Some("http://k:1"), &env),
            "http://k:1/"
        );
        assert_eq!(chosen("https://a", Some(""), &env), "");
        for url in ["k:1080", "socks5h://k:1080"] {
            let said = chosen("https://a", Some(url), &env);
            assert!(said.starts_with("invalid 'proxy-url'"), "{said}");
        }
    }

    #[test]
    fn escapes_in_user_and_password_are_resolved() {
        let info = |url: &str| user_info(&url.parse().unwrap());
        let pair = |user: &str, password: &str| Some((user.to_owned(), password.to_owned()));
        assert_eq!(
            info("http://u:pa%40ss%3Aword@proxy:1"),
            pair("u", "pa@ss:word")
        );
        assert_eq!(info("http://u@proxy"), pair("u", ""));
        assert_eq!(info("http://u:100%25%zz%+1@proxy"), pair("u", "100%%zz%+1"));
        assert_eq!(info("http://proxy:1"), None);
    }
}
