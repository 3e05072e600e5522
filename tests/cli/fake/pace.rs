//! How long pods take to end and to begin, in looks at them. Without a pace all is done at once.

use serde_json::json;

use crate::fake::controllers::Fate;
use crate::fake::controllers::status;
use crate::fake::objects::Key;
use crate::fake::objects::Store;

/// Where the templates are kept that there were.
pub(crate) const REVISIONS: &str = "controllerrevisions";

/// How many lists of pods things take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pace {
    /// Until a pod that was made to go is gone.
    pub(crate) ending: usize,
    /// Until the one made after it runs.
    pub(crate) starting: usize,
    /// Until a controller has seen a changed template.
    pub(crate) seeing: usize,
}

impl Store {
    /// Someone looks at the pods: time passes.
    pub(crate) fn pass(&mut self) {
        for key in due(&mut self.controllers.ending) {
            self.gone(&key);
        }
        for key in due(&mut self.controllers.starting) {
            self.starts(&key);
        }
        for key in due(&mut self.controllers.seeing) {
            self.sees(&key);
        }
    }

    /// A pod's container runs.
    pub(crate) fn starts(&mut self, key: &Key) {
        let Some(pod) = self.objects.get_mut(key) else {
            return;
        };
        let container = pod["spec"]["containers"][0]["name"].clone();
        pod["status"] = status(&container, &Fate::Runs);
        self.controllers.zoo.born(&key.2, true);
    }

    /// A StatefulSet's controller sees its newest template.
    pub(crate) fn sees(&mut self, key: &Key) {
        let Some(set) = self.objects.get(key) else {
            return;
        };
        let template = set["spec"]["template"].clone();
        let revision = self.controllers.revision(&key.2, template.clone());
        let kept = json!({"apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": 1,
            "metadata": {"name": revision, "namespace": key.1}, "data": {"spec": {"template": template}}});
        let name = (REVISIONS.to_owned(), key.1.clone(), revision.clone());
        self.objects.insert(name, kept);
        let set = self.objects.get_mut(key).unwrap();
        set["status"]["updateRevision"] = revision.into();
        set["status"]["observedGeneration"] = set["metadata"]["generation"].clone();
    }
}

/// Those whose last look this is.
fn due(waiting: &mut std::collections::BTreeMap<Key, usize>) -> Vec<Key> {
    for looks in waiting.values_mut() {
        *looks = looks.saturating_sub(1);
    }
    let due: Vec<Key> = waiting
        .iter()
        .filter(|(_, looks)| **looks == 0)
        .map(|(key, _)| key.clone())
        .collect();
    for key in &due {
        waiting.remove(key);
    }
    due
}
