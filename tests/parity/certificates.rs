//! Two authorities, the servers' certificates and the clients', made once by openssl. Knows no case.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::OnceLock;

use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::WebPkiClientVerifier;
use tempfile::TempDir;

/// The names of a server's certificate, and who signs it.
const SERVERS: [(&str, &str, &str); 3] = [
    (
        "https",
        "ca",
        "DNS:localhost,DNS:api.test,IP:127.0.0.1,IP:0.0.0.0",
    ),
    ("named", "ca", "DNS:named.test"),
    ("stranger", "stranger-ca", "DNS:localhost,IP:127.0.0.1"),
];

/// Whoever shows one of these is known by its name.
const CLIENTS: [&str; 2] = ["alice", "bob"];

const CONFIG: &str = "[req]\ndistinguished_name = none\n[none]\n[authority]\nbasicConstraints = critical, CA:TRUE\n\
    keyUsage = critical, keyCertSign\n[client]\nextendedKeyUsage = clientAuth\n";

/// A directory with `NAME.crt` and `NAME.key` of each.
pub(crate) struct Certificates(TempDir);

/// All of them.
pub(crate) fn certificates() -> &'static Certificates {
    static MADE: OnceLock<Certificates> = OnceLock::new();
    MADE.get_or_init(make)
}

fn make() -> Certificates {
    let made = Certificates(tempfile::tempdir().unwrap());
    std::fs::write(made.file("openssl", "cnf"), CONFIG).unwrap();
    for authority in ["ca", "stranger-ca"] {
        made.issue(authority, "-extensions authority");
    }
    for (name, authority, names) in SERVERS {
        made.issue(
            name,
            &format!("-CA {authority}.crt -CAkey {authority}.key -addext subjectAltName={names}"),
        );
    }
    for name in CLIENTS {
        made.issue(name, "-CA ca.crt -CAkey ca.key -extensions client");
    }
    made.issue_expired();
    made
}

impl Certificates {
    /// The directory.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// How a server with this certificate shakes hands: it asks for the client's certificate, and goes without.
    pub(crate) fn server(&self, name: &str) -> Arc<ServerConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.read("ca")).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let clients = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
        let clients = clients.allow_unauthenticated().build().unwrap();
        let key = PrivateKeyDer::from_pem_file(self.file(name, "key")).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(clients)
            .with_single_cert(vec![self.read(name)], key);
        Arc::new(config.unwrap())
    }

    /// Whose certificate this is.
    pub(crate) fn whose(&self, certificate: &CertificateDer<'_>) -> &'static str {
        let known = CLIENTS
            .iter()
            .find(|name| self.read(name).as_ref() == certificate.as_ref());
        known.copied().unwrap_or("a stranger")
    }

    /// A new key and a certificate of it.
    fn issue(&self, name: &str, how: &str) {
        self.openssl(&format!(
            "req -x509 -days 10 {} -out {name}.crt {how}",
            new_key(name)
        ));
    }

    /// A certificate that ended yesterday.
    fn issue_expired(&self) {
        std::fs::write(
            self.file("expired", "cnf"),
            "subjectAltName=DNS:localhost,IP:127.0.0.1\n",
        )
        .unwrap();
        self.openssl(&format!("req -new {} -out expired.csr", new_key("expired")));
        self.openssl("x509 -req -in expired.csr -CA ca.crt -CAkey ca.key -days -1 -extfile expired.cnf -out expired.crt");
    }

    fn openssl(&self, words: &str) {
        let output = Command::new("openssl")
            .args(words.split(' '))
            .current_dir(self.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {words}: {said}");
    }

    fn read(&self, name: &str) -> CertificateDer<'static> {
        CertificateDer::from_pem_file(self.file(name, "crt")).unwrap()
    }

    fn file(&self, name: &str, kind: &str) -> PathBuf {
        self.path().join(format!("{name}.{kind}"))
    }
}

fn new_key(name: &str) -> String {
    let curve = "-newkey ec -pkeyopt ec_paramgen_curve:P-256";
    format!("-config openssl.cnf -nodes {curve} -keyout {name}.key -subj /CN={name}")
}
