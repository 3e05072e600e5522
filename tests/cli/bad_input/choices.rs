//! One of several values, and flags that exclude or need each other.

use crate::bad_input::refused;

#[tokio::test(start_paused = true)]
async fn one_of_several_values() {
    refused(&[
        ("create zk --image-pull-policy Alway", "error: invalid argument \"Alway\" for \"--image-pull-policy\" flag: must be one of Always, IfNotPresent, Never\nhint: did you mean Always?"),
        ("create zk --service-type nodeport", "error: invalid argument \"nodeport\" for \"--service-type\" flag: must be one of ClusterIP, NodePort, LoadBalancer\nhint: did you mean NodePort?"),
        ("create zk --anti-affinity maybe", r#"error: invalid argument "maybe" for "--anti-affinity" flag: must be one of preferred, required, none"#),
        ("create zk --dry-run=servr", "error: invalid argument \"servr\" for \"--dry-run\" flag: must be one of none, client, server\nhint: did you mean server?"),
        ("create zk --load-balancer-source-range 10.0.0.0", r#"error: invalid argument "10.0.0.0" for "--load-balancer-source-range" flag: a CIDR is expected, such as 10.0.0.0/8"#),
        ("create zk --load-balancer-source-range 10.0.0.0/33", r#"error: invalid argument "10.0.0.0/33" for "--load-balancer-source-range" flag: a CIDR is expected, such as 10.0.0.0/8"#),
        ("delete zk --dry-run=true", r#"error: invalid argument "true" for "--dry-run" flag: must be one of none, client, server"#),
        ("restart zk --dry-run=yes", r#"error: invalid argument "yes" for "--dry-run" flag: must be one of none, client, server"#),
        ("update zk --network-policy=on", "error: invalid argument \"on\" for \"--network-policy\" flag: must be one of true, false"),
        ("update zk --unset imag", "error: invalid argument \"imag\" for \"--unset\" flag: must be one of image, image-pull-policy, image-pull-secret, cpu, cpu-limit, memory, heap, jvm-flags, config, service-type, service-annotation, load-balancer-source-range, anti-affinity, topology-key, topology-spread, node-selector, toleration, priority-class, pod-label, pod-annotation\nhint: did you mean image?"),
        ("update zk --unset storage-class", "error: invalid argument \"storage-class\" for \"--unset\" flag: must be one of image, image-pull-policy, image-pull-secret, cpu, cpu-limit, memory, heap, jvm-flags, config, service-type, service-annotation, load-balancer-source-range, anti-affinity, topology-key, topology-spread, node-selector, toleration, priority-class, pod-label, pod-annotation\nhint: did you mean priority-class?"),
        ("diff zk --unset cpus", "error: invalid argument \"cpus\" for \"--unset\" flag: must be one of image, image-pull-policy, image-pull-secret, cpu, cpu-limit, memory, heap, jvm-flags, config, service-type, service-annotation, load-balancer-source-range, anti-affinity, topology-key, topology-spread, node-selector, toleration, priority-class, pod-label, pod-annotation\nhint: did you mean cpu?"),
        ("diff zk --service-type nodeport", "error: invalid argument \"nodeport\" for \"--service-type\" flag: must be one of ClusterIP, NodePort, LoadBalancer\nhint: did you mean NodePort?"),
        ("status --color pink", r#"error: invalid argument "pink" for "--color" flag: must be one of auto, always, never"#),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn together() {
    refused(&[
        ("create zk --ephemeral --storage 1Gi", "error: --ephemeral cannot be used with --storage\nhint: see kubectl zk create --help"),
        ("create zk --ephemeral --storage-class fast", "error: --ephemeral cannot be used with --storage-class\nhint: see kubectl zk create --help"),
        ("create zk --load-balancer-source-range 10.0.0.0/8", "error: --load-balancer-source-range needs --service-type LoadBalancer"),
        ("create zk --with-identity", "error: --with-identity needs --dry-run=client"),
        ("create zk --with-identity --dry-run=server", "error: --with-identity needs --dry-run=client"),
        ("status zk -A", "error: NAME cannot be used with --all-namespaces\nhint: see kubectl zk status --help"),
        ("status zk -l a=b", "error: NAME cannot be used with --selector\nhint: see kubectl zk status --help"),
        ("status zk --sort-by .name", "error: NAME cannot be used with --sort-by\nhint: see kubectl zk status --help"),
        ("status zk --chunk-size 5", "error: NAME cannot be used with --chunk-size\nhint: see kubectl zk status --help"),
        ("exec zk ruok --id 1 --all", "error: --id cannot be used with --all\nhint: see kubectl zk exec --help"),
        ("replace zk", "error: required flag --id not set\nhint: see kubectl zk replace --help"),
        ("update zk --replicas 5", "error: unknown flag: --replicas\nhint: kubectl zk scale changes how many vote"),
        ("update zk --storage-class fast", "error: unknown flag: --storage-class\nhint: it is chosen once, by create: make another ensemble, of another name"),
        ("update zk --ephemeral", "error: unknown flag: --ephemeral\nhint: it is chosen once, by create: make another ensemble, of another name"),
        ("update zk --run-as-user 5", "error: unknown flag: --run-as-user\nhint: it is chosen once, by create: make another ensemble, of another name"),
        ("update zk --undo=true", "error: --undo takes no value, and was given \"true\"\nhint: see kubectl zk update --help"),
        ("diff zk --undo", "error: unknown flag: --undo\nhint: see kubectl zk diff --help"),
        ("diff zk --dry-run", "error: unknown flag: --dry-run\nhint: see kubectl zk diff --help"),
        ("restart zk 2", "error: unexpected argument \"2\"\nhint: see kubectl zk restart --help"),
        ("create zk --wait=false", "error: --wait takes no value, and was given \"false\"\nhint: did you mean --no-wait?"),
        ("status --no-headers=no", "error: --no-headers takes no value, and was given \"no\"\nhint: see kubectl zk status --help"),
    ])
    .await;
}
