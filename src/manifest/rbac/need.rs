//! What a line of the table says: a right, and what a verb is without it. Knows no verb.

/// A verb of the plugin.
#[derive(Debug, PartialEq, Eq)]
pub struct Verb {
    /// As it is typed.
    pub name: &'static str,
    /// What it needs.
    pub needs: &'static [Need],
}

/// One right, and why a verb needs it.
#[derive(Debug, PartialEq, Eq)]
pub struct Need {
    /// As kubectl names it with its group: `pods`, `pods/portforward`, `statefulsets.apps`.
    pub resource: &'static str,
    /// RBAC's verb, such as `list`.
    pub right: &'static str,
    /// What becomes of the verb without it.
    pub without: Without,
    /// What it is for, in a clause.
    pub why: &'static str,
}

/// What becomes of a verb that lacks a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// It fails, and names the right.
    Fails,
    /// It shows or says less, and names the right where something is missing for want of it.
    Less,
}

impl Verb {
    /// Whether it changes objects.
    pub fn changes(&self) -> bool {
        self.needs
            .iter()
            .any(|need| ["patch", "delete"].contains(&need.right))
    }
}

impl Need {
    /// `list poddisruptionbudgets.policy`, as findings and errors name it.
    pub fn rule(&self) -> String {
        format!("{} {}", self.right, self.resource)
    }

    /// The API group, empty for the core group, and the resource.
    pub fn group_and_resource(&self) -> (&'static str, &'static str) {
        match self.resource.split_once('.') {
            Some((resource, group)) => (group, resource),
            None => ("", self.resource),
        }
    }
}

/// A right without which the verb fails.
pub(super) const fn fails(resource: &'static str, right: &'static str, why: &'static str) -> Need {
    Need {
        resource,
        right,
        without: Without::Fails,
        why,
    }
}

/// A right without which it shows or says less.
pub(super) const fn less(resource: &'static str, right: &'static str, why: &'static str) -> Need {
    Need {
        resource,
        right,
        without: Without::Less,
        why,
    }
}
