//! Asks many servers, some at a time. Knows how kind to be to the API server, and when a node has been waited for enough.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use k8s_openapi::api::core::v1::Pod;
use tokio::time::Instant;

use crate::cluster::Dial;
use crate::cluster::facts;
use crate::cluster::observe::Asking;
use crate::cluster::probe;
use crate::cluster::probe::Depth;
use crate::ensemble::observed::Probe;

/// How many servers are asked at once. Each costs the API server one to three forwarded ports, and as many connections.
const AT_ONCE: usize = 64;

/// After so many servers of one node let their whole deadline pass, and none there answered, the others on it are not
/// asked: 333 on a frozen node would take `AT_ONCE` at a time 18 s, and tell nothing new.
const SILENT_ENOUGH: usize = 3;

/// One server to ask.
struct Target {
    uid: String,
    pod: String,
    node: String,
    dial: Arc<dyn Dial>,
}

/// What the servers of a node did so far.
#[derive(Default)]
struct Node {
    answers: bool,
    silent: usize,
}

/// What the servers in these pods say, by the pods' uids. Those that do not run are not asked.
pub(crate) async fn survey(
    pods: &[Pod],
    dial: impl Fn(Option<&str>) -> Arc<dyn Dial>,
    asking: Asking,
) -> BTreeMap<String, Probe> {
    let mut waiting = targets(pods, dial, asking.depth).into_iter();
    let mut nodes = BTreeMap::<String, Node>::new();
    let (mut asked, mut probes) = (FuturesUnordered::new(), BTreeMap::new());
    loop {
        while asked.len() < AT_ONCE
            && let Some(target) = waiting.next()
        {
            match nodes
                .get(&target.node)
                .and_then(|node| node.given_up(asking))
            {
                Some(probe) => drop(probes.insert(target.uid, probe)),
                None => asked.push(ask(target, asking)),
            }
        }
        let Some((target, probe, in_time)) = asked.next().await else {
            return probes;
        };
        nodes.entry(target.node).or_default().note(in_time);
        probes.insert(target.uid, probe);
    }
}

/// Those that run, in turns of their nodes: one node's many servers do not keep the others waiting.
fn targets(
    pods: &[Pod],
    dial: impl Fn(Option<&str>) -> Arc<dyn Dial>,
    depth: Depth,
) -> Vec<Target> {
    let mut counts = BTreeMap::<String, usize>::new();
    let mut targets: Vec<(usize, Target)> = Vec::new();
    for pod in pods.iter().filter(|_| depth != Depth::Nothing) {
        let facts = facts::pod(pod);
        if !facts.running {
            continue;
        }
        let node = facts.node.unwrap_or_default();
        let count = counts.entry(node.clone()).or_default();
        *count += 1;
        let dial = dial(pod.metadata.namespace.as_deref());
        let (uid, pod) = (facts.uid, facts.name);
        targets.push((
            *count,
            Target {
                uid,
                pod,
                node,
                dial,
            },
        ));
    }
    targets.sort_by_key(|(turn, _)| *turn);
    targets.into_iter().map(|(_, target)| target).collect()
}

/// What it says, and whether that came before its deadline, which begins now.
async fn ask(target: Target, asking: Asking) -> (Target, Probe, bool) {
    let began = Instant::now();
    let probe = probe::probe(&*target.dial, &target.pod, asking.depth, asking.deadline).await;
    (target, probe, began.elapsed() < asking.deadline)
}

impl Node {
    fn note(&mut self, in_time: bool) {
        self.answers |= in_time;
        self.silent += usize::from(!in_time);
    }

    /// What is said of a server that is not asked any more.
    fn given_up(&self, asking: Asking) -> Option<Probe> {
        let Self { answers, silent } = self;
        (!answers && SILENT_ENOUGH <= *silent).then(|| {
            let deadline = asking.deadline;
            Probe::Unreachable(format!(
                "it was not asked, as none of {silent} others on its node answered within {deadline:?}"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::sync::Mutex;
    use std::time::Duration;

    use futures::future::BoxFuture;
    use serde_json::json;

    use crate::cluster::Unreachable;
    use crate::cluster::dial::Stream;

    /// Refuses at once, but for the pods of node `frozen`: those say nothing.
    #[derive(Default)]
    struct Ways {
        open: Mutex<(usize, usize)>,
    }

    impl Dial for Ways {
        fn dial<'a>(
            &'a self,
            pod: &'a str,
            _: u16,
            deadline: Duration,
        ) -> BoxFuture<'a, Result<Box<dyn Stream>, Unreachable>> {
            Box::pin(async move {
                {
                    let mut open = self.open.lock().unwrap();
                    *open = (open.0 + 1, open.1.max(open.0 + 1));
                }
                if pod.starts_with("frozen") {
                    tokio::time::sleep(deadline).await;
                } else {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                self.open.lock().unwrap().0 -= 1;
                Err(Unreachable::Refused)
            })
        }
    }

    fn pods(node: &str, count: usize) -> impl Iterator<Item = Pod> {
        let pod = move |number| {
            let name = format!("{node}-{number}");
            let container = json!({"name": "zookeeper-server-1", "image": "", "imageID": "", "ready": true, "restartCount": 0, "state": {"running": {}}});
            let pod = json!({
                "metadata": {"name": name, "uid": name},
                "spec": {"nodeName": node, "containers": [{"name": "zookeeper-server-1"}]},
                "status": {"containerStatuses": [container]},
            });
            serde_json::from_value(pod).unwrap()
        };
        (0..count).map(pod)
    }

    async fn seen(pods: &[Pod]) -> (BTreeMap<String, Probe>, usize) {
        let ways = Arc::new(Ways::default());
        let probes = survey(pods, |_| ways.clone(), Asking::default()).await;
        let most = ways.open.lock().unwrap().1;
        (probes, most)
    }

    #[tokio::test(start_paused = true)]
    async fn not_all_at_once() {
        let pods: Vec<Pod> = pods("n", 1000).collect();
        let (probes, most) = seen(&pods).await;
        assert_eq!((probes.len(), most), (1000, AT_ONCE));
    }

    /// A third of all servers is on a node that says nothing.
    #[tokio::test(start_paused = true)]
    async fn a_frozen_node_costs_its_deadline_once() {
        let began = Instant::now();
        let pods: Vec<Pod> = pods("frozen", 333)
            .chain(pods("a", 333))
            .chain(pods("b", 334))
            .collect();
        let (probes, _) = seen(&pods).await;
        assert_eq!((probes.len(), began.elapsed().as_secs()), (1000, 3));
        let said = probes.values().map(|probe| format!("{probe:?}"));
        let spared = said.filter(|said| said.contains("was not asked")).count();
        assert!((333 - AT_ONCE..333).contains(&spared), "{spared}");
    }

    /// Servers that hang beside one that answers are asked, each.
    #[test]
    fn a_node_that_answers_is_not_given_up() {
        let mut node = Node::default();
        (0..SILENT_ENOUGH).for_each(|_| node.note(false));
        assert!(node.given_up(Asking::default()).is_some());
        node.note(true);
        assert!(node.given_up(Asking::default()).is_none());
    }
}
