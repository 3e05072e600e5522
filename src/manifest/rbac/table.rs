//! The table of rights: verb by verb, what it asks of the API server, and why. `tests/live/rbac.rs` takes each line away in
//! turn. Knows what the verbs do; a verb that asks for something new gets its line here.

mod rolling;

use crate::manifest::rbac::need::Verb;
use crate::manifest::rbac::need::fails;
use crate::manifest::rbac::need::less;

/// The verbs that need any right.
pub fn with_rights() -> impl Iterator<Item = &'static Verb> {
    TABLE.iter().filter(|verb| !verb.needs.is_empty())
}

const SETS: &str = "statefulsets.apps";
const BUDGETS: &str = "poddisruptionbudgets.policy";
const POLICIES: &str = "networkpolicies.networking.k8s.io";
const DISKS: &str = "persistentvolumeclaims";
const FORWARD: &str = "pods/portforward";

const ASKS: &str = "asks the servers themselves, over a port-forward";

/// Every verb, in the order of the help.
pub const TABLE: &[Verb] = &[
    Verb {
        name: "create",
        needs: &[
            fails(
                "configmaps",
                "get",
                "what is there already: intent, seal and configuration",
            ),
            fails(DISKS, "list", "disks that a deleted ensemble left"),
            fails("secrets", "get", "the identity: kept disks belong to one"),
            fails(BUDGETS, "get", "whose it is, if it is there already"),
            fails(POLICIES, "get", "the same, with --network-policy"),
            fails(
                "services",
                "list",
                "Services of others that would select the servers",
            ),
            fails(SETS, "list", "whose they are, if they are there already"),
            fails(
                "configmaps",
                "create",
                "the intent, which takes the name, and the seal",
            ),
            fails(BUDGETS, "patch", "applied"),
            fails(BUDGETS, "create", "applied for the first time"),
            fails(POLICIES, "patch", "applied, with --network-policy"),
            fails(
                POLICIES,
                "create",
                "applied for the first time, with --network-policy",
            ),
            fails("services", "patch", "applied"),
            fails("services", "create", "applied for the first time"),
            fails("configmaps", "patch", "the servers' configuration, applied"),
            fails("secrets", "create", "the identity"),
            fails(SETS, "patch", "applied"),
            fails(SETS, "create", "applied for the first time"),
            fails("pods", "list", "how far the servers are"),
            fails(FORWARD, "get", ASKS),
            fails(FORWARD, "create", ASKS),
            fails(
                DISKS,
                "patch",
                "marks the disks as those of a founded ensemble",
            ),
            less("configmaps", "list", "the status that is shown in the end"),
            less(BUDGETS, "list", "the status that is shown in the end"),
            less("events", "list", "why a server does not come up"),
            less(
                "pods/log",
                "get",
                "the end of the log of a server that crashed",
            ),
        ],
    },
    Verb {
        name: "status",
        needs: &[
            fails("pods", "list", "the servers"),
            less(FORWARD, "get", ASKS),
            less(FORWARD, "create", ASKS),
            less("configmaps", "list", "intent and seal"),
            less(SETS, "list", "servers without a pod"),
            less(DISKS, "list", "the disks"),
            less(
                "services",
                "list",
                "the servers' addresses; ensembles made by hand",
            ),
            less(BUDGETS, "list", "whether a drain is held back"),
            less("events", "list", "why a server has no pod, or no disk"),
        ],
    },
    Verb {
        name: "exec",
        needs: &[
            fails("pods", "list", "the servers"),
            fails(FORWARD, "get", ASKS),
            fails(FORWARD, "create", ASKS),
            less(
                "services",
                "list",
                "ensembles made by hand: their Services name them",
            ),
        ],
    },
    Verb {
        name: "scale",
        needs: &[
            fails("pods", "list", "the servers; whether they are gone"),
            fails(
                "configmaps",
                "get",
                "the intent, as it is before it is changed",
            ),
            fails(DISKS, "list", "the disks, those kept from before too"),
            fails(
                "secrets",
                "get",
                "the superuser's password: only who has it may reconfigure",
            ),
            fails(BUDGETS, "get", "whose it is"),
            fails(POLICIES, "get", "whose it is, where there is one"),
            fails(
                "services",
                "list",
                "the servers' addresses; Services of others that would select the servers",
            ),
            fails(SETS, "list", "the servers that there are"),
            fails("configmaps", "list", "intent and seal"),
            fails(BUDGETS, "list", "how many servers it keeps"),
            fails(FORWARD, "get", ASKS),
            fails(FORWARD, "create", ASKS),
            fails("configmaps", "create", "the seal, if it is missing"),
            fails("configmaps", "patch", "the intent"),
            fails(
                BUDGETS,
                "patch",
                "raised before servers come, lowered after they went",
            ),
            fails("services", "patch", "those of servers that come, applied"),
            fails("services", "create", "applied for the first time"),
            fails(SETS, "patch", "servers that come, applied"),
            fails(SETS, "create", "applied for the first time"),
            fails(DISKS, "patch", "marks the disks with who votes now"),
            fails(SETS, "delete", "servers that go; their pods go with them"),
            fails("services", "delete", "those of servers that went"),
            fails(
                DISKS,
                "delete",
                "disks of servers that went, with --delete-data",
            ),
            less("events", "list", "why a server does not come up"),
        ],
    },
    Verb {
        name: "restart",
        needs: rolling::RESTART,
    },
    Verb {
        name: "update",
        needs: rolling::UPDATE,
    },
    Verb {
        name: "diff",
        needs: rolling::DIFF,
    },
    Verb {
        name: "replace",
        needs: rolling::REPLACE,
    },
    Verb {
        name: "repair",
        needs: &[
            fails("pods", "list", "the servers"),
            fails("configmaps", "list", "intent and seal"),
            fails(SETS, "list", "the servers that there are"),
            fails(DISKS, "list", "the disks"),
            fails("services", "list", "the servers' addresses"),
            fails(BUDGETS, "list", "whether all of it is there"),
            fails(FORWARD, "get", ASKS),
            fails(FORWARD, "create", ASKS),
            fails(
                "secrets",
                "get",
                "the superuser's password: only who has it may reconfigure",
            ),
        ],
    },
    Verb {
        name: "delete",
        needs: &[
            fails("pods", "list", "the servers; whether they are gone"),
            less(FORWARD, "get", "how many clients are connected"),
            less(FORWARD, "create", "how many clients are connected"),
            fails(SETS, "list", "what there is to delete"),
            fails("services", "list", "what there is to delete"),
            fails(POLICIES, "list", "what there is to delete"),
            fails(BUDGETS, "list", "what there is to delete"),
            fails(DISKS, "list", "what there is to delete, or to keep"),
            fails("secrets", "get", "the identity: to delete, or to keep"),
            fails("configmaps", "list", "what there is to delete"),
            fails(
                "configmaps",
                "create",
                "the seal, where `create` did not come so far",
            ),
            fails(
                DISKS,
                "patch",
                "the marks of disks that stay, where `create` did not come so far",
            ),
            fails(SETS, "delete", "the servers; their pods go with them"),
            fails("services", "delete", "deleted"),
            fails(POLICIES, "delete", "deleted"),
            fails(BUDGETS, "delete", "deleted"),
            fails(DISKS, "delete", "the disks, with --delete-data"),
            fails("secrets", "delete", "the identity, with --delete-data"),
            fails("configmaps", "delete", "deleted"),
        ],
    },
    Verb {
        name: "connection-string",
        needs: &[
            fails("services", "get", "the clients' Service"),
            fails(
                "services",
                "list",
                "the servers' own Services, with --servers",
            ),
            fails(
                "pods",
                "list",
                "the servers, with --servers, --create-chroot or --verify; their nodes, with --external",
            ),
            fails(
                FORWARD,
                "get",
                "asks the servers themselves, with --servers, --create-chroot or --verify",
            ),
            fails(FORWARD, "create", "the same"),
        ],
    },
    Verb {
        name: "rbac",
        needs: &[],
    },
    Verb {
        name: "version",
        needs: &[],
    },
    Verb {
        name: "completion",
        needs: &[],
    },
    Verb {
        name: "options",
        needs: &[],
    },
];
