//! Small worlds for the tests of what is decided from them.

use super::*;

/// An ensemble of `size` servers of which the first `serving` serve; server 1 leads if they are a majority.
pub(crate) fn ensemble(size: u8, serving: u8) -> Observed {
    let id = |number| ServerId::try_from(number).unwrap();
    let lines: Vec<String> = (1..=size)
        .map(|n| format!("server.{n}=10.0.0.{n}:2888:3888:participant;2181"))
        .collect();
    let config: Membership = format!("{}\nversion=100000000", lines.join("\n"))
        .parse()
        .unwrap();
    let majority = serving * 2 > size;
    let member = |number: u8| {
        let pod = Pod {
            name: format!("zk-server-{number}-0"),
            node: Some(format!("n{number}")),
            running: true,
            was_started: true,
            ready: majority && number <= serving,
            ..Pod::default()
        };
        let probe = match (number <= serving, majority) {
            (true, true) => Probe::Answered(Box::new(answer(
                number == 1,
                &config,
                u64::from(serving) - 1,
            ))),
            (true, false) => Probe::NotServing,
            _ => Probe::Unreachable("connection refused".to_owned()),
        };
        (
            id(number),
            Member {
                pod: Some(pod),
                probe,
                address: Some(format!("10.0.0.{number}")),
                ..Member::new(id(number))
            },
        )
    };
    Observed {
        name: "zk".parse().unwrap(),
        namespace: "default".to_owned(),
        now: 1_000,
        created: Some(0),
        intent: Intent::Known(Box::new(Ensemble {
            replicas: crate::ensemble::Size::try_from(size).unwrap(),
            ..Ensemble::new("zk".parse().unwrap())
        })),
        sealed: Fact::Known(false),
        budget: Fact::Known(Some(i32::from(size) - 1)),
        leaving: BTreeSet::new(),
        updating: false,
        services: (1..=size).map(id).collect(),
        disks: (1..=size).map(id).collect(),
        members: (1..=size).map(member).collect(),
        missing_rights: Vec::new(),
    }
}

fn answer(leads: bool, config: &Membership, followers: u64) -> Answer {
    Answer {
        mode: if leads { Mode::Leader } else { Mode::Follower },
        version: Some(Version(3, 9, 5)),
        zxid: Zxid(0x1_0000_0004),
        latency: 0.5,
        connections: 1,
        outstanding: 0,
        znodes: 5,
        config: Some(config.clone()),
        monitor: leads.then(|| Monitor {
            synced_followers: Some(followers),
            quorum_size: Some(config.servers.len() as u64),
            ..Monitor::default()
        }),
    }
}

/// The answer of a server that serves.
pub(crate) fn answer_mut(member: &mut Member) -> &mut Answer {
    match &mut member.probe {
        Probe::Answered(answer) => answer,
        other => panic!("{other:?}"),
    }
}
