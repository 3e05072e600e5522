//! The rights of `scale` and `repair`, proven as those of the other verbs are.

use kubectl_zk::manifest::rbac::need::Without;

use crate::namespace::Namespace;
use crate::rbac::Lacking;
use crate::rbac::ONE;

const UP: [&str; 4] = ["scale", "zk", "--replicas", "2"];
const DOWN: [&str; 5] = ["scale", "zk", "--replicas", "1", "--yes"];

#[test]
fn of_scale() {
    let namespace = Namespace::new("rbac-scale");
    let lacking = Lacking::of(&namespace, "scale");
    namespace.create("zk", &[&ONE[..], &["--network-policy"]].concat());
    for (n, need) in lacking.needs() {
        let down_with_disks = [&DOWN[..], &["--delete-data"]].concat();
        match (need.without, need.right, need.resource) {
            (Without::Less, ..) => {
                let quota = ["create", "quota", "tight", "--hard=pods=1"];
                namespace.kubectl(&quota).ok();
                lacking.tells(n, &[&UP[..], &["--timeout", "5s"]].concat(), 124);
                namespace.kubectl(&["delete", "quota", "tight"]).ok();
            }
            (_, "delete", "persistentvolumeclaims") => lacking.fails(n, &down_with_disks),
            (_, "delete", _) => lacking.fails(n, &DOWN),
            (_, "create", "configmaps") => {
                let seal = ["delete", "configmap", "zk-founded"];
                namespace.kubectl(&seal).ok();
                lacking.fails(n, &UP);
            }
            _ => lacking.fails(n, &UP),
        }
    }
    let whole = namespace.user_for("whole", &["scale"]);
    whole.zk(&UP).ok();
    whole.zk(&[&DOWN[..], &["--delete-data"]].concat()).ok();
}

#[test]
fn of_repair() {
    let namespace = Namespace::new("rbac-repair");
    let lacking = Lacking::of(&namespace, "repair");
    let zk = namespace.create("zk", &[]);
    zk.move_service(zk.follower());
    let repair = ["repair", "zk", "--addresses"];
    for (n, _) in lacking.needs() {
        lacking.fails(n, &repair);
    }
    let whole = namespace.user_for("whole", &["repair"]);
    whole.zk(&repair).ok();
    zk.await_healthy();
}
