//! What each step makes of the small world. Knows not whether it is wise.

use std::collections::BTreeSet;

use crate::ensemble::ServerId;
use crate::ensemble::observed::Fact;
use crate::ensemble::observed::Intent;
use crate::plan::rolling::tests::server::Life;
use crate::plan::rolling::tests::server::Server;
use crate::plan::rolling::tests::world::World;
use crate::plan::step::Step;

impl World {
    /// Does a step.
    pub(crate) fn perform(&mut self, step: &Step) {
        let late = self.pace.late;
        match step {
            Step::Seal => self.seal(),
            Step::Wish { wish, .. } => self.seen.intent = Intent::Known(wish.clone()),
            Step::Grow { servers, .. } => self.small.retain(|id| !servers.contains(id)),
            Step::Apply { servers, same, .. } => self.apply(servers.union(same)),
            Step::Mark { servers } => {
                self.each(servers, |it| it.renew(late, |template| template.mark += 1));
            }
            Step::Restart { server, .. } => self.end(*server),
            Step::Empty { server, .. } => {
                self.each(&[*server].into(), |it| it.disk.deleting = true);
                self.end(*server);
            }
            other => panic!("{other:?}"),
        }
        self.settle();
        self.show();
    }

    fn seal(&mut self) {
        self.seen.sealed = Fact::Known(true);
        let servers = self.servers.values_mut();
        servers.for_each(|server| server.disk.marked = true);
    }

    fn apply<'a>(&mut self, servers: impl Iterator<Item = &'a ServerId>) {
        let (intent, late) = (self.intent().clone(), self.pace.late);
        self.policy = intent.network_policy;
        let servers = servers.copied().collect();
        self.each(&servers, |server| {
            server.renew(late, |template| template.image = intent.image.clone());
        });
    }

    fn each(&mut self, servers: &BTreeSet<ServerId>, change: impl Fn(&mut Server)) {
        for id in servers {
            change(self.servers.get_mut(id).unwrap());
        }
    }

    /// A pod goes.
    fn end(&mut self, id: ServerId) {
        let (now, pace) = (self.clock, self.pace);
        let server = self.servers.get_mut(&id).unwrap();
        match pace.ending {
            0 => (server.ends(), server.begins(now, pace)).1,
            looks => server.life = Life::Ending(looks),
        }
    }
}
