//! Examples of each verb, for its `--help`. The pages of `docs/commands` have more, with what is said to them.

/// The examples of a verb: a line of what for, and a line to type.
pub(crate) fn of(verb: &str) -> &'static [(&'static str, &'static str)] {
    match verb {
        "create" => &[
            ("Three servers with a disk each", "create zk"),
            (
                "Five servers with 2 GiB each, on disks of a class",
                "create zk --replicas 5 --memory 2Gi --storage 20Gi --storage-class fast",
            ),
            (
                "The manifests, without making anything",
                "create zk --dry-run=client -o yaml",
            ),
        ],
        "status" => &[
            ("One ensemble, server by server", "status zk"),
            ("Every ensemble of every namespace", "status -A"),
            (
                "Its verdict, for a script",
                "status zk -o jsonpath='{.verdict}'",
            ),
        ],
        "exec" => &[
            ("Ask every server how it is", "exec zk srvr"),
            ("One server's metrics", "exec zk mntr --id 2"),
        ],
        "scale" => &[
            (
                "The steps, without doing them",
                "scale zk --replicas 5 --dry-run",
            ),
            ("Five servers that vote", "scale zk --replicas 5"),
            (
                "Three that vote, and two that observe",
                "scale zk --replicas 3 --observers 2",
            ),
        ],
        "restart" => &[
            ("The steps, without doing them", "restart zk --dry-run"),
            ("All servers, the leader last", "restart zk"),
            ("One server", "restart zk --id 2"),
        ],
        "update" => &[
            (
                "What would change, and which servers would be restarted",
                "update zk --image zookeeper:3.9.5 --dry-run",
            ),
            ("Another release", "update zk --image zookeeper:3.9.5"),
            (
                "More memory, a setting, and one setting less",
                "update zk --memory 2Gi --config tickTime=3000 --config syncLimit-",
            ),
            ("Larger disks", "update zk --storage 20Gi"),
            ("Back to what it was before", "update zk --undo"),
        ],
        "replace" => &[("A server whose disk or node is gone", "replace zk --id 2")],
        "diff" => &[
            ("What others have changed", "diff zk"),
            (
                "What an update would change",
                "diff zk --image zookeeper:3.9.5",
            ),
        ],
        "repair" => &[(
            "Mend the address of a Service that was made again",
            "repair zk --addresses",
        )],
        "delete" => &[
            (
                "What would go, and what would stay",
                "delete zk --dry-run=client",
            ),
            ("Delete it; its disks stay", "delete zk"),
            ("Delete it with its data", "delete zk --delete-data"),
        ],
        "connection-string" => &[
            ("The Service of all servers", "connection-string zk"),
            (
                "With a chroot, as Kafka wants it, tried first",
                "connection-string zk --chroot /kafka --create-chroot --verify --for kafka",
            ),
        ],
        "rbac" => &[
            (
                "All that a user needs",
                "rbac --for user jane | kubectl apply -f -",
            ),
            (
                "To look, for a group",
                "rbac status exec --for group oncall",
            ),
        ],
        "version" => &[("Without asking the API server", "version --client")],
        "completion" => &[
            ("TAB behind kubectl zk", "completion install"),
            (
                "For who types kubectl-zk",
                "completion bash >kubectl-zk.bash",
            ),
        ],
        _ => &[],
    }
}

/// The same as a paragraph of a help text; empty where there is none.
pub(crate) fn paragraph(verb: &str) -> String {
    let lines = of(verb)
        .iter()
        .map(|(what, line)| format!("  # {what}\n  kubectl zk {line}\n"));
    let lines: Vec<String> = lines.collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!("Examples:\n{}\n", lines.join("\n")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use clap::CommandFactory as _;

    use crate::cli::Cli;

    /// Each verb has some, and each is a command line that makes sense.
    #[test]
    fn every_example_is_understood() {
        for verb in Cli::command().get_subcommands() {
            let name = verb.get_name();
            assert!(name == "options" || !of(name).is_empty(), "{name}");
            for (_, line) in of(name) {
                let typed = line.split(['|', '>']).next().unwrap().replace('\'', "");
                let words = std::iter::once("kubectl-zk").chain(typed.split_whitespace());
                assert!(Cli::read(words).is_ok(), "{line}");
            }
        }
    }
}
