//! `connection-string`: where the clients of an ensemble connect to, in the form that their software wants.

mod addresses;
mod chroot;
mod external;
mod reached;
mod verify;

use std::time::Duration;

use clap::Args;
use clap::ValueEnum;
use tokio::time::Instant;

use crate::cluster::services::ClientService;
use crate::commands::Context;
use crate::commands::values::dns_name;
use crate::commands::values::duration;
use crate::commands::values::patience;
use crate::ensemble::Chroot;
use crate::ensemble::ConnectString;
use crate::ensemble::EnsembleName;
use crate::ensemble::Observed;
use crate::error::Error;
use crate::error::Exit;
use crate::error::Kind;
use crate::ui::Format;
use crate::ui::output;
use crate::ui::render;
use crate::ui::view::connection::Connection;
use crate::ui::view::connection::objects;
use crate::ui::view::connection::software;
use crate::ui::view::connection::software::Software;

pub(crate) use addresses::client_address;

/// Print where clients connect to
///
/// Nothing else goes to stdout. Without --servers or --external: the Service of all servers, which answers inside the cluster and stays the same when
/// servers come and go.
#[derive(Args, Debug)]
pub struct ConnectionStringArgs {
    /// The ensemble
    pub name: EnsembleName,
    /// Every server by its own Service: the members of the committed configuration
    #[arg(long, conflicts_with = "external")]
    servers: bool,
    /// The addresses outside of the cluster: the load balancer's, or those of nodes
    #[arg(long, conflicts_with = "cluster_domain")]
    external: bool,
    /// The node under which the clients see everything
    #[arg(long, value_name = "PATH")]
    chroot: Option<Chroot>,
    /// Make the nodes of the chroot that are not there; everybody may change them
    #[arg(long, requires = "chroot")]
    create_chroot: bool,
    /// The cluster's domain, to be put behind the Services' names: cluster.local
    #[arg(long, value_name = "DOMAIN", value_parser = dns_name)]
    cluster_domain: Option<String>,
    /// The form to print it in
    #[arg(long = "for", value_enum, value_name = "FORM")]
    form: Option<Form>,
    /// Open a session through every address first; print nothing if one fails
    #[arg(long)]
    verify: bool,
    /// Wait until there is an external address, and with --verify until every address answers
    #[arg(long)]
    wait: bool,
    /// How long to wait
    #[arg(long, default_value = "5m", value_name = "DURATION", value_parser = duration, requires = "wait")]
    timeout: Duration,
    /// How to show it: json, yaml, wide, name, jsonpath=…, custom-columns=…; the string alone if not given
    #[arg(
        short = 'o',
        long,
        default_value = "table",
        hide_default_value = true,
        value_name = "FORMAT"
    )]
    output: Format,
    /// How long each server may take to answer
    #[arg(long, default_value = "3s", value_name = "DURATION", value_parser = patience)]
    probe_timeout: Duration,
}

/// `--for`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Kafka 3 and older: server.properties
    Kafka,
    /// Solr: solr.in.sh
    Solr,
    /// Hbase: hbase-site.xml
    Hbase,
    /// Clickhouse: a file for config.d
    Clickhouse,
    /// Spring Cloud: application.properties
    Spring,
    /// Curator: the string for connectString
    Curator,
    /// Variables for a shell
    Env,
    /// A ConfigMap
    #[value(name = "configmap")]
    ConfigMap,
    /// A Secret
    Secret,
}

/// Where the ensemble answers, and what is known from having looked.
struct Found {
    string: ConnectString,
    /// The Services that the addresses are of, and what is behind them.
    services: Vec<ClientService>,
    /// Whether the servers were asked, and what they said.
    seen: Option<Observed>,
}

/// Runs it.
///
/// # Errors
/// No such ensemble, no address of the wanted kind, or one that does not hold what is promised: then nothing is printed.
pub async fn run(context: &Context<'_>, args: ConnectionStringArgs) -> Result<Exit, Error> {
    check(&args)?;
    let began = Instant::now();
    let found = if args.external {
        external::find(context, &args).await?
    } else if args.servers {
        addresses::of_servers(context, &args).await?
    } else {
        addresses::of_all(context, &args).await?
    };
    let (text, notes) = text(context, &args, &found.string)?;
    if args.create_chroot {
        chroot::create(context, &args, &found).await?;
    }
    if args.verify {
        let patience = args.timeout.saturating_sub(began.elapsed());
        verify::verify(context, &args, &found, patience).await?;
    }
    context.pass_on_warnings();
    context.ui.data(&text)?;
    for note in notes {
        context.ui.status(&format!("note: {note}"));
    }
    warn_of_trackers(context, &args, &found);
    Ok(Exit::Success)
}

/// What makes no sense, before the cluster is touched.
fn check(args: &ConnectionStringArgs) -> Result<(), Error> {
    let root = args
        .chroot
        .as_ref()
        .is_some_and(|chroot| chroot.path().is_none());
    if args.create_chroot && root {
        return Err(
            Error::new(Kind::Usage, "--create-chroot: the node / is always there")
                .hint("--chroot /PATH names the node to be made"),
        );
    }
    if args.wait && !args.external && !args.verify {
        return Err(Error::new(
            Kind::Usage,
            "--wait waits for an external address, or until what is verified answers",
        )
        .hint("--external, --verify, or both"));
    }
    match (args.form.map(Form::software), &args.output) {
        (None, _) | (Some(_), Format::Table) | (Some(Err(_)), Format::Yaml | Format::Json) => {
            Ok(())
        }
        (Some(Err(_)), output) => Err(output.unfit("json,yaml").into()),
        (Some(Ok(_)), _) => Err(Error::new(
            Kind::Usage,
            "--output cannot be used with --for, which has a form of its own",
        )
        .hint("--for configmap and --for secret are shown as yaml or json")),
    }
}

/// What goes to stdout, and what the form cannot say.
fn text(
    context: &Context<'_>,
    args: &ConnectionStringArgs,
    string: &ConnectString,
) -> Result<(String, Vec<String>), Error> {
    let namespace = &context.cluster.namespace;
    let view = Connection::new(args.name.as_str(), namespace, string, args.external);
    let object = |kind| {
        let object = objects::object(kind, &view, string);
        match args.output {
            Format::Json => output::json(&object),
            _ => output::yaml(&object),
        }
    };
    let text = match args.form.map(Form::software) {
        None => render(&view, &args.output, true, context.ui.paper())?,
        Some(Ok(software)) => {
            let rendered = software::render(software, string)
                .map_err(|misfit| Error::new(Kind::Refused, misfit.to_string()))?;
            return Ok((rendered.text, rendered.notes));
        }
        Some(Err(kind)) => object(kind)?,
    };
    Ok((text, Vec::new()))
}

impl Form {
    /// The software whose form it is, or the kind of object.
    fn software(self) -> Result<Software, objects::Kind> {
        match self {
            Self::Kafka => Ok(Software::Kafka),
            Self::Solr => Ok(Software::Solr),
            Self::Hbase => Ok(Software::Hbase),
            Self::Clickhouse => Ok(Software::Clickhouse),
            Self::Spring => Ok(Software::Spring),
            Self::Curator => Ok(Software::Curator),
            Self::Env => Ok(Software::Env),
            Self::ConfigMap => Err(objects::Kind::ConfigMap),
            Self::Secret => Err(objects::Kind::Secret),
        }
    }
}

/// A client that follows the servers' own list leaves the addresses that it was given.
fn warn_of_trackers(context: &Context<'_>, args: &ConnectionStringArgs, found: &Found) {
    let follows = !matches!(
        args.form,
        Some(Form::Kafka | Form::Hbase | Form::Clickhouse)
    );
    if args.external && follows {
        context.ui.warning("Curator follows the servers' own list, whose addresses answer inside the cluster only: outside, build its client with .ensembleTracker(false)");
        return;
    }
    let is_exposed = |service: &ClientService| !service.exposure.is_inside();
    if args.form == Some(Form::Curator) && found.services.iter().any(is_exposed) {
        context.ui.status("note: this ensemble is exposed: a client outside the cluster wants --external, and .ensembleTracker(false)");
    }
}
