//! Through which proxy: the kubeconfig's, the environment's, and what is exempt.

use crate::case::Case;
use crate::case::case;
use crate::case::config;

pub(crate) fn cases() -> Vec<Case> {
    [kubeconfig(), environment(), plain_and_local(), exempt()]
        .into_iter()
        .flatten()
        .collect()
}

/// `proxy-url`
fn kubeconfig() -> Vec<Case> {
    let proxy = |name, url: &str, kubectl| {
        let cluster = format!(
            "{{server: 'https://api.test:{{https}}', certificate-authority: '{{pki}}/ca.crt', proxy-url: '{url}'}}"
        );
        case(name, "", kubectl)
            .cluster(&cluster)
            .env("NO_PROXY", "*")
    };
    vec![
        proxy("an HTTP proxy", "http://{proxy}", "https[api.test] its Bearer usual; via proxy to api.test:{https}"),
        proxy("a proxy with user and password", "http://u:p%40ss@{proxy}", "https[api.test] its Bearer usual; via proxy as u:p@ss to api.test:{https}"),
        proxy("a proxy with a user", "http://u@{proxy}", "https[api.test] its Bearer usual; via proxy as u: to api.test:{https}"),
        proxy("a SOCKS5 proxy", "socks5://{socks}", "https[api.test] its Bearer usual; via socks to api.test:{https}"),
        proxy("a SOCKS5 proxy with user and password", "socks5://u:p%40ss@{socks}", "https[api.test] its Bearer usual; via socks as u:p@ss to api.test:{https}"),
        proxy("a SOCKS5h proxy", "socks5h://{socks}", r#"error: invalid 'proxy-url' "socks5h://{socks}" for cluster "it": unsupported scheme "socks5h", must be http, https, or socks5"#),
        proxy("a proxy of an unknown kind", "ftp://{proxy}", r#"error: invalid 'proxy-url' "ftp://{proxy}" for cluster "it": unsupported scheme "ftp", must be http, https, or socks5"#),
        proxy("a proxy without a scheme", "{proxy}", r#"error: invalid 'proxy-url' "{proxy}" for cluster "it": could not parse: {proxy}"#).differs("kubectl has several words for it", r#"error: invalid 'proxy-url' "{proxy}" for cluster "it": unsupported scheme "", must be http, https, or socks5"#),
        proxy("a proxy that is a name", "proxy", r#"error: invalid 'proxy-url' "proxy" for cluster "it": unsupported scheme "", must be http, https, or socks5"#),
        proxy("a proxy that refuses", "http://127.0.0.1:1", "The connection to the server api.test:{https} was refused - did you specify the right host or port?").differs("kubectl blames the server", "Unable to connect to the server: proxyconnect: Connection refused (os error 111)"),
        proxy("a SOCKS5 proxy that refuses", "socks5://127.0.0.1:1", "The connection to the server api.test:{https} was refused - did you specify the right host or port?").differs("kubectl blames the server", "Unable to connect to the server: proxyconnect: SOCKS error: failed to create underlying connection"),
        proxy("a proxy behind TLS", "https://{tls-proxy}", "https[api.test] its Bearer usual; via tls-proxy to api.test:{https}"),
        case("a proxy and plain HTTP", "", "via proxy without a tunnel to http://api.test:{http} its").differs("a tunnel carries WebSockets too", "http its; via proxy to api.test:{http}").cluster("{server: 'http://api.test:{http}', proxy-url: 'http://{proxy}'}"),
        case("a proxy and plain HTTP, with user and password", "", "via proxy as u:p without a tunnel to http://api.test:{http} its").differs("a tunnel carries WebSockets too", "http its; via proxy as u:p to api.test:{http}").cluster("{server: 'http://api.test:{http}', proxy-url: 'http://u:p@{proxy}'}"),
        case("a SOCKS5 proxy and plain HTTP", "", "http its; via socks to api.test:{http}").cluster("{server: 'http://api.test:{http}', proxy-url: 'socks5://{socks}'}"),
        case("a proxy to this machine", "", "https its Bearer usual; via proxy to {https}").cluster("{server: 'https://{https}', certificate-authority: '{pki}/ca.crt', proxy-url: 'http://{proxy}'}"),
        case("a server by flag, through the cluster's proxy", "-s https://localhost:{https}", "https[localhost] its Bearer usual; via proxy to localhost:{https}").cluster("{server: 'https://api.test:1', certificate-authority: '{pki}/ca.crt', proxy-url: 'http://{proxy}'}"),
    ]
}

fn server(url: &str) -> String {
    let cluster = format!("{{server: '{url}', certificate-authority: '{{pki}}/ca.crt'}}");
    config(&cluster, "{token: usual}")
}

/// `HTTPS_PROXY` and its like.
fn environment() -> Vec<Case> {
    let https = |name, variable, value, kubectl| {
        case(name, "", kubectl)
            .config(server("https://api.test:{https}"))
            .env(variable, value)
    };
    vec![
        https(
            "HTTPS_PROXY",
            "HTTPS_PROXY",
            "http://{proxy}",
            "https[api.test] its Bearer usual; via proxy to api.test:{https}",
        ),
        https(
            "https_proxy",
            "https_proxy",
            "http://{proxy}",
            "https[api.test] its Bearer usual; via proxy to api.test:{https}",
        ),
        https(
            "HTTPS_PROXY before https_proxy",
            "HTTPS_PROXY",
            "http://{proxy}",
            "https[api.test] its Bearer usual; via proxy to api.test:{https}",
        )
        .env("https_proxy", "socks5://{socks}"),
        https(
            "HTTPS_PROXY without a scheme",
            "HTTPS_PROXY",
            "{proxy}",
            "https[api.test] its Bearer usual; via proxy to api.test:{https}",
        ),
        https(
            "HTTPS_PROXY with user and password",
            "HTTPS_PROXY",
            "http://u:p@{proxy}",
            "https[api.test] its Bearer usual; via proxy as u:p to api.test:{https}",
        ),
        https(
            "HTTPS_PROXY of SOCKS5",
            "HTTPS_PROXY",
            "socks5://{socks}",
            "https[api.test] its Bearer usual; via socks to api.test:{https}",
        ),
        https(
            "HTTPS_PROXY that is none",
            "HTTPS_PROXY",
            "ftp://{proxy}",
            "https[api.test] its Bearer usual; via proxy to api.test:{https}",
        )
        .differs(
            "Go takes it for http",
            r#"error: invalid proxy address "ftp://{proxy}": want http://, https:// or socks5://"#,
        ),
        https(
            "HTTP_PROXY is not for https",
            "HTTP_PROXY",
            "http://{proxy}",
            "https[api.test] its Bearer usual",
        )
        .names(),
        https(
            "ALL_PROXY is for nobody",
            "ALL_PROXY",
            "http://{proxy}",
            "https[api.test] its Bearer usual",
        )
        .names(),
    ]
}

/// `HTTP_PROXY`, and what has no proxy anyway.
fn plain_and_local() -> Vec<Case> {
    vec![
        case(
            "HTTP_PROXY",
            "",
            "via proxy without a tunnel to http://api.test:{http} its",
        )
        .differs(
            "a tunnel carries WebSockets too",
            "http its; via proxy to api.test:{http}",
        )
        .config(server("http://api.test:{http}"))
        .env("HTTP_PROXY", "http://{proxy}"),
        case(
            "http_proxy",
            "",
            "via proxy without a tunnel to http://api.test:{http} its",
        )
        .differs(
            "a tunnel carries WebSockets too",
            "http its; via proxy to api.test:{http}",
        )
        .config(server("http://api.test:{http}"))
        .env("http_proxy", "http://{proxy}"),
        case("HTTPS_PROXY is not for http", "", "http its")
            .config(server("http://api.test:{http}"))
            .env("HTTPS_PROXY", "http://{proxy}")
            .names(),
        case(
            "localhost has no proxy",
            "",
            "https[localhost] its Bearer usual",
        )
        .config(server("https://localhost:{https}"))
        .env("HTTPS_PROXY", "http://{proxy}"),
        case("127.0.0.1 has no proxy", "", "https its Bearer usual")
            .config(server("https://{https}"))
            .env("HTTPS_PROXY", "http://{proxy}"),
        case(
            "0.0.0.0 has one",
            "",
            "https its Bearer usual; via proxy to 0.0.0.0:{https}",
        )
        .config(server("https://0.0.0.0:{https}"))
        .env("HTTPS_PROXY", "http://{proxy}"),
    ]
}

/// `NO_PROXY`
fn exempt() -> Vec<Case> {
    let to = |server_url: &str, no_proxy, kubectl| {
        case(no_proxy, "", kubectl)
            .config(server(server_url))
            .env("HTTPS_PROXY", "http://{proxy}")
            .env("NO_PROXY", no_proxy)
            .names()
    };
    let name = "https://api.test:{https}";
    let address = "https://0.0.0.0:{https}";
    let exempt_names = [
        "api.test",
        "test",
        ".test",
        "*.test",
        "API.TEST",
        "*",
        "other, api.test ,",
        "api.test:{https}",
        "bad/99,api.test",
    ];
    let other_names = [
        ".api.test",
        "pi.test",
        "api.test.",
        "other api.test",
        "api.test:1",
        "https://api.test",
        "127.0.0.0/8",
        "0.0.0.0",
    ];
    let exempt_addresses = ["0.0.0.0", "0.0.0.0/8", "0.0.0.0:{https}"];
    let other_addresses = ["10.0.0.0/8", "0.0.0.0:1", ".0", "0.0.0.0/33"];
    let direct = "https[api.test] its Bearer usual";
    let tunnelled = "https[api.test] its Bearer usual; via proxy to api.test:{https}";
    let to_address = "https its Bearer usual; via proxy to 0.0.0.0:{https}";
    let mut cases = vec![
        to(name, "", direct).env("no_proxy", "api.test"),
        to(name, "x", tunnelled).env("no_proxy", "api.test"),
    ];
    cases.extend(exempt_names.map(|it| to(name, it, direct)));
    cases.extend(other_names.map(|it| to(name, it, tunnelled)));
    cases.extend(exempt_addresses.map(|it| to(address, it, "https its Bearer usual")));
    cases.extend(other_addresses.map(|it| to(address, it, to_address)));
    cases
}
