//! The control plane away: its API server frozen, then killed, in the middle of each verb, and its DNS frozen. After all
//! other tests, and alone.

use tempfile::NamedTempFile;

use crate::bed;
use crate::ensemble::Ensemble;
use crate::ensemble::create;
use crate::namespace::Namespace;
use crate::run::Run;
use crate::run::Running;
use crate::run::await_until;

/// The API server.
const API: &str = "kube-apiserver";

/// How the API server goes away and comes back.
#[derive(Clone, Copy, Debug)]
enum Away {
    /// It accepts, and says nothing, until somebody gave up.
    Frozen,
    /// It is gone, connections and all, and started again.
    Killed,
}

impl Away {
    #[track_caller]
    fn happens(self, namespace: &Namespace) {
        match self {
            Self::Frozen => {
                let frozen = bed::control_frozen(API);
                let hangs = ["get", "--raw", "/livez", "--request-timeout=4s"];
                assert_ne!(namespace.kubectl(&hangs).code, Some(0));
                drop(frozen);
            }
            Self::Killed => bed::control_killed(API),
        }
    }
}

fn started(namespace: &Namespace, args: &[&str]) -> Running {
    Running::start(namespace.zk_command(bed::kubeconfig(), args))
}

/// `status --watch`, a line each time, into a file.
fn watching(namespace: &Namespace, shown: &NamedTempFile) -> Running {
    let watch = ["status", "zk", "--watch", "-o", "name"];
    let mut command = namespace.zk_command(bed::kubeconfig(), &watch);
    command.stdout(shown.reopen().unwrap());
    Running::start(command)
}

/// It went on by itself, or says in one line that the API server was away.
#[track_caller]
fn went_on_or_told(run: &Run, what: &str) {
    println!("{what}: {:?} {}", run.code, run.error());
    let told = [
        "Unable to connect to the server",
        "The connection to the server",
        "Error from server",
        "closed before",
        "does not answer",
        "not seen to be gone",
    ];
    let told = told.iter().any(|words| run.error().contains(words));
    assert!(
        run.code == Some(0) || (run.code == Some(1) && told),
        "{what}: {run:?}"
    );
}

/// Waits until the API server answers, and has what it needs to make objects.
#[track_caller]
fn is_back(namespace: &Namespace) {
    await_until("the API server answers", || {
        let probe = ["create", "configmap", "probe", "--dry-run=server"];
        namespace.kubectl(&probe).code == Some(0)
    });
}

#[test]
fn the_api_server_away_in_the_middle_of_each_verb() {
    let namespace = Namespace::alone("away");
    for (away, begun, half_gone) in [
        (Away::Frozen, "service/zk-peer-1", "statefulset/zk-server-1"),
        (Away::Killed, "statefulset/zk-server-2", "service/zk-peer-1"),
    ] {
        created(&namespace, away, begun);
        created(&namespace, away, "configmap/zk-founded");
        let zk = namespace.ensemble("zk");
        let written = zk.write(100);
        looked(&namespace, &zk, away);
        deleted(&namespace, away, half_gone);
        zk.verify(&written);
        let all = ["delete", "zk", "--delete-data", "--yes"];
        namespace.zk(&all).ok();
    }
}

/// Away when this object is there; the same command again finishes it, with the identity it had.
#[track_caller]
fn created(namespace: &Namespace, away: Away, object: &str) {
    let verb = started(namespace, &create("zk", &[]));
    await_until("create is so far", || namespace.is_there(object));
    away.happens(namespace);
    went_on_or_told(&verb.end(), &format!("create, {away:?} at {object}"));
    is_back(namespace);
    let identity = namespace.get("secret", "zk-identity");
    namespace.zk(&create("zk", &[])).ok();
    let zk = namespace.ensemble("zk");
    zk.await_healthy();
    let kept = &namespace.get("secret", "zk-identity")["metadata"]["uid"];
    assert!(identity.is_null() || identity["metadata"]["uid"] == *kept);
    if object != "configmap/zk-founded" {
        namespace
            .zk(&["delete", "zk", "--delete-data", "--yes"])
            .ok();
    }
}

/// What only looks says that it cannot, or goes on; a watch goes on by itself.
#[track_caller]
fn looked(namespace: &Namespace, zk: &Ensemble<'_>, away: Away) {
    let shown = NamedTempFile::new().unwrap();
    let lines = || {
        let text = std::fs::read_to_string(shown.path()).unwrap();
        text.lines().count()
    };
    let watch = watching(namespace, &shown);
    await_until("the watch shows", || 0 < lines());
    let verbs = [&["status", "zk"][..], &["exec", "zk", "mntr"]];
    let asked = verbs.map(|args| started(namespace, args));
    away.happens(namespace);
    for (verb, args) in asked.into_iter().zip(verbs) {
        went_on_or_told(&verb.end(), &format!("{args:?}, {away:?}"));
    }
    for args in verbs {
        let now = namespace.zk(args);
        went_on_or_told(&now, &format!("{args:?}, {away:?} before"));
    }
    is_back(namespace);
    zk.await_healthy();
    for args in verbs {
        namespace.zk(args).ok();
    }
    let before = lines();
    await_until("the watch goes on", || before + 1 < lines());
    watch.stop();
}

/// Away when this object is gone or going; the same command again finishes it, and the data stays.
#[track_caller]
fn deleted(namespace: &Namespace, away: Away, object: &str) {
    let verb = started(namespace, &["delete", "zk", "--yes"]);
    await_until("delete is so far", || !namespace.is_there(object));
    away.happens(namespace);
    went_on_or_told(&verb.end(), &format!("delete, {away:?} at {object}"));
    is_back(namespace);
    let again = namespace.zk(&["delete", "zk", "--yes"]);
    let done = again.stderr.contains("deleted already");
    assert!(again.code == Some(0) || done, "{again:?}");
    namespace.zk(&create("zk", &[])).ok();
}

impl Namespace {
    /// Whether there is an object, `kind/name`, that is not going.
    fn is_there(&self, object: &str) -> bool {
        let (kind, name) = object.split_once('/').unwrap();
        let found = self.get(kind, name);
        !found.is_null() && found["metadata"]["deletionTimestamp"].is_null()
    }
}

/// Nothing in an election asks for a name.
#[test]
fn all_servers_restarted_while_dns_is_down() {
    let namespace = Namespace::alone("dns");
    let zk = namespace.create("zk", &[]);
    let written = zk.write(200);
    let frozen = bed::control_frozen("coredns");
    let lookup = ["timeout", "3", "getent", "hosts", "zk-client"];
    assert_ne!(zk.in_pod(1, &lookup).code, Some(0), "DNS is down");
    zk.delete_pods();
    zk.await_healthy();
    assert_ne!(zk.in_pod(1, &lookup).code, Some(0), "DNS is still down");
    zk.verify(&written);
    drop(frozen);
}
