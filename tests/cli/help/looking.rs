//! The help texts of the verbs that look at ensembles and use them.

use crate::help::own;

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

    Examples:
      # The Service of all servers
      kubectl zk connection-string zk

      # With a chroot, as Kafka wants it, tried first
      kubectl zk connection-string zk --chroot /kafka --create-chroot --verify --for kafka

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

    Examples:
      # Ask every server how it is
      kubectl zk exec zk srvr

      # One server's metrics
      kubectl zk exec zk mntr --id 2

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

    Examples:
      # One ensemble, server by server
      kubectl zk status zk

      # Every ensemble of every namespace
      kubectl zk status -A

      # Its verdict, for a script
      kubectl zk status zk -o jsonpath='{.verdict}'

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}
