//! The flags of `create` that describe an ensemble, and how they become an intent.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;

use crate::commands::values::User;
use crate::commands::values::check_image;
use crate::commands::values::cidr;
use crate::commands::values::keyed;
use crate::commands::values::label;
use crate::commands::values::label_key;
use crate::commands::values::object_name;
use crate::commands::values::toleration;
use crate::commands::values::user;
use crate::ensemble::Ensemble;
use crate::ensemble::EnsembleName;
use crate::ensemble::Quantity;
use crate::ensemble::Size;
use crate::ensemble::intent;
use crate::ensemble::intent::Exposure;
use crate::ensemble::intent::PullPolicy;
use crate::ensemble::intent::ServiceType;
use crate::ensemble::intent::Storage;
use crate::ensemble::placement::AntiAffinity;
use crate::ensemble::placement::Placement;
use crate::ensemble::placement::Toleration;
use crate::ensemble::roles::MOST_OBSERVERS;
use crate::ensemble::setting;
use crate::error::Error;
use crate::error::Kind;

/// What an ensemble shall be. The defaults are [`Ensemble::new`]'s.
#[derive(Args, Debug, Default, PartialEq)]
pub struct Wish {
    /// How many servers vote, 1 to 9, best an odd number; 3 if not given
    #[arg(long, value_name = "N")]
    pub replicas: Option<Size>,
    /// How many more servers observe, without a vote; 0 if not given
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u8).range(0..=i64::from(MOST_OBSERVERS)))]
    pub observers: Option<u8>,
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
    /// StorageClass of the disks; the cluster's default if not given
    #[arg(long, value_name = "NAME", value_parser = object_name)]
    pub storage_class: Option<String>,
    /// Keep the data in the pods: gone with them
    #[arg(long, conflicts_with_all = ["storage", "storage_class"])]
    pub ephemeral: bool,
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
    #[arg(
        long,
        default_value = "",
        hide_default_value = true,
        value_name = "FLAGS",
        allow_hyphen_values = true
    )]
    pub jvm_flags: String,
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
    pub service_annotations: Vec<(String, String)>,
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
    pub node_selector: Vec<(String, String)>,
    /// Taint that is tolerated: KEY, KEY=VALUE, KEY:EFFECT, KEY=VALUE:EFFECT, or * (can be repeated)
    #[arg(long = "toleration", value_name = "TAINT", value_parser = toleration)]
    pub tolerations: Vec<Toleration>,
    /// PriorityClass of the pods
    #[arg(long, value_name = "NAME", value_parser = object_name)]
    pub priority_class: Option<String>,
    /// User and group that own the data, 1000 if not given; none leaves them to the cluster (OpenShift)
    #[arg(long, value_name = "UID|none", value_parser = user)]
    pub run_as_user: Option<User>,
    /// Label of the pods, KEY=VALUE (can be repeated)
    #[arg(long = "pod-label", value_name = "KEY=VALUE", value_parser = label)]
    pub pod_labels: Vec<(String, String)>,
    /// Annotation of the pods, KEY=VALUE (can be repeated)
    #[arg(long = "pod-annotation", value_name = "KEY=VALUE", value_parser = keyed)]
    pub pod_annotations: Vec<(String, String)>,
    /// Let only members reach the peer and election ports
    #[arg(long)]
    pub network_policy: bool,
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

impl Wish {
    /// The intent, validated.
    ///
    /// # Errors
    /// The first flag that makes no sense, or two that do not go together.
    pub fn intent(self, name: EnsembleName) -> Result<Ensemble, Error> {
        let config = self.settings()?;
        let storage = self.storage();
        let usual = Ensemble::new(name);
        setting::check_jvm_flags(&self.jvm_flags).map_err(usage)?;
        let ensemble = Ensemble {
            replicas: self.replicas.unwrap_or(usual.replicas),
            observers: self.observers.unwrap_or_default(),
            founders: None,
            image: self.image.unwrap_or(usual.image),
            image_pull_policy: self.image_pull_policy.map(Into::into),
            image_pull_secrets: self.image_pull_secrets,
            storage: storage.unwrap_or(usual.storage),
            cpu: self.cpu,
            cpu_limit: self.cpu_limit,
            memory: self.memory.unwrap_or(usual.memory),
            heap: self.heap,
            jvm_flags: self.jvm_flags,
            config,
            service: Exposure {
                kind: self.service_type.map(Into::into).unwrap_or_default(),
                annotations: self.service_annotations.into_iter().collect(),
                source_ranges: self.load_balancer_source_ranges,
            },
            placement: Placement {
                anti_affinity: self.anti_affinity.map(Into::into).unwrap_or_default(),
                topology_keys: Some(self.topology_keys)
                    .filter(|keys| !keys.is_empty())
                    .unwrap_or(usual.placement.topology_keys),
                topology_spread: self.topology_spread,
                node_selector: self.node_selector.into_iter().collect(),
                tolerations: self.tolerations,
                priority_class: self.priority_class,
                run_as_user: self
                    .run_as_user
                    .map_or(usual.placement.run_as_user, |user| user.0),
            },
            pod_labels: self.pod_labels.into_iter().collect(),
            pod_annotations: self.pod_annotations.into_iter().collect(),
            network_policy: self.network_policy,
            name: usual.name,
        };
        check_image(&ensemble.image)?;
        ensemble.validate().map_err(usage)?;
        Ok(ensemble)
    }

    /// Whether no flag was given: whoever types a name alone means the ensemble that has it.
    pub fn says_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Where the data shall be, if a flag says so.
    fn storage(&self) -> Option<Storage> {
        let class = self.storage_class.clone();
        match (&self.storage, self.ephemeral) {
            (_, true) => Some(Storage::Ephemeral),
            (None, false) if class.is_none() => None,
            (size, false) => Some(Storage::Claim {
                size: size.clone().unwrap_or_else(intent::default_storage),
                class,
            }),
        }
    }

    /// The file's settings, and those of `--config` over them.
    fn settings(&self) -> Result<BTreeMap<String, String>, Error> {
        let text = match &self.config_file {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path).map_err(|error| {
                Error::new(Kind::Usage, format!("cannot read {}", path.display())).caused_by(error)
            })?,
        };
        let lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with(['#', '!']));
        let mut settings = setting::parse(lines).map_err(usage)?;
        settings.extend(setting::parse(self.config.iter().map(String::as_str)).map_err(usage)?);
        Ok(settings)
    }
}

fn usage(error: impl std::error::Error) -> Error {
    Error::new(Kind::Usage, error.to_string())
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
