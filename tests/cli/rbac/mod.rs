//! `rbac`: what is printed for whom, and that nothing is asked.

mod missing;
mod page;
mod words;

use clap::CommandFactory as _;
use kubectl_zk::cli::Cli;
use kubectl_zk::manifest::rbac::table::TABLE;

use crate::fake::World;
use crate::process::run;

/// Without any kubeconfig.
#[test]
fn for_all_verbs() {
    // A list on one line.
    let said = run(&["rbac"]).replace("\n  - ", " - ");
    insta::assert_snapshot!(said, @r#"
    exit 0
    --- stdout
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: kubectl-zk
      namespace: default
    rules:
    - apiGroups: - ""
      resources: - configmaps - services
      verbs: - get - list - create - patch - delete
    - apiGroups: - ""
      resources: - events
      verbs: - list
    - apiGroups: - ""
      resources: - persistentvolumeclaims
      verbs: - get - list - patch - delete
    - apiGroups: - ""
      resources: - pods
      verbs: - get - list - delete
    - apiGroups: - ""
      resources: - pods/eviction
      verbs: - create
    - apiGroups: - ""
      resources: - pods/log
      verbs: - get
    - apiGroups: - ""
      resources: - pods/portforward
      verbs: - get - create
    - apiGroups: - ""
      resources: - secrets
      verbs: - get - create - delete
    - apiGroups: - apps
      resources: - controllerrevisions
      verbs: - get
    - apiGroups: - apps
      resources: - statefulsets
      verbs: - get - list - create - patch - delete
    - apiGroups: - networking.k8s.io
      resources: - networkpolicies
      verbs: - get - list - create - patch - delete
    - apiGroups: - policy
      resources: - poddisruptionbudgets
      verbs: - get - list - create - patch - delete
    --- stderr
    hint: this gives nobody anything yet: --for user|group|serviceaccount NAME prints the binding, too
    "#);
}

#[test]
fn for_a_group() {
    insta::assert_snapshot!(run(&["rbac", "exec", "--for", "group", "devs", "-n", "team"]), @r#"
    exit 0
    --- stdout
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: kubectl-zk-exec
      namespace: team
    rules:
    - apiGroups:
      - ""
      resources:
      - pods
      - services
      verbs:
      - list
    - apiGroups:
      - ""
      resources:
      - pods/portforward
      verbs:
      - get
      - create
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: kubectl-zk-exec:group:devs
      namespace: team
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: kubectl-zk-exec
    subjects:
    - apiGroup: rbac.authorization.k8s.io
      kind: Group
      name: devs
    --- stderr
    "#);
}

#[test]
fn for_a_serviceaccount_everywhere() {
    let flags = ["-A", "--for", "serviceaccount", "ci:build", "-o", "json"];
    insta::assert_snapshot!(run(&[&["rbac", "exec"], &flags[..]].concat()), @r#"
    exit 0
    --- stdout
    {
        "apiVersion": "v1",
        "kind": "List",
        "items": [
            {
                "apiVersion": "rbac.authorization.k8s.io/v1",
                "kind": "ClusterRole",
                "metadata": {
                    "name": "kubectl-zk-exec"
                },
                "rules": [
                    {
                        "apiGroups": [
                            ""
                        ],
                        "resources": [
                            "pods",
                            "services"
                        ],
                        "verbs": [
                            "list"
                        ]
                    },
                    {
                        "apiGroups": [
                            ""
                        ],
                        "resources": [
                            "pods/portforward"
                        ],
                        "verbs": [
                            "get",
                            "create"
                        ]
                    }
                ]
            },
            {
                "apiVersion": "rbac.authorization.k8s.io/v1",
                "kind": "ClusterRoleBinding",
                "metadata": {
                    "name": "kubectl-zk-exec:serviceaccount:ci:build"
                },
                "roleRef": {
                    "apiGroup": "rbac.authorization.k8s.io",
                    "kind": "ClusterRole",
                    "name": "kubectl-zk-exec"
                },
                "subjects": [
                    {
                        "kind": "ServiceAccount",
                        "name": "build",
                        "namespace": "ci"
                    }
                ]
            }
        ]
    }
    --- stderr
    "#);
}

#[tokio::test]
async fn nothing_is_asked_of_the_cluster() {
    let world = World::default();
    world.zk("rbac -n team --for user jane").await.succeeded();
    assert_eq!(world.api.count(), 0);
}

/// A new verb must find its line.
#[test]
fn every_verb_is_in_the_table() {
    for verb in Cli::command().get_subcommands() {
        let name = verb.get_name();
        assert!(
            TABLE.iter().any(|known| known.name == name),
            "src/manifest/rbac/table.rs does not say what {name} needs"
        );
    }
}
