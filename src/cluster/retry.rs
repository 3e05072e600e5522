//! Has the controllers try again at once what failed before: left alone they wait longer and longer, up to minutes, and
//! until then the old cause still shows. Knows how; not whether.

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::Pod;
use kube::api::DeleteParams;
use kube::api::Patch;
use kube::api::PatchParams;
use kube::api::Preconditions;
use serde_json::json;

use crate::cluster::Cluster;
use crate::cluster::fault::Fault;
use crate::ensemble::Member;
use crate::manifest::labels;

impl Cluster {
    /// A server that does not run gets a new pod; one without a pod has its StatefulSet touched, which its controller sees.
    ///
    /// # Errors
    /// Any fault: nothing is lost by it but time.
    pub async fn retry(&self, member: &Member) -> Result<(), Fault> {
        if let Some(pod) = &member.pod {
            let preconditions = Preconditions {
                uid: Some(pod.uid.clone()),
                resource_version: None,
            };
            let params = DeleteParams::default().preconditions(preconditions);
            self.api::<Pod>().delete(&pod.name, &params).await?;
        } else if let Some(workload) = &member.workload {
            let touched =
                json!({"metadata": {"annotations": {labels::RETRIED: self.now().to_string()}}});
            let params = PatchParams::default();
            self.api::<StatefulSet>()
                .patch(&workload.name, &params, &Patch::Merge(touched))
                .await?;
        }
        Ok(())
    }
}
