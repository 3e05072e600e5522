//! The help texts of the verbs that make, change and remove ensembles.

use crate::help::own;

#[test]
#[expect(clippy::too_many_lines, reason = "a help text is as long as it is")]
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
              How many servers vote, 1 to 9, best an odd number; 3 if not given
          --observers <K>
              How many more servers observe, without a vote; 0 if not given
          --storage-class <NAME>
              StorageClass of the disks; the cluster's default if not given
          --ephemeral
              Keep the data in the pods: gone with them
          --run-as-user <UID|none>
              User and group that own the data, 1000 if not given; none leaves them to the cluster
              (OpenShift)
          --image <IMAGE>
              The image: the official `zookeeper` or one with its contract; zookeeper:3.9.5 if not given
          --image-pull-policy <POLICY>
              When the image is pulled; Kubernetes' default if not given [possible values: Always,
              IfNotPresent, Never]
          --image-pull-secret <NAME>
              Secret to pull the image with (can be repeated)
          --storage <SIZE>
              Size of each server's disk; 8Gi if not given
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
          --pod-label <KEY=VALUE>
              Label of the pods, KEY=VALUE (can be repeated)
          --pod-annotation <KEY=VALUE>
              Annotation of the pods, KEY=VALUE (can be repeated)
          --network-policy[=<true|false>]
              Let only members reach the peer and election ports [possible values: true, false]
          --discard-data
              Throw the data of a deleted ensemble of this name away, and begin anew
          --dry-run[=<none|client|server>]
              Only say what would be made: client, as it is without a value, prints it, server has it
              checked [possible values: none, client, server]
          --with-identity
              With --dry-run=client: print a fresh identity (a Secret), too
          --force-conflicts
              Take over fields of objects that others manage
      -o, --output <FORMAT>
              How to show what was made: yaml, json, name, jsonpath=…, custom-columns=…; the status if
              not given
          --wait
              Wait until the quorum is verified (the default)
          --no-wait
              Do not wait: the next run, or status, tells how far it is
          --timeout <DURATION>
              How long to wait [default: 5m]
      -h, --help
              Print help

    Examples:
      # Three servers with a disk each
      kubectl zk create zk

      # Five servers with 2 GiB each, on disks of a class
      kubectl zk create zk --replicas 5 --memory 2Gi --storage 20Gi --storage-class fast

      # The manifests, without making anything
      kubectl zk create zk --dry-run=client -o yaml

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

#[test]
fn of_scale() {
    insta::assert_snapshot!(own("scale"), @r#"
    exit 0
    --- stdout
    Change how many servers vote, by reconfiguration: no acknowledged write is lost, and clients hardly
    notice

    New servers get the data before they vote; the highest ids leave, and are stopped when the others go
    on without them. Their disks stay, unless --delete-data is given. Interrupted, the same command goes
    on, and the old number goes back.

    Usage: kubectl zk scale [OPTIONS] <NAME>

    Arguments:
      <NAME>  The ensemble

    Options:
          --replicas <N>                    How many servers vote, 1 to 9, best an odd number
          --observers <K>                   How many more servers observe: they serve clients and never
                                            vote; as many as now if not given
          --current-replicas <N>            Only if so many servers vote now
          --delete-data                     Delete the disks of servers that are not wanted any more,
                                            those kept from before too: what is on them is gone for ever
          --dry-run[=<none|client|server>]  Only say which steps would be done: client, as it is without
                                            a value, only looks, server has the new objects checked
                                            [possible values: none, client, server]
          --force-conflicts                 Take over fields of objects that others manage
      -o, --output <FORMAT>                 How to show it: the status if not given; json, yaml,
                                            jsonpath=…, custom-columns=… of the steps, or name
          --timeout <DURATION>              How long it may take [default: 10m]
      -h, --help                            Print help

    Examples:
      # The steps, without doing them
      kubectl zk scale zk --replicas 5 --dry-run

      # Five servers that vote
      kubectl zk scale zk --replicas 5

      # Three that vote, and two that observe
      kubectl zk scale zk --replicas 3 --observers 2

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}

#[test]
fn of_repair() {
    insta::assert_snapshot!(own("repair"), @r#"
    exit 0
    --- stdout
    Mend what the servers themselves do not: addresses that are not their Services' any more

    A Service that was deleted and made again has another address; servers learn it when they restart,
    and then differ in their member lists. Each such line is stated again by a reconfiguration, one at a
    time.

    Usage: kubectl zk repair [OPTIONS] --addresses <NAME>

    Arguments:
      <NAME>  The ensemble

    Options:
          --addresses                       State addresses again that differ from the Services'
          --dry-run[=<none|client|server>]  Only say which steps would be done, and change nothing
                                            [possible values: none, client, server]
      -o, --output <FORMAT>                 How to show it: the status if not given; json, yaml,
                                            jsonpath=…, custom-columns=… of the steps, or name
          --timeout <DURATION>              How long it may take [default: 5m]
      -h, --help                            Print help

    Examples:
      # Mend the address of a Service that was made again
      kubectl zk repair zk --addresses

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
          --dry-run[=<none|client|server>]  Only say what would go: client, as it is without a value,
                                            only looks, server has it checked [possible values: none,
                                            client, server]
          --wait                            Wait until it is gone (the default)
          --no-wait                         Do not wait until it is gone
          --timeout <DURATION>              How long to wait [default: 3m]
      -h, --help                            Print help

    Examples:
      # What would go, and what would stay
      kubectl zk delete zk --dry-run=client

      # Delete it; its disks stay
      kubectl zk delete zk

      # Delete it with its data
      kubectl zk delete zk --delete-data

    Use "kubectl zk options" for the flags of every verb.
    --- stderr
    "#);
}
