//! Kubernetes' objects of the ensembles of a namespace, as lists. Knows which to ask for; not what they mean together.

use std::fmt::Debug;

use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::api::core::v1::Event;
use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use kube::Api;
use kube::Client;
use kube::Resource;
use kube::api::ListParams;
use serde::de::DeserializeOwned;

use crate::cluster::fault::Fault;
use crate::cluster::slim;
use crate::manifest::labels;

/// How many objects come with one answer (kubectl's `--chunk-size`).
pub const CHUNK: u32 = 500;

/// Which ensembles, and where.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The namespace; none: all of them.
    pub namespace: Option<String>,
    /// One ensemble by its instance label.
    pub instance: Option<String>,
    /// A further label selector.
    pub selector: Option<String>,
    /// How many objects come with one answer; 0 for all.
    pub chunk: u32,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            namespace: None,
            instance: None,
            selector: None,
            chunk: CHUNK,
        }
    }
}

/// The lists, of which `slim` left what is looked at. What may not be seen is empty, and its right is in `missing_rights`.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// By the convention's label.
    pub pods: Vec<Pod>,
    /// The plugin's.
    pub config_maps: Option<Vec<ConfigMap>>,
    /// The plugin's.
    pub stateful_sets: Vec<StatefulSet>,
    /// The plugin's.
    pub claims: Vec<PersistentVolumeClaim>,
    /// The plugin's, or all where ensembles made by hand are looked for.
    pub services: Vec<Service>,
    /// The plugin's.
    pub budgets: Option<Vec<PodDisruptionBudget>>,
    /// What was forbidden: `list statefulsets.apps`.
    pub missing_rights: Vec<String>,
}

impl Scope {
    /// The pods, first: those who answer them can be asked while the rest is fetched.
    ///
    /// # Errors
    /// Any fault: without pods there is nothing to say.
    pub async fn pods(&self, client: &Client) -> Result<Vec<Pod>, Fault> {
        let convention = format!("{}={}", labels::NAME, labels::POD);
        list_slim(&self.api(client), &self.labelled(&convention), slim::pod).await
    }

    /// The other lists, one after another over one connection.
    ///
    /// # Errors
    /// Any fault but a missing right.
    pub async fn rest(&self, client: &Client) -> Result<World, Fault> {
        let ours = self.labelled(&format!("{}={}", labels::MANAGED_BY, labels::MANAGER));
        let mut world = World::default();
        let missing = &mut world.missing_rights;
        world.config_maps = allowed(
            missing,
            "configmaps",
            list_slim(&self.api(client), &ours, slim::config_map).await,
        )?;
        world.stateful_sets = allowed(
            missing,
            "statefulsets.apps",
            list_slim(&self.api(client), &ours, slim::stateful_set).await,
        )?
        .unwrap_or_default();
        world.claims = allowed(
            missing,
            "persistentvolumeclaims",
            list_slim(&self.api(client), &ours, slim::any).await,
        )?
        .unwrap_or_default();
        let services = match (&self.instance, &self.selector) {
            (Some(_), _) => ours.clone(),
            (None, Some(selector)) => self.params().labels(selector),
            (None, None) => self.params(),
        };
        world.services = allowed(
            missing,
            "services",
            list_slim(&self.api(client), &services, slim::any).await,
        )?
        .unwrap_or_default();
        world.budgets = allowed(
            missing,
            "poddisruptionbudgets.policy",
            list_slim(&self.api(client), &ours, slim::any).await,
        )?;
        Ok(world)
    }

    /// Asks for every list again, to have the fault of the first that may not be seen.
    ///
    /// # Errors
    /// Any fault, a missing right above all.
    pub async fn whole(&self, client: &Client) -> Result<(), Fault> {
        let ours = self.labelled(&format!("{}={}", labels::MANAGED_BY, labels::MANAGER));
        list::<ConfigMap>(&self.api(client), &ours).await?;
        list::<StatefulSet>(&self.api(client), &ours).await?;
        list::<PersistentVolumeClaim>(&self.api(client), &ours).await?;
        list::<Service>(&self.api(client), &ours).await?;
        list::<PodDisruptionBudget>(&self.api(client), &ours).await?;
        Ok(())
    }

    fn api<K>(&self, client: &Client) -> Api<K>
    where
        K: Resource<DynamicType = (), Scope = k8s_openapi::NamespaceResourceScope>,
    {
        match &self.namespace {
            Some(namespace) => Api::namespaced(client.clone(), namespace),
            None => Api::all(client.clone()),
        }
    }

    fn params(&self) -> ListParams {
        ListParams::default().limit(self.chunk)
    }

    fn labelled(&self, first: &str) -> ListParams {
        let instance = self
            .instance
            .as_ref()
            .map(|name| format!("{}={name}", labels::INSTANCE));
        let parts = [Some(first.to_owned()), instance, self.selector.clone()];
        self.params()
            .labels(&parts.into_iter().flatten().collect::<Vec<_>>().join(","))
    }
}

/// All objects of a list, however many answers that takes. A list that grew too old is begun again.
pub(crate) async fn list<K>(api: &Api<K>, params: &ListParams) -> Result<Vec<K>, Fault>
where
    K: Clone + DeserializeOwned + Debug,
{
    list_slim(api, params, |_| ()).await
}

/// The same, each object made smaller before the next answer is asked for.
async fn list_slim<K>(
    api: &Api<K>,
    params: &ListParams,
    slim: impl Fn(&mut K),
) -> Result<Vec<K>, Fault>
where
    K: Clone + DeserializeOwned + Debug,
{
    let mut params = params.clone();
    params.limit.get_or_insert(CHUNK);
    let mut items = Vec::new();
    loop {
        let mut page = match api.list(&params).await.map_err(Fault::from) {
            Err(Fault::Gone(_)) if params.continue_token.is_some() => {
                params.continue_token = None;
                items.clear();
                continue;
            }
            page => page?,
        };
        page.items.iter_mut().for_each(&slim);
        items.extend(page.items);
        match page.metadata.continue_.filter(|token| !token.is_empty()) {
            Some(token) => params = params.continue_token(&token),
            None => return Ok(items),
        }
    }
}

/// A forbidden list is no list, and its right is noted.
fn allowed<T>(
    missing: &mut Vec<String>,
    resource: &str,
    result: Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    match result {
        Err(fault) if fault.is_forbidden() => {
            missing.push(format!("list {resource}"));
            Ok(None)
        }
        result => result.map(Some),
    }
}

/// The newest of the wanted events about an object, by its kind and name. None where events may not be seen.
pub(crate) async fn last_event(
    client: &Client,
    namespace: &str,
    (kind, name): (&str, &str),
    wanted: impl Fn(&Event) -> bool,
) -> Option<Event> {
    let events: Api<Event> = Api::namespaced(client.clone(), namespace);
    let fields = format!("involvedObject.kind={kind},involvedObject.name={name}");
    let found = list(&events, &ListParams::default().fields(&fields))
        .await
        .ok()?;
    let time = |event: &Event| {
        let last = event.last_timestamp.as_ref().map(|time| time.0);
        last.or(event.event_time.as_ref().map(|time| time.0))
    };
    found.into_iter().filter(wanted).max_by_key(time)
}
