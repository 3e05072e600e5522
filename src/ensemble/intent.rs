//! The intent: what an ensemble shall be, validated. The only input of `manifest`; kept as `ensemble.json` in the
//! ensemble's ConfigMap. Knows no Kubernetes types.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::ensemble::EnsembleName;
use crate::ensemble::Quantity;
use crate::ensemble::Size;
use crate::ensemble::placement::Placement;

/// The image of ensembles that name none: the newest release without known defects that lose data.
pub const DEFAULT_IMAGE: &str = "zookeeper:3.9.5";

/// The part of the memory that the heap takes by default, in percent: the rest is for the JVM and its buffers.
const HEAP_PERCENT: i128 = 60;

/// The most that the heap may take, in percent: beyond it the kernel kills the server instead of Java collecting.
const HEAP_LIMIT_PERCENT: i128 = 90;

/// What an ensemble shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ensemble {
    /// Its name.
    pub name: EnsembleName,
    /// How many servers vote. Their ids are 1 to N.
    pub replicas: Size,
    /// How many servers observe. Their ids follow the voters'.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub observers: u8,
    /// How many servers the first member list named, if not as many as vote now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founders: Option<Size>,
    /// The image, with the contract of the official one.
    pub image: String,
    /// When the image is pulled; Kubernetes' default if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_pull_policy: Option<PullPolicy>,
    /// Secrets to pull the image with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub image_pull_secrets: Vec<String>,
    /// Where the data is.
    pub storage: Storage,
    /// CPU request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<Quantity>,
    /// CPU limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_limit: Option<Quantity>,
    /// Memory request and limit.
    pub memory: Quantity,
    /// Java's heap; 60 % of the memory if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heap: Option<Quantity>,
    /// More flags for the server's JVM.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub jvm_flags: String,
    /// The user's keys of `zoo.cfg`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub config: BTreeMap<String, String>,
    /// How clients reach it.
    #[serde(default)]
    pub service: Exposure,
    /// Where its pods may run, and as whom.
    #[serde(default)]
    pub placement: Placement,
    /// More labels for the pods.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pod_labels: BTreeMap<String, String>,
    /// Annotations for the pods.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pod_annotations: BTreeMap<String, String>,
    /// Whether a NetworkPolicy keeps strangers from the peer and election ports.
    #[serde(default, skip_serializing_if = "is_false")]
    pub network_policy: bool,
}

/// When an image is pulled (Kubernetes, `imagePullPolicy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PullPolicy {
    /// At each start of a container.
    Always,
    /// If the node does not have it.
    IfNotPresent,
    /// Never.
    Never,
}

/// Where a server's data is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Storage {
    /// On a volume of its own.
    #[serde(rename_all = "camelCase")]
    Claim {
        /// Its size.
        size: Quantity,
        /// Its StorageClass; the cluster's default if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<String>,
    },
    /// In the pod: gone with it.
    Ephemeral,
}

/// How clients reach the ensemble.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Exposure {
    /// The type of the clients' Service.
    #[serde(default, rename = "type")]
    pub kind: ServiceType,
    /// Annotations of the clients' Service.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// CIDRs that a load balancer lets in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_ranges: Vec<String>,
}

/// The type of the clients' Service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServiceType {
    /// Inside the cluster alone.
    #[default]
    #[serde(rename = "ClusterIP")]
    ClusterIp,
    /// A port of every node.
    NodePort,
    /// An address outside.
    LoadBalancer,
}

/// Why an intent cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIntent {
    /// The heap does not fit.
    #[error(
        "a heap of {heap} leaves too little of {memory} of memory for the JVM itself: at most {most}Mi"
    )]
    Heap {
        /// As wished.
        heap: Quantity,
        /// As wished.
        memory: Quantity,
        /// The most that fits, in MiB.
        most: i128,
    },
    /// There is too little memory for any server.
    #[error("{0} of memory is too little for a server: at least 128Mi")]
    Memory(Quantity),
    /// The CPU limit is below the request.
    #[error("a CPU limit of {limit} is below the request of {request}")]
    Cpu {
        /// As wished.
        limit: Quantity,
        /// As wished.
        request: Quantity,
    },
    /// Source ranges mean nothing without a load balancer.
    #[error("--load-balancer-source-range needs --service-type LoadBalancer")]
    SourceRanges,
    /// A label or selector of ours would be replaced.
    #[error("the label {0} is the plugin's own")]
    Label(String),
}

/// The size of a disk that nobody gave one.
pub fn default_storage() -> Quantity {
    Quantity::of_mebibytes(8 << 10)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(count: &u8) -> bool {
    *count == 0
}

impl Ensemble {
    /// An ensemble of three servers with the defaults of `create`.
    pub fn new(name: EnsembleName) -> Self {
        Self {
            name,
            replicas: Size::default(),
            observers: 0,
            founders: None,
            image: DEFAULT_IMAGE.to_owned(),
            image_pull_policy: None,
            image_pull_secrets: Vec::new(),
            storage: Storage::Claim {
                size: default_storage(),
                class: None,
            },
            cpu: None,
            cpu_limit: None,
            memory: Quantity::of_mebibytes(1 << 10),
            heap: None,
            jvm_flags: String::new(),
            config: BTreeMap::new(),
            service: Exposure::default(),
            placement: Placement::default(),
            pod_labels: BTreeMap::new(),
            pod_annotations: BTreeMap::new(),
            network_policy: false,
        }
    }

    /// Java's heap in MiB.
    pub fn heap_mebibytes(&self) -> i128 {
        match &self.heap {
            Some(heap) => heap.mebibytes(),
            None => self.memory.mebibytes() * HEAP_PERCENT / 100,
        }
    }

    /// Whether the data outlives the pods.
    pub fn is_ephemeral(&self) -> bool {
        self.storage == Storage::Ephemeral
    }

    /// Checks what no single field can know.
    ///
    /// # Errors
    /// The first pair of fields that cannot go together.
    pub fn validate(&self) -> Result<(), InvalidIntent> {
        let most = self.memory.mebibytes() * HEAP_LIMIT_PERCENT / 100;
        if self.memory.mebibytes() < 128 {
            return Err(InvalidIntent::Memory(self.memory.clone()));
        }
        if let Some(heap) = &self.heap
            && !(1..=most).contains(&heap.mebibytes())
        {
            return Err(InvalidIntent::Heap {
                heap: heap.clone(),
                memory: self.memory.clone(),
                most,
            });
        }
        if let (Some(limit), Some(request)) = (&self.cpu_limit, &self.cpu)
            && limit < request
        {
            return Err(InvalidIntent::Cpu {
                limit: limit.clone(),
                request: request.clone(),
            });
        }
        if !self.service.source_ranges.is_empty() && self.service.kind != ServiceType::LoadBalancer
        {
            return Err(InvalidIntent::SourceRanges);
        }
        let ours = |key: &&String| {
            key.starts_with("app.kubernetes.io/") || ["name", "server"].contains(&key.as_str())
        };
        match self.pod_labels.keys().find(ours) {
            Some(key) => Err(InvalidIntent::Label(key.clone())),
            None => Ok(()),
        }
    }

    /// What is allowed and yet worth a word.
    pub fn advice(&self) -> Vec<String> {
        let mut advice: Vec<String> = self.replicas.advice().into_iter().collect();
        if self.is_ephemeral() {
            advice.push("--ephemeral keeps the data in the pods: if all of them are lost at once, it is gone, and only a new ensemble can take its place".to_owned());
        }
        if self.service.kind != ServiceType::ClusterIp && self.service.source_ranges.is_empty() {
            advice.push(format!(
                "a {:?} Service opens the ensemble to whoever reaches it, and ZooKeeper asks nobody who they are: restrict it with --load-balancer-source-range or a firewall",
                self.service.kind
            ));
        }
        for key in self
            .config
            .keys()
            .filter(|key| !crate::ensemble::setting::is_known(key))
        {
            advice.push(format!("ZooKeeper 3.9 documents no setting {key}: it will be set as the system property zookeeper.{key}"));
        }
        advice
    }
}

#[cfg(test)]
mod tests;
