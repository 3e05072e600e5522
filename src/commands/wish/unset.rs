//! `--unset FLAG`: what a flag has set is as it was before anyone set it.

use clap::ValueEnum;

use crate::ensemble::Ensemble;

/// A flag of `create` whose default can be had again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Unset {
    /// The plugin's own
    Image,
    /// Kubernetes' own policy
    ImagePullPolicy,
    /// None
    ImagePullSecret,
    /// None
    Cpu,
    /// None
    CpuLimit,
    /// 1Gi
    Memory,
    /// 60 % of the memory
    Heap,
    /// None
    JvmFlags,
    /// The plugin's defaults
    Config,
    /// Inside the cluster alone
    ServiceType,
    /// None
    ServiceAnnotation,
    /// None
    LoadBalancerSourceRange,
    /// Preferred
    AntiAffinity,
    /// Host and zone
    TopologyKey,
    /// None
    TopologySpread,
    /// None
    NodeSelector,
    /// None
    Toleration,
    /// None
    PriorityClass,
    /// None
    PodLabel,
    /// None
    PodAnnotation,
}

impl Unset {
    /// The intent without it.
    pub fn from(self, wish: &mut Ensemble) {
        let usual = Ensemble::new(wish.name.clone());
        let (placement, usually) = (&mut wish.placement, usual.placement);
        match self {
            Self::Image => wish.image = usual.image,
            Self::ImagePullPolicy => wish.image_pull_policy = None,
            Self::ImagePullSecret => wish.image_pull_secrets.clear(),
            Self::Cpu => wish.cpu = None,
            Self::CpuLimit => wish.cpu_limit = None,
            Self::Memory => wish.memory = usual.memory,
            Self::Heap => wish.heap = None,
            Self::JvmFlags => wish.jvm_flags.clear(),
            Self::Config => wish.config.clear(),
            Self::ServiceType => wish.service.kind = usual.service.kind,
            Self::ServiceAnnotation => wish.service.annotations.clear(),
            Self::LoadBalancerSourceRange => wish.service.source_ranges.clear(),
            Self::AntiAffinity => placement.anti_affinity = usually.anti_affinity,
            Self::TopologyKey => placement.topology_keys = usually.topology_keys,
            Self::TopologySpread => placement.topology_spread = None,
            Self::NodeSelector => placement.node_selector.clear(),
            Self::Toleration => placement.tolerations.clear(),
            Self::PriorityClass => placement.priority_class = None,
            Self::PodLabel => wish.pod_labels.clear(),
            Self::PodAnnotation => wish.pod_annotations.clear(),
        }
    }
}
