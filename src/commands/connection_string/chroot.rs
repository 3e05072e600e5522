//! `--create-chroot`: makes the nodes of a chroot, and reads them back.

use crate::commands::Context;
use crate::commands::connection_string::ConnectionStringArgs;
use crate::commands::connection_string::Found;
use crate::commands::connection_string::addresses;
use crate::commands::connection_string::reached;
use crate::commands::connection_string::reached::Opened;
use crate::ensemble::Chroot;
use crate::ensemble::Mode;
use crate::ensemble::Observed;
use crate::ensemble::connect_string::CLIENT_PORT;
use crate::error::Error;
use crate::error::Kind;
use crate::zookeeper::error::Code;
use crate::zookeeper::error::SessionError;
use crate::zookeeper::message::CreateMode;
use crate::zookeeper::message::record::Acl;

/// Makes what is missing, through a server that serves.
///
/// # Errors
/// No server serves, or it refuses. What was made stays, and the same command goes on.
pub(crate) async fn create(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    found: &Found,
) -> Result<(), Error> {
    let looked;
    let seen = if let Some(seen) = &found.seen {
        seen
    } else {
        looked = addresses::observe(context, args).await?;
        &looked
    };
    let chroot = &found.string.chroot;
    let path = chroot.path().unwrap_or("/");
    let failed = |why: String| {
        let status = format!("kubectl zk status {}", args.name);
        let message = format!("cannot create the node {path}: {why}");
        Error::new(Kind::Cluster, message).hint(context.in_namespace(&status))
    };
    let mut session = connect(context, args, seen).await.map_err(failed)?;
    let made = make(&mut session, chroot).await;
    // Whether the server heard the farewell changes nothing for us.
    let _ = session.close().await;
    context.ui.status(&match made.map_err(failed)? {
        0 => format!("the node {path} exists already"),
        _ => format!("created the node {path}, which everybody may change"),
    });
    Ok(())
}

/// A session with a server that serves, with the leader if it can be had.
async fn connect(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    seen: &Observed,
) -> Result<Opened, String> {
    let leads = |mode| matches!(mode, Mode::Leader | Mode::Standalone);
    let mut serving: Vec<(bool, &str)> = seen
        .serving()
        .filter(|(_, answer)| answer.mode != Mode::ReadOnly)
        .filter_map(|(member, answer)| {
            Some((!leads(answer.mode), member.pod.as_ref()?.name.as_str()))
        })
        .collect();
    serving.sort_unstable();
    let dial = context.cluster.dial(&seen.namespace);
    let mut last = "no server serves".to_owned();
    for (_, pod) in serving {
        let dialled = dial.dial(pod, CLIENT_PORT, args.probe_timeout).await;
        match reached::open(dialled, args.probe_timeout).await {
            Ok(session) => return Ok(session),
            Err(why) => last = format!("pod {pod}: {why}"),
        }
    }
    Err(last)
}

/// Makes the nodes that are not there, and reads the last one back; gives how many were made.
async fn make(session: &mut Opened, chroot: &Chroot) -> Result<usize, String> {
    let mut made = 0;
    sync(session).await?;
    for node in chroot.nodes() {
        // A server refuses to create below a node that may not be changed before it looks whether there is anything to do.
        if session.exists(node).await.map_err(reached::why)?.is_none() {
            made += usize::from(create_node(session, node).await?);
        }
    }
    sync(session).await?;
    let path = chroot.path().unwrap_or("/");
    match session.exists(path).await.map_err(reached::why)? {
        Some(_) => Ok(made),
        None => Err("it was created and is gone again".to_owned()),
    }
}

async fn sync(session: &mut Opened) -> Result<(), String> {
    session.sync("/").await.map_err(reached::why)
}

/// Whether it was us who made it.
async fn create_node(session: &mut Opened, node: &str) -> Result<bool, String> {
    let acl = [Acl::world(Acl::ALL)];
    match session
        .create(node, &[], &acl, CreateMode::Persistent)
        .await
    {
        Ok(_) => Ok(true),
        Err(SessionError::Server(Code::NodeExists)) => Ok(false),
        Err(error) => Err(format!("{node}: {}", reached::why(error))),
    }
}
