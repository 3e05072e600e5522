//! The rights of the verbs that restart servers, and of the one that only compares. A part of the table of rights.

use crate::manifest::rbac::need::Need;
use crate::manifest::rbac::need::fails;
use crate::manifest::rbac::need::less;
use crate::manifest::rbac::table::ASKS;
use crate::manifest::rbac::table::BUDGETS;
use crate::manifest::rbac::table::DISKS;
use crate::manifest::rbac::table::FORWARD;
use crate::manifest::rbac::table::POLICIES;
use crate::manifest::rbac::table::SETS;

/// Of `restart`.
pub(super) const RESTART: &[Need] = &[
    fails("pods", "list", "the servers"),
    fails("configmaps", "list", "intent and seal"),
    fails(SETS, "list", "the servers that there are"),
    fails(DISKS, "list", "the disks"),
    fails("services", "list", "the servers' addresses"),
    fails(BUDGETS, "list", "whether all of it is there"),
    fails(FORWARD, "get", ASKS),
    fails(FORWARD, "create", ASKS),
    fails("configmaps", "create", "the seal, if it is missing"),
    fails(
        "secrets",
        "get",
        "whose disks they are, if the seal is missing",
    ),
    fails(DISKS, "patch", "marks the disks, if the seal is missing"),
    fails(
        SETS,
        "patch",
        "marks the templates, so that the next pods are others",
    ),
    fails(
        "pods/eviction",
        "create",
        "the turn of a server that serves",
    ),
    fails("pods", "delete", "the turn of a server that does not"),
    less("events", "list", "why a server does not come up"),
];

/// Of `update`.
pub(super) const UPDATE: &[Need] = &[
    fails("pods", "list", "the servers"),
    fails("configmaps", "list", "intent and seal"),
    fails(SETS, "list", "the servers that there are"),
    fails(DISKS, "list", "the disks"),
    fails("services", "list", "the servers' addresses"),
    fails(BUDGETS, "list", "how many servers it keeps"),
    fails(FORWARD, "get", ASKS),
    fails(FORWARD, "create", ASKS),
    fails(
        "configmaps",
        "get",
        "the intent, and the one before; configurations",
    ),
    fails(BUDGETS, "get", "as it is"),
    fails(POLICIES, "get", "as it is, or that there is none"),
    fails("services", "get", "as they are"),
    fails(SETS, "get", "as they are"),
    fails(
        "controllerrevisions.apps",
        "get",
        "who need not be restarted: whose pod is of the wished template already",
    ),
    fails(DISKS, "get", "whether they are to grow"),
    fails(
        "configmaps",
        "create",
        "the seal, if it is missing; a configuration, applied for the first time",
    ),
    fails(
        "configmaps",
        "patch",
        "the intent; a configuration, applied",
    ),
    fails("secrets", "get", "whose disks they are"),
    fails(BUDGETS, "patch", "compared and applied"),
    fails("services", "patch", "compared and applied"),
    fails(SETS, "patch", "compared and applied"),
    fails(
        POLICIES,
        "patch",
        "compared and applied, with --network-policy",
    ),
    fails(
        POLICIES,
        "create",
        "applied for the first time, with --network-policy",
    ),
    fails(
        POLICIES,
        "list",
        "which is to go, with --network-policy=false",
    ),
    fails(POLICIES, "delete", "removed, with --network-policy=false"),
    fails(
        DISKS,
        "patch",
        "grown, with --storage; what the ensemble is, for when it is deleted",
    ),
    fails(
        SETS,
        "delete",
        "made again for larger disks, with --storage",
    ),
    fails(
        SETS,
        "create",
        "made again for larger disks, with --storage; where one is missing",
    ),
    fails("services", "create", "where one is missing"),
    fails(BUDGETS, "create", "where it is missing"),
    fails(
        "configmaps",
        "delete",
        "configurations that no server runs any more",
    ),
    fails(
        "pods/eviction",
        "create",
        "the turn of a server that serves",
    ),
    fails("pods", "delete", "the turn of a server that does not"),
    fails(
        "pods",
        "get",
        "when it was restarted last, where a StatefulSet was made again",
    ),
    less("events", "list", "why a server does not come up"),
];

/// Of `diff`.
pub(super) const DIFF: &[Need] = &[
    fails("pods", "list", "the servers"),
    fails("configmaps", "list", "the intent"),
    fails(SETS, "list", "the servers that there are"),
    fails(DISKS, "list", "whether all of it may be seen"),
    fails("services", "list", "whether all of it may be seen"),
    fails(BUDGETS, "list", "whether all of it may be seen"),
    fails(BUDGETS, "get", "as it is"),
    fails(POLICIES, "get", "as it is, or that there is none"),
    fails("services", "get", "as they are"),
    fails("configmaps", "get", "the configuration, as it is"),
    fails(SETS, "get", "as they are"),
    fails(
        BUDGETS,
        "patch",
        "compared: the API server says what it would make of it, and changes nothing",
    ),
    fails("services", "patch", "compared in the same way"),
    fails("configmaps", "patch", "compared in the same way"),
    fails(SETS, "patch", "compared in the same way"),
    fails(
        POLICIES,
        "patch",
        "compared in the same way, with --network-policy",
    ),
];

/// Of `replace`.
pub(super) const REPLACE: &[Need] = &[
    fails("pods", "list", "the servers"),
    fails("configmaps", "list", "intent and seal"),
    fails(SETS, "list", "the servers that there are"),
    fails(DISKS, "list", "the disks"),
    fails("services", "list", "the servers' addresses"),
    fails(BUDGETS, "list", "whether all of it is there"),
    fails(FORWARD, "get", ASKS),
    fails(FORWARD, "create", ASKS),
    fails("configmaps", "create", "the seal, if it is missing"),
    fails("secrets", "get", "whose disks they are"),
    fails(DISKS, "delete", "the disk that is given up"),
    fails("pods", "delete", "its pod"),
    fails(
        DISKS,
        "patch",
        "marks the new disk as one of a founded ensemble",
    ),
    less("events", "list", "why the server does not come up"),
];
