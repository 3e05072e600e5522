//! The help texts: of the plugin, and of the verbs that touch no ensemble.

mod changing;
mod looking;

use crate::process::run;

/// `-h`, `--help` and `help VERB` say the same.
fn own(verb: &str) -> String {
    let text = run(&[verb, "-h"]);
    assert_eq!(run(&[verb, "--help"]), text);
    assert_eq!(run(&["help", verb]), text);
    text
}

#[test]
fn of_the_plugin() {
    insta::assert_snapshot!(run(&["-h"]), @r#"
    exit 0
    --- stdout
    Create and run Apache ZooKeeper ensembles on Kubernetes

    Make, change and remove ensembles:
      create              Create an ensemble
      scale               Change how many servers vote
      update              Change an ensemble
      restart             Restart the servers one at a time
      replace             Replace a server whose disk or node is gone
      repair              Mend what the servers themselves do not
      delete              Delete an ensemble

    Look at them and use them:
      status              Show how ensembles are
      connection-string   Print where clients connect to
      exec                Send four-letter words to the servers
      diff                Show how an ensemble's objects differ from what it shall be

    Other commands:
      rbac                Print the Role that verbs need
      version             Print the version of the plugin
      completion          Make TAB work behind `kubectl zk`
      options             Print the flags of every verb

    Examples:
      # Create an ensemble of three servers, and wait for its quorum
      kubectl zk create zk

      # See how it is, what is wrong and what mends it
      kubectl zk status zk

      # Ask each of its servers a four-letter word
      kubectl zk exec zk srvr

    Usage:
      kubectl zk VERB [NAME] [flags]

    Use "kubectl zk VERB --help" for more about a verb.
    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

/// Without a word the plugin explains itself, as kubectl does.
#[test]
fn of_nothing() {
    let help = run(&["--help"]);
    for words in [&[][..], &["-h"], &["help"]] {
        assert_eq!(run(words), help, "{words:?}");
    }
}

#[test]
fn of_every_verb() {
    insta::assert_snapshot!(run(&["options"]), @r"
    exit 0
    --- stdout
    The following options can be passed to any command:

          --kubeconfig <FILE>             Path to the kubeconfig file
          --context <NAME>                The kubeconfig's context to use
          --cluster <NAME>                The kubeconfig's cluster to use
          --user <NAME>                   The kubeconfig's user to use
      -n, --namespace <NAME>              The namespace
      -s, --server <URL>                  Address and port of the API server
          --token <TOKEN>                 Bearer token for the API server
          --as <USER>                     User to impersonate
          --as-group <GROUP>              Group to impersonate (can be repeated)
          --as-uid <UID>                  UID to impersonate
          --as-user-extra <KEY=VALUE>     Extra attribute to impersonate, KEY=VALUE (can be repeated)
          --certificate-authority <FILE>  File with the certificates that may sign the API server's
          --client-certificate <FILE>     File with our certificate
          --client-key <FILE>             File with our key
          --tls-server-name <NAME>        Name that the API server's certificate must have
          --insecure-skip-tls-verify      Do not check the API server's certificate
          --request-timeout <DURATION>    How long one request to the API server may take; 0 for no
                                          limit
          --disable-compression           Do not ask for compressed answers
      -v, --v <LEVEL>                     Say what is sent to the API server: 6 a line per request, 8
                                          and more details
          --color <WHEN>                  Colour: auto, always or never
      -q, --quiet                         Say nothing that is not asked for
      -y, --yes                           Answer every question with yes
    --- stderr
    ");
}

#[test]
fn of_version() {
    insta::assert_snapshot!(own("version"), @r#"
    exit 0
    --- stdout
    Print the version of the plugin, and that of the API server

    Usage: kubectl zk version [OPTIONS]

    Options:
          --client           The plugin's alone: no server is asked
      -o, --output <FORMAT>  json or yaml; lines if not given
      -h, --help             Print help

    Examples:
      # Without asking the API server
      kubectl zk version --client

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

#[test]
fn of_rbac() {
    insta::assert_snapshot!(own("rbac"), @r#"
    exit 0
    --- stdout
    Print the Role that verbs need, and its binding, for `kubectl apply -f -`

    Without VERB: for all verbs. What each right is for is told in docs/rbac.md.

    Usage: kubectl zk rbac [OPTIONS] [VERB]...

    Arguments:
      [VERB]...  The verbs; all if not given

    Options:
          --for <KIND> [NAME]  Who is given the rights: `user NAME`, `group NAME`, `serviceaccount NAME`
                               or `serviceaccount NAMESPACE:NAME`, also as KIND/NAME; without it there
                               is no binding
          --name <ROLE>        The Role's name; kubectl-zk, with the verbs behind it, if not given
      -A, --all-namespaces     In every namespace, as `status -A` needs it
      -o, --output <FORMAT>    How to print it: json, name, jsonpath=…, custom-columns=…; yaml if not
                               given
      -h, --help               Print help

    Examples:
      # All that a user needs
      kubectl zk rbac --for user jane | kubectl apply -f -

      # To look, for a group
      kubectl zk rbac status exec --for group oncall

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}
