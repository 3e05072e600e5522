//! Credential plugins: how they are run, how often, and what they may print.

use crate::answers::UNAUTHORIZED;
use crate::case::Case;
use crate::certificates::certificates;
use crate::users::user;

pub(crate) fn cases() -> Vec<Case> {
    [plugins(), plugins_alone(), policies()]
        .into_iter()
        .flatten()
        .collect()
}

const TOKEN: &str = r#"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"plugin-token"}}"#;

/// A user with a plugin that counts its runs, and prints this.
fn plugin(name: &'static str, more: &str, printed: &str, kubectl: &'static str) -> Case {
    let script = "#!/bin/sh\necho \"plugin ran, args=$* word=$WORD input=$(cat) info=$KUBERNETES_EXEC_INFO\" >>\"$HOME/plugin.log\"\ncat \"$HOME/printed\"\n";
    let exec = format!(
        "{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: '{{dir}}/plugin', interactiveMode: IfAvailable{more}}}}}"
    );
    user(name, &exec, kubectl)
        .file("plugin", script)
        .file("printed", printed)
        .input()
}

/// How a plugin is run.
fn plugins() -> Vec<Case> {
    let certificate = TOKEN.replace(
        r#""token":"plugin-token""#,
        r#""clientCertificateData":"CERT","clientKeyData":"KEY""#,
    );
    let pki = certificates().path();
    let pem = |name: &str| {
        std::fs::read_to_string(pki.join(name))
            .unwrap()
            .replace('\n', "\\n")
    };
    let certificate = certificate
        .replace("CERT", &pem("alice.crt"))
        .replace("KEY", &pem("alice.key"));
    let both = certificate.replace(r#""status":{"#, r#""status":{"token":"plugin-token","#);
    vec![
        plugin("a plugin", "", TOKEN, "https its Bearer plugin-token; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1"),
        plugin(
            "a plugin's arguments and environment",
            ", args: [get, 'a b'], env: [{name: WORD, value: 'x y'}]",
            TOKEN,
            "https its Bearer plugin-token; plugin ran, args=get a b word=x y input= interactive=false client.authentication.k8s.io/v1",
        ),
        plugin(
            "a plugin that is told of the cluster",
            ", provideClusterInfo: true",
            TOKEN,
            r#"https its Bearer plugin-token; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1 cluster: certificate-authority-data="{ca64}" server="https://{https}""#,
        ),
        plugin(
            "a plugin of the old version",
            "",
            &TOKEN.replace("/v1", "/v1beta1"),
            "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; several runs; Unable to connect to the server: getting credentials: exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version client.authentication.k8s.io/v1beta1",
        ).differs("kubectl tries five times", "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; Unable to connect to the server: getting credentials: exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version client.authentication.k8s.io/v1beta1"),
        plugin("a plugin's certificate", "", &certificate, "https certificate=alice its; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1"),
        plugin("a plugin's certificate and token", "", &both, "https certificate=alice its Bearer plugin-token; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1"),
        plugin(
            "a plugin's certificate without a key",
            "",
            &TOKEN.replace(
                r#""token":"plugin-token""#,
                r#""clientCertificateData":"x""#,
            ),
            "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; several runs; Unable to connect to the server: getting credentials: exec plugin returned only certificate or key, not both",
        ).differs("kubectl tries five times", "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; Unable to connect to the server: getting credentials: exec plugin returned only certificate or key, not both"),
        plugin(
            "a plugin's token that has ended",
            "",
            &TOKEN.replace(
                r#""status":{"#,
                r#""status":{"expirationTimestamp":"2001-01-01T00:00:00Z","#,
            ),
            "https its Bearer plugin-token; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; several runs",
        ),
        plugin("a plugin that prints nothing", "", "", "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; several runs; Unable to connect to the server: getting credentials: exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version client.authentication.k8s.io/__internal").differs("kubectl tries five times, and reads it as an object of no version", "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; Unable to connect to the server: getting credentials: exec plugin didn't return a status field"),
        plugin("a plugin that prints nonsense", "", "nonsense", r#"plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; several runs; Unable to connect to the server: getting credentials: decoding stdout: couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }"#).differs("kubectl tries five times, and tells what it read", "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; Unable to connect to the server: getting credentials: decoding stdout: it is no ExecCredential"),
        plugin(
            "a plugin without a status",
            "",
            r#"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}"#,
            "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; several runs; Unable to connect to the server: getting credentials: exec plugin didn't return a status field",
        ).differs("kubectl tries five times", "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; Unable to connect to the server: getting credentials: exec plugin didn't return a status field"),
        plugin(
            "a plugin with an empty status",
            "",
            &TOKEN.replace(r#""token":"plugin-token""#, ""),
            "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; several runs; Unable to connect to the server: getting credentials: exec plugin didn't return a token or cert/key pair",
        ).differs("kubectl tries five times", "plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; Unable to connect to the server: getting credentials: exec plugin didn't return a token or cert/key pair"),
        plugin("a token beats a plugin", "", TOKEN, "https its Bearer flag-token").flags("--token flag-token"),
        plugin("a plugin and plain HTTP", "", TOKEN, "http its").flags("-s http://{http}"),
        plugin("a plugin that the server does not believe", "", TOKEN, "https its Bearer plugin-token; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; several runs; error: You must be logged in to the server (Unauthorized)").differs("kubectl asks again for a next request; there is none", "https its Bearer plugin-token; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1; error: You must be logged in to the server (Unauthorized)")
            .answers(&[UNAUTHORIZED]),
        plugin("a plugin and another user", "", TOKEN, "https its Bearer plugin-token user=jane; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1").flags("--as jane"),
    ]
}

/// Plugins that differ in more than what they print.
fn plugins_alone() -> Vec<Case> {
    let exec = |name, exec: &str, kubectl| user(name, &format!("{{exec: {{{exec}}}}}"), kubectl);
    let v1 = "apiVersion: client.authentication.k8s.io/v1, interactiveMode: IfAvailable";
    let printing = format!("#!/bin/sh\necho '{TOKEN}'\n");
    vec![
        exec(
            "a relative plugin",
            &format!("{v1}, command: ./bin/plugin"),
            "https its Bearer plugin-token",
        )
        .file(".kube/bin/plugin", &*printing),
        exec(
            "a plugin of the directory above",
            &format!("{v1}, command: ../plugin"),
            "https its Bearer plugin-token",
        )
        .file("plugin", &*printing),
        exec("a plugin of PATH", &format!("{v1}, command: plugin"), "https its Bearer plugin-token")
            .file("bin/plugin", &*printing)
            .env("PATH", "{dir}/bin:/usr/bin:/bin"),
        exec(
            "a plugin that is missing",
            &format!("{v1}, command: no-such-plugin, installHint: 'get it at example.org'"),
            "Unable to connect to the server: getting credentials: exec: executable no-such-plugin not found",
        ),
        exec(
            "a plugin that fails",
            &format!("{v1}, command: sh, args: [-c, 'echo oh no >&2; exit 3']"),
            "Unable to connect to the server: getting credentials: exec: executable sh failed with exit code 3",
        ).differs("we put the plugin's words into the line", "Unable to connect to the server: getting credentials: exec: executable sh failed with exit code 3: oh no"),
        exec(
            "a plugin that must ask",
            &format!("{}, command: plugin", v1.replace("IfAvailable", "Always")),
            "Unable to connect to the server: getting credentials: exec plugin cannot support interactive mode: standard input is not a terminal",
        ),
        exec(
            "a plugin without a mode",
            "apiVersion: client.authentication.k8s.io/v1, command: plugin",
            "error: interactiveMode must be specified for it to use exec authentication plugin",
        ),
        exec(
            "a plugin without a mode, of the old version",
            "apiVersion: client.authentication.k8s.io/v1beta1, command: '{dir}/plugin'",
            "https its Bearer plugin-token",
        )
        .file("plugin", printing.replace("/v1", "/v1beta1")),
        exec(
            "a plugin of a version that is gone",
            "apiVersion: client.authentication.k8s.io/v1alpha1, command: plugin, interactiveMode: Never",
            r#"error: exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1""#,
        ),
        exec(
            "a plugin without a version",
            "command: plugin, interactiveMode: Never",
            "error: apiVersion must be specified for it to use exec authentication plugin",
        ),
        exec("a plugin without a command", v1, "error: command must be specified for it to use exec authentication plugin"),
        user(
            "a plugin and a token",
            "{token: word, exec: {apiVersion: client.authentication.k8s.io/v1, command: plugin, interactiveMode: Never}}",
            "https its Bearer word",
        ),
        user(
            "a plugin and basic auth",
            "{username: a, password: b, exec: {apiVersion: client.authentication.k8s.io/v1, command: plugin, interactiveMode: Never}}",
            "https its Basic YTpi",
        ),
    ]
}

/// What `~/.kube/kuberc` says of plugins.
fn policies() -> Vec<Case> {
    let rc = |name, rules: &str, kubectl| {
        plugin(name, "", TOKEN, kubectl).file(
            ".kube/kuberc",
            format!("apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n{rules}\n"),
        )
    };
    vec![
        rc(
            "all plugins are allowed",
            "credentialPluginPolicy: AllowAll",
            "https its Bearer plugin-token; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1",
        ),
        rc(
            "no plugin is allowed",
            "credentialPluginPolicy: DenyAll",
            r#"Unable to connect to the server: getting credentials: plugin "{dir}/plugin" not allowed: policy set to "DenyAll""#,
        ),
        rc(
            "another plugin is allowed",
            "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: other}]",
            r#"Unable to connect to the server: getting credentials: plugin path "{dir}/plugin" is not permitted by the credential plugin allowlist"#,
        ),
        rc(
            "this plugin is allowed",
            "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: '{dir}/plugin'}]",
            "https its Bearer plugin-token; plugin ran, args= word= input= interactive=false client.authentication.k8s.io/v1",
        ),
    ]
}
