//! What `rbac` takes for holders and names, and what it does not.

use kubectl_zk::error::Exit;

use crate::fake::World;

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
    hint: the verbs are: create, status, exec, scale, restart, update, diff, replace, repair, delete, connection-string, rbac, version, completion, options
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
