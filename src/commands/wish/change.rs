//! The flags of an ensemble that can be changed later: `create` takes them over its defaults, `update` over what there is.

use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;

use crate::commands::values::Edit;
use crate::commands::values::cidr;
use crate::commands::values::keyed;
use crate::commands::values::label;
use crate::commands::values::label_key;
use crate::commands::values::object_name;
use crate::commands::values::toleration;
use crate::ensemble::Quantity;
use crate::ensemble::intent::PullPolicy;
use crate::ensemble::intent::ServiceType;
use crate::ensemble::placement::AntiAffinity;
use crate::ensemble::placement::Toleration;

/// What an ensemble shall be, as far as that can be changed later.
#[derive(Args, Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The image: the official `zookeeper` or one with its contract; zookeeper:3.9.5 if not given
    #[arg(long)]
    pub image: Option<String>,
    /// When the image is pulled; Kubernetes' default if not given
    #[arg(long, value_name = "POLICY")]
    pub image_pull_policy: Option<Pull>,
    /// Secret to pull the image with (can be repeated)
    #[arg(long = "image-pull-secret", value_name = "NAME", value_parser = object_name)]
    pub image_pull_secrets: Vec<String>,
    /// Size of each server's disk; 8Gi if not given
    #[arg(long, value_name = "SIZE")]
    pub storage: Option<Quantity>,
    /// CPU request of each server
    #[arg(long, value_name = "CPU")]
    pub cpu: Option<Quantity>,
    /// CPU limit of each server
    #[arg(long, value_name = "CPU")]
    pub cpu_limit: Option<Quantity>,
    /// Memory request and limit of each server; 1Gi if not given
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Quantity>,
    /// Java's heap; 60 % of the memory if not given
    #[arg(long, value_name = "SIZE")]
    pub heap: Option<Quantity>,
    /// More flags for the server's JVM
    #[arg(long, value_name = "FLAGS", allow_hyphen_values = true)]
    pub jvm_flags: Option<String>,
    /// A setting of zoo.cfg, KEY=VALUE (can be repeated)
    #[arg(long, value_name = "KEY=VALUE")]
    pub config: Vec<String>,
    /// A file with settings of zoo.cfg; --config wins over it
    #[arg(long, value_name = "FILE")]
    pub config_file: Option<PathBuf>,
    /// How clients reach it; inside the cluster alone if not given
    #[arg(long, value_enum, value_name = "TYPE")]
    pub service_type: Option<Exposed>,
    /// Annotation of the clients' Service, KEY=VALUE (can be repeated)
    #[arg(long = "service-annotation", value_name = "KEY=VALUE", value_parser = keyed)]
    pub service_annotations: Vec<Edit>,
    /// Addresses that the load balancer lets in, a CIDR (can be repeated)
    #[arg(long = "load-balancer-source-range", value_name = "CIDR", value_parser = cidr)]
    pub load_balancer_source_ranges: Vec<String>,
    /// Whether servers keep apart from each other; preferred if not given
    #[arg(long, value_enum, value_name = "RULE")]
    pub anti_affinity: Option<Apart>,
    /// Domain in which servers keep apart (can be repeated); host and zone if not given
    #[arg(long = "topology-key", value_name = "LABEL", value_parser = label_key)]
    pub topology_keys: Vec<String>,
    /// Domain over which servers spread evenly
    #[arg(long, value_name = "LABEL", value_parser = label_key)]
    pub topology_spread: Option<String>,
    /// Label that a node must have, KEY=VALUE (can be repeated)
    #[arg(long = "node-selector", value_name = "KEY=VALUE", value_parser = label)]
    pub node_selector: Vec<Edit>,
    /// Taint that is tolerated: KEY, KEY=VALUE, KEY:EFFECT, KEY=VALUE:EFFECT, or * (can be repeated)
    #[arg(long = "toleration", value_name = "TAINT", value_parser = toleration)]
    pub tolerations: Vec<Toleration>,
    /// PriorityClass of the pods
    #[arg(long, value_name = "NAME", value_parser = object_name)]
    pub priority_class: Option<String>,
    /// Label of the pods, KEY=VALUE (can be repeated)
    #[arg(long = "pod-label", value_name = "KEY=VALUE", value_parser = label)]
    pub pod_labels: Vec<Edit>,
    /// Annotation of the pods, KEY=VALUE (can be repeated)
    #[arg(long = "pod-annotation", value_name = "KEY=VALUE", value_parser = keyed)]
    pub pod_annotations: Vec<Edit>,
    /// Let only members reach the peer and election ports
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "true|false")]
    pub network_policy: Option<bool>,
}

/// When an image is pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "PascalCase")]
pub enum Pull {
    /// At each start
    Always,
    /// If the node does not have it
    IfNotPresent,
    /// Never
    Never,
}

/// The type of the clients' Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Exposed {
    /// Inside the cluster alone
    #[value(name = "ClusterIP")]
    ClusterIp,
    /// A port of every node
    #[value(name = "NodePort")]
    NodePort,
    /// An address outside
    #[value(name = "LoadBalancer")]
    LoadBalancer,
}

/// Whether servers keep apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Apart {
    /// If it can be
    Preferred,
    /// Or they do not run
    Required,
    /// No matter
    None,
}

impl From<Pull> for PullPolicy {
    fn from(pull: Pull) -> Self {
        match pull {
            Pull::Always => Self::Always,
            Pull::IfNotPresent => Self::IfNotPresent,
            Pull::Never => Self::Never,
        }
    }
}

impl From<Exposed> for ServiceType {
    fn from(kind: Exposed) -> Self {
        match kind {
            Exposed::ClusterIp => Self::ClusterIp,
            Exposed::NodePort => Self::NodePort,
            Exposed::LoadBalancer => Self::LoadBalancer,
        }
    }
}

impl From<Apart> for AntiAffinity {
    fn from(apart: Apart) -> Self {
        match apart {
            Apart::Preferred => Self::Preferred,
            Apart::Required => Self::Required,
            Apart::None => Self::None,
        }
    }
}
