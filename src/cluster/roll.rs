//! Makes pods and disks go, each by its uid: what took its name meanwhile is another and stays. Knows how; not whose turn
//! it is.

use std::collections::BTreeSet;

use jiff::Timestamp;
use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::Pod;
use kube::api::DeleteParams;
use kube::api::Patch;
use kube::api::PatchParams;
use kube::api::PostParams;
use kube::api::Preconditions;
use kube::core::Status;
use serde_json::json;

use crate::cluster::Cluster;
use crate::cluster::Object;
use crate::cluster::facts::RESTARTED;
use crate::cluster::fault::Fault;
use crate::ensemble::EnsembleName;
use crate::ensemble::ServerId;
use crate::ensemble::observed;
use crate::manifest::labels;

impl Cluster {
    /// Changes the templates of these servers, so that their pods are of an older one. With `OnDelete` no pod goes for it.
    ///
    /// # Errors
    /// The first fault; those before stay marked.
    pub async fn mark_templates(
        &self,
        name: &EnsembleName,
        servers: &BTreeSet<ServerId>,
    ) -> Result<(), Fault> {
        let now = Timestamp::now().to_string();
        for id in servers {
            self.mark_template(name, *id, &now).await?;
        }
        Ok(())
    }

    /// Marks the templates of StatefulSets that were made again as their pods are: those are then of no older one.
    ///
    /// # Errors
    /// The first fault.
    pub(crate) async fn keep_marks(
        &self,
        name: &EnsembleName,
        servers: &BTreeSet<ServerId>,
    ) -> Result<(), Fault> {
        for id in servers {
            let pod: Option<Pod> = self.get(&name.pod(*id)).await?;
            let annotations = pod.and_then(|pod| pod.metadata.annotations);
            if let Some(when) = annotations.as_ref().and_then(|all| all.get(RESTARTED)) {
                self.mark_template(name, *id, when).await?;
            }
        }
        Ok(())
    }

    /// By a patch, not by an apply: what is applied does not name the mark, and would take it away.
    async fn mark_template(
        &self,
        name: &EnsembleName,
        id: ServerId,
        when: &str,
    ) -> Result<(), Fault> {
        let mark = json!({"spec": {"template": {"metadata": {"annotations": {RESTARTED: when}}}}});
        let params = PatchParams {
            field_manager: Some(labels::MANAGER.to_owned()),
            ..PatchParams::default()
        };
        let api = self.api::<StatefulSet>();
        let set = name.stateful_set(id);
        api.patch(&set, &params, &Patch::Merge(&mark)).await?;
        Ok(())
    }

    /// Has a pod go, if the disruption budget allows it.
    ///
    /// # Errors
    /// Any fault but that it is gone, or another has its name.
    pub async fn evict(&self, pod: &observed::Pod) -> Result<(), Fault> {
        // `Api::evict` of kube 5.0 writes `delete_options`, which the API server does not know: the uid would not count.
        let eviction = json!({
            "apiVersion": "policy/v1",
            "kind": "Eviction",
            "metadata": {"name": pod.name},
            "deleteOptions": {"preconditions": {"uid": pod.uid}},
        });
        let (api, params) = (self.api::<Pod>(), PostParams::default());
        let evicted = api.create_subresource("eviction", &pod.name, &params, &eviction);
        let evicted: Result<Status, kube::Error> = evicted.await;
        unless_gone(evicted.map(drop))
    }

    /// Has a pod go, after so many seconds at most, if not after its own; with 0, without its node's word that its containers
    /// ended.
    ///
    /// # Errors
    /// Any fault but that it is gone, or another has its name.
    pub async fn delete_pod(&self, pod: &observed::Pod, grace: Option<u32>) -> Result<(), Fault> {
        let params = DeleteParams {
            grace_period_seconds: grace,
            ..exactly(&pod.uid)
        };
        self.delete_exactly::<Pod>(&pod.name, &params).await
    }

    /// Has a disk go, once no pod uses it.
    ///
    /// # Errors
    /// Any fault but that it is gone, or another has its name.
    pub async fn delete_claim(&self, claim: &observed::Claim) -> Result<(), Fault> {
        let params = exactly(&claim.uid);
        self.delete_exactly::<PersistentVolumeClaim>(&claim.name, &params)
            .await
    }

    async fn delete_exactly<K: Object>(
        &self,
        name: &str,
        params: &DeleteParams,
    ) -> Result<(), Fault> {
        let deleted = self.api::<K>().delete(name, params).await;
        unless_gone(deleted.map(drop))
    }
}

fn exactly(uid: &str) -> DeleteParams {
    DeleteParams {
        preconditions: Some(Preconditions {
            uid: Some(uid.to_owned()),
            resource_version: None,
        }),
        ..DeleteParams::background()
    }
}

/// A conflict is another uid: the one that was meant is gone.
fn unless_gone(result: Result<(), kube::Error>) -> Result<(), Fault> {
    match result.map_err(Fault::from) {
        Err(fault) if !fault.is_not_found() && !fault.is_conflict() => Err(fault),
        _ => Ok(()),
    }
}
