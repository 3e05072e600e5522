//! The help texts.

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
      delete              Delete an ensemble

    Look at them and use them:
      status              Show how ensembles are
      connection-string   Print where clients connect to
      exec                Send four-letter words to the servers

    Other commands:
      rbac                Print the Role that verbs need
      version             Print the version of the plugin
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

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

#[test]
fn of_create() {
    insta::assert_snapshot!(own("create"), @r#"
    exit 0
    --- stdout
    Create an ensemble, and wait until its servers themselves say that it has a quorum

    Run it again: a half-made ensemble is finished, a finished one is left as it is, and a different
    wish is refused with the difference; the name alone means the ensemble as it is. Disks kept from a
    deleted ensemble of the name are taken back with their data.

    Usage: kubectl zk create [OPTIONS] <NAME>

    Arguments:
      <NAME>  The name of the ensemble

    Options:
          --replicas <N>
              How many servers vote, 1 to 9, an odd number; 3 if not given
          --image <IMAGE>
              The image: the official `zookeeper` or one with its contract; zookeeper:3.9.5 if not given
          --image-pull-policy <POLICY>
              When the image is pulled; Kubernetes' default if not given [possible values: Always,
              IfNotPresent, Never]
          --image-pull-secret <NAME>
              Secret to pull the image with (can be repeated)
          --storage <SIZE>
              Size of each server's disk; 8Gi if not given
          --storage-class <NAME>
              StorageClass of the disks; the cluster's default if not given
          --ephemeral
              Keep the data in the pods: gone with them
          --cpu <CPU>
              CPU request of each server
          --cpu-limit <CPU>
              CPU limit of each server
          --memory <SIZE>
              Memory request and limit of each server; 1Gi if not given
          --heap <SIZE>
              Java's heap; 60 % of the memory if not given
          --jvm-flags <FLAGS>
              More flags for the server's JVM
          --config <KEY=VALUE>
              A setting of zoo.cfg, KEY=VALUE (can be repeated)
          --config-file <FILE>
              A file with settings of zoo.cfg; --config wins over it
          --service-type <TYPE>
              How clients reach it; inside the cluster alone if not given [possible values: ClusterIP,
              NodePort, LoadBalancer]
          --service-annotation <KEY=VALUE>
              Annotation of the clients' Service, KEY=VALUE (can be repeated)
          --load-balancer-source-range <CIDR>
              Addresses that the load balancer lets in, a CIDR (can be repeated)
          --anti-affinity <RULE>
              Whether servers keep apart from each other; preferred if not given [possible values:
              preferred, required, none]
          --topology-key <LABEL>
              Domain in which servers keep apart (can be repeated); host and zone if not given
          --topology-spread <LABEL>
              Domain over which servers spread evenly
          --node-selector <KEY=VALUE>
              Label that a node must have, KEY=VALUE (can be repeated)
          --toleration <TAINT>
              Taint that is tolerated: KEY, KEY=VALUE, KEY:EFFECT, KEY=VALUE:EFFECT, or * (can be
              repeated)
          --priority-class <NAME>
              PriorityClass of the pods
          --run-as-user <UID|none>
              User and group that own the data, 1000 if not given; none leaves them to the cluster
              (OpenShift)
          --pod-label <KEY=VALUE>
              Label of the pods, KEY=VALUE (can be repeated)
          --pod-annotation <KEY=VALUE>
              Annotation of the pods, KEY=VALUE (can be repeated)
          --network-policy
              Let only members reach the peer and election ports
          --discard-data
              Throw the data of a deleted ensemble of this name away, and begin anew
          --dry-run[=<none|client|server>]
              Only say what would be made: client prints it, server has it checked [possible values:
              none, client, server]
          --with-identity
              With --dry-run=client: print a fresh identity (a Secret), too
          --force-conflicts
              Take over fields of objects that others manage
      -o, --output <FORMAT>
              How to show what was made: yaml, json or name; the status if not given
          --wait
              Wait until the quorum is verified (the default)
          --no-wait
              Do not wait: the next run, or status, tells how far it is
          --timeout <DURATION>
              How long to wait [default: 5m]
      -h, --help
              Print help

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

#[test]
fn of_delete() {
    insta::assert_snapshot!(own("delete"), @r#"
    exit 0
    --- stdout
    Delete an ensemble; its disks and identity stay unless --delete-data is given

    `create` with the same name takes kept disks back with their data.

    Usage: kubectl zk delete [OPTIONS] <NAME>

    Arguments:
      <NAME>  The ensemble

    Options:
          --delete-data                     Delete the disks and the identity, too: the data is gone for
                                            ever
          --dry-run[=<none|client|server>]  Only say what would go: client only looks, server has it
                                            checked [possible values: none, client, server]
          --wait                            Wait until it is gone (the default)
          --no-wait                         Do not wait until it is gone
          --timeout <DURATION>              How long to wait [default: 3m]
      -h, --help                            Print help

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

#[test]
fn of_connection_string() {
    insta::assert_snapshot!(own("connection-string"), @r#"
    exit 0
    --- stdout
    Print where clients connect to

    Nothing else goes to stdout. Without --servers or --external: the Service of all servers, which
    answers inside the cluster and stays the same when servers come and go.

    Usage: kubectl zk connection-string [OPTIONS] <NAME>

    Arguments:
      <NAME>  The ensemble

    Options:
          --servers                   Every server by its own Service: the members of the committed
                                      configuration
          --external                  The addresses outside of the cluster: the load balancer's, or
                                      those of nodes
          --chroot <PATH>             The node under which the clients see everything
          --create-chroot             Make the nodes of the chroot that are not there; everybody may
                                      change them
          --cluster-domain <DOMAIN>   The cluster's domain, to be put behind the Services' names:
                                      cluster.local
          --for <FORM>                The form to print it in [possible values: kafka, solr, hbase,
                                      clickhouse, spring, curator, env, configmap, secret]
          --verify                    Open a session through every address first; print nothing if one
                                      fails
          --wait                      Wait until there is an external address, and with --verify until
                                      every address answers
          --timeout <DURATION>        How long to wait [default: 5m]
      -o, --output <FORMAT>           How to show it: json, yaml, wide, name, jsonpath=…,
                                      custom-columns=…; the string alone if not given
          --probe-timeout <DURATION>  How long each server may take to answer [default: 3s]
      -h, --help                      Print help

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

#[test]
fn of_exec() {
    insta::assert_snapshot!(own("exec"), @r#"
    exit 0
    --- stdout
    Send four-letter words to the servers: to one of them raw, to several side by side

    The words: ruok srvr stat mntr conf cons envi isro dump wchs wchc wchp dirs hash, and srst, crst,
    which reset statistics.

    Usage: kubectl zk exec [OPTIONS] <NAME> <WORD>...

    Arguments:
      <NAME>     The ensemble
      <WORD>...  The words

    Options:
          --id <N>                    Only the server of this id (can be repeated)
          --all                       All servers, also for words that reset something
      -o, --output <FORMAT>           json: parsed where the word's answer has a form
          --probe-timeout <DURATION>  How long each server may take to answer [default: 5s]
      -h, --help                      Print help

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

#[test]
fn of_status() {
    insta::assert_snapshot!(own("status"), @r#"
    exit 0
    --- stdout
    Show how ensembles are: the verdict, the servers, what is wrong and what mends it

    Without NAME: a row for every ensemble of the namespace.

    Usage: kubectl zk status [OPTIONS] [NAME]

    Arguments:
      [NAME]  The ensemble; every one of the namespace if not given

    Options:
      -A, --all-namespaces            Every ensemble of every namespace
      -l, --selector <LABELS>         Only ensembles whose objects have these labels
          --sort-by <PATH>            Sort by the field at this path, such as .ageSeconds; by namespace
                                      and name if not given
          --chunk-size <N>            How many objects the API server sends at once; 0 for all [default:
                                      500]
      -o, --output <FORMAT>           How to show it: table, wide, json, yaml, name, jsonpath=…,
                                      jsonpath-file=…, custom-columns=…, custom-columns-file=…
          --no-headers                Without the line of heads
      -w, --watch                     Look again every two seconds until Ctrl-C
          --exit-code                 Exit with 3 if an ensemble is not healthy
          --probe-timeout <DURATION>  How long each server may take to answer [default: 3s]
      -h, --help                      Print help

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

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}
