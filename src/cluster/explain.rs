//! Asks for what is only looked at where something is missing: the events of what does not come up, and nodes that are
//! silent. Knows where Kubernetes tells a cause; what may not be seen is left out.

use k8s_openapi::api::core::v1::Event;
use k8s_openapi::api::core::v1::Node;
use kube::Api;

use crate::cluster::Cluster;
use crate::cluster::facts;
use crate::cluster::world;
use crate::ensemble::Member;
use crate::ensemble::Observed;
use crate::ensemble::observed::Claim;
use crate::ensemble::observed::Pod;
use crate::ensemble::observed::Probe;
use crate::ensemble::observed::Workload;

/// What says whether a node comes for a pod: of the cluster autoscaler, and of Karpenter.
const SCALING: [&str; 3] = ["TriggeredScaleUp", "NotTriggerScaleUp", "Nominated"];

impl Cluster {
    /// Adds to each server that does not serve what is known of the cause.
    pub(crate) async fn explain(&self, seen: &mut Observed) {
        let namespace = seen.namespace.clone();
        for member in seen.members.values_mut() {
            let unplaced = member.pod.as_ref().is_some_and(|pod| pod.node.is_none());
            if let (None, Some(workload)) = (&member.pod, &mut member.workload) {
                self.explain_workload(&namespace, workload).await;
            }
            if let Some(claim) = member.claim.as_mut().filter(|_| unplaced) {
                self.explain_claim(&namespace, claim).await;
            }
            self.explain_pod(&namespace, member).await;
        }
    }

    async fn explain_workload(&self, namespace: &str, workload: &mut Workload) {
        let warning = self
            .last_event(namespace, "StatefulSet", &workload.name, is_warning)
            .await;
        workload.failed_create = warning
            .filter(|event| event.reason.as_deref() == Some("FailedCreate"))
            .and_then(|event| event.message);
    }

    async fn explain_claim(&self, namespace: &str, claim: &mut Claim) {
        if claim.phase == "Pending" {
            let kind = "PersistentVolumeClaim";
            let warning = self
                .last_event(namespace, kind, &claim.name, is_warning)
                .await;
            claim.reason = warning.and_then(|event| event.message);
        }
    }

    async fn explain_pod(&self, namespace: &str, member: &mut Member) {
        let silent = matches!(member.probe, Probe::Unreachable(_));
        let Some(pod) = &mut member.pod else {
            return;
        };
        if pod.unschedulable.is_some() && !pod.makes_room {
            pod.makes_room = self.grows(namespace, pod).await;
        }
        if let Some(node) = pod.node.as_ref().filter(|_| silent || pod.is_unmade()) {
            let nodes: Api<Node> = Api::all(self.client.clone());
            let node = nodes.get(node).await.ok();
            pod.node_trouble = node.as_ref().and_then(facts::node_trouble);
        }
    }

    /// Whether an autoscaler said last that it adds a node for a pod.
    async fn grows(&self, namespace: &str, pod: &Pod) -> bool {
        let of_scaling = |event: &Event| {
            let reason = event.reason.as_deref().unwrap_or_default();
            SCALING.contains(&reason)
        };
        let said = self
            .last_event(namespace, "Pod", &pod.name, of_scaling)
            .await;
        said.is_some_and(|event| event.reason.as_deref() != Some("NotTriggerScaleUp"))
    }

    async fn last_event(
        &self,
        namespace: &str,
        kind: &str,
        name: &str,
        wanted: impl Fn(&Event) -> bool,
    ) -> Option<Event> {
        world::last_event(&self.client, namespace, (kind, name), wanted).await
    }
}

fn is_warning(event: &Event) -> bool {
    event.type_.as_deref() == Some("Warning")
}
