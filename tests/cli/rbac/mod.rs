//! `rbac`: what is printed for whom, and that nothing is asked.

mod missing;
mod page;

use clap::CommandFactory as _;
use kubectl_zk::cli::Cli;
use kubectl_zk::error::Exit;
use kubectl_zk::manifest::rbac::table::TABLE;

use crate::fake::World;
use crate::process::run;

/// Without any kubeconfig.
#[test]
fn for_all_verbs() {
    insta::assert_snapshot!(run(&["rbac"]), @r#"
    exit 0
    --- stdout
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: kubectl-zk
      namespace: default
    rules:
    - apiGroups:
      - ""
      resources:
      - configmaps
      - services
      verbs:
      - get
      - list
      - create
      - patch
      - delete
    - apiGroups:
      - ""
      resources:
      - events
      - pods
      verbs:
      - list
    - apiGroups:
      - ""
      resources:
      - persistentvolumeclaims
      verbs:
      - list
      - patch
      - delete
    - apiGroups:
      - ""
      resources:
      - pods/log
      verbs:
      - get
    - apiGroups:
      - ""
      resources:
      - pods/portforward
      verbs:
      - get
      - create
    - apiGroups:
      - ""
      resources:
      - secrets
      verbs:
      - get
      - create
      - delete
    - apiGroups:
      - apps
      resources:
      - statefulsets
      verbs:
      - list
      - create
      - patch
      - delete
    - apiGroups:
      - networking.k8s.io
      resources:
      - networkpolicies
      verbs:
      - get
      - list
      - create
      - patch
      - delete
    - apiGroups:
      - policy
      resources:
      - poddisruptionbudgets
      verbs:
      - get
      - list
      - create
      - patch
      - delete
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

/// Whose they are, in the names of what is printed.
#[tokio::test]
async fn names_and_holders() {
    let mut said = String::new();
    for words in [
        "--for user jane",
        "--for user/jane status",
        "--for=group/devs exec status",
        "--for user oidc:j/d@x.org exec",
        "delete --for serviceaccount robot",
        "create --for serviceaccount/ci:build",
        "create --name zoo --for user jane",
        "-A --name zoo",
        "rbac create rbac",
    ] {
        let outcome = world_says(&format!("rbac {words} -n team -o name")).await;
        said += &[words, "\n", &outcome].concat();
    }
    insta::assert_snapshot!(said, @r#"
    --for user jane
    role.rbac.authorization.k8s.io/kubectl-zk
    rolebinding.rbac.authorization.k8s.io/kubectl-zk:user:jane
    --for user/jane status
    role.rbac.authorization.k8s.io/kubectl-zk-status
    rolebinding.rbac.authorization.k8s.io/kubectl-zk-status:user:jane
    --for=group/devs exec status
    role.rbac.authorization.k8s.io/kubectl-zk-status-exec
    rolebinding.rbac.authorization.k8s.io/kubectl-zk-status-exec:group:devs
    --for user oidc:j/d@x.org exec
    role.rbac.authorization.k8s.io/kubectl-zk-exec
    rolebinding.rbac.authorization.k8s.io/kubectl-zk-exec:user:oidc:j-d@x.org-389b0387ba219560
    delete --for serviceaccount robot
    role.rbac.authorization.k8s.io/kubectl-zk-delete
    rolebinding.rbac.authorization.k8s.io/kubectl-zk-delete:serviceaccount:team:robot
    create --for serviceaccount/ci:build
    role.rbac.authorization.k8s.io/kubectl-zk-create
    rolebinding.rbac.authorization.k8s.io/kubectl-zk-create:serviceaccount:ci:build
    create --name zoo --for user jane
    role.rbac.authorization.k8s.io/zoo
    rolebinding.rbac.authorization.k8s.io/zoo:user:jane
    -A --name zoo
    clusterrole.rbac.authorization.k8s.io/zoo
    rbac create rbac
    role.rbac.authorization.k8s.io/kubectl-zk-create
    "#);
}

async fn world_says(words: &str) -> String {
    let outcome = World::default().zk(words).await;
    outcome.succeeded().stdout.clone()
}

#[tokio::test]
async fn mistakes() {
    let mut said = String::new();
    for words in [
        "rbac stauts",
        "rbac backup",
        "rbac rbac",
        "rbac --for jane",
        "rbac --for user",
        "rbac --for robot jane",
        "rbac --for user/ exec",
        "rbac --for user/jane exce",
        "rbac --for serviceaccount a:b:c",
        "rbac --for serviceaccount Robot",
        "rbac --name a/b",
        "rbac -o wide",
    ] {
        let outcome = World::default().zk(&format!("{words} -n team")).await;
        assert_eq!(outcome.exit, Exit::Usage, "{words}: {outcome}");
        assert_eq!(outcome.stdout, "", "{words}");
        said += &[words, "\n", &outcome.stderr].concat();
    }
    insta::assert_snapshot!(said, @r#"
    rbac stauts
    error: unknown verb "stauts"
    hint: did you mean status?
    rbac backup
    error: unknown verb "backup"
    hint: the verbs are: create, status, exec, delete, connection-string, rbac, version, options
    rbac rbac
    error: there is nothing to give: rbac needs no rights
    rbac --for jane
    error: --for jane: who is that?
    hint: --for user NAME, --for group NAME, or --for serviceaccount [NAMESPACE:]NAME
    rbac --for user
    error: --for user: whose name?
    hint: --for user NAME, --for group NAME, or --for serviceaccount [NAMESPACE:]NAME
    rbac --for robot jane
    error: --for robot: who is that?
    hint: --for user NAME, --for group NAME, or --for serviceaccount [NAMESPACE:]NAME
    rbac --for user/ exec
    error: --for user: whose name?
    hint: --for user NAME, --for group NAME, or --for serviceaccount [NAMESPACE:]NAME
    rbac --for user/jane exce
    error: unknown verb "exce"
    hint: did you mean exec?
    rbac --for serviceaccount a:b:c
    error: "a:b:c" is no ServiceAccount: NAME or NAMESPACE:NAME
    rbac --for serviceaccount Robot
    error: "Robot" is no ServiceAccount: NAME or NAMESPACE:NAME
    rbac --name a/b
    error: --name "a/b" is no name of a Role: it may have neither / nor %
    rbac -o wide
    error: unable to match a printer suitable for the output format "wide", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,yaml
    "#);
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
