//! Which servers an ensemble has, and what each is in it: servers 1 to N vote, the K after them observe.

use std::collections::BTreeMap;

use crate::ensemble::Ensemble;
use crate::ensemble::Membership;
use crate::ensemble::ServerId;
use crate::ensemble::Size;
use crate::ensemble::membership::Role;

/// The most observers: each is fed by the leader.
pub const MOST_OBSERVERS: u8 = 16;

/// Every server's role by its id.
pub type Roles = BTreeMap<ServerId, Role>;

/// The roles in an ensemble of so many voters and observers.
pub fn roles(voters: Size, observers: u8) -> Roles {
    let last = voters.get().saturating_add(observers.min(MOST_OBSERVERS));
    let role = |number| match number <= voters.get() {
        true => Role::Participant,
        false => Role::Observer,
    };
    (1..=last)
        .filter_map(|number| Some((ServerId::try_from(number).ok()?, role(number))))
        .collect()
}

/// `3 voters`, `5 voters and 1 observer`
pub fn counted(voters: usize, observers: usize) -> String {
    let count = |number: usize, noun: &str| match number {
        1 => format!("1 {noun}"),
        number => format!("{number} {noun}s"),
    };
    match observers {
        0 => count(voters, "voter"),
        some => format!("{} and {}", count(voters, "voter"), count(some, "observer")),
    }
}

impl Membership {
    /// The roles in a member list.
    pub fn roles(&self) -> Roles {
        let roles = self.servers.iter().map(|(id, line)| (*id, line.role));
        roles.collect()
    }
}

impl Ensemble {
    /// Every server that there shall be.
    pub fn roles(&self) -> Roles {
        roles(self.replicas, self.observers)
    }

    /// Those that the first member list names.
    pub fn founding(&self) -> impl Iterator<Item = ServerId> {
        self.founders.unwrap_or(self.replicas).ids()
    }

    /// The same ensemble with so many voters and observers. It remembers who founded it.
    #[must_use]
    pub fn scaled(&self, voters: Size, observers: u8) -> Self {
        let founders = self.founders.unwrap_or(self.replicas);
        Self {
            replicas: voters,
            observers,
            founders: Some(founders).filter(|founders| *founders != voters),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(number: u8) -> Size {
        Size::try_from(number).unwrap()
    }

    #[test]
    fn observers_follow_the_voters() {
        let roles: Vec<(u8, Role)> = roles(size(2), 1)
            .into_iter()
            .map(|(id, role)| (id.get(), role))
            .collect();
        let (voter, observer) = (Role::Participant, Role::Observer);
        assert_eq!(roles, [(1, voter), (2, voter), (3, observer)]);
    }

    #[test]
    fn who_founded_it_is_remembered_while_it_differs() {
        let three = Ensemble::new("zk".parse().unwrap());
        let five = three.scaled(size(5), 2);
        assert_eq!((five.founders, five.founding().count()), (Some(size(3)), 3));
        assert_eq!(five.scaled(size(3), 0), three);
        assert_eq!(five.scaled(size(1), 0).founding().count(), 3);
    }
}
