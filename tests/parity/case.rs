//! One case: files, environment and flags, and what comes of them.

use crate::recorder::Answer;

/// A case of the table.
///
/// In all texts `{https}` is that server's `HOST:PORT` (see `loopback`), `{pki}` the directory of the certificates,
/// `{ca64}` an authority in base64, `{dir}` the case's own directory, which is `HOME` and where it runs.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Flags, separated by spaces.
    pub(crate) flags: &'static str,
    /// Files under `{dir}`.
    pub(crate) files: Vec<(&'static str, String)>,
    pub(crate) env: Vec<(&'static str, &'static str)>,
    /// What the servers say, one after the other.
    pub(crate) answers: Vec<Answer>,
    /// Whether standard input is a file with a line in it.
    pub(crate) input: bool,
    /// A shell command that prepares the process's own file system: mounts.
    pub(crate) mounts: Option<&'static str>,
    /// What comes of it with kubectl.
    pub(crate) kubectl: &'static str,
    /// What comes of it with us, if it is not the same.
    pub(crate) ours: Option<&'static str>,
    /// What a hint of ours says.
    pub(crate) hint: Option<&'static str>,
}

/// A case with the usual kubeconfig, [`USUAL`].
pub(crate) fn case(name: &'static str, flags: &'static str, kubectl: &'static str) -> Case {
    Case {
        name,
        flags,
        files: vec![(".kube/config", USUAL.to_owned())],
        env: Vec::new(),
        answers: Vec::new(),
        input: false,
        mounts: None,
        kubectl,
        ours: None,
        hint: None,
    }
}

impl Case {
    /// Another kubeconfig instead.
    pub(crate) fn config(mut self, text: impl Into<String>) -> Self {
        self.files[0].1 = text.into();
        self
    }

    /// A kubeconfig with this cluster, as a YAML map, and the usual user.
    pub(crate) fn cluster(self, cluster: &str) -> Self {
        self.config(config(cluster, "{token: usual}"))
    }

    /// A kubeconfig with this user, as a YAML map, at the usual server.
    pub(crate) fn user(self, user: &str) -> Self {
        self.config(config(HTTPS, user))
    }

    /// One more file.
    pub(crate) fn file(mut self, path: &'static str, text: impl Into<String>) -> Self {
        self.files.push((path, text.into()));
        self
    }

    /// A variable of the environment.
    pub(crate) fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.env.push((name, value));
        self
    }

    /// These flags.
    pub(crate) fn flags(mut self, flags: &'static str) -> Self {
        self.flags = flags;
        self
    }

    /// A process that sees other files where this mounts them.
    pub(crate) fn mounted(mut self, mounts: &'static str) -> Self {
        self.mounts = Some(mounts);
        self
    }

    /// `api.test` is this machine, and no other name is known.
    pub(crate) fn names(self) -> Self {
        let mounts = "mount --bind {dir}/hosts /etc/hosts && mount --bind {dir}/nsswitch.conf /etc/nsswitch.conf";
        self.file("hosts", "127.0.0.1 localhost api.test\n")
            .file("nsswitch.conf", "hosts: files\n")
            .mounted(mounts)
    }

    /// What the servers say, the last for ever.
    pub(crate) fn answers(mut self, answers: &[Answer]) -> Self {
        self.answers = answers.to_vec();
        self
    }

    /// Standard input is a file with a line in it.
    pub(crate) fn input(mut self) -> Self {
        self.input = true;
        self
    }

    /// What a hint of ours says.
    pub(crate) fn hint(mut self, words: &'static str) -> Self {
        self.hint = Some(words);
        self
    }

    /// We differ, and this is why.
    pub(crate) fn differs(mut self, _why: &'static str, ours: &'static str) -> Self {
        self.ours = Some(ours);
        self
    }
}

/// The usual server, as a YAML map.
pub(crate) const HTTPS: &str = "{server: 'https://{https}', certificate-authority: '{pki}/ca.crt'}";

/// A kubeconfig of one cluster and one user, each a YAML map.
pub(crate) fn config(cluster: &str, user: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: it\nclusters: [{{name: it, cluster: {cluster}}}]\n\
         users: [{{name: it, user: {user}}}]\ncontexts: [{{name: it, context: {{cluster: it, user: it, namespace: its}}}}]\n"
    )
}

/// A kubeconfig with several of each.
pub(crate) const USUAL: &str = "apiVersion: v1
kind: Config
current-context: dev
clusters:
- {name: https, cluster: {server: 'https://{https}', certificate-authority: '{pki}/ca.crt'}}
- {name: http, cluster: {server: 'http://{http}'}}
- {name: named, cluster: {server: 'https://{named}', certificate-authority-data: '{ca64}', tls-server-name: named.test}}
- {name: stranger, cluster: {server: 'https://{stranger}', certificate-authority: '{pki}/stranger-ca.crt'}}
users:
- {name: dev, user: {token: dev-token}}
- {name: ops, user: {token: ops-token}}
- {name: alice, user: {client-certificate: '{pki}/alice.crt', client-key: '{pki}/alice.key'}}
contexts:
- {name: dev, context: {cluster: https, user: dev, namespace: dev-space}}
- {name: ops, context: {cluster: http, user: ops}}
- {name: cert, context: {cluster: named, user: alice, namespace: cert-space}}
- {name: userless, context: {cluster: http, namespace: no-user}}
- {name: lost, context: {cluster: gone, user: dev}}
- {name: stray, context: {cluster: http, user: gone}}
";
