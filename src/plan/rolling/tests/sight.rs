//! How the small world looks: what Kubernetes and the servers would say of it. Decides nothing.

use crate::ensemble::Member;
use crate::ensemble::Mode;
use crate::ensemble::ServerId;
use crate::ensemble::Zxid;
use crate::ensemble::membership::Role;
use crate::ensemble::observed::Answer;
use crate::ensemble::observed::Claim;
use crate::ensemble::observed::End;
use crate::ensemble::observed::Monitor;
use crate::ensemble::observed::Pod;
use crate::ensemble::observed::Probe;
use crate::ensemble::observed::Workload;
use crate::plan::rolling::tests::server::Life;
use crate::plan::rolling::tests::server::Server;
use crate::plan::rolling::tests::world::Bad;
use crate::plan::rolling::tests::world::World;
use crate::plan::rolling::tests::world::address;

/// When the world began, in seconds since 1970.
const BEGAN: i64 = 1_000;

impl World {
    /// Writes down how it looks now.
    pub(crate) fn show(&mut self) {
        self.seen.now = BEGAN + self.clock;
        let ids = self.servers.keys();
        let members = ids.map(|id| (*id, self.member(*id))).collect();
        self.seen.members = members;
    }

    fn member(&self, id: ServerId) -> Member {
        let server = &self.servers[&id];
        Member {
            workload: Some(Workload {
                name: self.seen.name.stateful_set(id),
                replicas: 1,
                revision: (server.late == 0).then(|| server.template.revision()),
                failed_create: None,
                marked: None,
            }),
            pod: (server.life != Life::Gone).then(|| self.pod(id, server)),
            claim: Some(claim(id, server)),
            address: Some(address(id)),
            probe: self.probe(id, server),
            ..Member::new(id)
        }
    }

    fn pod(&self, id: ServerId, server: &Server) -> Pod {
        let is_up = matches!(server.life, Life::Up | Life::Ending(_));
        let pod = Pod {
            name: format!("zk-server-{id}-0"),
            uid: server.pod.to_string(),
            node: Some(format!("n{id}")),
            running: is_up && !self.is_bad(id),
            was_started: is_up,
            ready: self.leader.is_some() && self.can_serve(id) && server.unready == 0,
            deleting: server.is_ending(),
            revision: Some(server.made_from.revision()),
            created: Some(BEGAN + server.born),
            ..Pod::default()
        };
        match &self.bad {
            Some(bad) if is_up && self.is_bad(id) => failed(bad, pod),
            _ => pod,
        }
    }

    fn probe(&self, id: ServerId, server: &Server) -> Probe {
        let plays = self.leader.is_some() && self.can_serve(id);
        let is_up = matches!(server.life, Life::Up | Life::Ending(_));
        match plays {
            _ if !is_up || self.is_bad(id) => Probe::NotAsked,
            _ if self.mute.contains(&id) => Probe::Unreachable("no route".to_owned()),
            true => Probe::Answered(Box::new(self.answer(id, server))),
            false => Probe::NotServing,
        }
    }

    fn answer(&self, id: ServerId, server: &Server) -> Answer {
        let leads = self.leader == Some(id);
        Answer {
            mode: match server.role {
                _ if leads => Mode::Leader,
                Role::Participant => Mode::Follower,
                Role::Observer => Mode::Observer,
            },
            version: None,
            zxid: Zxid(0x1_0000_0004),
            latency: 0.0,
            connections: 0,
            outstanding: 0,
            znodes: 0,
            config: Some(self.list.clone()),
            monitor: leads.then(|| self.monitor()),
        }
    }

    fn monitor(&self) -> Monitor {
        Monitor {
            synced_followers: Some(self.able().len() as u64 - 1),
            synced_non_voting_followers: Some(0),
            pending_syncs: Some(0),
            ..Monitor::default()
        }
    }
}

fn claim(id: ServerId, server: &Server) -> Claim {
    Claim {
        name: format!("data-zk-server-{id}-0"),
        uid: server.disk.uid.to_string(),
        deleting: server.disk.deleting,
        marked: server.disk.marked,
        phase: "Bound".to_owned(),
        reason: None,
        size: "10Gi".to_owned(),
    }
}

/// A pod that cannot come up, in words that say so.
fn failed(bad: &Bad, pod: Pod) -> Pod {
    let end = End {
        reason: "Error".to_owned(),
        code: 1,
        message: String::new(),
    };
    match bad {
        Bad::Image(_) => Pod {
            waiting: Some(("ImagePullBackOff".to_owned(), String::new())),
            ..pod
        },
        Bad::Next(_) => Pod {
            last_end: Some(end),
            restarts: 1,
            ..pod
        },
    }
}
