//! One server of the small world: its template, its pod, its disk, and how far it is. Knows no other server and no rule.

use crate::ensemble::membership::Role;
use crate::plan::rolling::tests::world::Pace;

/// What a pod is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) image: String,
    /// How often it was marked.
    pub(crate) mark: u8,
}

impl Template {
    pub(crate) fn new(image: &str) -> Self {
        Self {
            image: image.to_owned(),
            mark: 1,
        }
    }

    /// The same template is the same revision, however it came back.
    pub(crate) fn revision(&self) -> String {
        format!("{}+{}", self.image, self.mark)
    }
}

/// How far a server's pod is; the numbers are looks that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    /// Its process does what it can.
    Up,
    /// It is being deleted, and serves until it is gone.
    Ending(u8),
    /// There is no pod.
    Gone,
    /// It is there and does not run yet.
    Starting(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Disk {
    pub(crate) uid: u8,
    pub(crate) marked: bool,
    pub(crate) deleting: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) role: Role,
    pub(crate) template: Template,
    /// For how many looks its controller has not seen the newest template.
    pub(crate) late: u8,
    /// What its pod was made from.
    pub(crate) made_from: Template,
    pub(crate) pod: u8,
    pub(crate) born: i64,
    pub(crate) life: Life,
    /// For how many looks Kubernetes has not seen it ready.
    pub(crate) unready: u8,
    pub(crate) disk: Disk,
}

impl Server {
    /// One that serves from a marked disk.
    pub(crate) fn new(role: Role, image: &str) -> Self {
        let template = Template::new(image);
        Self {
            role,
            made_from: template.clone(),
            template,
            late: 0,
            pod: 1,
            born: 0,
            life: Life::Up,
            unready: 0,
            disk: Disk {
                uid: 1,
                marked: true,
                deleting: false,
            },
        }
    }

    pub(crate) fn is_old(&self) -> bool {
        self.made_from != self.template
    }

    pub(crate) fn is_ending(&self) -> bool {
        matches!(self.life, Life::Ending(_))
    }

    /// Its template, and that of its pod, have had this image before.
    pub(crate) fn has(&mut self, image: &str) {
        image.clone_into(&mut self.template.image);
        image.clone_into(&mut self.made_from.image);
    }

    /// Its template is another one now.
    pub(crate) fn renew(&mut self, late: u8, change: impl FnOnce(&mut Template)) {
        change(&mut self.template);
        self.late = late;
    }

    /// Its pod is gone, and a disk that was to go with it.
    pub(crate) fn ends(&mut self) {
        self.life = Life::Gone;
        if self.disk.deleting {
            self.disk = Disk {
                uid: self.disk.uid + 1,
                marked: false,
                deleting: false,
            };
        }
    }

    /// The next pod, unless its controller has not seen its template.
    pub(crate) fn begins(&mut self, now: i64, pace: Pace) {
        if self.late == 0 {
            self.made_from = self.template.clone();
            (self.pod, self.born) = (self.pod + 1, now);
            (self.life, self.unready) = (Life::Starting(pace.starting), pace.ready);
        }
    }

    /// A look later.
    pub(crate) fn lives(&mut self, now: i64, pace: Pace) {
        self.late = self.late.saturating_sub(1);
        match self.life {
            Life::Up => self.unready = self.unready.saturating_sub(1),
            Life::Gone => self.begins(now, pace),
            Life::Ending(0 | 1) => self.ends(),
            Life::Ending(more) => self.life = Life::Ending(more - 1),
            Life::Starting(0) => self.life = Life::Up,
            Life::Starting(more) => self.life = Life::Starting(more - 1),
        }
    }
}
