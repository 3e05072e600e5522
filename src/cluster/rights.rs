//! What may not be seen. Knows how to find out by asking for it; what is missing for want of a right is for others to say.

use k8s_openapi::api::core::v1::Event;
use kube::Api;
use kube::api::ListParams;

use crate::cluster::Cluster;
use crate::cluster::fault::Fault;
use crate::cluster::world::Scope;
use crate::ensemble::Observed;

impl Cluster {
    /// The rights that are missing to find all ensembles of the scope: `list services`.
    ///
    /// # Errors
    /// Any fault but a missing right.
    pub async fn unseen(&self, scope: &Scope) -> Result<Vec<String>, Fault> {
        Ok(scope.rest(&self.client).await?.missing_rights)
    }

    /// Events tell why a server has no pod, or its disk no volume. Where one is without a cause they may be forbidden.
    pub(crate) async fn note_events(&self, seen: &mut Observed) {
        let without_cause = seen.members.values().any(|member| {
            let workload = member.workload.as_ref().filter(|_| member.pod.is_none());
            let uncaused = workload.is_some_and(|workload| workload.failed_create.is_none());
            let claim = member
                .claim
                .as_ref()
                .filter(|claim| claim.phase == "Pending");
            uncaused || claim.is_some_and(|claim| claim.reason.is_none())
        });
        if !without_cause {
            return;
        }
        let events: Api<Event> = Api::namespaced(self.client.clone(), &seen.namespace);
        let one = ListParams::default().limit(1);
        let listed = events.list(&one).await.map_err(Fault::from);
        if listed.is_err_and(|fault| fault.is_forbidden()) {
            seen.missing_rights.push("list events".to_owned());
        }
    }
}
