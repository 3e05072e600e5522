//! Who we are: tokens, certificates, passwords.

use crate::case::Case;
use crate::case::case;

/// A case of a user.
pub(crate) fn user(name: &'static str, user: &str, kubectl: &'static str) -> Case {
    case(name, "", kubectl).user(user)
}

/// What a user may say.
pub(crate) fn cases() -> Vec<Case> {
    vec![
        user("a token file", "{tokenFile: '{dir}/token'}", "https its Bearer from-file").file("token", "from-file\n"),
        user("a relative token file", "{tokenFile: token}", "https its Bearer from-file").file(".kube/token", "from-file"),
        user("a token file that is missing", "{tokenFile: nope}", "error: open {dir}/.kube/nope: no such file or directory"),
        user("an empty token file", "{tokenFile: '{dir}/token'}", r#"Unable to connect to the server: net/http: invalid header field value for "Authorization""#).differs("we say what is empty", "error: tokenFile {dir}/token is empty").file("token", "\n"),
        user(
            "a token and a token file",
            "{token: word, tokenFile: '{dir}/token'}",
            "https its Bearer from-file",
        )
        .file("token", "from-file"),
        user("a token file and a flag", "{tokenFile: '{dir}/token'}", "https its Bearer from-file")
            .file("token", "from-file")
            .flags("--token flag-token"),
        user("basic auth", "{username: joe, password: 'a:b@c'}", "https its Basic am9lOmE6YkBj"),
        user("a name without a password", "{username: joe}", "https its Basic am9lOg=="),
        user(
            "basic auth and a token",
            "{username: joe, password: secret, token: word}",
            "error: more than one authentication method found for it; found [token basicAuth], only one is allowed",
        ),
        user(
            "basic auth and a flag",
            "{username: joe, password: secret}",
            "error: more than one authentication method found for it; found [token basicAuth], only one is allowed",
        )
        .flags("--token flag-token"),
        user(
            "a user's certificate",
            "{client-certificate: '{pki}/alice.crt', client-key: '{pki}/alice.key'}",
            "https certificate=alice its",
        ),
        user(
            "a certificate as data",
            "{client-certificate-data: '{alice64}', client-key-data: '{alice-key64}'}",
            "https certificate=alice its",
        ),
        user(
            "a certificate as data and a token",
            "{client-certificate-data: '{alice64}', client-key-data: '{alice-key64}', token: word}",
            "https certificate=alice its Bearer word",
        ),
        user(
            "a certificate, as file and data",
            "{client-certificate: '{pki}/bob.crt', client-certificate-data: '{alice64}', client-key-data: '{alice-key64}'}",
            "error: client-cert-data and client-cert are both specified for it. client-cert-data will override.",
        ),
        user(
            "a certificate without a key",
            "{client-certificate-data: '{alice64}'}",
            "error: client-key-data or client-key must be specified for it to use the clientCert authentication method.",
        ),
        user(
            "a key without a certificate",
            "{client-key-data: '{alice-key64}'}",
            "error: EOF",
        ).differs("kubectl asks for a user name on its standard input", "https its"),
        user(
            "a user's certificate that is missing",
            "{client-certificate: nope.crt, client-key: '{pki}/bob.key'}",
            "error: unable to read client-cert {dir}/.kube/nope.crt for it due to open {dir}/.kube/nope.crt: no such file or directory",
        ),
        user(
            "a user who is another",
            "{token: word, as: jane, as-uid: '7', as-groups: [a, b], as-user-extra: {x: [u, v]}}",
            "https its Bearer word extra-x=u extra-x=v group=a group=b uid=7 user=jane",
        ),
        user(
            "a user who is another, and a flag",
            "{token: word, as: jane, as-uid: '7', as-groups: [a, b], as-user-extra: {x: [u, v]}}",
            "https its Bearer word extra-x=w group=c uid=7 user=joe",
        )
        .flags("--as joe --as-group c --as-user-extra x=w"),
        user(
            "groups without a user",
            "{token: word, as-groups: [a]}",
            "error: requesting uid, groups or user-extra for it without impersonating a user",
        ),
        user("nobody", "{}", "error: EOF").differs("kubectl asks for a user name on its standard input", "https its"),
        user("gcp", "{auth-provider: {name: gcp, config: {}}}", "error: The gcp auth plugin has been removed."),
        user("azure", "{auth-provider: {name: azure}}", "error: The azure auth plugin has been removed."),
        user(
            "an unknown provider",
            "{auth-provider: {name: nonsense}}",
            r#"error: no Auth Provider found for name "nonsense""#,
        ),
    ]
}
