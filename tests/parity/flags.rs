//! Every connection flag of kubectl, at least once.

use crate::case::Case;
use crate::case::case;

pub(crate) fn cases() -> Vec<Case> {
    [choosing(), server(), user(), impersonation(), requests()]
        .into_iter()
        .flatten()
        .collect()
}

/// `--kubeconfig --context --cluster --user --namespace`
fn choosing() -> Vec<Case> {
    vec![
        case("no flags", "", "https dev-space Bearer dev-token"),
        case("a namespace", "-n other", "https other Bearer dev-token"),
        case("a namespace, long", "--namespace=other", "https other Bearer dev-token"),
        case("an empty namespace", "--namespace=", "https dev-space Bearer dev-token"),
        case("a context", "--context ops", "http default"),
        case("a context with a certificate", "--context cert", "named[named.test] certificate=alice cert-space"),
        case("a context without a user", "--context userless", "http no-user"),
        case("an unknown context", "--context nope", "Error in configuration: context was not found for specified context: nope"),
        case("a context of an unknown cluster", "--context lost", "The connection to the server localhost:8080 was refused - did you specify the right host or port?").differs("kubectl goes to localhost instead", r#"error: no server found for cluster "gone""#),
        case("a context of an unknown user", "--context stray", "http default"),
        case("a cluster", "--cluster http", "http dev-space"),
        case("an unknown cluster", "--cluster nope", r#"error: no server found for cluster "nope""#),
        case("a user", "--user ops", "https dev-space Bearer ops-token"),
        case("an unknown user", "--user nope", r#"error: auth info "nope" does not exist"#),
        case(
            "cluster and user over a context",
            "--context ops --cluster https --user alice",
            "https certificate=alice default",
        ),
        case("a kubeconfig", "--kubeconfig {dir}/other", "https its Bearer other").file(
            "other",
            crate::case::config(crate::case::HTTPS, "{token: other}"),
        ),
        case(
            "a kubeconfig that is missing",
            "--kubeconfig {dir}/nope",
            "error: stat {dir}/nope: no such file or directory",
        ),
        case("a kubeconfig beats KUBECONFIG", "--kubeconfig other", "https its Bearer other")
            .file(
                "other",
                crate::case::config(crate::case::HTTPS, "{token: other}"),
            )
            .env("KUBECONFIG", "{dir}/nope"),
        case("a cache directory", "--cache-dir {dir}/cache", "https dev-space Bearer dev-token"),
    ]
}

/// `--server`, and who it must be.
fn server() -> Vec<Case> {
    vec![
        case(
            "a server",
            "--server https://{stranger} --certificate-authority {pki}/stranger-ca.crt",
            "stranger dev-space Bearer dev-token",
        ),
        case("a server, short", "-s http://{http}", "http dev-space"),
        case(
            "a server without a scheme, and an authority",
            "-s localhost:{https}",
            r#"Unable to connect to the server: net/http: HTTP/1.x transport connection broken: malformed HTTP response "\x15\x03\x03\x00\x02\x022""#,
        ).differs("Go quotes the bytes", "Unable to connect to the server: malformed HTTP response"),
        case(
            "a server without a scheme",
            "-s {http} --context userless",
            "http no-user",
        ),
        case("a server's path", "-s https://{https}/some/prefix", "https/some/prefix dev-space Bearer dev-token"),
        case("a server's slash", "-s https://{https}/", "https dev-space Bearer dev-token"),
        case(
            "a server's name drops the kubeconfig's",
            "--context cert -s https://{https}",
            "https certificate=alice cert-space",
        ),
        case("a server that is no address", "-s https://:::", r#"error: host must be a URL or a host:port pair: "https://:::""#),
        case(
            "an authority",
            "-s https://{stranger} --certificate-authority {pki}/stranger-ca.crt",
            "stranger dev-space Bearer dev-token",
        ),
        case(
            "an authority that is missing",
            "--certificate-authority {dir}/nope.crt",
            "error: unable to read certificate-authority {dir}/nope.crt for https due to open {dir}/nope.crt: no such file or directory",
        ),
        case(
            "an authority that is none",
            "--certificate-authority {dir}/.kube/config",
            "error: unable to load root certificates: unable to parse bytes as PEM block",
        ).differs("we say which file it is", "error: unable to read certificate-authority {dir}/.kube/config: it holds no certificate"),
        case(
            "insecure",
            "-s https://{stranger} --insecure-skip-tls-verify",
            "stranger dev-space Bearer dev-token",
        ),
        case(
            "insecure with another name",
            "-s https://{named} --insecure-skip-tls-verify",
            "named dev-space Bearer dev-token",
        ),
        case(
            "insecure and an authority",
            "--insecure-skip-tls-verify --certificate-authority {pki}/ca.crt",
            "error: specifying a root certificates file with the insecure flag is not allowed",
        ),
        case(
            "a name",
            "-s https://{named} --tls-server-name named.test",
            "named[named.test] dev-space Bearer dev-token",
        ),
        case(
            "a name, without a server",
            "--tls-server-name api.test",
            "https[api.test] dev-space Bearer dev-token",
        ),
        case("a wrong name", "--tls-server-name wrong.test", "Unable to connect to the server: tls: failed to verify certificate: x509: certificate is valid for localhost, api.test, not wrong.test"),
    ]
}

/// `--token --client-certificate --client-key`
fn user() -> Vec<Case> {
    vec![
        case("a token", "--token flag-token", "https dev-space Bearer flag-token"),
        case(
            "a token beside a certificate",
            "--context cert --token flag-token",
            "named[named.test] certificate=alice cert-space Bearer flag-token",
        ),
        case(
            "a token over plain HTTP",
            "--context ops --token flag-token",
            "http default",
        ),
        case(
            "a certificate",
            "--client-certificate {pki}/bob.crt --client-key {pki}/bob.key",
            "https certificate=bob dev-space Bearer dev-token",
        ),
        case(
            "a certificate without its key",
            "--client-certificate {pki}/bob.crt",
            "error: client-key-data or client-key must be specified for dev to use the clientCert authentication method.",
        ),
        case(
            "a key that is not the certificate's",
            "--context cert --client-key {pki}/bob.key",
            "Unable to connect to the server: tls: private key does not match public key",
        ).differs("it is what was configured, and no server's doing", "error: invalid configuration: private key does not match public key"),
        case(
            "a certificate that is missing",
            "--client-certificate {dir}/nope --client-key {pki}/bob.key",
            "error: unable to read client-cert {dir}/nope for dev due to open {dir}/nope: no such file or directory",
        ),
        case("user and password", "--username joe --password secret", "error: more than one authentication method found for dev; found [token basicAuth], only one is allowed").differs("kubectl's help does not list them any more", "error: unknown flag: --username"),
    ]
}

/// `--as --as-group --as-uid --as-user-extra`
fn impersonation() -> Vec<Case> {
    vec![
        case(
            "another user",
            "--as jane",
            "https dev-space Bearer dev-token user=jane",
        ),
        case(
            "a user with odd characters",
            "--as system:serviceaccount:a:b",
            "https dev-space Bearer dev-token user=system:serviceaccount:a:b",
        ),
        case(
            "groups",
            "--as jane --as-group dev --as-group ops",
            "https dev-space Bearer dev-token group=dev group=ops user=jane",
        ),
        case(
            "a list of groups",
            "--as jane --as-group dev,ops",
            "https dev-space Bearer dev-token group=dev,ops user=jane",
        ),
        case(
            "a uid",
            "--as jane --as-uid 1234",
            "https dev-space Bearer dev-token uid=1234 user=jane",
        ),
        case(
            "extras",
            "--as jane --as-user-extra reason=test --as-user-extra scopes=a --as-user-extra scopes=b",
            "https dev-space Bearer dev-token extra-reason=test extra-scopes=a extra-scopes=b user=jane",
        ),
        case(
            "a list of extras",
            "--as jane --as-user-extra a=1,b=2",
            "https dev-space Bearer dev-token extra-a=1,b=2 user=jane",
        ),
        case(
            "extras with odd characters",
            "--as jane --as-user-extra example.org/Some%Key=a/b:c=d",
            "https dev-space Bearer dev-token extra-example.org%2fsome%25key=a/b:c=d user=jane",
        ),
        case(
            "an extra without a value",
            "--as jane --as-user-extra reason",
            "https dev-space Bearer dev-token user=jane",
        )
        .differs(
            "kubectl passes over it, and acts as somebody else",
            r#"error: invalid argument "reason" for "--as-user-extra" flag: KEY=VALUE is expected"#,
        ),
        case(
            "a group without a user",
            "--as-group dev",
            "error: requesting uid, groups or user-extra for dev without impersonating a user",
        ),
        case(
            "a uid without a user",
            "--as-uid 1234",
            "error: requesting uid, groups or user-extra for dev without impersonating a user",
        ),
        case(
            "an extra without a user",
            "--as-user-extra a=b",
            "error: requesting uid, groups or user-extra for dev without impersonating a user",
        ),
    ]
}

/// `--request-timeout --disable-compression`
fn requests() -> Vec<Case> {
    vec![
        case("without compression", "--disable-compression", "https dev-space Bearer dev-token uncompressed"),
        case(
            "with compression after all",
            "--disable-compression=false",
            "https dev-space Bearer dev-token",
        ),
        case("secure after all", "--insecure-skip-tls-verify=false", "https dev-space Bearer dev-token"),
        case("a timeout", "--request-timeout 20s", "https dev-space Bearer dev-token"),
        case("a timeout without a unit", "--request-timeout 20", "https dev-space Bearer dev-token"),
        case("a timeout of none", "--request-timeout 0", "https dev-space Bearer dev-token"),
        case("a timeout of several units", "--request-timeout 1m30s", "https dev-space Bearer dev-token"),
        case("a timeout that is none", "--request-timeout soon", "error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)").differs("it is one parser for all our durations", r#"error: invalid argument "soon" for "--request-timeout" flag: a duration has a unit: 90s, 5m, 1h30m"#),
        case("a flag that there is not", "--nonsense", "error: unknown flag: --nonsense"),
    ]
}
