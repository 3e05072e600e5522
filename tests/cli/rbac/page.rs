//! `docs/rbac.md`, written from the table of rights: this test fails when it is stale.

use std::fmt::Write as _;

use kubectl_zk::manifest::rbac::need::Need;
use kubectl_zk::manifest::rbac::need::Without;
use kubectl_zk::manifest::rbac::table::TABLE;

use crate::pages::hold;

const HEAD: &str = "\
# Rights

<!-- Written from src/manifest/rbac/table.rs by `make docs`: change it there. -->

`kubectl zk` acts with the rights of whoever runs it, and needs none outside the ensemble's namespace. An administrator gives what all verbs need, or some of them:

    kubectl zk rbac --for user jane -n team | kubectl apply -f -
    kubectl zk rbac status exec --for group devs -n team | kubectl apply -f -
    kubectl zk rbac create delete --for serviceaccount ci:build -n team | kubectl apply -f -

It prints a Role and a RoleBinding, asks no cluster, and needs no kubeconfig. Without `--for` it prints the Role alone. The Role is named after its verbs, and the binding after Role and holder, so what is given to one takes nothing from another. It is taken back by deleting the binding, `kubectl delete rolebinding kubectl-zk:user:jane -n team`: the Role may be another's, too.

Where a right is missing, a verb fails with that right and the command above as a hint; a verb that changes something goes on where it ended when it is run again.

Below, a verb fails without a right that is *needed*. Without another it shows or says less, and says for want of which right. `tests/live/rbac.rs` proves each line on a real cluster: the verb works with exactly these, and with each line taken away in turn it fails or says so.
";

const NOTES: &str = "
## Notes

- `pods/portforward` needs both `get` and `create`: the API server asks for `get` when a WebSocket is opened, and from Kubernetes 1.35 on for `create`, too. No verb needs `pods/exec`.
- No verb lists Secrets: who may list them sees everybody's. The one Secret of an ensemble, `NAME-identity`, is asked for by its name. RBAC can narrow it further: `get` and `delete` to `resourceNames: [NAME-identity]`, in a rule apart from `create`, which has no name to be narrowed to.
- `create --discard-data` deletes: it needs the rights of `delete`, too.
- Two rights are not in the Role, and what they are for is done without a word where they are there: with `delete` on `pods`, `create` run again has a pod that failed made anew at once (without it, it warns, and Kubernetes tries again within minutes); with `get` on `nodes`, a right of the cluster, `status` tells why a silent server's node is not ready.
- What TAB offers are the names of ensembles and servers to whoever may `list pods`, of namespaces and storage classes to whoever may list those; nothing is offered, and nothing said, where the right is missing.
- `status -A` lists in all namespaces: `kubectl zk rbac status -A` prints a ClusterRole and a ClusterRoleBinding.
- Kubernetes' own ClusterRole `view` has no `pods/portforward`: with it `status` shows what Kubernetes says, and `<unknown>` where the servers would have to be asked.
";

#[test]
fn the_page_is_as_the_table() {
    hold("docs/rbac.md", &page());
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for verb in TABLE.iter().filter(|verb| !verb.needs.is_empty()) {
        let head = "| right | on | needed | what for |\n| --- | --- | --- | --- |";
        let _ = write!(page, "\n## {}\n\n{head}\n", verb.name);
        for need in verb.needs {
            page += &line(need);
        }
    }
    let without: Vec<&str> = TABLE
        .iter()
        .filter(|verb| verb.needs.is_empty())
        .map(|verb| verb.name)
        .collect();
    let _ = write!(page, "\nNo right at all: {}.\n", without.join(", "));
    page + NOTES
}

fn line(need: &Need) -> String {
    let Need {
        resource,
        right,
        without,
        why,
    } = need;
    let needed = match without {
        Without::Fails => "yes",
        Without::Less => "no",
    };
    format!("| {right} | {resource} | {needed} | {why} |\n")
}
