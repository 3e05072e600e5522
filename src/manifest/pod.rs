//! The pod of a server: environment, probes, volumes, security.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Capabilities;
use k8s_openapi::api::core::v1::ConfigMapVolumeSource;
use k8s_openapi::api::core::v1::Container;
use k8s_openapi::api::core::v1::ContainerPort;
use k8s_openapi::api::core::v1::EmptyDirVolumeSource;
use k8s_openapi::api::core::v1::EnvVar;
use k8s_openapi::api::core::v1::EnvVarSource;
use k8s_openapi::api::core::v1::ExecAction;
use k8s_openapi::api::core::v1::LocalObjectReference;
use k8s_openapi::api::core::v1::PodSecurityContext;
use k8s_openapi::api::core::v1::PodSpec;
use k8s_openapi::api::core::v1::PodTemplateSpec;
use k8s_openapi::api::core::v1::Probe;
use k8s_openapi::api::core::v1::ResourceRequirements;
use k8s_openapi::api::core::v1::SeccompProfile;
use k8s_openapi::api::core::v1::SecretKeySelector;
use k8s_openapi::api::core::v1::SecurityContext;
use k8s_openapi::api::core::v1::TCPSocketAction;
use k8s_openapi::api::core::v1::Volume;
use k8s_openapi::api::core::v1::VolumeMount;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::ensemble::Ensemble;
use crate::ensemble::ServerId;
use crate::manifest::identity;
use crate::manifest::labels;
use crate::manifest::scheduling;
use crate::manifest::services;

/// The volume with the data; the claim's template has the same name.
pub const DATA: &str = "data";

/// Serves: `srvr` answers with its mode. A server that looks for a quorum is alive and not ready.
const READY: &str = "exec 3<>/dev/tcp/127.0.0.1/2181 && printf srvr >&3 && grep -q '^Mode: ' <&3";

/// Where the pod may write beside its disk.
const SCRATCH: [(&str, &str); 2] = [("tmp", "/tmp"), ("logs", "/logs")];

/// What one server's pod is made for.
pub struct Role<'a> {
    /// The server.
    pub id: ServerId,
    /// The ids that its first member list names.
    pub founders: &'a [ServerId],
    /// The ConfigMap with its configuration.
    pub config: &'a str,
}

/// What a server's labels are: its pod's, which Services select by.
pub fn pod_labels(ensemble: &Ensemble, id: ServerId) -> labels::Labels {
    let mut labels = ensemble.pod_labels.clone();
    labels.extend(labels::versioned(ensemble));
    labels.extend(labels::server_selector(&ensemble.name, id));
    labels
}

/// The template of a server's pod.
pub fn template(ensemble: &Ensemble, role: &Role<'_>) -> PodTemplateSpec {
    let placement = &ensemble.placement;
    let secrets = ensemble.image_pull_secrets.iter();
    let secrets: Vec<_> = secrets
        .map(|name| LocalObjectReference { name: name.clone() })
        .collect();
    PodTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: Some(pod_labels(ensemble, role.id)),
            annotations: some(ensemble.pod_annotations.clone()),
            ..ObjectMeta::default()
        }),
        spec: Some(PodSpec {
            affinity: scheduling::affinity(ensemble),
            automount_service_account_token: Some(false),
            containers: vec![container(ensemble, role)],
            enable_service_links: Some(true),
            image_pull_secrets: Some(secrets).filter(|secrets| !secrets.is_empty()),
            node_selector: some(placement.node_selector.clone()),
            priority_class_name: placement.priority_class.clone(),
            security_context: Some(pod_security(placement.run_as_user)),
            termination_grace_period_seconds: Some(60),
            tolerations: scheduling::tolerations(placement),
            topology_spread_constraints: scheduling::spread(ensemble),
            volumes: Some(volumes(ensemble, role)),
            ..PodSpec::default()
        }),
    }
}

fn container(ensemble: &Ensemble, role: &Role<'_>) -> Container {
    let ports = [
        services::CLIENT,
        services::PEER,
        services::ELECTION,
        services::METRICS,
    ];
    Container {
        name: format!("zookeeper-server-{}", role.id),
        image: Some(ensemble.image.clone()),
        image_pull_policy: ensemble
            .image_pull_policy
            .map(|policy| format!("{policy:?}")),
        command: Some(["bash", "/zk/start"].map(str::to_owned).to_vec()),
        env: Some(environment(ensemble, role)),
        ports: Some(ports.map(container_port).to_vec()),
        resources: Some(resources(ensemble)),
        security_context: Some(container_security()),
        startup_probe: Some(Probe {
            tcp_socket: Some(port_accepts()),
            period_seconds: Some(1),
            failure_threshold: Some(3600),
            ..Probe::default()
        }),
        readiness_probe: Some(Probe {
            exec: Some(asks_itself()),
            period_seconds: Some(2),
            timeout_seconds: Some(3),
            failure_threshold: Some(2),
            ..Probe::default()
        }),
        liveness_probe: Some(Probe {
            tcp_socket: Some(port_accepts()),
            period_seconds: Some(15),
            timeout_seconds: Some(5),
            failure_threshold: Some(8),
            ..Probe::default()
        }),
        termination_message_policy: Some("FallbackToLogsOnError".to_owned()),
        volume_mounts: Some(mounts()),
        ..Container::default()
    }
}

fn environment(ensemble: &Ensemble, role: &Role<'_>) -> Vec<EnvVar> {
    let ids: Vec<String> = role.founders.iter().map(ToString::to_string).collect();
    let mut variables = vec![
        variable("ZK_SERVER_ID", role.id.to_string()),
        variable("ZK_SERVERS", ids.join(" ")),
        variable("ZK_ENV_PREFIX", ensemble.name.env_prefix()),
        secret(ensemble, "ZK_ENSEMBLE", identity::ENSEMBLE),
        secret(ensemble, "ZK_SUPER_DIGEST", identity::DIGEST),
        variable("ZK_SERVER_HEAP", ensemble.heap_mebibytes().to_string()),
        variable("JMXDISABLE", "true".to_owned()),
        variable("ZOO_LOG_DIR", "/logs".to_owned()),
    ];
    if !ensemble.jvm_flags.is_empty() {
        variables.push(variable("SERVER_JVMFLAGS", ensemble.jvm_flags.clone()));
    }
    variables
}

fn variable(name: &str, value: String) -> EnvVar {
    EnvVar {
        name: name.to_owned(),
        value: Some(value),
        value_from: None,
    }
}

fn secret(ensemble: &Ensemble, name: &str, key: &str) -> EnvVar {
    let source = SecretKeySelector {
        name: ensemble.name.identity(),
        key: key.to_owned(),
        optional: None,
    };
    let source = EnvVarSource {
        secret_key_ref: Some(source),
        ..EnvVarSource::default()
    };
    EnvVar {
        name: name.to_owned(),
        value: None,
        value_from: Some(source),
    }
}

fn container_port((name, number): (&str, i32)) -> ContainerPort {
    ContainerPort {
        name: Some(name.to_owned()),
        container_port: number,
        protocol: Some("TCP".to_owned()),
        ..ContainerPort::default()
    }
}

fn resources(ensemble: &Ensemble) -> ResourceRequirements {
    let quantity = |quantity: &crate::ensemble::Quantity| Quantity(quantity.to_string());
    let with = |cpu: &Option<crate::ensemble::Quantity>| {
        let memory = ("memory".to_owned(), quantity(&ensemble.memory));
        let cpu = cpu.as_ref().map(|cpu| ("cpu".to_owned(), quantity(cpu)));
        Some(cpu.into_iter().chain([memory]).collect())
    };
    ResourceRequirements {
        requests: with(&ensemble.cpu),
        limits: with(&ensemble.cpu_limit),
        claims: None,
    }
}

fn port_accepts() -> TCPSocketAction {
    TCPSocketAction {
        port: IntOrString::String(services::CLIENT.0.to_owned()),
        host: None,
    }
}

fn asks_itself() -> ExecAction {
    ExecAction {
        command: Some(["bash", "-c", READY].map(str::to_owned).to_vec()),
    }
}

fn pod_security(user: Option<i64>) -> PodSecurityContext {
    PodSecurityContext {
        run_as_non_root: Some(true),
        run_as_user: user,
        run_as_group: user,
        fs_group: user,
        fs_group_change_policy: user.map(|_| "OnRootMismatch".to_owned()),
        seccomp_profile: Some(SeccompProfile {
            type_: "RuntimeDefault".to_owned(),
            localhost_profile: None,
        }),
        ..PodSecurityContext::default()
    }
}

fn container_security() -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(Capabilities {
            drop: Some(vec!["ALL".to_owned()]),
            add: None,
        }),
        read_only_root_filesystem: Some(true),
        ..SecurityContext::default()
    }
}

fn mounts() -> Vec<VolumeMount> {
    let fixed = [
        (DATA, "/data", None),
        ("config", "/zk", Some(true)),
        ("founded", "/founded", Some(true)),
    ];
    let scratch = SCRATCH.map(|(name, path)| (name, path, None));
    let mount = |(name, path, read_only): (&str, &str, Option<bool>)| VolumeMount {
        name: name.to_owned(),
        mount_path: path.to_owned(),
        read_only,
        ..VolumeMount::default()
    };
    fixed.into_iter().chain(scratch).map(mount).collect()
}

fn volumes(ensemble: &Ensemble, role: &Role<'_>) -> Vec<Volume> {
    let empty = |name: &str| Volume {
        name: name.to_owned(),
        empty_dir: Some(EmptyDirVolumeSource::default()),
        ..Volume::default()
    };
    let config_map = |name: &str, source: String, optional| Volume {
        name: name.to_owned(),
        config_map: Some(ConfigMapVolumeSource {
            name: source,
            optional,
            ..ConfigMapVolumeSource::default()
        }),
        ..Volume::default()
    };
    let mut volumes = vec![
        config_map("config", role.config.to_owned(), None),
        config_map("founded", ensemble.name.seal(), Some(true)),
    ];
    volumes.extend(SCRATCH.map(|(name, _)| empty(name)));
    volumes.extend(ensemble.is_ephemeral().then(|| empty(DATA)));
    volumes
}

fn some(map: BTreeMap<String, String>) -> Option<BTreeMap<String, String>> {
    Some(map).filter(|map| !map.is_empty())
}
